"""The end of an alarm: the stand-down, and what an alarm's own message becomes (S2)."""

from datetime import datetime

from bot.cards.model import Block, Buttons, Card, Divider, Text
from bot.cards.view import View, few_names, join_names
from bot.domain.watch import ClosedAlarm, Visitor


def ended(view: View) -> Card:
    """What an alarm's message becomes when it is over: no buttons."""
    memory = view.watch.closed
    when = f" at {view.clock(memory.at)}" if memory else ""
    return Card(
        notification=f"The alarm for {view.visit.reference} is over",
        title=f"This alarm ended{when} ({view.visit.reference}).",
        tone="done",
    )


def over(view: View) -> Card:
    """The stand-down: who says so, what goes on, and a way to say that it is not over (S2)."""
    memory = view.watch.closed
    if memory is None:
        return Card(
            notification=f"The alarm for {view.visit.reference} is open again",
            title="Not over: the alarm is open again. See its message.",
            tone="alarm",
        )
    troubled = _known_safe(memory)
    names = join_names(v.name for v in troubled)
    verb = "is" if len(troubled) == 1 else "are"
    by_themselves = view.watch.visitor(memory.by) is not None
    says = (
        f"{view.name(memory.by)} answered at {view.clock(memory.at)}."
        if by_themselves
        else f"{view.name(memory.by)} made sure at {view.clock(memory.at)}."
    )
    undo: tuple[Block, ...] = ()
    if view.now <= memory.undo_until and view.reader not in view.visit.visitors:
        button = view.button("Not over", "not_over", alarm=str(memory.alarm.number))
        undo = (Divider(), Buttons((button,)))
    return Card(
        notification=f"{few_names(v.name for v in troubled)} {verb} safe ({view.visit.reference})",
        title=f"It's over: {names} {verb} safe.",
        tone="done",
        blocks=(Text(says, "strong"), *(Text(line) for line in _goes_on(view)), *undo),
    )


def _known_safe(memory: ClosedAlarm) -> list[Visitor]:
    """Whom somebody made sure of; where it ended by answers, whoever was heard of since it opened.

    Of nobody else is it said that they are safe (S6).
    """
    made_sure = {s.was.id for s in memory.alarm.settled}
    opened = memory.alarm.opened_at
    safe = [
        v
        for v in memory.visitors
        if v.id in made_sure
        or (memory.answered and max(v.last_heard, v.back_at or v.last_heard) >= opened)
    ]
    return safe or list(memory.visitors)


def _goes_on(view: View) -> list[str]:
    watch = view.watch
    if not watch.out:
        return ["The visit is over."]
    lines = [f"Still out: {view.out_names}, due back {view.clock(watch.expected_return)}."]
    asked: dict[datetime, list[str]] = {}
    for visitor in watch.out:
        if visitor.resume_at:
            lines.append(
                f"{visitor.name} hasn't said when they will be back. Without that the alarm "
                f"resumes at {view.clock(visitor.resume_at)}."
            )
        elif visitor.due:
            asked.setdefault(visitor.due.at, []).append(visitor.name)
    lines.extend(f"I ask {join_names(who)} again at {view.clock(at)}." for at, who in asked.items())
    lines.append("I go on watching.")
    return lines
