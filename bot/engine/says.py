"""Plain messages: whole-message words mean a press; anything else from somebody out is shown to
whoever watches, and never taken for an OK (S4).
"""

from bot.cards import general
from bot.domain import commands as c
from bot.domain.plain_words import understand
from bot.engine.presses import press
from bot.engine.scene import Reply, Scene
from bot.ports import Press, Say

MOST_CHARACTERS = 2000


def say(scene: Scene, message: Say) -> Reply:
    """Answer a plain message."""
    action = understand(message.text)
    if action:
        return press(scene, Press(action))
    out = scene.out()
    for visit in out:
        scene.do(visit.id, c.Write(scene.person.id, message.text[:MOST_CHARACTERS]))
    card = general.not_understood(out=bool(out))
    return Reply(card.title, special=card)
