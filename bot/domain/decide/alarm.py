"""What responders do about an alarm: own it, stand it down, undo that, and ring 999."""

from bot.domain.commands import Acknowledge, Reopen, Ring999, ShowRisks, StandDown
from bot.domain.decide.confirming import by_the_way
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.ladder import climb, close, lapse
from bot.domain.events import AlarmReopened, Doubted, FoundSafe, Owned, Ringing, RisksShown
from bot.domain.refused import Refused
from bot.domain.roles import may_respond, may_see_risks
from bot.domain.watch import Alarm

VISITOR = Refused(
    "Somebody who is not on the visit has to do this. If you are safe, press I'm OK or I'm back."
)
NOT_YOU = Refused("This is for the colleagues who were asked to help.")
OUT_YOURSELF = Refused(
    "You are out on a visit yourself, so somebody else has to have this. Tell the office what you "
    "know."
)
CHANGED = Refused("Something has happened since this message. Please read it again.", card="alarm")
NO_ALARM = Refused("No alarm is open for this visit any more.")


def _not_a_responder(draft: Draft, person: str) -> Refused | None:
    if person in draft.visit.visitors:
        return VISITOR
    if not may_respond(person, draft.visit, draft.facts, draft.now):
        return NOT_YOU
    return None


def _open(draft: Draft) -> Alarm:
    alarm = draft.visit.alarm
    assert alarm is not None
    return alarm


def acknowledge(draft: Draft, command: Acknowledge) -> Outcome:
    """One named person holds the ladder for a time, and may renew once, with a note (S7)."""
    refusal = _not_a_responder(draft, command.by)
    if refusal:
        return refusal
    if command.by in draft.facts.out:
        return OUT_YOURSELF
    until = draft.now + draft.policy.alarm_owner_holds
    owner = _open(draft).owner
    if owner and owner.id != command.by and draft.now >= owner.until:
        lapse(draft, because="lapsed")  # the clock is late; a hold that has passed stops nobody
        owner = None
    note = command.note.strip()
    if owner is None:
        draft.emit(Owned(draft.now, command.by, until, note=note))
        by_the_way(draft, command.by)
        return draft.outcome
    name = draft.facts.school.name_of(owner.id)
    if owner.id != command.by:
        ends = draft.facts.school.clock(owner.until, draft.now)
        return Refused(f"{name} has it, until {ends}. If it lapses, you are asked again.")
    if owner.renewed:
        return Refused("You have had more time once. When it ends, the next people are asked.")
    if not note:
        return Refused("You have it. To hold it longer, say what you are doing.", field="note")
    draft.emit(Owned(draft.now, command.by, until, renewed=True, note=note))
    return draft.outcome


def stand_down(draft: Draft, command: StandDown) -> Outcome:
    """End the alarm, not the watch (S2), for those named and nobody else (S6): while anybody else
    is in trouble it stands. Meant for the alarm, and the call, on the card (S3).
    """
    refusal = _not_a_responder(draft, command.by)
    if refusal:
        return refusal
    alarm = _open(draft)
    if (command.alarm, command.calls) != (alarm.number, alarm.calls):
        return CHANGED
    if not command.how.strip():
        return Refused("How do you know that they are safe?", field="how")
    open_to_it = {v.id for v in draft.watch.visitors if v.is_out or v.in_trouble}
    named = command.who or tuple(v.id for v in draft.watch.troubled)
    who = tuple(v for v in draft.visit.visitors if v in named and v in open_to_it)
    if not who or not set(named) <= set(draft.visit.visitors):
        return Refused("Who is safe?", field="who")
    draft.emit(
        FoundSafe(
            at=draft.now,
            by=command.by,
            who=who,
            over=command.over,
            next_prompt=draft.now + draft.policy.alarm_prompt_after_stand_down,
            note=command.how.strip(),
        )
    )
    close(draft, command.by, answered=False)
    by_the_way(draft, command.by)
    return draft.outcome


def reopen(draft: Draft, command: Reopen) -> Outcome:
    """Not over: the alarm stands again, at the rung it had reached (S2)."""
    refusal = _not_a_responder(draft, command.by)
    if refusal:
        return refusal
    memory = draft.watch.closed
    if memory is None or memory.alarm.number != command.alarm:
        return Refused(
            "That alarm can't be opened again. If you are worried, press Ask if they're OK."
        )
    if draft.now > memory.undo_until:
        return Refused("It is too late to undo this. If you are worried, ring them, then 999.")
    rung = max(0, memory.alarm.rung)
    base = draft.now - draft.policy.ladder[rung].after
    draft.emit(AlarmReopened(draft.now, command.by, draft.watch.alarms + 1, base))
    climb(draft, rung, due_at=draft.now, because="reopened", repeat=True)
    return draft.outcome


def doubt(draft: Draft, command: Reopen) -> Outcome:
    """Not over, while the alarm stands for others: it stands again for those settled too (S2)."""
    refusal = _not_a_responder(draft, command.by)
    if refusal:
        return refusal
    alarm, watch = _open(draft), draft.watch
    undoable = alarm.undoable(watch, draft.now - draft.policy.alarm_undo_for)
    if command.alarm != alarm.number or not undoable:
        return Refused("The alarm is open: everybody who was told knows.")
    draft.emit(Doubted(draft.now, command.by, tuple(s.was.id for s in undoable)))
    if alarm.owner is None:
        climb(draft, alarm.rung, due_at=draft.now, because="reopened", repeat=True)
    return draft.outcome


def show_risks(draft: Draft, command: ShowRisks) -> Outcome:
    """Recorded, each time."""
    if not may_see_risks(command.by, draft.visit):
        return NOT_YOU
    draft.emit(RisksShown(draft.now, command.by))
    return draft.outcome


def ring_999(draft: Draft, command: Ring999) -> Outcome:
    """One person rings; nobody else need, for as long as an owner holds an alarm (S7)."""
    refusal = _not_a_responder(draft, command.by)
    if refusal:
        return refusal
    alarm = _open(draft)
    rings = alarm.rings(draft.now)
    if rings and rings != command.by:
        return Refused(f"{draft.facts.school.name_of(rings)} is ringing already.")
    draft.emit(Ringing(draft.now, command.by, draft.now + draft.policy.alarm_owner_holds))
    return draft.outcome


def no_alarm(draft: Draft, command: object) -> Outcome:
    """An alarm's button without an open alarm: say so. The visit as it now is follows."""
    person = getattr(command, "by", "")
    return _not_a_responder(draft, person) or NO_ALARM
