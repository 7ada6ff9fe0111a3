"""What the database knows before anything runs: whose visits it holds, the last good settings of
that school, and whether anybody is out.
"""

from dataclasses import dataclass

from bot.ports import LastGood, UnitOfWork
from bot.settings import BadSettings, Judged, Settings, put_back


@dataclass(frozen=True, slots=True)
class Standing:
    """``school`` is None where nothing was ever kept."""

    school: str | None = None
    good: LastGood | None = None
    anybody_out: bool = False


def standing(uow: UnitOfWork) -> Standing:
    """Look. A database is one school's; should it hold several, the one with visits out counts."""
    known = [
        Standing(school, uow.settings.last_good(school), bool(uow.visits.people_out(school)))
        for school in uow.settings.schools()
    ]
    return max(known, key=lambda each: each.anybody_out, default=Standing())


def gone_on_with(judged: Judged, known: Standing) -> Settings | None:
    """What the school file says, else the last good settings; None where there are neither."""
    if judged.settings:
        return judged.settings
    try:
        return put_back(known.good.text, known.good.sealed) if known.good else None
    except BadSettings:
        return None  # kept in a form that this version can't read: the same as none
