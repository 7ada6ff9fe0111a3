"""Setting, confirming and lifting a flag: what is kept, for how long, and who may."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.addresses import written
from bot.domain.known import Flag
from bot.domain.policy import Policy
from bot.domain.school import School

LENGTHS = tuple(timedelta(days=days) for days in (30, 90, 180, 365))
LONGEST_REASON = 500
ASK_AGAIN = timedelta(days=7)
"""An author who doesn't answer is asked again, for as long as the flag binds."""


def may_flag(person: str, school: School, policy: Policy, now: datetime) -> bool:
    """Whether this person may set, see, confirm and lift flags: a holder of a role of ``flags.by``,
    or whoever stands in for one.
    """
    return any(
        each.id == person
        for role in policy.flags_by
        for each in (*school.holders(role, now), *school.with_role(role))
    )


def lengths(policy: Policy) -> tuple[timedelta, ...]:
    """For how long a flag may be set."""
    most = policy.flags_at_most
    return (*(length for length in LENGTHS if length < most), most)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A flag as it was typed."""

    place: str
    reason: str
    holds: timedelta


def read_flag(place: str, reason: str, holds: str, policy: Policy) -> Wanted | dict[str, str]:
    """The flag, or what is wrong by field. Nobody could find it again by an address without a road
    or a name.
    """
    errors: dict[str, str] = {}
    if not written(place):
        errors["place"] = "Please write the address, with its road or the name of the house."
    if not reason:
        errors["reason"] = "Please say why, in a sentence: whoever goes there needs to know."
    elif len(reason) > LONGEST_REASON:
        errors["reason"] = f"That is longer than {LONGEST_REASON} characters. Please shorten it."
    seconds = {str(int(each.total_seconds())): each for each in lengths(policy)}
    if holds not in seconds:
        errors["holds"] = "Please choose one of the times in the list."
    return errors or Wanted(place, reason, seconds[holds])


def new_flag(flag_id: str, by: str, wanted: Wanted, policy: Policy, now: datetime) -> Flag:
    """A flag that binds from now on."""
    until = now + wanted.holds
    review_at = min(now + policy.flags_review_every, until)
    return Flag(flag_id, by, now, review_at, until, wanted.place, wanted.reason)


def confirmed(flag: Flag, by: str, policy: Policy, now: datetime) -> Flag:
    """Looked at again: it still holds, and ends no later for it."""
    review_at = min(now + policy.flags_review_every, flag.until)
    return replace(flag, review_at=review_at, reviewed_by=by, reviewed_at=now)


def lifted(flag: Flag, by: str, now: datetime) -> Flag:
    """It no longer counts."""
    return replace(flag, lifted_by=by, lifted_at=now)


def asked_about(flag: Flag, school: School, policy: Policy, now: datetime) -> tuple[str, ...]:
    """Who is asked whether it still holds: its author or, where they are away or may no longer say,
    the DSL; else whoever may.
    """
    if may_flag(flag.by, school, policy, now) and not school.is_away(flag.by, now):
        return (flag.by,)
    for role in ("dsl", *policy.flags_by):
        if found := [p.id for p in school.holders(role, now)]:
            return tuple(found)
    return ()
