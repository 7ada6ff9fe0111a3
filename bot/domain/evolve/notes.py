"""What people typed goes into the sealed details, never beside them (P8)."""

from dataclasses import replace
from datetime import datetime

from bot.domain.plan import Note
from bot.domain.visit import Visit


def noted(visit: Visit, at: datetime, by: str, about: str, text: str) -> Visit:
    """Add a note. Where the details can't be read, it stays in the audit alone."""
    if not text or visit.details is None:
        return visit
    note = Note(at, by, about, text)
    return replace(visit, details=replace(visit.details, notes=(*visit.details.notes, note)))
