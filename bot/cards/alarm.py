"""The alarm's cards: what the reader needs to act, first what they must do (S8, S9)."""

from datetime import datetime

from bot.cards.general import not_yours
from bot.cards.model import Block, Button, Buttons, Card, Divider, Facts, Items, Text
from bot.cards.out import STAYS_OPEN, help_asked, presses
from bot.cards.view import View, few_names, join_names
from bot.cards.words import elsewhere, last_heard, with_them
from bot.domain.decide.targets import people_for
from bot.domain.duration import say_duration
from bot.domain.roles import OFFICE, may_see_risks
from bot.domain.watch import Alarm, ClosedAlarm, Visitor


def alarm(view: View) -> Card:
    """One card for whoever is told, drawn for its reader; once over it says so, without buttons."""
    open_ = view.alarm
    if open_ is None:
        return _over_card(view)
    me = view.watch.visitor(view.reader)
    if me is not None:
        return _to_visitor(view, me)
    troubled = view.watch.troubled or view.watch.out
    helped = [v for v in troubled if v.help_at]
    names = join_names(v.name for v in troubled)
    return Card(
        notification=_notification(view, helped),
        title=_title(view, names, helped),
        tone="alarm",
        blocks=(
            *_late(view, open_),
            *_owner(view, open_),
            Facts(
                (
                    ("Where", view.place),
                    *elsewhere(view),
                    (
                        "Asked for help" if helped else "No answer since",
                        view.clock(_since(tuple(helped) or troubled, open_)),
                    ),
                    ("Ring", view.phones()),
                    *with_them(view),
                    ("Due back", view.clock(view.watch.expected_return)),
                    ("Told so far", _told(view, open_)),
                    ("Reference", view.visit.reference),
                )
            ),
            *(Text(last_heard(view, v)) for v in troubled),
            *_steps(view, troubled, open_, helped=bool(helped)),
            *_buttons(view, open_),
        ),
    )


def _since(troubled: tuple[Visitor, ...], open_: Alarm) -> datetime:
    return min((v.help_at or v.last_heard for v in troubled), default=open_.opened_at)


def _notification(view: View, helped: list[Visitor]) -> str:
    open_ = view.alarm
    assert open_ is not None
    reference, few = view.visit.reference, few_names(v.name for v in _all(view))
    if open_.owner and open_.owner.id != view.reader:
        return f"{view.name(open_.owner.id)} is finding out about {few} ({reference})"
    if helped:
        asked = few_names(v.name for v in helped)
        at = view.clock(_since(tuple(helped), open_))
        return f"{asked} asked for help at {at}. Please act ({reference})"
    if _is_late(view, open_):
        return (
            f"{few} {_are(view)} late: due back {_due(view)}, no answer. Please act ({reference})"
        )
    since = view.clock(_since(_all(view), open_))
    return f"No answer from {few} since {since}. Please act ({reference})"


def _title(view: View, names: str, helped: list[Visitor]) -> str:
    open_ = view.alarm
    assert open_ is not None
    owned = open_.owner is not None and open_.owner.id != view.reader
    if helped:
        asked = join_names(v.name for v in helped)
        act = "" if owned else " Please act now."
        return f"{asked} asked for help at {view.clock(_since(tuple(helped), open_))}.{act}"
    known = f"No answer from {names}."
    if _is_late(view, open_):
        known = f"{names} {_are(view)} late: due back at {_due(view)}, and no answer."
    if owned:
        return known
    if view.reader == OFFICE:
        return f"{known} Please ring them now."
    return f"Please find out whether {names} {_are(view)} safe."


def _is_late(view: View, open_: Alarm) -> bool:
    """Overdue because the return has passed, not because of a prompt before it."""
    return open_.since >= view.watch.expected_return


def _due(view: View) -> str:
    return view.clock(view.watch.expected_return)


def _are(view: View) -> str:
    return "is" if len(_all(view)) == 1 else "are"


def _all(view: View) -> tuple[Visitor, ...]:
    return view.watch.troubled or view.watch.out


def _late(view: View, open_: Alarm) -> tuple[Text, ...]:
    """After an outage: how late this is said."""
    if open_.rung_at is None or open_.rung_due is None:
        return ()
    lateness = open_.rung_at - open_.rung_due
    if open_.rung_at == open_.opened_at:  # several rungs at once: the first was due first
        lateness = max(lateness, open_.opened_at - open_.since)
    if lateness < view.policy.alarm_unreached_after:
        return ()
    return (Text(f"I say this {say_duration(lateness)} late: I was not running.", "strong"),)


