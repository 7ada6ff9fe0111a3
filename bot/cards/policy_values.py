"""How the values of a policy are said in a sentence: lengths of time, people, stages, rungs."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.cards.view import join_names
from bot.domain.duration import say_duration
from bot.domain.policy import Policy, Rung
from bot.domain.schedule import from_an_answer

WHO = {
    "visitors": "whoever is on the visit",
    "contact": "the colleague who knows of it",
    "backup": "their backup",
    "leader": "the visitor's senior leader",
    "duty_leader": "the leader on duty",
    "office": "the office",
    "staff": "the staff",
    "senior_leader": "the senior leaders",
    "head": "the Head",
    "dsl": "the Designated Safeguarding Lead",
    "deputy_dsl": "the deputy safeguarding lead",
    "pastoral_head": "the Head of Pastoral Care",
    "attendance_lead": "the attendance lead",
    "admin": "whoever looks after Doorstep",
}
ONE_OF = {"senior_leader": "a senior leader", "staff": "a member of staff"}


def length(of: timedelta) -> str:
    """A length to the second: somebody signs for it."""
    return say_duration(of, exact=True)


def everybody(words: Iterable[str]) -> str:
    """``the Head and the senior leaders``."""
    return join_names(WHO.get(word, word) for word in words)


def anybody(words: Iterable[str]) -> str:
    """``the Head or a senior leader``."""
    *others, last = [ONE_OF.get(word, WHO.get(word, word)) for word in words] or ["nobody"]
    return f"{', '.join(others)} or {last}" if others else last


def quoted(sentences: Iterable[str]) -> str:
    """Sentences that people are shown, as they are shown."""
    return " ".join(f"“{each}”" for each in sentences)


def approval(policy: Policy) -> str:
    """Who says yes."""
    stages = [anybody(stage) for stage in policy.approval_stages]
    own = "Nobody approves a visit that they go on."
    each = ", and also by ".join(stages)
    return f"A visit must be approved by {each} before anybody leaves. {own}"


def prompts(policy: Policy) -> str:
    """When visitors are asked, as it really comes about."""
    every, later = policy.check_in_every, from_an_answer(policy)
    asked = "Each visitor is asked “are you OK?”"
    if later == every:
        return (
            f"{asked} every {length(every)}, counted from when they left and from their last "
            "answer."
        )
    return f"{asked} {length(every)} after they left, and {length(later)} after each answer."


def window(policy: Policy) -> str:
    """What a yes covers that comes before the appointment."""
    if not policy.approval_before_appointment:
        return ""
    days = length(policy.approval_window)
    return f"Such a yes covers {days} from the day asked for; the appointment is then recorded."


def same_person(policy: Policy) -> str:
    """Whether these may be one."""
    if len(policy.approval_stages) < 2:
        return ""
    if policy.approval_same_person:
        return "One person who could give more than one of these gives them all with one yes."
    return "Each of these comes from a different person."


def kit(policy: Policy) -> str:
    """What whoever leaves ticks."""
    if not policy.departure_kit:
        return "Whoever leaves isn't asked what they have with them."
    things = "; ".join(tick.text for tick in policy.departure_kit)
    return f"Nobody leaves before they have ticked what they have with them: {things}."


def backup(policy: Policy) -> str:
    """For how long they stand by, and on which visits there is one."""
    who = {
        "backup": "A backup says yes to",
        "never": "Whoever goes then with nobody but somebody from outside has a backup all the "
        "same, who says yes to",
        "free": "Where a backup is named, they say yes to",
    }[policy.evening_alone]
    if not policy.evening_backup_stays:
        return f"{who} the planned times."
    return f"{who} the planned times, and to {length(policy.evening_backup_stays)} more."


def ladder(policy: Policy) -> Iterator[str]:
    """Whom an alarm is told, and when."""
    for index, rung in enumerate(policy.ladder):
        also = "also " if index else ""
        yield f"{_after(rung)} Doorstep {also}tells {everybody(rung.tell)}."


def _after(rung: Rung) -> str:
    return f"After {length(rung.after)}" if rung.after else "At once"


def nudge_from(policy: Policy) -> str:
    """How long the way must have taken, for that to be worth saying."""
    if not policy.return_nudge:
        return ""
    return f"A way there of less than {length(policy.return_nudge_from)} needs no such word."


def named_by_kinds(policy: Policy) -> Iterator[str]:
    """The clauses that kinds of visit name."""
    for rules in policy.kinds.values():
        yield rules.clause
        if rules.unannounced:
            yield rules.unannounced.clause


def named_by_kit(policy: Policy) -> Iterator[str]:
    """The clauses that things to have with you name."""
    return (tick.clause for tick in policy.departure_kit)


def named_nowhere(policy: Policy) -> Iterator[str]:
    """Most sections have their clauses by name alone."""
    del policy
    return iter(())
