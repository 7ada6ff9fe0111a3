"""Plain messages: whole-message words mean a press; anything else from somebody out is shown to
whoever watches, at once where it sounds alarming, and never taken for an OK (S4).
"""

from bot.cards import general
from bot.domain import commands as c
from bot.domain.plain_words import sounds_alarming
from bot.domain.reading.sayings import Meant, read_saying
from bot.domain.reading.wish import time_options
from bot.domain.visit import Visit
from bot.engine.likely import likely_buttons
from bot.engine.named import about_watched, named
from bot.engine.presses import AMENDING, not_left, press
from bot.engine.scene import Reply, Scene
from bot.ports import Press, Say

MOST_CHARACTERS = 2000
WHICH = {
    "back": "Which visit are you back from?",
    "more_time": "Which visit needs more time?",
    "leave": "Which visit are you leaving on?",
    "already_left": "Which visit have you left on?",
    "cancel": "Which visit do you want to cancel?",
    "change_plan": "Which visit do you want to change?",
    "hand_over": "Which visit do you want to hand over?",
    "drop_out": "Which visit can't you come on?",
}


def say(scene: Scene, message: Say) -> Reply:
    """Answer a plain message."""
    meant = read_saying(message.text, scene.now, scene.setup.school.zone)
    reply = _means(scene, meant) if meant else None
    return reply or _not_understood(scene, message.text, meant)


def _means(scene: Scene, meant: Meant) -> Reply | None:
    """Do it; None where it could only be meant by somebody else."""
    if meant.reference:
        return named(scene, meant)
    if meant.action in {"approve", "decline", "on_it", "safe"}:
        return about_watched(scene, meant.action)
    if meant.action in AMENDING and scene.out():
        return None  # from somebody out it may say that something is wrong (S4)
    candidates = _own(scene, meant.action)
    if len(candidates) > 1:
        question = WHICH[meant.action]
        views = [scene.view(visit) for visit in candidates]
        return Reply(special=general.which_visit(views, meant.action, question, meant.values))
    if meant.unsure is None:
        visit = candidates[0].id if candidates else ""
        return press(scene, Press(meant.action, visit, args=meant.values))
    return None


def _own(scene: Scene, action: str) -> list[Visit]:
    """The visits of their own that such words could be about, where there is a choice (S14)."""
    if action in {"back", "more_time"}:
        return scene.out()
    if action in AMENDING:
        return not_left(scene)
    if action in {"leave", "already_left", "cancel"} and not scene.out():
        return [v for v in scene.live() if action != "cancel" or v.lead == scene.person.id]
    return []


def _not_understood(scene: Scene, text: str, meant: Meant | None) -> Reply:
    out, alarming = scene.out(), sounds_alarming(text)
    for visit in out:
        scene.do(visit.id, c.Write(scene.person.id, text[:MOST_CHARACTERS], urgent=alarming))
    buttons = likely_buttons(scene, text, out)
    if out and meant and meant.unsure:
        options = time_options(meant.unsure, scene.setup.school)
        card = general.which_time(scene.view(out[0]), meant.unsure.why, options)
    elif out:
        passed_on = all(visit.details for visit in out)
        card = general.not_understood_out(passed_on=passed_on, likely=buttons)
    elif alarming:
        card = general.help_choice()
    else:
        card = general.not_understood(buttons)
    return Reply(card.title, special=card)
