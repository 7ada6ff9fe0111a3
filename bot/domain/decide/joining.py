"""Whoever was on the plan, and left when the others had gone already (S1)."""

from bot.domain.commands import AlreadyLeft, AskForHelp, CheckIn, Depart
from bot.domain.decide.departure import STALE_PLAN
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.ladder import lapse
from bot.domain.decide.visiting import ask_for_help, check_in, heard_of
from bot.domain.decide.watch_begins import frozen, in_order
from bot.domain.events import JoinedLate, WatchLost
from bot.domain.refused import NOT_ON_IT, Refused
from bot.domain.roles import left_behind
from bot.domain.visit import Finished

OUT_ALREADY = Refused("You are out already, and are being watched.")


def join(draft: Draft, command: AlreadyLeft | Depart) -> Outcome:
    """The others are out. Somebody on the plan who was not ticked is watched from now on (S1);
    past the expected return they are asked for a new one.
    """
    who, visit = command.by, draft.visit
    visitor = draft.watch.visitor(who)
    if visitor is not None:
        return OUT_ALREADY if visitor.is_out else check_in(draft, CheckIn(who))
    if not left_behind(who, visit):
        return NOT_ON_IT
    going: tuple[str, ...] = (who,)
    if isinstance(command, Depart) and who == visit.lead:
        if draft.watch.breach:
            return Refused("You can't leave yet: this visit isn't approved.", "already_left")
        if who not in command.going:
            return Refused("Tick yourself, and everybody who is really going.", field="going")
        if not all(left_behind(person, visit) for person in command.going):
            return Refused("Only people of the approved visit can go on it.", field="going")
        going = command.going
    for person in in_order(going, visit):
        _joins(draft, person, said_by=who)
    if draft.now >= draft.watch.expected_return:
        heard_of(draft, who, who, "left")
    return draft.outcome


def join_after_all(draft: Draft, command: AlreadyLeft | Depart) -> Outcome:
    """It is over for the others. Somebody on the plan who left after that is watched (S1)."""
    phase = draft.visit.phase
    assert isinstance(phase, Finished)
    fresh = draft.now <= phase.at + STALE_PLAN
    if isinstance(command, AlreadyLeft) and fresh and left_behind(command.by, draft.visit):
        return join(draft, command)
    return Refused("This visit is over. Out now? Press I need help, or plan a visit.")


def _joins(draft: Draft, person: str, *, said_by: str) -> None:
    """They are watched from now on; nobody owns the alarm of their own visit (S7)."""
    draft.emit(JoinedLate(draft.now, frozen(draft, person, said_by)))
    alarm = draft.visit.alarm
    if alarm and alarm.owner and alarm.owner.id == person:
        lapse(draft, because="lapsed")
    watching = draft.watch.watching
    if watching and watching.by == person:
        draft.emit(WatchLost(draft.now, person))


def help_from_left_behind(draft: Draft, command: AskForHelp) -> Outcome:
    """The others left without them, and they ask for help: where they are nobody knows, so they
    are watched from now on, in alarm (S4). Whoever was taken off the plan is asked first.
    """
    who, visit = command.by, draft.visit
    if draft.watch.visitor(who) is not None:
        return ask_for_help(draft, command)
    if not left_behind(who, visit):
        return NOT_ON_IT
    if who not in visit.planned and not command.sure:
        return Refused("Are you in danger now?", offer="danger")
    _joins(draft, who, said_by=who)
    return ask_for_help(draft, command)
