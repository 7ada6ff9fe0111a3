"""What a policy asks of a request, and of one kind of visit, in sentences for a governor."""

from collections.abc import Iterable, Iterator

from bot.cards.policy_values import anybody
from bot.domain.kinds import KIND_OF, KindRules, Party, Unannounced
from bot.domain.policy import Policy

ASKED = {
    "family": "which pupil or family it is about",
    "why_not_in_school": "why the parent can't come in, or be seen just before or after school, or "
    "ring at break",
    "to_see": "who is to be seen",
    "discussion": "a plan for the discussion",
    "who_does_what": "who does what, where several go",
    "needs": "language, an interpreter, religion and other needs",
    "contact": "who knows of it and can be reached",
    "risks": "which risks are known",
    "follow_up": "if, when and how it will be followed up",
    "more_help": "where the parents can go for more help",
}
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def asks(policy: Policy) -> str:
    """What is asked of every request."""
    if not policy.request_asks:
        return "Besides its kind, address, purpose and times, a request may leave anything open."
    said = _asked(policy.request_asks)
    return f"A request is asked to say: {said}. Whoever approves sees in bold what is missing."


def needs(policy: Policy) -> str:
    """What no request goes without."""
    if not policy.request_needs:
        return "A request needs a kind, an address, a purpose and its times."
    said = _asked(policy.request_needs)
    return f"A request needs a kind, an address, a purpose, its times, and: {said}."


def kinds(policy: Policy) -> Iterator[str]:
    """Each kind with rules of its own."""
    for name, rules in policy.kinds.items():
        yield from _kind(f"a visit of the kind {KIND_OF[name]}", rules)
    if not any(rules.unannounced for rules in policy.kinds.values()):
        yield "No kind of visit has an exception by which it may go unannounced."


ALONE = {
    "free": "may be made alone",
    "asked": "asks whoever would go alone why",
    "reason": "can't be asked for alone without saying why",
    "never": "is never made alone",
}


def _kind(which: str, rules: KindRules) -> Iterator[str]:
    start = f"{which[0].upper()}{which[1:]}"
    if rules.party != Party():
        yield f"{start} takes {_party(rules.party)}."
    if rules.alone:
        yield f"{start} {ALONE[rules.alone]}."
    if rules.asks:
        yield f"For {which} the request is asked to say: {_asked(rules.asks)}."
    if rules.needs:
        yield f"For {which} the request needs to say: {_asked(rules.needs)}."
    if rules.unannounced:
        yield _unannounced(start, rules.unannounced)


def _unannounced(start: str, exception: Unannounced) -> str:
    takes = f"It then takes {_party(exception.party)}." if exception.party != Party() else ""
    by = f"The request names who authorised it: {anybody(exception.authorised_by)}."
    named = by if exception.authorised_by else ""
    first = f"{start} may go unannounced when {exception.when}."
    return " ".join(part for part in (first, takes, named) if part)


def _party(party: Party) -> str:
    people = f"at least {NUMBERS[party.staff]} from school"
    return f"{people}, one of them {anybody(party.with_role)}" if party.with_role else people


def _asked(names: Iterable[str]) -> str:
    return "; ".join(ASKED[name] for name in names)
