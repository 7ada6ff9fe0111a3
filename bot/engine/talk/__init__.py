"""Any form, asked field by field in messages: begun, answered, corrected, sent or stopped.

It is kept over a restart. Only the one who is asked can answer; what they write of life and danger
never comes here (``says``).
"""

from bot.engine.talk.answering import answer
from bot.engine.talk.beginning import begin, begin_wish
from bot.engine.talk.looking import asked_field, in_own_words, is_private, names_a_field
from bot.engine.talk.showing import aside, show
from bot.engine.talk.steering import fill

__all__ = [
    "answer",
    "aside",
    "asked_field",
    "begin",
    "begin_wish",
    "fill",
    "in_own_words",
    "is_private",
    "names_a_field",
    "show",
]
