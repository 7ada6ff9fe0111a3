"""What was read of visits inside one transaction, so that it need not be read again.

A press asks for the same visit, and for whoever is out, several times over. What this transaction
changes is forgotten or replaced here; what others change meanwhile is for compare and set to find.
"""

from collections.abc import Sequence

from bot.domain.visit import Visit

Key = tuple[str, str]
Head = tuple[int, str]
"""The end of an audit chain: its number and its hash."""


class Here:
    """Visits by key, live ones by whose they are, who is out, and the ends of audit chains."""

    __slots__ = ("heads", "live", "out", "visits")

    def __init__(self) -> None:
        self.visits: dict[Key, Visit] = {}
        self.live: dict[tuple[str, tuple[str, ...]], Sequence[Visit]] = {}
        self.out: dict[str, frozenset[str]] = {}
        self.heads: dict[Key, Head] = {}

    def forget(self) -> None:
        """Anything may be otherwise by now."""
        self.visits.clear()
        self.live.clear()
        self.out.clear()
        self.heads.clear()

    def saved(self, key: Key, visit: Visit) -> None:
        """This visit stands there now, for the same people as before."""
        self.visits[key] = visit
        for theirs, those in self.live.items():
            if theirs[0] == key[0]:
                self.live[theirs] = [visit if each.id == visit.id else each for each in those]
