"""The alarm's card: what the reader needs to act, first what they must do (S8, S9)."""

from datetime import datetime

from bot.cards.departure import planned_for
from bot.cards.help_asked import STAYS_OPEN, help_asked
from bot.cards.model import Block, Button, Buttons, Card, Facts, Items, OwnView, Text
from bot.cards.out_presses import presses
from bot.cards.over import ended
from bot.cards.view import View, few_names, join_names
from bot.cards.words import colleagues, elsewhere, last_heard, or_you, sought, who_rings, with_them
from bot.domain.decide.targets import targets
from bot.domain.duration import say_duration
from bot.domain.facts import standing
from bot.domain.roles import OFFICE, may_see_risks
from bot.domain.watch import Alarm, Visitor

REACHED = {"sent": "", "pending": " (not reached yet)", "failed": " (not reached)"}
HERE = "here"
"""An argument: ``office`` where it stands in the office's channel, before its reader alone."""


def alarm(view: View) -> Card:
    """One card for whoever is told, drawn for its reader; once over it says so, without buttons."""
    open_ = view.alarm
    if open_ is None:
        return ended(view)
    me = view.me
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
            *_mistakes(troubled, view),
            *_uneasy(view),
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
                    *_when(view),
                    ("Told so far", _told(view)),
                    ("Reference", view.visit.reference),
                )
            ),
            *(Text(last_heard(view, v)) for v in troubled),
            *_settled(view, open_, names),
            *_steps(view, troubled, open_, helped=bool(helped)),
            *_buttons(view, open_),
        ),
        own_view=_own_view(view, open_),
    )


def _own_view(view: View, open_: Alarm) -> OwnView | None:
    """In the channel, too, whoever has it reads that they do; everybody else reads their name."""
    if view.reader != OFFICE or open_.owner is None:
        return None
    return OwnView((open_.owner.id,), view.button("", "look"))


def _when(view: View) -> tuple[tuple[str, str], ...]:
    """When they are due. Of a call for help before anybody left, only what was planned."""
    if view.watch.called:
        return planned_for(view)
    return (("Due back", view.clock(view.watch.expected_return)),)


def _mistakes(troubled: tuple[Visitor, ...], view: View) -> tuple[Text, ...]:
    """What they say of their own call: everybody who acts should know, and nothing ends (S4)."""
    return tuple(
        Text(
            f"{v.name} says since {view.clock(v.mistake_at)} that it was pressed by mistake. "
            "Please make sure.",
            "strong",
        )
        for v in troubled
        if v.help_at and v.mistake_at
    )


def _uneasy(view: View) -> tuple[Text, ...]:
    """Heard of, and not yet safe: who looks for them has to know it first."""
    return tuple(
        Text(f"{v.name} said at {view.clock(v.uneasy_at)}: uneasy, leaving now.", "strong")
        for v in view.watch.out
        if v.uneasy_at
    )


def _since(troubled: tuple[Visitor, ...], open_: Alarm) -> datetime:
    return min((v.help_at or v.last_heard for v in troubled), default=open_.opened_at)


def _notification(view: View, helped: list[Visitor]) -> str:
    open_ = view.alarm
    assert open_ is not None
    reference, few = view.visit.reference, few_names(v.name for v in sought(view))
    if open_.owner and open_.owner.id != view.reader:
        return f"{view.name(open_.owner.id)} is finding out about {few} ({reference})"
    if helped:
        asked = few_names(v.name for v in helped)
        at = view.clock(_since(tuple(helped), open_))
        act = "" if _at_a_door(view) else " Please act"
        return f"{asked} asked for help at {at}.{act} ({reference})"
    uneasy = [v for v in view.watch.out if v.heard == "uneasy"]
    if uneasy:
        heard = view.clock(max(v.last_heard for v in uneasy))
        return f"News of {few_names(v.name for v in uneasy)} at {heard}. Please look ({reference})"
    if _is_late(view, open_):
        return (
            f"{few} {_are(view)} late: due back {_due(view)}, no answer. Please act ({reference})"
        )
    since = view.clock(_since(sought(view), open_))
    return f"No answer from {few} since {since}. Please act ({reference})"


def _title(view: View, names: str, helped: list[Visitor]) -> str:
    open_ = view.alarm
    assert open_ is not None
    owned = open_.owner is not None and open_.owner.id != view.reader
    if helped:
        asked = join_names(v.name for v in helped)
        act = "" if owned or _at_a_door(view) else " Please act now."
        return f"{asked} asked for help at {view.clock(_since(tuple(helped), open_))}.{act}"
    known = f"No answer from {names}."
    if _is_late(view, open_):
        known = f"{names} {_are(view)} late: due back at {_due(view)}, and no answer."
    if owned or _at_a_door(view):
        return known
    if view.reader == OFFICE:
        return f"{known} Please ring them now."
    return f"Please find out whether {names} {_are(view)} safe."


