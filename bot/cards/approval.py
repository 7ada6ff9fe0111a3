"""The approvers' card: everything they need to decide, what is missing first and each sentence of
the policy below what it wants; then the buttons, and below them what is good to know. Once decided
only the outcome (P4).
"""

from collections.abc import Iterable, Iterator

from bot.cards import changes, conditions, standby
from bot.cards.ahead import worst_case
from bot.cards.appointment import to_be_recorded, would_cover
from bot.cards.fallen_short import has_fallen_short, would_fall_short
from bot.cards.model import Block, Button, Buttons, Card, Facts, Text
from bot.cards.remembered import may_set, remembered
from bot.cards.view import UNREADABLE, View, join_names
from bot.cards.words import (
    POLICY_CHANGED,
    alarm_line,
    doubled,
    hand_over,
    nothing_said,
    outcome,
    policy_says,
    unannounced,
    votes_said,
    without_a_yes,
)
from bot.domain.plan import Details
from bot.domain.roles import approvers, may_still_approve
from bot.domain.rules import shortfalls
from bot.domain.rules.case import Case, Shortfall
from bot.domain.visit import Approved, ChangesAsked, InAlarm, Out, Requested


def approval(view: View) -> Card:
    """Before several approvers: each sees what they can still do."""
    phase = view.visit.phase
    if isinstance(phase, Requested) and view.args.get("revision", "") in {
        "",
        str(view.visit.revision),
    }:
        return _open(view, phase)
    return _decided(view)


def _open(view: View, phase: Requested) -> Card:
    visit = view.visit
    start = view.clock(visit.plan.leaving_at)
    word = "approve" if visit.earlier is None else "approve the changed"
    found = shortfalls(Case.of(visit, view.facts, view.now))
    missing = tuple(each for each in found if not each.later)
    return Card(
        notification=f"{view.lead} asks you to {word} visit {visit.reference} for {start}",
        title=f"{view.lead} would like to visit {view.place}, {view.when()}.",
        tone="ask",
        blocks=(
            *((Text(POLICY_CHANGED),) if phase.reasked else ()),
            *changes.for_approvers(view),
            *_with(view),
            *would_cover(view),
            *_missed(view, missing),
            *remembered(view),
            *doubled(view),
            *(Text(line) for line in votes_said(view)),
            *unannounced(view),
            *conditions.said(view),
            Facts(_why(view)),
            *_decide(view, phase),
            Facts(_besides(view)),
            *worst_case(view),
            Text(_otherwise(view, phase)),
            *may_set(view),
        ),
    )


def _with(view: View) -> tuple[Text, ...]:
    """Who goes along. Going alone is the policy's to speak of."""
    others = join_names(view.name(p) for p in view.visit.plan.companions)
    outside = view.details.external if view.details else None
    if not others and not outside:
        return ()
    if others and outside:
        words = f"With {others}, and {outside.name} from outside."
    elif outside:
        words = (
            f"With {outside.name} from outside. Nobody else from school. Only {view.lead} answers "
            "when I ask whether they are OK, and so counts as alone."
        )
    else:
        words = f"With {others}."
    return (Text(words, "strong"),)


def _missed(view: View, missing: Iterable[Shortfall]) -> Iterator[Text]:
    """What is missing, in bold, and below it the sentence that wants it."""
    said: dict[str, list[str]] = {}
    for each in missing:
        if words := each.said_to(view.reader):
            said.setdefault(each.rule, []).append(words)
    for rule, lines in said.items():
        yield from (Text(words, "strong") for words in lines)
        yield from policy_says(view, rule)


def _otherwise(view: View, phase: Requested) -> str:
    """What happens when nobody says anything, and when."""
    policy = view.policy
    if phase.reminded:
        return f"It has waited since {view.clock(phase.asked_at)}. {without_a_yes(view)}"
    again = view.clock(phase.asked_at + policy.approval_remind)
    return f"I ask again at {again}. {without_a_yes(view)}"


def _why(view: View) -> tuple[tuple[str, str], ...]:
    details, plan = view.details, view.visit.plan
    if details is None:
        return (("Why, whom and risks", UNREADABLE),)
    outside = details.external
    rows = (
        ("Kind of visit", details.kind),
        *_whose(details),
        ("Why", details.purpose),
        ("Why can't the parent come in?", details.why_not_in_school),
        ("Followed up", details.follow_up),
        ("More help for the parents", details.more_help),
        ("To see", details.to_see),
        ("Plan for the discussion", details.discussion),
        ("Appointment", details.appointment or to_be_recorded(view)),
        ("Risks", details.risks or nothing_said(view)),
        ("Language or other needs", details.needs),
        ("Who does what", details.who_does_what),
        ("If alone, why", details.why_alone if plan.companions or outside else ""),
        (
            "From outside",
            ", ".join(p for p in (outside.name, outside.organisation, outside.phone) if p)
            if outside
            else "",
        ),
    )
    return tuple(row for row in rows if row[1])


