"""The card of whoever asked for a visit, or goes along, until they leave."""

from bot.cards import changes, conditions, standby
from bot.cards.ahead import worst_case
from bot.cards.appointment import still_open, to_make, wait_for_it
from bot.cards.fallen_short import fell_short, has_fallen_short, not_before
from bot.cards.left_behind import left_behind
from bot.cards.mine_buttons import companions_buttons, leads_buttons
from bot.cards.model import Block, Buttons, Card, Facts, Text, Tone
from bot.cards.nobody_approves import nobody_approves
from bot.cards.remembered import remembered, unread
from bot.cards.view import View, join_names
from bot.cards.words import (
    POLICY_CHANGED,
    came_to_nothing,
    doubled,
    lapses_at,
    outcome,
    policy_says,
    unannounced,
    without_a_yes,
)
from bot.domain.decide.targets import people_for
from bot.domain.roles import left_behind as is_left_behind
from bot.domain.roles import may_still_fill
from bot.domain.rules import shortfalls
from bot.domain.rules.case import Case
from bot.domain.visit import (
    Approved,
    ChangesAsked,
    Ended,
    Finished,
    InAlarm,
    Out,
    Requested,
)


def mine(view: View) -> Card:
    """Where my visit stands, and what I can do about it."""
    visit, is_lead = view.visit, view.reader == view.visit.lead
    said = outcome(view)
    blocks: list[Block] = []
    tone: Tone = "calm"
    title = f"Your visit {visit.reference}, {view.when()}."
    if is_left_behind(view.reader, visit):
        return left_behind(view)
    if view.reader not in visit.visitors:
        return Card(
            notification=f"You are no longer on visit {visit.reference}",
            title=f"You are no longer on visit {visit.reference}.",
        )
    if _leads_now(view):
        title = f"You lead visit {visit.reference} now, {view.when()}."
    if not is_lead:
        title = f"Your visit {visit.reference} with {view.lead}, {view.when()}."
    match visit.phase:
        case Requested() as phase:
            blocks += _asked(view, phase)
        case ChangesAsked():
            tone = "ask"
            blocks += _went_back(view)
        case Approved(nudged=nudged):
            tone = "ask" if nudged or (is_lead and has_fallen_short(visit)) else "done"
            title = _nudge(view) if nudged and is_lead else title
            blocks += _approved(view, nudged=nudged)
        case Ended(how=how):
            gone = came_to_nothing(how, f"visit {visit.reference}, {view.when()},")
            stay = how in {"declined", "withdrawn"}
            title = f"Please don't leave: {gone}." if stay else f"{gone[0].upper()}{gone[1:]}."
            blocks += _ended(view)
        case _:
            blocks.append(Text(said))
    if isinstance(visit.phase, Requested | ChangesAsked):
        blocks += changes.for_visitors(view)
    blocks += changes.shifted(view)
    if isinstance(visit.phase, Requested | Approved):
        blocks += doubled(view)
    blocks += _planned(view)
    buttons = leads_buttons(view) if is_lead else companions_buttons(view)
    if buttons:
        blocks.append(Buttons(buttons))
    return Card(
        notification=_notification(view),
        title=title,
        tone=tone,
        blocks=tuple(blocks),
    )


def _nudge(view: View) -> str:
    reference = view.visit.reference
    if still_open(view):
        return f"Is a time agreed with the family ({reference})?"
    start = view.clock(view.visit.plan.leaving_at)
    return f"Have you left? You planned to at {start} ({reference})."


def _approved(view: View, *, nudged: bool) -> list[Block]:
    """What comes next: a time is agreed with the family, or somebody leaves."""
    is_lead, start = view.reader == view.visit.lead, view.clock(view.visit.plan.leaving_at)
    blocks: list[Block] = [
        Text(outcome(view), "strong"),
        *conditions.said(view),
        *conditions.next_step(view),
        *unannounced(view),
        *to_make(view),
        *(fell_short(view) if is_lead else ()),
    ]
    if still_open(view):
        if nudged and is_lead:
            left = f"You thought of leaving at {start}. If you have left, press I'm leaving now."
            blocks.append(Text(left))
    elif nudged and is_lead:
        watched = "until you do, nobody watches over you."
        blocks.append(Text(f"If so, press I'm leaving now: {watched}"))
    elif is_lead:
        blocks.append(Text("When you set off, press I'm leaving now."))
        blocks += policy_says(view, "office", "log")
    else:
        blocks.append(Text(f"When you set off, {view.lead} presses I'm leaving now."))
    if is_lead and not still_open(view) and not has_fallen_short(view.visit):
        blocks += not_before(view)
    blocks.append(Text(f"If nobody has left by {lapses_at(view)}, it lapses.", "quiet"))
    return blocks


def _leads_now(view: View) -> bool:
    """It was handed to this reader, and nobody has approved that yet."""
    earlier = view.visit.earlier
    return earlier is not None and view.reader == view.visit.lead != earlier.lead


