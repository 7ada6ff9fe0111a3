"""Telling people who must come to know, step by step until somebody does: never silent (S8).

1. A step in which nobody counts is told, and the next one at once.
2. One that no channel confirms in time is followed by the next.
3. The last is told again and again, an alert until somebody is reached, a concern until somebody
   has seen it. Nobody's phone is rung all night: the pauses of a concern double, up to an hour.

An alert that reached somebody is left to them: the visitor is asked again in any case, and silence
climbs the ladder. A concern goes to people by name, never to the office as such and never to
anybody on the visit.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.answers import reasons
from bot.domain.commands import ExplainConcern, FeelUneasy, HaveConcern, OwnUp
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.targets import Targets, people_for, targets
from bot.domain.decide.visiting import not_out
from bot.domain.events import (
    AmberEased,
    AmberRaised,
    ConcernExplained,
    ConcernRaised,
    FeltUneasy,
    TidingsHeard,
    TidingsSeen,
    TidingsTold,
)
from bot.domain.policy import Policy
from bot.domain.refused import NOT_ON_IT, Refused
from bot.domain.roles import may_respond, may_see_concern
from bot.domain.tidings import Tidings
from bot.domain.visit import Visit

BEYOND = (("office", "leader"), ("senior_leader",), ("head", "dsl"))
"""Who is told of an alert where nobody of ``uneasy.tell`` can be reached."""
NEVER_PRIVATE = frozenset({"visitors", "contact", "backup", "office", "staff"})
"""Words that mean nobody by name, or anybody: a concern is not for them whatever a policy says."""
LONGEST_PAUSE = timedelta(hours=1)
NOT_TOLD = Refused("This is for those who were told.")


def feel_uneasy(draft: Draft, command: FeelUneasy) -> Outcome:
    """A sign of life; the alert itself follows from what is true then (``weigh``)."""
    refusal = not_out(draft, command.by)
    if refusal:
        return refusal
    draft.emit(FeltUneasy(draft.now, command.by, draft.now + draft.policy.uneasy_ask_after))
    return draft.outcome


def weigh(draft: Draft) -> None:
    """After anything at all: an alert stands exactly while there is a reason for one, and whoever
    is told hears of each reason once.
    """
    watch = draft.visit.watch
    if watch is None:
        return
    standing, amber = reasons(watch), watch.amber
    known = amber.reasons if amber and amber.over_at is None else ()
    if set(standing) - set(known):
        number = (amber.number if amber else 0) + 1
        draft.emit(AmberRaised(draft.now, number, standing))
        _tell(draft, number, "amber", 0)
    elif set(standing) != set(known):
        draft.emit(AmberEased(draft.now, standing))


def have_concern(draft: Draft, command: HaveConcern) -> Outcome:
    """No alarm and no check-in: it changes nothing of the watch. A check-in would show the office
    and the others that something was pressed, and would answer a question that it doesn't answer.

    Pressed again before anybody has seen it, it is the same concern and is told again.
    """
    visitor = draft.watch.visitor(command.by)
    if visitor is None:
        return NOT_ON_IT
    late = draft.policy.concern_after_return
    if visitor.back_at and draft.now > visitor.back_at + late:
        names = " or ".join(draft.facts.school.name_of(p) for p in _people(draft, 0).tell)
        return Refused(f"That visit was over long ago. Please speak to {names or 'the Head'} now.")
    concerns = draft.watch.concerns
    waiting = next((c for c in concerns if c.by == command.by and c.waits), None)
    if waiting:
        _tell(draft, waiting.number, "concern", max(waiting.step, 0), because="again")
        return draft.outcome
    number = len(concerns) + 1
    draft.emit(ConcernRaised(draft.now, command.by, number))
    _tell(draft, number, "concern", 0)
    return draft.outcome


def explain(draft: Draft, command: ExplainConcern) -> Outcome:
    """Their words go to whoever was told of it. Where they can't be sealed they are not taken."""
    concern = draft.watch.tidings("concern", command.number)
    if concern is None or concern.by != command.by:
        return NOT_ON_IT
    if not command.text.strip():
        return Refused("What would you like to say?", field="words")
    if draft.visit.details is None:
        return Refused(
            "I can't keep your words just now. Please ring those whom I told: they know that you "
            "would like to speak to them.",
            field="words",
        )
    draft.emit(ConcernExplained(draft.now, command.by, command.number, command.text.strip()))
    return draft.outcome


def own_up(draft: Draft, command: OwnUp) -> Outcome:
    """I've seen it: recorded once for each of them, also later than the first."""
    tidings, visit = draft.watch.tidings(command.about, command.number), draft.visit
    may = (
        may_see_concern(command.by, visit, command.number)
        if command.about == "concern"
        else may_respond(command.by, visit, draft.facts, draft.now)
    )
    if tidings is None or not may:
        return NOT_TOLD
    if any(seen.by == command.by for seen in tidings.seen):
        return Refused("You have said so already: it is recorded.")
    if tidings.over_at is not None:
        return Refused("That is over: nothing of it stands any more.")
    draft.emit(TidingsSeen(draft.now, command.by, command.about, command.number))
    return draft.outcome


