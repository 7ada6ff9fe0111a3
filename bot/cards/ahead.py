"""The ladder played ahead, in one line: the longest silence, who is told, and when."""

from datetime import timedelta

from bot.cards.model import Text
from bot.cards.view import View, few_names
from bot.domain.ahead import worst
from bot.domain.duration import say_duration
from bot.domain.roles import OFFICE

MINUTE = timedelta(minutes=1)


def worst_case(view: View) -> tuple[Text, ...]:
    """Before whoever decides, and the lead; nothing where nobody would be reached, since the rule
    about that says so.
    """
    ahead, clock = worst(view.visit, view.facts), view.facts.school.clock
    told = [
        f"{few_names('the office' if who == OFFICE else view.name(who) for who in new)} "
        f"{'' if index else 'by '}{clock(at, ahead.heard)}"
        for index, (at, new) in enumerate(ahead.first_told)
    ]
    if not told:
        return ()
    length = ahead.length
    if length >= MINUTE:
        length = -(-length // MINUTE) * MINUTE  # a promise is never shorter than it is
    silent = clock(ahead.heard, ahead.heard)
    said = f"Worst case, silent from {silent}: I tell {', '.join(told)}; {say_duration(length)}."
    return (Text(said),)
