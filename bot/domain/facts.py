"""What ``decide`` and ``react`` may know of the world: plain data, gathered by the shell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.domain.known import Known
from bot.domain.policy import Policy
from bot.domain.school import School
from bot.domain.visit import Visit


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another live visit of somebody on this one (S14); ``place`` while it is out. ``along`` are
    those who go on that one alone, by name and phone: they may be with them.
    """

    visit: str
    reference: str
    leaving_at: datetime
    return_at: datetime
    people: tuple[str, ...]
    place: str = ""
    along: tuple[tuple[str, str], ...] = ()
    kept_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Engaged:
    """Another live visit that somebody who stands by for this one goes on, or stands by for."""

    person: str
    reference: str
    start: datetime
    end: datetime
    goes: bool = True
    kept_from: tuple[str, ...] = ()

    def clashes(self, start: datetime, end: datetime) -> bool:
        """Whether it falls into these times."""
        return self.start < end and start < self.end


@dataclass(frozen=True, slots=True)
class Facts:
    """The school as it is now, its policy, who is out, and how the alarm's messages fared.

    ``delivered`` maps a recipient to ``sent``, ``failed`` or ``pending``, for the urgent messages
    of the alarm's highest rung; ``reached`` does for those of the alarm since it was opened, and
    what no channel has confirmed in time stands there as ``failed`` (S8).
    ``known`` is what the school remembers of this address and family, and ``unread`` are those on
    the plan who haven't said this term that they have read the policy as it now is: both are looked
    up only before departure. ``busy`` are those of the ladder who will be on another visit at some
    time of this one, as far as is known. ``engaged`` are the other visits of those who stand by.
    ``fares`` is the same as ``delivered``, by slot, for the latest telling of each alert and
    concern, and for what asked somebody to stand by while the visit was out.
    """

    school: School
    policy: Policy
    others: tuple[Elsewhere, ...] = ()
    out: frozenset[str] = frozenset()
    delivered: Mapping[str, str] = field(default_factory=dict)
    reached: Mapping[str, str] = field(default_factory=dict)
    known: Known = Known()
    unread: frozenset[str] = frozenset()
    busy: frozenset[str] = frozenset()
    fares: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    engaged: tuple[Engaged, ...] = ()

    def policy_of(self, visit: Visit) -> Policy:
        """The policy that governs a visit: frozen from departure on, the school's before (S15)."""
        return visit.policy or self.policy


Telling = Literal["telling", "told", "nobody"]


def telling(visit: Visit, reached: Mapping[str, str]) -> Telling:
    """Whether an open alarm is known to have got to anybody but the visitors (S8).

    ``nobody`` where every message failed for good, and once the first should have been confirmed:
    that the next rung is being told promises nothing then.
    """
    assert visit.alarm is not None
    marks = standing(visit, reached).values()
    if "sent" in marks:
        return "told"
    return "telling" if "pending" in marks and not visit.alarm.limit_passed else "nobody"


def standing(visit: Visit, reached: Mapping[str, str]) -> dict[str, str]:
    """How it stands with each whom an open alarm was told to, but for the visitors: ``sent``,
    ``pending`` or ``failed``. Whoever has taken it has surely been reached.
    """
    alarm = visit.alarm
    assert alarm is not None
    acted = {*alarm.lapsed, *((alarm.owner.id,) if alarm.owner else ())}
    return {
        who: "sent" if who in acted else reached.get(who, "pending")
        for who in alarm.told
        if who not in visit.visitors
    }


def unreached(visit: Visit, reached: Mapping[str, str]) -> tuple[str, ...]:
    """Whom the alarm was told to, and no channel has confirmed in time."""
    return tuple(who for who, mark in standing(visit, reached).items() if mark == "failed")
