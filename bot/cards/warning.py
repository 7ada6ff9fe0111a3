"""Something was noted about an address while somebody is out there: told to them, to whoever stands
by for them and to whoever may decide. That it was, and by whom, is all that a phone on a doorstep
shows (P1); what it is opens by a press, for whoever may see everything about the visit.
"""

from bot.cards.model import Block, Button, Buttons, Card, Divider, Text
from bot.cards.remembered import SHOWN, day, risk
from bot.cards.view import View, few_names
from bot.domain.reading.names import addressed
from bot.domain.roles import Audience, may_respond, may_see_risks

SHOW = "Show what was noted"


def warning(view: View) -> Card:
    """To a visitor, or to whoever watches over them."""
    watch, reference = view.watch, view.visit.reference
    me = watch.visitor(view.reader)
    if not watch.out or (me and not me.is_out):
        words = f"{'You are' if me else 'They are'} back ({reference})"
        return Card(words, f"{words}.", tone="done")
    by = view.name(view.args["by"]) if "by" in view.args else "A colleague"
    if me:
        return Card(
            notification=f"{addressed(me.name)}, please read this now ({reference})",
            title=f"{by} has noted something about where you are ({reference}).",
            tone="amber",
            blocks=(
                Text(f"Please press {SHOW} where nobody reads along.", "strong"),
                Text("If you feel unsafe, leave. In danger, ring 999."),
                Buttons((_show(view), view.button("Uneasy, leaving now", "uneasy"))),
                Divider(),
                Buttons((view.button("I need help", "help", "danger"),)),
            ),
        )
    names = few_names(visitor.name for visitor in watch.out)
    return Card(
        notification=f"Something new about where {names} "
        f"{'is' if len(watch.out) == 1 else 'are'}: please read ({reference})",
        title=f"{by} has noted something about where {view.out_names} "
        f"{'is' if len(watch.out) == 1 else 'are'} ({reference}).",
        tone="amber",
        blocks=_to_watchers(view, by),
    )


def _show(view: View) -> Button:
    return view.button(SHOW, "noted", "primary")


def _to_watchers(view: View, by: str) -> tuple[Block, ...]:
    buttons: list[Button] = []
    reads = view.audience is Audience.ALL
    if reads:
        buttons.append(_show(view))
    elif may_see_risks(view.reader, view.visit):
        buttons.append(view.button("Show risks", "show_risks"))
    if view.can_ask and may_respond(view.reader, view.visit, view.facts, view.now):
        buttons.append(view.button("Ask if they're OK", "ask_if_ok"))
        if reads:
            buttons.append(view.button("Call them back", "call_back"))
    ask = () if buttons and buttons[0].action != "ask_if_ok" else (Text(f"{by} knows more."),)
    they = "They are told to read it."
    if not view.can_ask:
        they = "They asked for help, so I don't ring their phones."
    return (
        Text(f"{they} Please keep your phone with you.", "strong"),
        *ask,
        *((Buttons(tuple(buttons)),) if buttons else ()),
    )


def noted(view: View) -> Card:
    """The answer to the press: what is known of where somebody on this visit may be."""
    found = view.facts.known.binding(view.now)
    reference = view.visit.reference
    if not found:
        words = f"Nothing binds there any more, as far as I can read ({reference})"
        return Card(words, f"{words}.")
    shown = tuple(Text(f"{view.name(f.by)}, {day(view, f.at)}: {risk(f)}") for f in found[:SHOWN])
    more = len(found) - SHOWN
    return Card(
        notification=f"What was noted ({reference})",
        title=f"What was noted ({reference}):",
        tone="amber",
        blocks=(*shown, *((Text(f"And {more} more, set before these."),) if more > 0 else ())),
    )
