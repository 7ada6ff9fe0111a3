"""What is being asked, for whoever decides whose turn a message is."""

from bot.cards.model import Field, Line
from bot.engine.scene import Scene
from bot.engine.talk.kept import Talk
from bot.engine.talk.redraw import redraw
from bot.engine.talk.showing import field_of
from bot.engine.talk.words import named_field


def asked_field(scene: Scene, talk: Talk) -> Field | None:
    """What is asked about now; None at the summary."""
    return field_of(redraw(scene, talk), talk.asked)


def names_a_field(scene: Scene, talk: Talk, text: str) -> bool:
    """``purpose: mornings``: whoever wrote it says what it is."""
    form = redraw(scene, talk)
    named = named_field(form, text) if form else None
    return named is not None and bool(named[1])


def is_private(scene: Scene, talk: Talk) -> bool:
    """Whether what is typed is for those it names, and never for whoever watches."""
    form = redraw(scene, talk)
    return form is not None and form.private


def in_own_words(scene: Scene, before: Talk, after: Talk | None) -> bool:
    """Whether what was just taken is free text, and no choice, time or name."""
    form = redraw(scene, after) if after else None
    if form is None or after is None:
        return False
    lines = (f.name for f in form.fields if isinstance(f, Line))
    return any(after.values.get(name) != before.values.get(name) for name in lines)
