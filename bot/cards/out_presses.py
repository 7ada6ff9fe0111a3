"""What a visitor can press while out. I need help stands apart from I'm OK (S4)."""

from dataclasses import replace

from bot.cards.model import Block, Button, Buttons, Divider
from bot.cards.view import View
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
    me = view.me
    if arrived and me and me.home < view.visit.plan.homes:
        routine.insert(0, _arrived(view, me))
    help_me = view.button("I need help", "help", "danger")
    return (
        Buttons(tuple(routine)),
        *((Buttons(quietly),) if quietly else ()),
        Divider(),
        Buttons((help_me,)),
    )


def uneasy(view: View) -> Button:
    """A quiet alert, and a sign of life."""
    return view.button("Uneasy, leaving now", "uneasy")


def concern(view: View) -> tuple[Button, ...]:
    """One private press, from arrival on and for a time after the return. Whoever has been asked
    or heard from since they left may be there, though they never said so.
    """
    me, watch = view.me, view.watch
    if me is None:
        return ()
    there = me.arrived_at or me.back_at or me.prompt or me.last_heard > watch.departed_at
    if not there:
        return ()
    if me.back_at and view.now > me.back_at + view.policy.concern_after_return:
        return ()
    return (view.button("I have a concern", "concern"),)


def _arrived(view: View, me: Visitor) -> Button:
    """At the next home, so that pressing it twice says nothing more."""
    button = view.button("I've arrived", "arrived")
    on_a_round = view.visit.plan.homes > 1
    return replace(button, args={"home": str(me.home + 1)}) if on_a_round else button
