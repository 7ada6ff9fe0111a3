"""What visitors do while out. Every press of theirs is a sign of life for them alone (S6)."""

from datetime import datetime, timedelta

from bot.domain.commands import (
    Arrive,
    AskForHelp,
    CheckIn,
    ClaimMistake,
    ComeBack,
    Move,
    TakeMoreTime,
    Write,
)
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.ladder import call_again, raise_alarm, settle
from bot.domain.duty import attended
from bot.domain.events import (
    CameBack,
    CheckedIn,
    ExtensionAsked,
    HelpAsked,
    MistakeClaimed,
    OutAgain,
    PlaceChanged,
    ReturnMoved,
    Wrote,
)
from bot.domain.refused import NOT_ON_IT, Refused
from bot.domain.visit import Finished
from bot.domain.watch import Heard

ALREADY_BACK = Refused(
    "You told me that you are back. If you are out again, plan a visit; if you need help, "
    "press I need help."
)

LONG_OVER = Refused("This visit was over long ago. If you need help, press I need help.")
STILL_FRESH = timedelta(hours=24)
SAID_TWICE = timedelta(minutes=5)


def not_out(draft: Draft, person: str) -> Refused | None:
    """Why this person's press is not a visitor's, or None. Somebody reported back by others only
    is believed over them: the watch goes on.
    """
    visitor = draft.watch.visitor(person)
    if visitor is None:
        return NOT_ON_IT
    if visitor.is_out:
        return None
    if visitor.back_by == person:
        return ALREADY_BACK
    phase = draft.visit.phase
    if isinstance(phase, Finished) and draft.now > phase.at + STILL_FRESH:
        return LONG_OVER
    draft.emit(OutAgain(draft.now, person))
    return None


def heard_of(
    draft: Draft, visitor: str, by: str, how: Heard, *, settles: bool = True, home: int = 0
) -> None:
    """A visitor was heard of. Past the expected return that alone is no plan: without a new
    return the alarm resumes (S2), and pressing OK again does not put that off.
    """
    resume_at = None
    if draft.now >= draft.watch.expected_return:
        later = draft.now + draft.policy.alarm_resume_after
        resume_at = min(draft.visitor(visitor).resume_at or later, later)
    draft.emit(CheckedIn(draft.now, by, visitor, how, resume_at, home))
    if settles:
        settle(draft, by)


def check_in(draft: Draft, command: CheckIn | Arrive) -> Outcome:
    """I'm OK, or I've arrived."""
    refusal = not_out(draft, command.by)
    if refusal:
        return refusal
    if isinstance(command, Arrive):
        home = _home(draft, command)
        heard_of(draft, command.by, command.by, "arrived", home=home)
    else:
        heard_of(draft, command.by, command.by, "ok")
    return draft.outcome


def _home(draft: Draft, command: Arrive) -> int:
    """At which home of a round. One that they were at already, and the word said twice in a short
    time, are where they are; nobody arrives at more homes than there are.
    """
    me = draft.visitor(command.by)
    said_twice = me.arrived_at is not None and draft.now < me.arrived_at + SAID_TWICE
    following = me.home if said_twice else me.home + 1
    return min(max(command.home or following, me.home, 1), draft.visit.plan.homes)


def take_more_time(draft: Draft, command: TakeMoreTime) -> Outcome:
    """A check-in of this visitor, and a later return, as far as the policy lets them (S11)."""
    if command.until <= draft.now:
        return Refused("That is past already. When will you be back?", field="until")
    refusal = not_out(draft, command.by)
    if refusal:
        return refusal
    heard_of(draft, command.by, command.by, "more_time", settles=False)
    longer(draft, command.by, command.until)
    settle(draft, command.by)
    return draft.outcome


def longer(draft: Draft, by: str, until: datetime) -> None:
    """Move the return, or ask an approver where the cap or the hours of cover are passed (S11).

    A return earlier than before is taken as said: I ask sooner, which is the safe side.
    """
    watch = draft.watch
    if until == watch.expected_return:
        return
    capped = until > watch.approved_return + draft.policy.return_extend_at_most
    later = until > watch.approved_return
    uncovered = later and not attended(draft.visit, draft.facts, until, draft.now)
    if capped or uncovered:
        draft.emit(ExtensionAsked(draft.now, by, until))
    else:
        draft.emit(ReturnMoved(draft.now, by, until))


def move(draft: Draft, command: Move) -> Outcome:
    """Gone somewhere else: the watchers are told the new place (S14)."""
    if not command.place.strip():
        return Refused("Where are you now?", field="place")
    refusal = not_out(draft, command.by)
    if refusal:
        return refusal
    draft.emit(PlaceChanged(draft.now, command.by, command.place.strip()))
    heard_of(draft, command.by, command.by, "moved")
    return draft.outcome


def come_back(draft: Draft, command: ComeBack) -> Outcome:
    """This visitor is back; an open call for help stays open all the same (S5)."""
    visitor = draft.watch.visitor(command.by)
    if visitor is None:
        return NOT_ON_IT
    if visitor.is_out:
        draft.emit(CameBack(draft.now, command.by, command.by))
        settle(draft, command.by)
        return draft.outcome
    return Refused("You are marked as back already.")


def ask_for_help(draft: Draft, command: AskForHelp) -> Outcome:
    """An alarm at once; in an open one, a new call that breaks any hold (S4, S7)."""
    visitor = draft.watch.visitor(command.by)
    if visitor is None:
        return NOT_ON_IT
    draft.emit(HelpAsked(draft.now, command.by))
    if draft.visit.alarm is None:
        raise_alarm(draft, draft.now)
    else:
        call_again(draft)
    return draft.outcome


def help_after_return(draft: Draft, command: AskForHelp) -> Outcome:
    """The visit is over. Reported back by somebody else, or sure: the watch goes on, in alarm.

    Anybody else is asked whether they are in danger (S4).
    """
    assert isinstance(draft.visit.phase, Finished)
    visitor = draft.watch.visitor(command.by)
    if visitor is None:
        return NOT_ON_IT
    if visitor.back_by == command.by and not command.sure:
        return Refused("Are you in danger now?", offer="danger")
    draft.emit(OutAgain(draft.now, command.by))
    return ask_for_help(draft, command)


def claim_mistake(draft: Draft, command: ClaimMistake) -> Outcome:
    """Pressed by mistake: told to the owner; ends nothing (S4)."""
    if draft.watch.visitor(command.by) is None:
        return NOT_ON_IT
    draft.emit(MistakeClaimed(draft.now, command.by))
    return draft.outcome


def write(draft: Draft, command: Write) -> Outcome:
    """Words that were not understood are shown to whoever watches; they are no check-in (S4)."""
    visitor = draft.watch.visitor(command.by)
    if visitor is None:
        return NOT_ON_IT
    draft.emit(Wrote(draft.now, command.by, command.text, command.urgent))
    return draft.outcome
