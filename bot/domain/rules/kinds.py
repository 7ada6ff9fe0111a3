"""Kinds of visit with rules of their own: how many go, which role one of them has, and whether such
a visit may go unannounced, by a named exception (``[kinds.NAME]`` of a policy).

Somebody from outside is not from school, and so doesn't count here; they complete a pair.
"""

from collections.abc import Iterator

from bot.domain.kinds import Party
from bot.domain.rules.case import FROM_ASKING, Case, Shortfall
from bot.domain.school import ROLE_SAID

_NUMBERS = ("nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def by_kind(case: Case) -> Iterator[Shortfall]:
    """Who must go on this kind of visit."""
    if case.details is None:
        return
    rules, kind = case.kind, case.details.kind
    yield from _party(case, rules.party, rules.clause or "pairs", f"A visit of the kind {kind}")


def unannounced(case: Case) -> Iterator[Shortfall]:
    """The family doesn't know: never, or by the exception for this kind alone."""
    details = case.details
    if details is None or not details.unannounced:
        return
    exception = case.kind.unannounced
    if exception is None:
        yield from _no_exception(case)
        return
    rule = exception.clause or "appointment"
    who, lead = details.authorised_by, case.name(case.lead)
    if not exception.authorised_by:
        yield Shortfall(rule, f"Unannounced: {exception.when}, says {lead}.")
    elif who in _may_authorise(case):
        words = f"Unannounced: {exception.when}. {case.name(who)} authorised it, says {lead}."
        yield Shortfall(rule, words)
    else:
        role = _or(exception.authorised_by)
        words = f"A visit that goes unannounced names who authorised it: {role}, and nobody who"
        yield Shortfall(rule, f"{words} goes along.", "authorised_by", FROM_ASKING)
    yield from _party(case, exception.party, rule, "A visit that goes unannounced")


def goes_by_exception(case: Case) -> bool:
    """Whether no appointment is needed, since the policy's exception for this kind holds: whether
    its conditions are met is for ``unannounced``.
    """
    details = case.details
    return details is not None and details.unannounced and case.kind.unannounced is not None


def _no_exception(case: Case) -> Iterator[Shortfall]:
    """Without an appointment that is the appointment's to say; with one, the two can't both be."""
    if case.policy.appointment_needed == "always":
        words = "At this school no visit of this kind goes unannounced: the family must know."
        yield Shortfall("unannounced", words, "unannounced", FROM_ASKING)
    elif case.details and case.details.appointment:
        words = "It is said to go unannounced, and that there is an appointment."
        yield Shortfall("appointment", words, "unannounced")


def _party(case: Case, party: Party, rule: str, which: str) -> Iterator[Shortfall]:
    """Enough people from school, one of whom has the role."""
    role = f", one of them {_or(party.with_role)}" if party.with_role else ""
    if len(case.going) < party.staff:
        number = _NUMBERS[party.staff]
        words = f"{which} takes at least {number} from school{role}. Who goes along?"
    elif party.with_role and not set(case.going) & _holders(case, party.with_role):
        words = f"{which} takes {_or(party.with_role)} along. Who goes along?"
    else:
        return
    yield Shortfall(rule, words, "companions", FROM_ASKING)


def _holders(case: Case, roles: tuple[str, ...]) -> set[str]:
    """Whoever holds one of these, or stands in for somebody who does, when they leave."""
    school, when = case.facts.school, case.plan.leaving_at
    people = [p for r in roles for p in (*school.with_role(r), *school.holders(r, when))]
    return {person.id for person in people}


def _may_authorise(case: Case) -> set[str]:
    assert case.kind.unannounced is not None
    roles = case.kind.unannounced.authorised_by
    own = {p.id for p in case.facts.school.leaders_of(case.lead, case.now)}
    found = _holders(case, tuple(role for role in roles if role != "leader"))
    return (found | (own if "leader" in roles else set())) - set(case.going)


def _or(roles: tuple[str, ...]) -> str:
    return " or ".join(ROLE_SAID[role] for role in roles)
