"""``doorstep gallery``: an example of every card and form, as text."""

from bot.cards.gallery import gallery as examples
from bot.cards.gallery import write


def gallery() -> int:
    """Print them all."""
    for example in examples():
        print(write(example), end="\n\n")
    return 0
