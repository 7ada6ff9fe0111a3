"""The card of whoever was on the plan, and didn't leave with the others as far as anybody knows."""

from bot.cards.model import Button, Buttons, Card, Divider, Text
from bot.cards.view import View, join_names


def left_behind(view: View) -> Card:
    """They left without this person, or took them off the plan, and they may have gone all the
    same (S1, S10).
    """
    visit = view.visit
    already = Buttons((view.button("I've already left", "already_left", "danger"),))
    if visit.watch and visit.watch.called and view.reader in visit.planned:
        return _help_before_you_left(view, already)
    if visit.watch is None:
        return Card(
            notification=f"You are no longer on visit {visit.reference}",
            title=f"You are no longer on visit {visit.reference}.",
            tone="amber",
            blocks=(
                Text("If you have left already, say so: then I watch over you all the same."),
                already,
            ),
        )
    went = f"{view.visitors} left on visit {visit.reference} without you"
    if not visit.is_out:
        return Card(notification=went, title=f"{went}. It is over.", tone="done")
    return Card(
        notification=went,
        title=f"{went}.",
        tone="amber",
        blocks=(
            Text("Nobody watches over you now. If you have left as well, say so: then I do."),
            already,
            Divider(),
            Buttons((view.button("I need help", "help", "danger"),)),
        ),
    )


def _help_before_you_left(view: View, already: Buttons) -> Card:
    """Somebody else on the plan called for help; of this reader nothing is known (S6). They may be
    there, may go as they were approved to, or may not have left at all.
    """
    visit, watch = view.visit, view.watch
    calls = [v for v in watch.visitors if v.help_at] or list(watch.visitors)
    names = join_names(v.name for v in calls)
    if not visit.is_out:
        return Card(
            notification=f"The alarm on visit {visit.reference} is over",
            title=f"The alarm for {names} on visit {visit.reference} is over.",
            blocks=(Text("If you have left yourself, say so: then I watch over you."), already),
        )
    buttons: list[Button] = list(already.buttons)
    if view.reader == visit.lead and not watch.breach:
        buttons.append(view.button("I'm leaving now", "leave"))
    asked = "asked for help" if any(v.help_at for v in calls) else "is out"
    return Card(
        notification=f"{names} {asked}. Are you with them? ({visit.reference})",
        title=f"{names} {asked} ({visit.reference}). Are you with them?",
        tone="alarm" if view.alarm else "amber",
        blocks=(
            Text("Nobody watches over you now. If you have left, say so: then I do.", "strong"),
            Buttons(tuple(buttons)),
            Divider(),
            Buttons((view.button("I need help", "help", "danger"),)),
        ),
    )