def _went_back(view: View) -> list[Block]:
    phase, reader_leads = view.visit.phase, view.reader == view.visit.lead
    assert isinstance(phase, ChangesAsked)
    reason = view.details.last_note("changes") if view.details else None
    changer = "you change" if reader_leads else f"{view.lead} changes"
    return [
        Text(f"{view.name(phase.by)} asks for changes.", "strong"),
        *((Text(f"What should change: {reason.text}"),) if reason else ()),
        Text(f"It waits until {changer} the plan; at {lapses_at(view)} it lapses."),
    ]


def _notification(view: View) -> str:
    reference = view.visit.reference
    start = view.clock(view.visit.plan.leaving_at)
    match view.visit.phase:
        case Requested() if _leads_now(view):
            return f"You lead visit {reference} at {start} now. It waits for approval"
        case Requested() if view.visit.earlier:
            return f"Visit {reference} at {start} has changed, and waits for approval again"
        case Requested():
            return f"Visit {reference} at {start} is waiting for approval"
        case ChangesAsked(by=by):
            return f"{view.name(by)} asks for changes to visit {reference}"
        case Approved(nudged=True) if view.reader == view.visit.lead and still_open(view):
            return f"Is a time agreed for visit {reference}?"
        case Approved() if view.reader == view.visit.lead and has_fallen_short(view.visit):
            return (
                f"You can't leave on visit {reference} at {start} like this: something is missing"
            )
        case Approved() if still_open(view):
            return f"Visit {reference} is approved. Next comes the appointment"
        case Approved(nudged=True) if view.reader == view.visit.lead:
            return f"Have you left on visit {reference}? You planned to at {start}"
        case Approved() if view.visit.plan.window:
            return f"Visit {reference} is at {start}: the appointment is recorded"
        case Approved() if view.visit.earlier:
            return f"Visit {reference} is at {start} now, and still approved"
        case Approved():
            return f"Visit {reference} at {start} is approved"
        case Ended(how=how):
            return came_to_nothing(how, f"Visit {reference} at {start}")
        case Finished():
            return f"Visit {reference} is over"
        case Out(watch=watch) | InAlarm(watch=watch):
            return f"You are out on visit {reference}, due back {view.clock(watch.expected_return)}"


def _asked(view: View, phase: Requested) -> list[Block]:
    filled = {vote.stage: vote for vote in phase.votes}
    lines: list[Block] = [Text("Waiting for approval.", "strong"), *wait_for_it(view)]
    if phase.reasked:
        lines.append(Text(POLICY_CHANGED))
    for i, stage in enumerate(phase.stages):
        if i in filled:
            vote = filled[i]
            lines.append(Text(f"Approved by {view.name(vote.by)} at {view.clock(vote.at)}."))
            continue
        holders = may_still_fill(stage, view.visit, view.facts, view.now)
        if holders:
            lines.append(Text(f"Asked: {join_names(view.name(p) for p in holders)}."))
        else:
            lines.append(nobody_approves(view, stage))
    lines += conditions.said(view)
    if phase.passed_on:
        chasers = dict.fromkeys(
            person.name
            for word in view.policy.approval_then
            for person in people_for(word, view.visit, view.facts, view.now)
            if person.id not in view.visit.visitors
        )
        if chasers:
            lines.append(Text(f"No answer yet: I have told {join_names(chasers)} too."))
    lines.append(Text(without_a_yes(view)))
    if view.reader == view.visit.lead:
        lines += _asked_for(view)
    return lines


def _asked_for(view: View) -> list[Block]:
    """What the policy would like to know besides: whoever decides sees that it is missing."""
    case = Case.of(view.visit, view.facts, view.now)
    asks = [Text(ask, "strong") for each in shortfalls(case) if (ask := each.asked_of(view.reader))]
    return [*asks, Text("To add it, press Change the plan.")] if asks else []


def _planned(view: View) -> list[Block]:
    """Before anybody leaves: who goes where, who stands by, and what an alarm would do."""
    phase, is_lead = view.visit.phase, view.reader == view.visit.lead
    if not isinstance(phase, Requested | ChangesAsked | Approved):
        return []
    blocks: list[Block] = [*standby.lacking(view), Facts(_plan(view))]
    if is_lead:
        blocks += standby.name_others(view)
    blocks += [*remembered(view), *unread(view)]
    if is_lead and not isinstance(phase, ChangesAsked):
        blocks += worst_case(view)
    return blocks


def _plan(view: View) -> tuple[tuple[str, str], ...]:
    plan = view.visit.plan
    others = [view.name(p) for p in view.visit.visitors if p != view.reader]
    outside = view.details.external if view.details else None
    if outside:
        others.append(f"{outside.name} (from outside)")
    return (
        ("Where", view.place),
        ("Going with", join_names(others) or "Nobody: you go alone"),
        *standby.rows(view),
        *((("Kept from", join_names(map(view.name, plan.kept_from))),) if plan.kept_from else ()),
    )


def _ended(view: View) -> list[Block]:
    phase = view.visit.phase
    assert isinstance(phase, Ended)
    blocks: list[Block] = [Text(outcome(view), "strong")]
    reason = view.details.last_note("declined", "withdrawn") if view.details else None
    if reason and phase.how in {"declined", "withdrawn"}:
        blocks.append(Text(f"Reason: {reason.text}"))
    if phase.how != "cancelled":
        blocks.append(Text("If you have left already, say so: I'll watch over you all the same."))
    return blocks
