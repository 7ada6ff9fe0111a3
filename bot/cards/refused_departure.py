"""The answer at the door to whoever may not leave like this."""

from bot.cards import standby
from bot.cards.appointment import record_button
from bot.cards.clauses import quoted
from bot.cards.model import Block, Buttons, Card, Text
from bot.cards.view import View, join_names
from bot.cards.words import came_to_nothing, hand_over, outcome
from bot.domain.roles import may_still_approve
from bot.domain.visit import Approved, Ended, Requested, Visit


def refused_departure(view: View) -> Card:
    """At the door, without approval: what is missing, and the watch all the same (S1)."""
    visit: Visit = view.visit
    blocks: list[Block] = []
    if isinstance(visit.phase, Requested):
        names = dict.fromkeys(view.name(p) for p in may_still_approve(visit, view.facts, view.now))
        asked = view.clock(visit.phase.asked_at)
        if names:
            blocks.append(
                Text(
                    f"{join_names(names)} {'was' if len(names) == 1 else 'were'} asked at {asked}; "
                    "I have just asked again."
                )
            )
        if visit.was_approved:
            blocks.append(Text("What was approved has changed since."))
    else:
        blocks.append(Text(outcome(view)))
    missed = view.args.get("rules", "")
    if clauses := quoted(view.policy, *missed.split(",")):
        blocks.append(Text(clauses, "quiet"))
    blocks.append(Text("If you have left already, say so: I'll watch over you all the same."))
    title = _refusal(view)
    buttons = [*record_button(view, "primary")]
    buttons.append(view.button("I've already left", "already_left", "danger"))
    if view.reader != visit.lead and isinstance(visit.phase, Approved):
        blocks.append(Text(f"If {view.lead} can't come, take over."))
        buttons.append(hand_over(view, "Take over"))
    leads_it = view.reader == visit.lead and isinstance(visit.phase, Approved)
    if leads_it and missed:  # what the policy misses can mostly be mended there
        buttons.append(view.button("Change the plan", "change_plan"))
    if view.reader == visit.lead and not isinstance(visit.phase, Ended):
        buttons.append(view.button("Cancel the visit", "cancel"))
    others = standby.name_others(view) if leads_it else ()
    return Card(
        notification=title,
        title=title,
        tone="amber",
        blocks=(*blocks, Buttons(tuple(buttons)), *others),
    )


def _refusal(view: View) -> str:
    """Why not, in a sentence."""
    visit = view.visit
    match visit.phase:
        case Approved() if view.reader != visit.lead:
            return f"{view.lead} presses I'm leaving now for all of you ({visit.reference})."
        case Approved():
            return f"You can't leave on {visit.reference} like this."
        case Ended(how=how):
            return f"You can't leave: {came_to_nothing(how, f'visit {visit.reference}')}."
        case _:
            return f"You can't leave yet: {visit.reference} isn't approved."
