"""What whoever approved it made a condition of it holds at the door. Of what can't be read nothing
is taken for granted.
"""

from collections.abc import Iterator

from bot.domain.conditions import conditions_of, unread
from bot.domain.rules.case import Case, Gate, Shortfall

_LEAVING: frozenset[Gate] = frozenset({"leaving"})


def conditions(case: Case) -> Iterator[Shortfall]:
    """Somebody goes along, if that was asked for; the others are ticked."""
    if case.visit is None:
        return
    if unread(case.visit):
        words = "It was approved on a condition, and that can't be read just now."
        yield Shortfall("approval", words, stops=_LEAVING)
    alone = len(case.going) < 2
    wanted = [each.by for each in conditions_of(case.visit) if each.what == "along"]
    for by in dict.fromkeys(wanted if alone else ()):
        words = f"{case.name(by)} approves if somebody from school goes along, and nobody does."
        yield Shortfall("who_does_what", words, "companions", _LEAVING)