def _owner(view: View, open_: Alarm) -> tuple[Text, ...]:
    owner = open_.owner
    lines: list[Text] = []
    if owner and owner.id == view.reader:
        lines.append(Text(f"You have it, until {view.clock(owner.until)}.", "strong"))
        lines.append(Text(f"If you haven't settled it by then, I ask {_next(view, open_)}."))
    elif owner:
        lines.append(
            Text(f"{view.name(owner.id)} has it, until {view.clock(owner.until)}.", "strong")
        )
        lines.append(Text(f"If it isn't settled by then, I ask {_next(view, open_)}."))
    else:
        if open_.lapsed:
            names = join_names(_or_you(view, p) for p in open_.lapsed)
            lines.append(Text(f"{names[0].upper()}{names[1:]} had it before.", "strong"))
        lines.append(Text(f"Nobody has it {'now' if open_.lapsed else 'yet'}.", "strong"))
        if open_.climbs_at:
            by = view.clock(open_.climbs_at)
            lines.append(Text(f"If nobody takes it by {by}, I ask {_next(view, open_)}."))
    if open_.ringing:
        ringing = _or_you(view, open_.ringing)
        verb = "are" if ringing == "you" else "is"
        lines.append(Text(f"{ringing[0].upper()}{ringing[1:]} {verb} ringing 999.", "strong"))
    return tuple(lines)


def _or_you(view: View, person: str) -> str:
    return "you" if person == view.reader else view.name(person)


def _next(view: View, open_: Alarm) -> str:
    """Who is asked next, by name."""
    ladder = view.policy.ladder
    if open_.rung + 1 >= len(ladder):
        return "everybody again"
    people = [
        person.name
        for word in ladder[open_.rung + 1].tell
        if word not in {"visitors", OFFICE}
        for person in people_for(word, view.visit, view.facts, view.now)
        if person.id not in view.visit.visitors
    ]
    return join_names(dict.fromkeys(people)) or "the next people"


def _told(view: View, open_: Alarm) -> str:
    names = (
        "the office" if who == OFFICE else _or_you(view, who)
        for who in open_.told
        if who not in view.visit.visitors
    )
    return join_names(names) or "nobody could be told yet"


def _steps(
    view: View, troubled: tuple[Visitor, ...], open_: Alarm, *, helped: bool
) -> tuple[Block, ...]:
    if open_.owner and open_.owner.id != view.reader:
        return ()
    first = troubled[0] if troubled else view.watch.visitors[0]
    others = [v for v in view.watch.visitors if v.id != first.id]
    steps = [f"Ring {first.name}: {first.phone or 'no phone known'}."]
    steps.extend(f"Ring {v.name}: {v.phone or 'no phone known'}." for v in others)
    if open_.ringing:
        steps.append("Keep your phone free: whoever rings 999 may need you.")
    elif helped:
        steps.append("If nobody answers at once, ring 999, and send two people.")
    else:
        steps.append("If nobody answers, send two people, or ring 999.")
    return (Items(tuple(steps), numbered=True),)


def _buttons(view: View, open_: Alarm) -> tuple[Block, ...]:
    number, calls = str(open_.number), str(open_.calls)
    safe = view.button("They are safe", "safe", alarm=number, calls=calls)
    first: tuple[Button, ...] = (safe,)
    owner = open_.owner
    if owner is None or (owner.id == view.reader and not owner.renewed):
        first = (view.button("I'm on it", "on_it", "primary", alarm=number), safe)
    if view.reader == OFFICE and view.watch.out:
        first = (*first, view.button("They phoned: OK", "phoned_ok"))
    blocks: list[Block] = [Buttons(first)]
    if may_see_risks(view.reader, view.visit):
        blocks.append(Buttons((view.button("Show risks", "show_risks"),)))
    return tuple(blocks)