def moments(visit: Visit, policy: Policy) -> Iterator[datetime]:
    """When an alert or a concern needs attention."""
    for tidings in _waiting(visit):
        last = tidings.step == len(_steps(tidings.about, policy)) - 1
        if tidings.unheard and tidings.told_at and not last:
            yield tidings.told_at + policy.alarm_unreached_after
        if tidings.again_at:
            yield tidings.again_at


def see_to(draft: Draft) -> None:
    """What the clock brings about."""
    for tidings in _waiting(draft.visit):
        _see_to(draft, tidings)


def _waiting(visit: Visit) -> tuple[Tidings, ...]:
    watch = visit.watch
    known = (watch.amber, *watch.concerns) if watch else ()
    return tuple(tidings for tidings in known if tidings and tidings.waits)


def _see_to(draft: Draft, tidings: Tidings) -> None:
    now, last = draft.now, len(_steps(tidings.about, draft.policy)) - 1
    following = min(tidings.step + 1, last)
    if tidings.unheard and tidings.told_at:
        fares = draft.facts.fares.get(tidings.slot, {})
        standing = {fares.get(who, "pending") for who in tidings.counting}
        due = now >= tidings.told_at + draft.policy.alarm_unreached_after
        if "sent" in standing:
            draft.emit(TidingsHeard(now, tidings.about, tidings.number))
        elif (due or standing == {"failed"}) and tidings.step < last:
            _tell(draft, tidings.number, tidings.about, following, because="unreached")
            return
    now_is = draft.watch.tidings(tidings.about, tidings.number)
    if now_is and now_is.again_at and now >= now_is.again_at:
        because = "unseen" if tidings.about == "concern" else "unreached"
        _tell(draft, tidings.number, tidings.about, following, because=because)


def _steps(about: str, policy: Policy) -> tuple[tuple[str, ...], ...]:
    if about == "concern":
        return (policy.concern_tell, policy.concern_then)
    return (policy.uneasy_tell, *BEYOND)


def _tell(draft: Draft, number: int, about: str, step: int, *, because: str = "") -> None:
    """Tell a step, and at once whatever follows one in which nobody counts."""
    last = len(_steps(about, draft.policy)) - 1
    while True:
        tidings = draft.watch.tidings(about, number)
        assert tidings is not None
        people = _people(draft, step, tidings)
        draft.emit(
            TidingsTold(
                at=draft.now,
                about=tidings.about,
                number=number,
                step=step,
                tell=people.tell,
                counting=people.counting,
                again_at=draft.now + _pause(tidings, draft.policy),
                because=because,
                last=step == last,
            )
        )
        if people.counting or step == last:
            return
        step, because = step + 1, "empty"


def _pause(tidings: Tidings, policy: Policy) -> timedelta:
    if tidings.about == "amber":
        return policy.alarm_repeat
    within = policy.concern_seen_within
    doubled = within * (1 << min(tidings.rounds, 10))
    return min(doubled, max(within, LONGEST_PAUSE))


def _people(draft: Draft, step: int, tidings: Tidings | None = None) -> Targets:
    """Whom a step means now, nobody on the visit among them. A concern that is told again goes to
    everybody who knows of it, so that those who have not owned up are rung once more.
    """
    visit, facts, now = draft.visit, draft.facts, draft.now
    if tidings and tidings.about == "amber":
        found = targets(_steps("amber", draft.policy)[step], visit, facts, now)
        if found.counting and not facts.school.duty_leader(now):
            found = targets(_with_own_leader(step, draft), visit, facts, now)
        keep = tuple(who for who in found.tell if who not in visit.visitors)
        return Targets(keep, found.counting, ())
    words = [word for each in _steps("concern", draft.policy)[: step + 1] for word in each]
    people: dict[str, bool] = {}
    for word in words:
        for person in _privately(word, draft):
            away = facts.school.is_away(person, now) is not None
            people[person] = person not in facts.out and not away
    known = tidings.told if tidings else ()
    everybody = tuple(p for p in dict.fromkeys((*known, *people)) if p not in visit.visitors)
    return Targets(everybody, tuple(p for p in everybody if people.get(p)), ())


def _with_own_leader(step: int, draft: Draft) -> tuple[str, ...]:
    """The words of a step of an alert, the visit's own leader in place of one on duty: with nobody
    on duty, one colleague alone would have it, and might not see it.
    """
    words = _steps("amber", draft.policy)[step]
    return tuple("leader" if word == "duty_leader" else word for word in words)


def _privately(word: str, draft: Draft) -> tuple[str, ...]:
    """People of this word by name; the deputy stands in for a DSL who is on the visit."""
    if word in NEVER_PRIVATE:
        return ()
    visit, facts, now = draft.visit, draft.facts, draft.now
    found = tuple(p.id for p in people_for(word, visit, facts, now))
    others = tuple(person for person in found if person not in visit.visitors)
    if word == "dsl" and not others:
        return tuple(p.id for p in facts.school.holders("deputy_dsl", now))
    return others