def _at_a_door(view: View) -> bool:
    """Out on a visit themselves: they are told, and others act (S7)."""
    return view.reader in view.facts.out


def _is_late(view: View, open_: Alarm) -> bool:
    """Overdue because the return has passed, not because of a prompt before it."""
    return open_.since >= view.watch.expected_return


def _due(view: View) -> str:
    return view.clock(view.watch.expected_return)


def _are(view: View) -> str:
    return "is" if len(sought(view)) == 1 else "are"


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
            names = join_names(or_you(view, p) for p in open_.lapsed)
            lines.append(Text(f"{names[0].upper()}{names[1:]} had it before.", "strong"))
        lines.append(Text(f"Nobody has it {'now' if open_.lapsed else 'yet'}.", "strong"))
        if open_.climbs_at:
            by = view.clock(open_.climbs_at)
            lines.append(Text(f"If nobody takes it by {by}, I ask {_next(view, open_)}."))
    return (*lines, *who_rings(view, open_))


def _settled(view: View, open_: Alarm, names: str) -> tuple[Block, ...]:
    """Of whom somebody has made sure, and for whom the alarm stands all the same (S6)."""
    made_sure = [
        s for s in open_.settled if (v := view.watch.visitor(s.was.id)) and not v.in_trouble
    ]
    if not made_sure:
        return ()
    lines = [
        f"{or_you(view, s.by)} made sure of {s.was.name} at {view.clock(s.at)}." for s in made_sure
    ]
    lines.append(f"The alarm stands for {names}.")
    texts = tuple(Text(f"{line[0].upper()}{line[1:]}") for line in lines)
    if not open_.undoable(view.watch, view.now - view.policy.alarm_undo_for):
        return texts
    return (*texts, Buttons((view.button("Not over", "not_over", alarm=str(open_.number)),)))


def _next(view: View, open_: Alarm) -> str:
    """Who is asked next, by name: those who count, of the first rung that has any. Whoever has it
    now, and lets it lapse, counts for nobody (S7).
    """
    owner = open_.owner.id if open_.owner else ""
    for rung in view.policy.ladder[open_.rung + 1 :]:
        counting = targets(rung.tell, view.visit, view.facts, view.now).counting
        people = [or_you(view, who) for who in counting if who not in {owner, OFFICE}]
        if OFFICE in counting:
            people.append("the office")
        if people:
            return join_names(dict.fromkeys(people))
    return "everybody again"


def _told(view: View) -> str:
    """Nobody is said to know before a channel has confirmed it; the reader does (S8)."""
    names = []
    for who, mark in standing(view.visit, view.facts.reached).items():
        name = "the office" if who == OFFICE else or_you(view, who)
        names.append(name if who == view.reader else f"{name}{REACHED[mark]}")
    return join_names(names) or "nobody could be told yet"


def _steps(
    view: View, troubled: tuple[Visitor, ...], open_: Alarm, *, helped: bool
) -> tuple[Block, ...]:
    if open_.owner and open_.owner.id != view.reader:
        return ()
    if _at_a_door(view):
        return (Text("You are out yourself, so others are asked. Tell the office what you know."),)
    first = troubled[0] if troubled else view.watch.visitors[0]
    others = [v for v in view.watch.visitors if v.id != first.id]
    steps = [f"Ring {first.name}: {first.phone or 'no phone known'}."]
    steps.extend(f"Ring {v.name}: {v.phone or 'no phone known'}." for v in others)
    if open_.rings(view.now):
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
    mine = owner is not None and owner.id == view.reader and not owner.renewed
    if mine or (owner is None and not _at_a_door(view)):
        first = (view.button("I'm on it", "on_it", "primary", alarm=number), safe)
    in_channel = OFFICE in {view.reader, view.args.get(HERE)}
    if in_channel and view.watch.out:
        first = (*first, view.button("They phoned: OK", "phoned_ok"))
    blocks: list[Block] = [Buttons(first)]
    if may_see_risks(view.reader, view.visit) and not in_channel:
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
            notification=f"Are you with {few}? {colleagues(view)} ({view.visit.reference})",
            title=f"Are you with {names}? {colleagues(view)}.",
            tone="alarm",
            blocks=(
                Text("Each of you answers alone. If you are in danger, ring 999.", "strong"),
                *presses(view, arrived=False),
            ),
        )
    return Card(
        notification=f"Are you OK? {colleagues(view)} ({view.visit.reference})",
        title=f"Are you OK? {colleagues(view)}.",
        tone="alarm",
        blocks=presses(view, arrived=False),
    )
