"""What a person is told at once after a press that went through: one or two short sentences."""

from bot.cards.view import View, join_names
from bot.domain.conditions import to_ring
from bot.domain.visit import Approved, Finished, Requested

STANDING_BY = {
    "stand_by": "Thank you. {lead} sees that you have said yes.",
    "cannot_stand_by": "Thank you for saying so. {lead} is told.",
    "name_stand_by": "I'm asking them now. I'll tell you what they say.",
    "watching": "Thank you. {visitors} can see that you are watching, until they are back.",
}
OFFICE_TOLD = " I'm telling the office."


def thanks(action: str, view: View) -> str:
    """Say what is now true, and what happens next."""
    watch = view.visit.watch
    due = view.clock(watch.expected_return) if watch else ""
    open_now = view.facts.school.staffed(view.now)
    reference = view.visit.reference
    match action:
        case "plan":
            return f"{reference} is sent for approval. I'll tell you as soon as somebody answers."
        case "change_plan" if isinstance(view.visit.phase, Approved):
            told = join_names({view.name(vote.by): None for vote in view.visit.phase.votes})
            return (
                f"{reference}: now {view.when()}. That needs no new approval. I'm telling {told}."
            )
        case "change_plan":
            return f"{reference} is asked for again. Please don't leave before it is approved."
        case "appointment":
            return _appointed(view)
        case "drop_out":
            return f"{view.lead} is told that you can't come.{_again(view)}"
        case "hand_over" if view.reader == view.visit.lead:
            return f"You lead {reference} now. Please don't leave before it is approved."
        case "hand_over":
            return f"{view.lead} leads {reference} now, and is told.{_again(view)}"
        case "name_stand_by" if watch:
            return "I'm asking them now. The visit's card says what they answer."
        case "stand_by" | "cannot_stand_by" | "name_stand_by" | "watching":
            return STANDING_BY[action].format(lead=view.lead, visitors=view.visitors)
        case "approve" | "approve_if":
            return _approved(view, only_if=action == "approve_if")
        case "decline" | "ask_for_changes" | "withdraw":
            return f"{view.lead} is told, with your reason."
        case "cancel":
            return f"{reference} is cancelled."
        case "leave" | "already_left":
            return f"I'm watching now. Due back {due}. {_notices(view)}"
        case "moved" if view.details is None:
            return "I can't store the new place just now. Please ring the office and tell them."
        case "arrived" if to_ring(view.visit) and not view.alarm:
            return f"{_heard(view, due)} Please ring the office now, as you agreed to."
        case "arrived" | "ok" | "moved" | "uneasy":  # uneasy looks like any other answer
            return _heard(view, due)
        case "concern":
            return _passed_on(view)
        case "concern_words":
            return "Thank you. I've passed it on to those whom I told, and to nobody else."
        case "seen_concern":
            return "Recorded: whoever wrote it sees that you have seen it."
        case "seen_amber":
            return "Recorded: everybody told sees your name. I go on watching."
        case "more_time":
            if watch and watch.extension:
                until = view.clock(watch.extension.until)
                return f"I've asked for time until {until}. Until somebody says yes, {due} stands."
            return f"Thank you. Due back {due}.{OFFICE_TOLD if open_now else ''}"
        case "back":
            if isinstance(view.visit.phase, Finished):
                return f"Welcome back. {_notices(view)}"
            told = OFFICE_TOLD if open_now else ""
            return f"Welcome back.{told} I go on watching over the others."
        case "help":
            return "I'm telling your colleagues now. If you can, leave. In danger, ring 999."
        case "mistake":
            return "I've told whoever is looking for you. They will make sure."
        case "phoned_ok" | "phoned_back":
            return "Recorded. Everybody who watches sees it."
        case "not_back":
            return "Recorded. I watch over them again, and have asked them whether they are OK."
        case "ask_if_ok" | "call_back":
            return "I've asked them. If they don't answer, the alarm is raised."
        case "allow_time" | "refuse_time":
            return f"They are told. Due back {due}."
        case "on_it":
            alarm = view.alarm
            until = view.clock(alarm.owner.until) if alarm and alarm.owner else ""
            return f"You have it, until {until}. Everybody told sees your name."
        case "safe":
            if isinstance(view.visit.phase, Finished):
                return "Thank you. I'm telling everybody who was told, and the visit is over."
            if view.alarm:
                names = join_names(v.name for v in view.watch.troubled)
                return f"Thank you. The alarm stands for {names}."
            return "Thank you. I'm telling everybody who was told. I go on watching."
        case "not_over":
            return "The alarm is open again. Everybody is told."
        case "ringing":
            return "Thank you. The others are told that you are ringing."
        case _:
            return "Done."


def _appointed(view: View) -> str:
    reference = view.visit.reference
    if isinstance(view.visit.phase, Approved):
        return f"{reference}: the appointment is {view.when()}. That needs no new approval."
    again = f"That is not what was approved, so {reference} is asked for again."
    return f"{again} Please don't leave before it is approved."


def _approved(view: View, *, only_if: bool) -> str:
    if isinstance(view.visit.phase, Approved):
        if only_if:
            return f"Approved, on a condition. {view.lead} is told, and asked for it at the door."
        return f"Approved. {view.lead} is told."
    if isinstance(view.visit.phase, Requested):
        return "Thank you. Somebody else's word is still needed."
    return "Thank you."


def _again(view: View) -> str:
    return " Approval is asked for again." if isinstance(view.visit.phase, Requested) else ""


def _notices(view: View) -> str:
    """Who gets the notice of a departure or a return: that it has arrived is not known yet."""
    if view.facts.school.staffed(view.now):
        return OFFICE_TOLD.strip()
    told = [p for p in view.watch.told if p not in view.visit.visitors]
    names = join_names(view.name(p) for p in told)
    if not names:
        return "The office is closed now."
    return f"The office is closed now: {names} {'is' if len(told) == 1 else 'are'} told."


def _heard(view: View, due: str) -> str:
    me = view.watch.visitor(view.reader)
    if me and me.help_at:
        return "I've passed it on. Your call for help stays open until a colleague has made sure."
    if me and me.resume_at:
        return (
            "Good. When will you be back? Without a new time I raise the alarm at "
            f"{view.clock(me.resume_at)}."
        )
    return f"Thank you. Due back {due}."


def _passed_on(view: View) -> str:
    """Whom it goes to, by name: that it has arrived is not known yet."""
    mine = [c for c in view.watch.concerns if c.by == view.reader]
    told = mine[-1].told if mine else ()
    if not told:
        return "I know of nobody to tell. Please speak to the Head or the DSL yourself, now."
    names = join_names(view.name(p) for p in told)
    return f"Thank you. I'm telling {names}; others only if they can't be reached."
