"""Plain messages: whole-message words mean a press; anything else from somebody out is shown to
whoever watches, at once where it sounds alarming, and never taken for an OK (S4).
"""

from bot.cards import general
from bot.domain import commands as c
from bot.domain.plain_words import sounds_alarming, understand
from bot.engine.presses import press
from bot.engine.scene import Reply, Scene
from bot.ports import Press, Say

MOST_CHARACTERS = 2000


def say(scene: Scene, message: Say) -> Reply:
    """Answer a plain message."""
    action = understand(message.text)
    if action:
        return press(scene, Press(action))
    out, alarming = scene.out(), sounds_alarming(message.text)
    for visit in out:
        words = message.text[:MOST_CHARACTERS]
        scene.do(visit.id, c.Write(scene.person.id, words, urgent=alarming))
    if out:
        card = general.not_understood_out(passed_on=all(visit.details for visit in out))
    elif alarming:
        card = general.help_choice()
    else:
        card = general.not_understood()
    return Reply(card.title, special=card)