def _to_visitor(view: View, me: Visitor) -> Card:
    """The chase: colleagues are looking for you. Nothing here to own or to end (S7)."""
    if not me.is_out:
        return Card(
            notification=f"An alarm is open. You are marked as back ({view.visit.reference})",
            title="An alarm is open. You are marked as back.",
            tone="amber",
            blocks=(Text(STAYS_OPEN),) if me.help_at else (),
        )
    if me.help_at:
        return help_asked(view, me)
    if not me.in_trouble:
        names = join_names(v.name for v in view.watch.troubled)
        few = few_names(v.name for v in view.watch.troubled)
        return Card(
            notification=f"Are you with {few}? Your colleagues have been told "
            f"({view.visit.reference})",
            title=f"Are you with {names}? Your colleagues have been told.",
            tone="alarm",
            blocks=(
                Text("Each of you answers alone. If you are in danger, ring 999.", "strong"),
                *presses(view, arrived=False),
            ),
        )
    return Card(
        notification=f"Are you OK? Your colleagues have been told ({view.visit.reference})",
        title="Are you OK? Your colleagues have been told.",
        tone="alarm",
        blocks=presses(view, arrived=False),
    )


def _over_card(view: View) -> Card:
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
    """Whom the alarm was about; where it ended by answers, whoever was heard of since it opened.

    Of nobody else is it said that they are safe (S6).
    """
    troubled = [v for v in memory.visitors if v.in_trouble]
    heard = [v for v in memory.visitors if v.last_heard >= memory.alarm.opened_at]
    return troubled or heard or list(memory.visitors)


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


def script(view: View) -> Card:
    """What to say to 999. A direct message to a rung holder, never a channel (P3)."""
    open_ = view.alarm
    if open_ is None:
        return _over_card(view)
    if not may_see_risks(view.reader, view.visit):
        return not_yours()
    if open_.ringing and open_.ringing != view.reader:
        return Card(
            notification=f"{view.name(open_.ringing)} is ringing 999 ({view.visit.reference})",
            title=f"{view.name(open_.ringing)} is ringing 999. Nobody else need.",
            tone="alarm",
        )
    troubled = _all(view)
    last = max(troubled, key=lambda v: v.last_heard) if troubled else None
    others = view.phones(v for v in view.watch.visitors if v not in troubled)
    one = len(troubled) == 1
    staff = "a member of staff" if one else "members of staff"
    why = "who asked for help" if any(v.help_at for v in troubled) else "whom we cannot reach"
    called = "Name and phone" if one else "Names and phones"
    lines = [
        f"I'm calling from {view.facts.school.name} about {staff} on a home visit {why}.",
        f"{called}: {view.phones(troubled)}.",
        f"The address: {view.place}.",
    ]
    if last:
        lines.append(last_heard(view, last))
    if others:
        lines.append(f"Also on the visit: {others}.")
    return Card(
        notification=f"{view.visit.reference}: ring 999 now",
        title="Ring 999 now. Say this:",
        tone="alarm",
        blocks=(
            Items(tuple(lines)),
            Facts((*with_them(view), *risk_rows(view))),
            *(
                ()
                if open_.ringing == view.reader
                else (
                    Buttons(
                        (view.button("I'm ringing now: nobody else need", "ringing", "danger"),)
                    ),
                )
            ),
        ),
    )


def risk_rows(view: View) -> tuple[tuple[str, str], ...]:
    """Risks, cars and emergency contacts: for rung holders of an open alarm, and 999."""
    details = view.details
    rows: list[tuple[str, str]] = [
        (
            "Known risks",
            "can't be read just now" if details is None else details.risks or "None known",
        )
    ]
    for visitor in view.watch.visitors:
        person = view.facts.school.person(visitor.id)
        if person and person.car:
            rows.append((f"{visitor.name}'s car", person.car))
        if person and person.emergency:
            contact = person.emergency
            rows.append((f"Emergency contact of {visitor.name}", f"{contact.name} {contact.phone}"))
    return tuple(rows)


def risks(view: View) -> Card:
    """The answer to Show risks; each opening is recorded. Over when the alarm is."""
    if view.alarm is None:
        return _over_card(view)
    if not may_see_risks(view.reader, view.visit):
        return not_yours()
    return Card(
        notification=f"{view.visit.reference}: what you asked to see",
        title=f"{view.visitors}: risks and contacts ({view.visit.reference}).",
        tone="alarm",
        blocks=(Facts(risk_rows(view)), Text("That you opened this is recorded.", "quiet")),
    )
