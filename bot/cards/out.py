"""What visitors see while out. Nothing about the family stands in these bodies (P1): a phone on a
doorstep is read by others. I need help stands apart from I'm OK (S4).
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.cards import standby, watching
from bot.cards.at_the_door import before_going_in
from bot.cards.model import Block, Button, Buttons, Card, Divider, Text
from bot.cards.view import View, join_names
from bot.cards.words import colleagues, policy_says
from bot.domain.conditions import to_ring
from bot.domain.facts import telling
from bot.domain.reading.names import addressed
from bot.domain.visit import Finished
from bot.domain.watch import Visitor


def presses(
    view: View, *, arrived: bool = True, quietly: tuple[Button, ...] = ()
) -> tuple[Block, ...]:
    """What a visitor can press, help apart; and what is told quietly, where there is room."""
    routine: list[Button] = [
        view.button("I'm OK", "ok", "primary"),
        view.button("I need more time", "more_time"),
        view.button("I'm back", "back"),
        view.button("Gone somewhere else", "moved"),
    ]
    me = _me(view)
    if arrived and me and me.home < view.visit.plan.homes:
        routine.insert(0, _arrived(view, me))
    help_me = view.button("I need help", "help", "danger")
    return (
        Buttons(tuple(routine)),
        *((Buttons(quietly),) if quietly else ()),
        Divider(),
        Buttons((help_me,)),
    )


def _uneasy(view: View) -> Button:
    return view.button("Uneasy, leaving now", "uneasy")


def _concern(view: View) -> tuple[Button, ...]:
    """One private press, from arrival on and for a time after the return."""
    me = _me(view)
    if me is None or not (me.arrived_at or me.back_at):
        return ()
    if me.back_at and view.now > me.back_at + view.policy.concern_after_return:
        return ()
    return (view.button("I have a concern", "concern"),)


def _arrived(view: View, me: Visitor) -> Button:
    """At the next home, so that pressing it twice says nothing more."""
    button = view.button("I've arrived", "arrived")
    on_a_round = view.visit.plan.homes > 1
    return replace(button, args={"home": str(me.home + 1)}) if on_a_round else button


def _homes(view: View, me: Visitor) -> Iterator[Text]:
    """Where they have got to; on a round by number alone, since the family may read it (P1)."""
    homes = view.visit.plan.homes
    if me.arrived_at:
        where = f"at home {me.home} of {homes} " if homes > 1 else ""
        yield Text(f"You arrived {where}at {view.clock(me.arrived_at)}.")
    if me.home < homes > 1:
        yield Text(f"Home {me.home + 1} of {homes} is next: press I've arrived when you are there.")


def _me(view: View) -> Visitor | None:
    return view.watch.visitor(view.reader) if view.visit.watch else None


def out(view: View) -> Card:
    """The card that stays with a visitor from departure to return."""
    me = _me(view)
    if me is None:
        return Card(
            f"You are not out on {view.visit.reference}",
            f"You are not out on {view.visit.reference}.",
        )
    if isinstance(view.visit.phase, Finished) or not me.is_out:
        return _back(view, me)
    if me.help_at is not None and view.alarm:
        return help_asked(view, me)
    watch = view.watch
    due = view.clock(watch.expected_return)
    lines: list[Block] = [*_vouched(view, me), Text(f"Due back {due}.", "strong")]
    lines += _homes(view, me)
    if to_ring(view.visit):
        lines.append(_to_ring(me))
    if me.silent_since:
        lines.append(Text("Colleagues are looking for you. If you are OK, press I'm OK.", "strong"))
    elif me.resume_at:
        lines.append(
            Text(
                "When will you be back? Press I need more time. Without an answer I raise the "
                f"alarm at {view.clock(me.resume_at)}.",
                "strong",
            )
        )
    elif me.prompt:
        lines.append(
            Text(f"Are you OK? Please answer by {view.clock(me.prompt.reply_by)}.", "strong")
        )
    elif me.due:
        lines.append(Text(f"I'll ask you at {view.clock(me.due.at)} whether you are OK."))
    else:
        lines.append(Text(f"I'll ask you at {due} whether you are back."))
    if watch.extension:
        lines.append(
            Text(
                f"An approver is asked for time until {view.clock(watch.extension.until)}. Until "
                f"one says yes, {due} stands."
            )
        )
    lines += watching.line(view)
    lines += standby.lacking(view)
    if watch.left_in_breach:
        lines.append(Text(f"{_past_the_gate(view)} The Head and the office know.", "quiet"))
    return Card(
        notification=f"You are out, due back {due}. I'm watching ({view.visit.reference})",
        title=f"You are out ({view.visit.reference}).",
        blocks=(
            *lines,
            *before_going_in(view, me),
            *presses(view, quietly=(_uneasy(view), *_concern(view))),
        ),
    )


def _to_ring(me: Visitor) -> Text:
    """What was a condition of the approval; once they are there it is what they do first."""
    if me.arrived_at is None:
        return Text("When you arrive, ring the office, as you agreed to.")
    return Text("If you haven't yet, ring the office now, as you agreed to.", "strong")


def _past_the_gate(view: View) -> str:
    if view.watch.unmet:
        return "You left without something that the policy asks for."
    return "This visit was not approved."


def _back(view: View, me: Visitor) -> Card:
    if me.reported_back:
        return _reported(view, me)
    at, concern = me.back_at or view.now, _concern(view)
    still = join_names(v.name for v in view.watch.out)
    lines: list[Block] = []
    if still:
        lines.append(Text(f"Still out: {still}."))
    if me.help_at is not None and view.alarm:
        lines.append(Text(STAYS_OPEN))
    return Card(
        notification=f"You are back ({view.visit.reference})",
        title=f"You are back, {view.clock(at)} ({view.visit.reference}).",
        tone="done",
        blocks=(
            *lines,
            *((Buttons(concern),) if concern else ()),
            *(policy_says(view, "concern") if concern else ()),
        ),
    )


def _reported(view: View, me: Visitor) -> Card:
    """Somebody else took them out of the watch: they must hear of it, and can say no (S6)."""
    at, by = view.clock(me.back_at or view.now), view.name(me.back_by)
    still = join_names(v.name for v in view.watch.out)
    stays = me.help_at is not None and view.alarm is not None
    return Card(
        notification=f"{by} reported you back at {at}. If that is wrong, press I'm OK "
        f"({view.visit.reference})",
        title=f"{by} reported you back at {at} ({view.visit.reference}).",
        tone="amber",
        blocks=(
            Text("So I have stopped asking you. If you are still out, press I'm OK.", "strong"),
            *((Text(f"Still out: {still}."),) if still else ()),
            *((Text(STAYS_OPEN),) if stays else ()),
            Buttons((view.button("I'm OK", "ok"),)),
            Divider(),
            Buttons((view.button("I need help", "help", "danger"),)),
        ),
    )


def _vouched(view: View, me: Visitor) -> tuple[Text, ...]:
    """What somebody else said of them, which they may know to be wrong (S6)."""
    if not me.vouched_by:
        return ()
    said = f"{view.name(me.vouched_by)} recorded at {view.clock(me.last_heard)} that you are OK."
    return (Text(said),)


LEAVE = "If you can, leave now. In danger, ring 999."
PASSED_ON = "I have passed on that it was pressed by mistake. They will make sure."
STAYS_OPEN = "Your call for help stays open until a colleague has made sure."


def help_asked(view: View, me: Visitor) -> Card:
    """After I need help: who sees to it, and a way to say more. It ends nothing (S4, S5)."""
    alarm = view.alarm
    assert alarm is not None
    assert me.help_at is not None
    owner = alarm.owner
    known = colleagues(view)
    told = f"{view.name(owner.id)} is seeing to it." if owner else f"{known}."
    alone = telling(view.visit, view.facts.reached) == "nobody"
    leave = "If you can, leave; in danger ring 999." if alone else LEAVE
    return Card(
        notification=f"{known} ({view.visit.reference})",
        title=f"You asked for help at {view.clock(me.help_at)}.",
        tone="alarm",
        blocks=(
            Text(told, "strong"),
            *((Text(PASSED_ON),) if me.mistake_at else ()),
            Text(leave, "strong" if alone else "plain"),
            Buttons(
                (
                    view.button("I need help", "help", "danger"),
                    view.button("I'm back", "back"),
                    view.button("Gone somewhere else", "moved"),
                )
            ),
            Divider(),
            Buttons((view.button("Pressed by mistake", "mistake"),)),
        ),
    )


_ASK = {
    "routine": "{name}, are you OK?",
    "asked": "{name}, a colleague asks: are you OK?",
    "uneasy": "{name}, are you OK?",
    "after_alarm": "{name}, are you still OK?",
    "call_back": "{name}, please come back now. Are you OK?",
}


def prompt(view: View) -> Card:
    """Are you OK? With what happens when nobody answers, and when."""
    me = _me(view)
    if me is None or not me.is_out:
        return _answered(view)
    open_ = me.prompt
    if open_ is None:
        return new_return(view) if me.resume_at else _answered(view)
    limit = view.clock(open_.reply_by)
    first = addressed(me.name)
    if open_.kind == "return":
        due = view.clock(view.watch.expected_return)
        title = f"{first}, you were due back at {due}. Are you OK?"
    else:
        title = _ASK[open_.kind].format(name=first)
    chased = open_.chase_at is None and view.now > open_.asked_at
    if chased:
        title = f"Once more: {title}"
    return Card(
        notification=f"{title} Answer by {limit}",
        title=title,
        tone="amber" if chased else "ask",
        blocks=(
            Text(f"If I hear nothing, I raise the alarm at {limit}.", "strong"),
            *(policy_says(view, "report_back") if open_.kind == "return" else ()),
            *presses(view, arrived=False, quietly=(_uneasy(view),)),
        ),
    )


def _answered(view: View) -> Card:
    me = _me(view)
    if me and me.silent_since and me.is_out:
        return Card(
            notification="Your colleagues are looking for you. Are you OK?",
            title="Are you OK? Your colleagues are looking for you: I have no answer yet.",
            tone="amber",
            blocks=presses(view, arrived=False),
        )
    if me and me.help_at and view.alarm:
        return Card(
            notification=f"{colleagues(view)} ({view.visit.reference})",
            title=f"I have your call for help. {colleagues(view)}.",
            tone="done",
        )
    if me and me.vouched_by and me.is_out:
        by, at = view.name(me.vouched_by), view.clock(me.last_heard)
        return Card(
            notification=f"{by} recorded at {at} that you are OK ({view.visit.reference})",
            title=f"{by} recorded at {at} that you are OK.",
            tone="amber",
            blocks=(
                Text("If that is wrong, or it wasn't you who rang, please answer yourself."),
                *presses(view, arrived=False),
            ),
        )
    if me and me.reported_back:
        return _reported(view, me)
    at = f" at {view.clock(me.last_heard)}" if me else ""
    return Card(
        notification=f"Thank you ({view.visit.reference})",
        title=f"Thank you. I heard from you{at}.",
        tone="done",
    )


def new_return(view: View) -> Card:
    """Past the return, OK is not enough: when, then? (S2)"""
    me = _me(view)
    if me is None or me.resume_at is None or not me.is_out:
        return _answered(view)
    limit = view.clock(me.resume_at)
    return Card(
        notification=f"When will you be back? Answer by {limit}",
        title="Good. When will you be back?",
        tone="ask",
        blocks=(
            Text(f"Without a new time I raise the alarm at {limit}.", "strong"),
            Buttons(
                (
                    view.button("I need more time", "more_time", "primary"),
                    view.button("I'm back", "back"),
                )
            ),
            Divider(),
            Buttons((view.button("I need help", "help", "danger"),)),
        ),
    )
