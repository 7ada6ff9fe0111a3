"""What visitors see while out. Nothing about the family stands in these bodies (P1): a phone on a
doorstep is read by others. I need help stands apart from I'm OK (S4).
"""

from collections.abc import Iterator

from bot.cards import standby, watching
from bot.cards.at_the_door import before_going_in
from bot.cards.help_asked import help_asked
from bot.cards.model import Block, Buttons, Card, Text
from bot.cards.out_presses import concern, presses, uneasy
from bot.cards.returned import returned
from bot.cards.view import View
from bot.cards.words import colleagues
from bot.domain.conditions import to_ring
from bot.domain.visit import Finished
from bot.domain.watch import Visitor


def out(view: View) -> Card:
    """The card that stays with a visitor from departure to return."""
    me = view.me
    if me is None:
        return Card(
            f"You are not out on {view.visit.reference}",
            f"You are not out on {view.visit.reference}.",
        )
    if isinstance(view.visit.phase, Finished) or not me.is_out:
        return returned(view, me)
    if me.help_at is not None and view.alarm:
        return help_asked(view, me)
    watch = view.watch
    due = view.clock(watch.expected_return)
    lines: list[Block] = [*_vouched(view, me), Text(f"Due back {due}.", "strong")]
    lines += _homes(view, me)
    if to_ring(view.visit):
        lines.append(_to_ring(me))
    if me.silent_since:
        lines.append(Text(f"{colleagues(view)}. If you are OK, press I'm OK.", "strong"))
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
    lines += [*standby.lacking(view), *standby.replaced(view)]
    if another := standby.name_another(view):
        lines.append(Buttons(another))
    if watch.left_in_breach:
        lines.append(Text(f"{_past_the_gate(view)} The Head and the office know.", "quiet"))
    return Card(
        notification=f"You are out, due back {due}. I'm watching ({view.visit.reference})",
        title=f"You are out ({view.visit.reference}).",
        blocks=(
            *lines,
            *before_going_in(view, me),
            *presses(view, quietly=(uneasy(view), *concern(view))),
        ),
    )


def _homes(view: View, me: Visitor) -> Iterator[Text]:
    """Where they have got to; on a round by number alone, since the family may read it (P1)."""
    homes = view.visit.plan.homes
    if me.arrived_at:
        where = f"at home {me.home} of {homes} " if homes > 1 else ""
        yield Text(f"You arrived {where}at {view.clock(me.arrived_at)}.")
    if me.home < homes > 1:
        yield Text(f"Home {me.home + 1} of {homes} is next: press I've arrived when you are there.")


def _vouched(view: View, me: Visitor) -> tuple[Text, ...]:
    """What somebody else said of them, which they may know to be wrong (S6)."""
    if not me.vouched_by:
        return ()
    said = f"{view.name(me.vouched_by)} recorded at {view.clock(me.last_heard)} that you are OK."
    return (Text(said),)


def _to_ring(me: Visitor) -> Text:
    """What was a condition of the approval; once they are there it is what they do first."""
    if me.arrived_at is None:
        return Text("When you arrive, ring the office, as you agreed to.")
    return Text("If you haven't yet, ring the office now, as you agreed to.", "strong")


def _past_the_gate(view: View) -> str:
    if view.watch.unmet:
        return "You left without something that the policy asks for."
    return "This visit was not approved."
