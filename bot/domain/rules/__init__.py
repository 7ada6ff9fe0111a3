"""The rules of a policy about one visit: each looks at the case and says what it misses.

They bite at three gates: a request is sent, an approver says yes, somebody leaves. No rule is ever
asked about somebody who is out: the gate never switches off the watch (S1).

``reach`` plays the ladder ahead by the real ``decide``, whose gates ask the rules. So in ``decide``
it is ``from bot.domain import rules``, never a name out of this package (a test holds that).
"""

from collections.abc import Callable, Iterator, Mapping

from bot.domain.rules.appointment import appointment
from bot.domain.rules.case import Case, Gate, Shortfall
from bot.domain.rules.conditions import conditions
from bot.domain.rules.evening import evening, standing_by
from bot.domain.rules.kinds import by_kind, unannounced
from bot.domain.rules.need_to_know import need_to_know
from bot.domain.rules.pairs import pairs
from bot.domain.rules.questions import questions
from bot.domain.rules.reach import reach
from bot.domain.rules.reading import reading
from bot.domain.rules.rounds import rounds

Rule = Callable[[Case], Iterator[Shortfall]]

RULES: tuple[Rule, ...] = (
    unannounced,
    by_kind,
    pairs,
    rounds,
    appointment,
    conditions,
    questions,
    need_to_know,
    evening,
    standing_by,
    reach,
    reading,
)


def shortfalls(case: Case) -> tuple[Shortfall, ...]:
    """Everything that the policy misses in this case, in the order of the rules."""
    return tuple(found for rule in RULES for found in rule(case))


def held(gate: Gate, case: Case) -> tuple[Shortfall, ...]:
    """What holds this gate shut."""
    return tuple(found for found in shortfalls(case) if gate in found.stops)


def errors(case: Case) -> Mapping[str, str]:
    """What keeps a request from being sent, by the field of its form."""
    found: dict[str, str] = {}
    for each in held("asking", case):
        why = each.asked_of(case.lead) or each.said_to(case.lead)
        found[each.field] = f"{found[each.field]} {why}" if each.field in found else why
    return found
