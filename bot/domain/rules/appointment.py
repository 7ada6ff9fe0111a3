"""An appointment with the family: by phone or letter, with the purpose told and a time that suits
them. How strict the school is, is its own to say (``appointment.needed``).

How it was made is the family's, and sealed: where it can't be read, nothing is taken for granted.
"""

from collections.abc import Iterator

from bot.domain.rules.case import Case, Gate, Shortfall
from bot.domain.rules.kinds import goes_by_exception

_LEAVING: frozenset[Gate] = frozenset({"leaving"})


def is_made(case: Case) -> bool:
    """Whether it is known that there is one. What was typed into the request counts."""
    return case.details is not None and bool(case.details.appointment)


def by_exception(case: Case) -> bool:
    """Whether a yes to this is a yes to going unannounced, which bears the name of who said it."""
    without = case.policy.appointment_needed == "whenever_possible" and not is_made(case)
    return without or goes_by_exception(case)


def appointment(case: Case) -> Iterator[Shortfall]:
    """None is made: not to leave, or only with somebody's name to it. A kind's own exception
    speaks for itself.
    """
    if is_made(case) or goes_by_exception(case):
        return
    still_to_come = not case.plan.fixed
    if by_exception(case):
        words = f"No appointment is made: {case.name(case.lead)} would go unannounced."
        if still_to_come:
            words = "No appointment is made yet. If none can be made, a yes is one to go without."
        ask = (
            "" if still_to_come else "No appointment is made: can you make one, by phone or letter?"
        )
        yield Shortfall("appointment", words, "appointment", ask=ask)
    elif case.policy.appointment_needed == "always":
        words = "No appointment with the family is recorded, and nobody goes without one."
        ask = "" if still_to_come else "No appointment is made yet, and nobody leaves without one."
        yield Shortfall("unannounced", words, "appointment", _LEAVING, ask)
