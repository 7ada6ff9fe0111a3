"""The forms, with the labels that stay fixed on the outside; one file a subject."""

from bot.cards.forms.alarm import hold, may_be_safe, safe
from bot.cards.forms.before_leaving import hand_over, name_stand_by, part_meant, reason
from bot.cards.forms.concern import concern_words
from bot.cards.forms.door import GUEST, leave
from bot.cards.forms.out import more_time, moved, phoned
from bot.cards.forms.request import changed_meanwhile, plan, plan_intro, plan_values

__all__ = [
    "GUEST",
    "changed_meanwhile",
    "concern_words",
    "hand_over",
    "hold",
    "leave",
    "may_be_safe",
    "more_time",
    "moved",
    "name_stand_by",
    "part_meant",
    "phoned",
    "plan",
    "plan_intro",
    "plan_values",
    "reason",
    "safe",
]