def _besides(view: View) -> tuple[tuple[str, str], ...]:
    """Good to know, and nothing to decide about: what is missing of it stands in bold above."""
    return (*standby.rows(view), ("Reference", view.visit.reference))


def _whose(details: Details) -> tuple[tuple[str, str], ...]:
    """Whose home; on a round each with its address."""
    if not details.further:
        return (("Pupil or family", details.family),)
    return tuple(
        (f"Home {number}", f"{home.place}: {home.family}" if home.family else home.place)
        for number, home in enumerate(details.homes, 1)
    )


def _decide(view: View, phase: Requested) -> tuple[Block, ...]:
    visit = view.visit
    voted = any(vote.by == view.reader for vote in phase.votes)
    if view.reader not in may_still_approve(visit, view.facts, view.now):
        return (Text("Somebody else's word is still needed."),) if voted else ()
    revision = str(visit.revision)
    decline = view.button("Decline", "decline", "danger", revision=revision)
    if view.details is None:
        blind = "Nobody can approve what can't be read. Please tell your administrator."
        return (Text(blind, "strong"), Buttons((decline,)))
    approve = view.button("Approve", "approve", "primary", revision=revision)
    changes = view.button("Ask for changes", "ask_for_changes", revision=revision)
    only_if = view.button("Approve if ...", "approve_if", revision=revision)
    return (*policy_says(view, "approval"), Buttons((approve, decline, changes, only_if)))


def _decided(view: View) -> Card:
    said = outcome(view)
    reason = view.details.last_note("declined", "changes", "withdrawn") if view.details else None
    mine = reason is not None and reason.by == view.reader
    appointed = view.visit.plan.window is not None and view.visit.plan.fixed
    moved = bool(changes.shifted(view)) or (appointed and isinstance(view.visit.phase, Approved))
    shift = f", is {view.when()} now" if moved else ""
    buttons: tuple[Button, ...] = ()
    decides = view.reader in approvers(view.visit, view.facts, view.now)
    short = decides and has_fallen_short(view.visit)
    if short:
        shift = f"{shift}, can't leave like this"
    if decides:
        match view.visit.phase:
            case Approved():
                buttons = (view.button("Withdraw approval", "withdraw"), hand_over(view))
            case ChangesAsked():
                buttons = (hand_over(view),)
            case Out() | InAlarm() if view.can_ask:
                buttons = (view.button("Call them back", "call_back"),)
            case _:
                pass
    return Card(
        notification=f"Visit {view.visit.reference}, {view.lead}{shift}. {said}",
        title=f"{view.visitors}, {view.place}, {view.when()}.",
        tone="done" if not view.visit.is_live else "calm",
        blocks=(
            *(alarm_line(view) or (Text(said, "strong"),)),
            *(would_fall_short(view) if short else ()),
            *changes.shifted(view),
            *(standby.lacking(view) if view.visit.is_live else ()),
            *(Text(line, "quiet") for line in votes_said(view)[:-1]),
            *unannounced(view),
            *((Text("Your reason was passed on."),) if mine else ()),
            *((Buttons(buttons),) if buttons else ()),
            *may_set(view),
        ),
    )


_NOBODY = "Nobody here can give this approval. Please tell whoever looks after Doorstep."


def unanswered(view: View) -> Card:
    """For those of ``approval.then``: who was asked, since when; holders of a stage decide."""
    phase = view.visit.phase
    if not isinstance(phase, Requested):
        return _decided(view)
    still = may_still_approve(view.visit, view.facts, view.now)
    waiting = join_names(view.name(p) for p in still if p != view.reader)
    asked = (
        *((Text("You are asked too: please answer.", "strong"),) if view.reader in still else ()),
        *((Text(f"Asked: {waiting}. Please ring them.", "strong"),) if waiting else ()),
        *(() if still else (Text(_NOBODY, "strong"),)),
    )
    return Card(
        notification=f"Nobody has answered {view.lead}'s request yet ({view.visit.reference})",
        title=f"{view.lead} has waited for approval since {view.clock(phase.asked_at)}.",
        tone="ask",
        blocks=(
            Text(f"{view.visitors}, {view.place}, {view.when()}."),
            *asked,
            Text(without_a_yes(view)),
            *_decide(view, phase),
        ),
    )
