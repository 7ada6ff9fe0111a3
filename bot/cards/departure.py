"""The notice before the office, a senior leader and the contact: who is out, where, until when, how
to ring them, and what to do should Doorstep say nothing (S16). Names only: kind, roles and
organisations give the purpose away (P2).
"""

from bot.cards import standby, watching
from bot.cards.model import Block, Button, Buttons, Card, Facts, Text
from bot.cards.remembered import may_set
from bot.cards.view import View, few_names, join_names
from bot.cards.words import alarm_line, last_heard, with_them
from bot.domain.conditions import to_ring
from bot.domain.duty import office_part
from bot.domain.roles import OFFICE, Audience
from bot.domain.visit import Finished


def departure(view: View) -> Card:
    """Out: who, where, due when."""
    watch = view.watch
    due = view.clock(watch.expected_return)
    if isinstance(view.visit.phase, Finished) or not watch.out:
        return _over(view)
    if watch.called and view.alarm:
        return _called(view)
    first = watch.out[0]
    ring_by = view.clock(watch.expected_return + 2 * view.policy.return_grace)
    number = f" on {first.phone}" if first.phone else ""
    nothing_said = f"If Doorstep says nothing by {ring_by}, ring {first.name}{number}."
    back = tuple(
        f"{v.name} came back at {view.clock(v.back_at)}." for v in watch.visitors if v.back_at
    )
    return Card(
        notification=f"{few_names(v.name for v in watch.out)} {_verb(view)} out, due back {due} "
        f"({view.visit.reference})",
        title=f"Out: {view.out_names}, {view.place}. Due back {due}.",
        tone="amber" if view.alarm or watch.left_in_breach else "calm",
        blocks=(
            *alarm_line(view),
            *_breach(view),
            *_yours(view),
            *watching.line(view),
            *standby.lacking(view),
            *standby.replaced(view),
            Facts(
                (
                    *(() if watch.called else (("Left", view.clock(watch.departed_at)),)),
                    ("Ring", view.phones()),
                    *with_them(view),
                    ("Reference", view.visit.reference),
                )
            ),
            *(Text(line) for line in _joined(view)),
            *_rings(view),
            *(Text(last_heard(view, v)) for v in watch.out),
            *(Text(line) for line in back),
            *_extension(view),
            *((Text(nothing_said, "quiet"),) if view.alarm is None else ()),
            *_buttons(view),
        ),
    )


def _called(view: View) -> Card:
    """It began with a call for help: when anybody left, or is due back, nobody has said (S4)."""
    calls = [v for v in view.watch.visitors if v.help_at] or list(view.watch.out)
    asked = few_names(v.name for v in calls)
    at = view.clock(min(v.help_at or view.watch.departed_at for v in calls))
    return Card(
        notification=f"{asked} asked for help at {at} ({view.visit.reference})",
        title=f"{join_names(v.name for v in calls)} asked for help at {at}: {view.place}.",
        tone="amber",
        blocks=(
            Text("An alarm is open.", "strong"),
            *_breach(view),
            Facts(
                (
                    *planned_for(view),
                    ("Ring", view.phones()),
                    *with_them(view),
                    ("Reference", view.visit.reference),
                )
            ),
            *(Text(line) for line in _joined(view)),
            *(Text(last_heard(view, v)) for v in view.watch.out),
            *_buttons(view),
        ),
    )


def planned_for(view: View) -> tuple[tuple[str, str], ...]:
    """What was planned, as a row; a visit born of a call for help had no plan."""
    plan, born = view.visit.plan, view.visit.created_at
    made_up = plan.leaving_at == born and not (view.details and view.details.place)
    return () if made_up else (("Planned", view.when()),)


def _verb(view: View) -> str:
    return "is" if len(view.watch.out) == 1 else "are"


def _joined(view: View) -> tuple[str, ...]:
    """Who was not ticked at departure, and has left as well (S10)."""
    joined = ((v.name, v.joined_at) for v in view.watch.visitors if v.joined_at)
    return tuple(f"{name} left as well, and said so at {view.clock(at)}." for name, at in joined)


