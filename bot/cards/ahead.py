"""The ladder played ahead, in one line: the longest silence, who is told, and when."""

from datetime import timedelta

from bot.cards.model import Text
from bot.cards.view import View, few_names
from bot.domain.ahead import Ahead, worst
from bot.domain.duration import say_duration
from bot.domain.roles import OFFICE
from bot.domain.school import School

MINUTE = timedelta(minutes=1)


def worst_case(view: View) -> tuple[Text, ...]:
    """Before whoever decides, and the lead; nothing where nobody would be reached, since the rule
    about that says so.
    """
    said = in_words(worst(view.visit, view.facts), view.facts.school)
    when = "Worst case" if view.visit.plan.fixed else "Worst case at the likely time"
    return (Text(f"{when}, {said}."),) if said else ()


def in_words(ahead: Ahead, school: School) -> str:
    """``silent from 14:05: I tell the office by 14:50, Mr Lee 14:55; 50 minutes``."""
    told = [
        f"{few_names('the office' if who == OFFICE else school.name_of(who) for who in new)} "
        f"{'' if index else 'by '}{school.clock(at, ahead.heard)}"
        for index, (at, new) in enumerate(ahead.first_told)
    ]
    if not told:
        return ""
    length = ahead.length
    if length >= MINUTE:
        length = -(-length // MINUTE) * MINUTE  # a promise is never shorter than it is
    silent = school.clock(ahead.heard, ahead.heard)
    return f"silent from {silent}: I tell {', '.join(told)}; {say_duration(length)}"
