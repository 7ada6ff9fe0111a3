"""What the policy wants said in a request: is the visit needed, who is to be seen, who does what,
what comes after it. What is missing stands before whoever approves, or keeps it from being sent.
"""

from collections.abc import Iterator

from bot.domain.questions import QUESTIONS
from bot.domain.rules.case import Case, Gate, Shortfall

_SENDING: frozenset[Gate] = frozenset({"asking"})


def questions(case: Case) -> Iterator[Shortfall]:
    """What is asked for under this policy, of this kind of visit, and isn't there."""
    details = case.details
    if details is None:
        return
    needs = {*case.policy.request_needs, *case.kind.needs}
    wanted = needs | {*case.policy.request_asks, *case.kind.asks}
    for name, question in QUESTIONS.items():
        if name not in wanted or getattr(case.plan if name == "contact" else details, name):
            continue
        if name == "who_does_what" and len(case.going) < 2 and not case.outside:
            continue
        stops = _SENDING if name in needs else frozenset[Gate]()
        yield Shortfall(question.rule, question.missed, name, stops, question.ask)