def _breach(view: View) -> tuple[Text, ...]:
    if not view.watch.left_in_breach:
        return ()
    return (Text(f"They {past_the_gate(view)}. The approvers and the Head are told.", "strong"),)


def _rings(view: View) -> tuple[Text, ...]:
    """All that the office may know of what the approval was given on."""
    if not to_ring(view.visit) or any(v.arrived_at for v in view.watch.visitors):
        return ()
    return (Text("They agreed to ring the office when they arrive."),)


def past_the_gate(view: View) -> str:
    """How they left where the gate was shut; what was missing may be the family's (P2)."""
    missing = "something that the policy asks for" if view.watch.unmet else "approval"
    return f"left without {missing}"


def _extension(view: View) -> tuple[Text, ...]:
    asked = view.watch.extension
    if asked is None:
        return ()
    until = view.clock(asked.until)
    due = view.clock(view.watch.expected_return)
    words = f"{view.name(asked.by)} asks for time until {until}. Until an approver says yes, {due}"
    return (Text(f"{words} stands."),)


def _buttons(view: View) -> tuple[Block, ...]:
    """The office's presses; whoever else is told may ask, and approvers may call them back. None
    of it is for somebody on the visit, whatever roles they hold.
    """
    if view.reader in view.visit.visitors:
        return ()
    buttons: list[Button] = [*watching.button(view)]
    person = view.facts.school.person(view.reader)
    office = view.reader == OFFICE or (person is not None and "office" in person.roles)
    office = office or _has_office_part(view)
    if office:
        buttons.append(view.button("They phoned: OK", "phoned_ok"))
        buttons.append(view.button("They phoned: back", "phoned_back"))
    if view.can_ask:
        buttons.append(view.button("Ask if they're OK", "ask_if_ok"))
        if office or view.audience is Audience.ALL:
            buttons.append(view.button("Call them back", "call_back"))
    buttons += standby.name_another(view)
    return (Buttons(tuple(buttons)),) if buttons else ()


def _has_office_part(view: View) -> bool:
    return view.reader in office_part(view.visit, view.facts, view.now)


def _yours(view: View) -> tuple[Text, ...]:
    """Whoever has the office's part is told that it is theirs, and until when."""
    if not _has_office_part(view):
        return ()
    words = "The school is closed, so the office's part is yours until they are back. "
    return (Text(f"{words}Please keep your phone on.", "strong"),)


def _over(view: View) -> Card:
    watch = view.watch
    names = join_names(v.name for v in watch.visitors)
    moments = [v.back_at for v in watch.visitors if v.back_at]
    at = view.clock(max(moments)) if moments else view.clock(view.now)
    return Card(
        notification=f"{few_names(v.name for v in watch.visitors)} "
        f"{'is' if len(watch.visitors) == 1 else 'are'} back, {at} ({view.visit.reference})",
        title=f"Back: {names}, since {at} ({view.visit.reference}).",
        tone="amber" if view.alarm else "done",
        blocks=(*alarm_line(view), *may_set(view)),
    )


def otherwise(view: View) -> Card:
    """To approvers, Head and office: they left without approval, or not as it was approved (S1)."""
    watch = view.watch
    going = [v.name for v in watch.left]
    planned = (view.visit.lead, *view.visit.plan.companions)
    missing = [view.name(p) for p in planned if watch.visitor(p) is None]
    moment = next((v.joined_at for v in watch.left if v.joined_at and watch.called), None)
    left, at = past_the_gate(view), view.clock(moment or watch.departed_at)
    if not watch.left_in_breach:
        left = f"left without {few_names(missing)}" if missing else "left"
    if watch.out:
        now = f"Due back {view.clock(watch.expected_return)}. I watch over them all the same."
    else:
        now = "Everybody is back, or known to be safe."
    return Card(
        notification=f"{few_names(going)} {left}, {at} ({view.visit.reference})",
        title=f"{join_names(going)} {left} at {at}.",
        tone="amber" if watch.out else "done",
        blocks=(
            *alarm_line(view),
            Text(f"{view.place}. {now}"),
            Facts((("Ring", view.phones()), *with_them(view), ("Reference", view.visit.reference))),
            *(_buttons(view) if watch.out else ()),
        ),
    )
