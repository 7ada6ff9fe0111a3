"""Fields of the request that only some kinds of visit need. They stand in the form wherever the
policy has such a kind; asked in messages they are asked for that kind alone (``by_name``).
"""

from collections.abc import Mapping

from bot.cards.clauses import in_a_hint, join_hints
from bot.cards.model import Choice, Field, Line
from bot.domain.agreed import says_none
from bot.domain.kinds import KIND_OF
from bot.domain.namesakes import told_apart
from bot.domain.policy import Policy
from bot.domain.questions import QUESTIONS
from bot.domain.school import Person, School

Values = Mapping[str, str]
AFTERWARDS = {
    "follow_up": "If, when and how will it be followed up?",
    "more_help": "Where can the parents go for more help?",
}


def afterwards(policy: Policy, values: Values) -> tuple[Field, ...]:
    """What comes after it, for the kinds that ask for that."""
    return tuple(
        Line(
            name,
            label,
            join_hints(f"Asked of {kinds}.", in_a_hint(policy, QUESTIONS[name].rule)),
            several_lines=True,
            by_name=not _asks(policy, name, values.get("kind", "")),
        )
        for name, label in AFTERWARDS.items()
        if (kinds := _that_ask(policy, name))
    )


def discussion(policy: Policy, values: Values) -> Line:
    """A plan for the discussion: it can always be said, and is asked for where the policy asks."""
    return Line(
        "discussion",
        "Plan for the discussion",
        in_a_hint(policy, QUESTIONS["discussion"].rule),
        several_lines=True,
        by_name=not _asks(policy, "discussion", values.get("kind", "")),
    )


def _asks(policy: Policy, name: str, kind: str) -> bool:
    rules = policy.kind(kind)
    return name in {*policy.request_asks, *policy.request_needs, *rules.asks, *rules.needs}


def _that_ask(policy: Policy, name: str) -> str:
    if name in {*policy.request_asks, *policy.request_needs}:
        return "every visit"
    return ", ".join(kind for kind in KIND_OF.values() if _asks(policy, name, kind))


def unannounced(policy: Policy, values: Values, school: School) -> tuple[Field, ...]:
    """Whether it goes unannounced, and by whose word, where the policy has an exception."""
    exceptions = [rules.unannounced for rules in policy.kinds.values() if rules.unannounced]
    by_now = values.get("unannounced") == "yes"
    if not exceptions and not by_now:
        return ()
    when = " ".join(
        f"{KIND_OF[name]}: when {rules.unannounced.when}."
        for name, rules in policy.kinds.items()
        if rules.unannounced
    )
    said = in_a_hint(policy, *(exception.clause for exception in exceptions))
    roles = {role for exception in exceptions for role in exception.authorised_by}
    may = [person for person in school.people if _may(person, roles, school)]
    may_be = policy.kind(values.get("kind", "")).unannounced and says_none(
        values.get("appointment", "")
    )
    which = Choice(
        "unannounced",
        "Does it go unannounced?",
        (("no", "No: the family knows, or will"), ("yes", "Yes: the family doesn't know")),
        join_hints(when, said),
        by_name=not (may_be or by_now),
    )
    if not may:
        return (which,)
    people = told_apart(((p.id, p.name) for p in may), school)
    who = Choice(
        "authorised_by",
        "If unannounced, who authorised it?",
        people,
        people=True,
        by_name=not by_now,
    )
    return (which, who)


def _may(person: Person, roles: set[str], school: School) -> bool:
    """Whoever could ever hold one of these roles: who does that day is for the rule to say."""
    leads = "leader" in roles and any(p.leader == person.id for p in school.people)
    stands_in = any(absence.instead == person.id for absence in school.away)
    deputises = "dsl" in roles and "deputy_dsl" in person.roles
    return leads or stands_in or deputises or bool(person.roles & roles)
