"""The notice before the office, a senior leader and the contact: who is out, where, until when, how
to ring them, and what to do should Doorstep say nothing (S16). Names only: kind, roles and
organisations give the purpose away (P2).
"""

from bot.cards.model import Block, Button, Buttons, Card, Facts, Text
from bot.cards.view import View, join_names
from bot.cards.words import last_heard
from bot.domain.roles import OFFICE, Audience
from bot.domain.visit import Finished


def departure(view: View) -> Card:
    """Out: who, where, due when."""
    watch = view.watch
    due = view.clock(watch.expected_return)
    if isinstance(view.visit.phase, Finished) or not watch.out:
        return _over(view)
    first = watch.out[0]
    ring_by = view.clock(watch.expected_return + 2 * view.policy.return_grace)
    back = tuple(
        f"{v.name} is back since {view.clock(v.back_at)}." for v in watch.visitors if v.back_at
    )
    return Card(
        notification=f"{view.out_names} {_verb(view)} out, due back {due} ({view.visit.reference})",
        title=f"Out: {view.out_names}, {view.place}. Due back {due}.",
        tone="amber" if view.alarm or watch.breach else "calm",
        blocks=(
            *((Text("An alarm is open: see its message.", "strong"),) if view.alarm else ()),
            *_breach(view),
            Facts(
                (
                    ("Left", view.clock(watch.departed_at)),
                    ("Ring", view.phones()),
                    *_outside(view),
                    ("Reference", view.visit.reference),
                )
            ),
            *(Text(last_heard(view, v)) for v in watch.out),
            *(Text(line) for line in back),
            *_extension(view),
            Text(
                f"If Doorstep says nothing by {ring_by}, ring {first.name}"
                f"{' on ' + first.phone if first.phone else ''}.",
                "quiet",
            ),
            *_buttons(view),
        ),
    )


def _verb(view: View) -> str:
    return "is" if len(view.watch.out) == 1 else "are"


def _breach(view: View) -> tuple[Text, ...]:
    if not view.watch.breach:
        return ()
    return (Text("They left without approval. The approvers and the Head are told.", "strong"),)


def _outside(view: View) -> tuple[tuple[str, str], ...]:
    outside = view.details.external if view.details else None
    if outside is None:
        return ()
    return (("With them", f"{outside.name} {outside.phone or '(no phone known)'}"),)


def _extension(view: View) -> tuple[Text, ...]:
    asked = view.watch.extension
    if asked is None:
        return ()
    until = view.clock(asked.until)
    return (Text(f"{view.name(asked.by)} has asked for time until {until}; not yet allowed."),)


def _buttons(view: View) -> tuple[Block, ...]:
    """The office's presses; whoever else is told may ask, and approvers may call them back."""
    ask = view.button("Ask if they're OK", "ask_if_ok")
    call = view.button("Call them back", "call_back")
    person = view.facts.school.person(view.reader)
    if view.reader == OFFICE or (person and "office" in person.roles):
        office: tuple[Button, ...] = (
            view.button("They phoned: OK", "phoned_ok", "primary"),
            view.button("They phoned: back", "phoned_back"),
            ask,
            call,
        )
        return (Buttons(office),)
    if view.audience is Audience.ALL:
        return (Buttons((ask, call)),)
    return (Buttons((ask,)),)


def _over(view: View) -> Card:
    watch = view.watch
    names = join_names(v.name for v in watch.visitors)
    moments = [v.back_at for v in watch.visitors if v.back_at]
    at = view.clock(max(moments)) if moments else view.clock(view.now)
    return Card(
        notification=f"{names} {'is' if len(watch.visitors) == 1 else 'are'} back since {at}",
        title=f"Back: {names}, since {at} ({view.visit.reference}).",
        tone="done",
    )


def otherwise(view: View) -> Card:
    """To approvers, Head and office: they left without approval, or not as it was approved (S1)."""
    watch = view.watch
    going = join_names(v.name for v in watch.visitors)
    if watch.breach:
        title = f"{going} left without approval at {view.clock(watch.departed_at)}."
    else:
        planned = join_names(
            view.name(p) for p in (view.visit.lead, *view.visit.plan.companions)
        )
        title = f"{going} left without the others. Planned were {planned}."
    return Card(
        notification=f"{title} ({view.visit.reference})",
        title=title,
        tone="amber",
        blocks=(
            Text(f"{view.place}, due back {view.clock(watch.expected_return)}."),
            Text("They are being watched like everybody else."),
            Facts((("Ring", view.phones()), ("Reference", view.visit.reference))),
            *(_buttons(view) if watch.out else ()),
        ),
    )
