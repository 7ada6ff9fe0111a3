"""An appointment with the family: by phone or letter, with the purpose told and a time that suits
them. How strict the school is, is its own to say (``appointment.needed``).

How it was made is the family's, and sealed: where it can't be read, nothing is taken for granted.
"""

from collections.abc import Iterator

from bot.domain.agreed import is_agreed
from bot.domain.rules.case import Case, Gate, Shortfall
from bot.domain.rules.kinds import goes_by_exception

_LEAVING: frozenset[Gate] = frozenset({"leaving"})


def by_exception(case: Case) -> bool:
    """Whether a yes to this is a yes to going unannounced, which bears the name of who said it."""
    possible = case.policy.appointment_needed == "whenever_possible"
    return goes_by_exception(case) or (possible and not is_agreed(case.details, case.policy))


def appointment(case: Case) -> Iterator[Shortfall]:
    """None is made: not to leave, or only with somebody's name to it. A kind's own exception
    speaks for itself. Where one is always recorded, that comes after the yes, and isn't missed
    before it.
    """
    if is_agreed(case.details, case.policy) or goes_by_exception(case):
        return
    if by_exception(case):
        words = f"No appointment is made: {case.name(case.lead)} would go unannounced."
        ask = "No appointment is made: can you make one, by phone or letter?"
        if not case.plan.fixed:
            words = "No appointment is made yet. If none can be made, a yes is one to go without."
            ask = ""
        yield Shortfall("appointment", words, "appointment", ask=ask)
    elif case.policy.appointment_needed == "always":
        words = "No appointment with the family is recorded, and nobody goes without one."
        yield Shortfall("unannounced", words, "appointment", _LEAVING, later=True)
