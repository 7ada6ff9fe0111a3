"""What responders do about an alarm: own it, stand it down, undo that, and ring 999."""

from bot.domain.commands import Acknowledge, Reopen, Ring999, ShowRisks, StandDown
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.ladder import climb, lapse
from bot.domain.events import AlarmEnded, AlarmReopened, Closed, Owned, Ringing, RisksShown
from bot.domain.refused import Refused
from bot.domain.roles import may_respond, may_see_risks
from bot.domain.visit import Out
from bot.domain.watch import Alarm

VISITOR = Refused(
    "Somebody who is not on the visit has to do this. If you are safe, press I'm OK or I'm back."
)
NOT_YOU = Refused("This is for the colleagues who were asked to help.")
OUT_YOURSELF = Refused(
    "You are out on a visit yourself, so somebody else has to have this. Tell the office what you "
    "know."
)
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
        return draft.outcome
    name = draft.facts.school.name_of(owner.id)
    if owner.id != command.by:
        local = draft.facts.school.local(owner.until)
        return Refused(f"{name} has it, until {local:%H:%M}. If it lapses, you are asked again.")
    if owner.renewed:
        return Refused("You have had more time once. When it ends, the next people are asked.")
    if not note:
        return Refused("You have it. To hold it longer, say what you are doing.", field="note")
    draft.emit(Owned(draft.now, command.by, until, renewed=True, note=note))
    return draft.outcome


def stand_down(draft: Draft, command: StandDown) -> Outcome:
    """End the alarm, not the watch (S2). Meant for the alarm, and the call, on the card (S3)."""
    refusal = _not_a_responder(draft, command.by)
    if refusal:
        return refusal
    alarm = _open(draft)
    if (command.alarm, command.calls) != (alarm.number, alarm.calls):
        return Refused("Something has happened since this message. Please read it again.")
    if not command.how.strip():
        return Refused("How do you know that they are safe?", field="how")
    policy = draft.policy
    draft.emit(
        AlarmEnded(
            at=draft.now,
            by=command.by,
            undo_until=draft.now + policy.alarm_undo_for,
            over=command.over,
            next_prompt=draft.now + policy.alarm_prompt_after_stand_down,
            note=command.how.strip(),
        )
    )
    if isinstance(draft.visit.phase, Out) and not draft.watch.out:
        draft.emit(Closed(draft.now))
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


def show_risks(draft: Draft, command: ShowRisks) -> Outcome:
    """Recorded, each time."""
    if not may_see_risks(command.by, draft.visit):
        return NOT_YOU
    draft.emit(RisksShown(draft.now, command.by))
    return draft.outcome


def ring_999(draft: Draft, command: Ring999) -> Outcome:
    """One person rings; nobody else need."""
    refusal = _not_a_responder(draft, command.by)
    if refusal:
        return refusal
    alarm = _open(draft)
    if alarm.ringing and alarm.ringing != command.by:
        return Refused(f"{draft.facts.school.name_of(alarm.ringing)} is ringing already.")
    draft.emit(Ringing(draft.now, command.by))
    return draft.outcome


def no_alarm(draft: Draft, command: object) -> Outcome:
    """An alarm's button without an open alarm: say so. The visit as it now is follows."""
    person = getattr(command, "by", "")
    return _not_a_responder(draft, person) or NO_ALARM
