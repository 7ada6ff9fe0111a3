"""The answer to a command: thanks, or why not, or the form once more with everything typed."""

from collections.abc import Callable, Mapping

from bot.cards import general
from bot.cards.model import Form
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.asking import PARAGRAPH
from bot.domain.refused import Refused
from bot.domain.visit import Approved, Visit
from bot.engine.carry_out import Done
from bot.engine.scene import Reply, Scene
from bot.engine.thanks import thanks
from bot.ports import Press, Submit

Values = Mapping[str, str]
Handler = Callable[[Scene, Visit, Press], Reply]
Draw = Callable[[View, Values, Values], Form]
TOO_LONG = f"That is longer than {PARAGRAPH} characters. Please shorten it."
NOT_YOURS = Reply(special=general.not_yours())
CLOSED = Reply(
    "I can't take new plans just now: Doorstep's key is wrong, and what you write could not be "
    "read again. Whoever looks after Doorstep knows. If you have to go, please tell the office "
    "yourself. If you are in danger, write: help"
)
"""Where nothing may be sealed (S15). Everything for safety goes on."""


def said(scene: Scene, done: Done | None, action: str) -> Reply:
    """The answer to a command that went through, or its refusal."""
    if done is None:
        return NOT_YOURS
    if done.refused:
        return refusal(done, done.refused)
    return Reply(thanks(action, View(done.visit, scene.person.id, done.facts, scene.now)))


def refusal(done: Done, refused: Refused) -> Reply:
    """A sentence, and the way on that goes with it."""
    if refused.offer == "already_left":
        why = refused.why if isinstance(done.visit.phase, Approved) else ""
        visit = done.visit.id
        return Reply(why, card="refused_departure", visit=visit, args=refused.behind)
    if refused.offer == "danger":
        return Reply(special=general.help_choice())
    return Reply(refused.why, card=refused.card, visit=done.visit.id if refused.card else "")


def send(
    scene: Scene, visit: Visit, sent: Submit, command: c.Command, draw: Draw, action: str
) -> Reply:
    """Carry it out; a refusal about a field comes back on the form."""
    done = scene.do(visit.id, command)
    if done and done.refused and done.refused.field:
        return again(scene, done.visit, sent, done.refused, draw)
    if done and not done.refused and not done.visit.watch and action == "leave":
        return Reply(card="refused_departure", visit=visit.id)
    return said(scene, done, action)


def again(scene: Scene, visit: Visit, sent: Submit, refused: Refused, draw: Draw) -> Reply:
    """The form with one thing wrong."""
    view = scene.view(visit, {**sent.args, **refused.behind})
    return Reply(form=draw(view, sent.values, {refused.field: refused.why}))


def number(args: Mapping[str, str], name: str) -> int:
    """A small number from a button's or a form's args; anything else is -1, which fits nothing."""
    text = args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
