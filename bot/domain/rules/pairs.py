"""In pairs whenever possible; what going alone asks for is the school's to say: of every visit
(``pairs.alone``), of one kind, where risks are named, after trouble at the address, and where a
flag binds. The strictest of these counts. What is known of an address is looked up once a visit is
asked for, so that nobody can try addresses: where it wants a reason, the approval waits for it.

Somebody from outside completes a pair for the approval, with a name, an organisation and a phone.
For prompts they don't (S10): they can't answer.
"""

from collections.abc import Iterator

from bot.domain.rules.case import FROM_ASKING, Case, Gate, Shortfall

TROUBLE = "there was trouble at this address before"
STRICTNESS = ("", "free", "asked", "reason", "never")


def pairs(case: Case) -> Iterator[Shortfall]:
    """Nobody goes along: why, or not at all."""
    if case.paired:
        return
    strict, rule, because = _strictest(case)
    if case.outside:
        yield from _hardly_known(case, FROM_ASKING if strict == "never" else frozenset())
    hidden = _unaware(case) if because == TROUBLE else frozenset[str]()
    why = case.details.why_alone if case.details else ""
    alone, also = f"{case.name(case.lead)} would go alone.", because and f" {_sentence(because)}"
    if strict == "never":
        where = f"Because {because}, nobody" if because else "At this school nobody"
        words = f"{where} goes alone. Who goes with you?"
        plainly = "On this visit nobody goes alone. Who goes with you?"
        yield Shortfall(rule, words, "companions", FROM_ASKING, hidden=hidden, plainly=plainly)
    elif why:
        given = f"The reason given: {why}"
        said, plainly = f"{alone}{also} {given}", f"{alone} {given}"
        yield Shortfall(rule, said, hidden=hidden, plainly=plainly)
    elif strict == "free":
        yield Shortfall(rule, f"{alone}{also}")
    else:
        stops = FROM_ASKING if strict == "reason" else frozenset[Gate]()
        ask, none = "You would go alone: can you say why?", "No reason is given."
        yield Shortfall(
            rule,
            f"{alone}{also} {none}",
            "why_alone",
            stops,
            f"{ask}{also}",
            hidden,
            f"{alone} {none}",
            ask,
        )


def _hardly_known(case: Case, stops: frozenset[Gate]) -> Iterator[Shortfall]:
    """Somebody from outside of whom too little is said to count on them."""
    assert case.details is not None
    assert case.details.external is not None
    guest = case.details.external
    what = " and ".join(f"their {each}" for each in guest.unsaid)
    are = "are" if len(guest.unsaid) > 1 else "is"
    words = f"{guest.name} from outside completes no pair before {what} {are} known."
    yield Shortfall("welfare_officer", words, f"external_{guest.unsaid[0]}", stops, words)


def _strictest(case: Case) -> tuple[str, str, str]:
    """How strict the school is here, by which rule, and because of what. What is most particular
    stands last, and is named where it is as strict as the rest.
    """
    strict, rule, because = "free", "pairs", ""
    for other in _reasons(case):
        if STRICTNESS.index(other[0]) >= STRICTNESS.index(strict) and other[0] != "free":
            strict, rule, because = other
    return strict, rule, because


def _reasons(case: Case) -> Iterator[tuple[str, str, str]]:
    policy, known = case.policy, case.facts.known
    yield policy.pairs_alone, "pairs", ""
    if case.details:
        own = case.kind
        because = f"the kind of visit is {case.details.kind.lower()}"
        yield own.alone, own.clause or "pairs", because
        if case.details.risks:
            yield policy.pairs_with_risks, "alone", "risks are named"
    if known.troubled(case.now, policy.flags_trouble_counts):
        yield policy.pairs_after_trouble, "alone", TROUBLE
    if known.binding(case.now):
        yield policy.pairs_flagged, "alone", "this address is flagged"


def _unaware(case: Case) -> frozenset[str]:
    """Who must not know of any visit on which there was trouble."""
    troubled = case.facts.known.troubled(case.now, case.policy.flags_trouble_counts)
    kept = [frozenset(each.was.plan.kept_from) for each in troubled]
    return frozenset.intersection(*kept) if kept else frozenset()


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
