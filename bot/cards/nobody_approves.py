"""A stage that nobody here can fill now: who is away, until when, and what mends it."""

from bot.cards.model import Text
from bot.cards.view import View, join_names
from bot.domain.stages import away_from

TELL = "Please tell whoever looks after Doorstep at your school."


def nobody_approves(view: View, stage: tuple[str, ...]) -> Text:
    """Before whoever asked, in place of who was asked."""
    words = "Nobody here can give one of the approvals that are needed."
    absent = away_from(stage, view.visit, view.facts, view.now)
    if absent:
        away = join_names(
            f"{view.name(absence.person)} is away until {view.facts.school.day(absence.days.last)}"
            for absence in absent
        )
        words += f" {away}. Somebody named to stand in (instead, in the school file) could give it."
    return Text(f"{words} {TELL}", "strong")
