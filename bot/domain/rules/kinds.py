"""Kinds of visit with rules of their own: how many go, which role one of them has, and whether such
a visit may go unannounced, by a named exception (``[kinds.NAME]`` of a policy).

Somebody from outside is not from school, and so doesn't count here; they complete a pair.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.agreed import is_agreed
from bot.domain.kinds import Party, Unannounced
from bot.domain.rules.case import FROM_ASKING, Case, Gate, Shortfall
from bot.domain.school import ROLE_SAID

_ONCE_PLANNED: frozenset[Gate] = frozenset({"approval", "leaving"})
_LEAVING: frozenset[Gate] = frozenset({"leaving"})
_NUMBERS = ("nobody", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def by_kind(case: Case) -> Iterator[Shortfall]:
    """Who must go on this kind of visit."""
    if case.details is None:
        return
    rules, kind = case.kind, case.details.kind
    yield from _party(case, rules.party, rules.clause or "pairs", f"A visit of the kind {kind}")


def unannounced(case: Case) -> Iterator[Shortfall]:
    """The family doesn't know: never, or by the exception for this kind alone. Its conditions hold
    wherever nothing is agreed with the family, whatever was ticked; where it isn't said that it is
    to go so, that is asked, and nobody is turned away before somebody is to say yes.
    """
    details, exception = case.details, case.kind.unannounced
    if details and exception is None and details.unannounced:
        yield from _no_exception(case)
    if details is None or exception is None or not goes_by_exception(case):
        return
    rule, which = exception.clause or "appointment", "A visit that goes unannounced"
    stops = FROM_ASKING if details.unannounced else _ONCE_PLANNED if case.plan.fixed else _LEAVING
    yield from _as_it_is(case, exception, rule)
    if exception.authorised_by and details.authorised_by not in _may_authorise(case):
        role = _or(exception.authorised_by)
        words = f"{which} names who authorised it: {role}, and nobody who goes along."
        ask = f"If you go without an appointment, who authorised it? {role[0].upper()}{role[1:]}."
        yield Shortfall(rule, words, "authorised_by", stops, "" if details.unannounced else ask)
    for each in _party(case, exception.party, rule, which):
        yield replace(each, stops=stops, ask="" if details.unannounced else each.why)


def goes_by_exception(case: Case) -> bool:
    """Whether it goes by the policy's exception for this kind, if it goes: so it is said, or
    nothing is agreed with the family. Whether its conditions are met is for ``unannounced``.
    """
    if case.details is None or case.kind.unannounced is None:
        return False
    possible = case.policy.appointment_needed == "whenever_possible"
    return case.details.unannounced or (possible and not is_agreed(case.details, case.policy))


def _as_it_is(case: Case, exception: Unannounced, rule: str) -> Iterator[Shortfall]:
    """What whoever says yes reads of it."""
    assert case.details is not None
    who, lead = case.details.authorised_by, case.name(case.lead)
    named = exception.authorised_by and who in _may_authorise(case)
    by = f" {case.name(who)} authorised it, says {lead}." if named else ""
    if case.details.unannounced:
        said = "" if by else f", says {lead}"
        if by or not exception.authorised_by:
            yield Shortfall(rule, f"Unannounced: {exception.when}{said}.{by}")
        return
    words = f"No appointment is made: {lead} would go unannounced, which is only for when "
    ask = "No appointment is made: can you make one, by phone or letter?"
    yield Shortfall(rule, f"{words}{exception.when}.{by}", "appointment", ask=ask)


def _no_exception(case: Case) -> Iterator[Shortfall]:
    """Without an appointment that is the appointment's to say; with one, the two can't both be."""
    if case.policy.appointment_needed == "always":
        words = "At this school no visit of this kind goes unannounced: the family must know."
        yield Shortfall("unannounced", words, "unannounced", FROM_ASKING)
    elif is_agreed(case.details, case.policy):
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
