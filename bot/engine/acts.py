"""Whatever a person does, answered. Where no form can be shown, it is asked field by field."""

from collections.abc import Callable

from bot.engine import talk
from bot.engine.presses import press
from bot.engine.says import say
from bot.engine.scene import Reply, Scene
from bot.engine.submits import submit
from bot.engine.talk.buttons import STEPS, step
from bot.engine.talk.kept import drop, kept
from bot.ports import Press, Submit


def act(scene: Scene) -> Reply:
    """Answer what came in."""
    reply = _act(scene)
    if reply.form is None or scene.inbound.forms:
        return reply
    if scene.inbound.in_office:
        return Reply("I ask that in your own chat with me. Please write it there.")
    return talk.begin(scene, reply.form)


def again(scene: Scene, action: str) -> Reply:
    """The same question once more, for a delivery that comes twice."""
    return _press(scene, Press(action))


def _act(scene: Scene) -> Reply:
    match scene.inbound.act:
        case Press() as pressed:
            return _press(scene, pressed)
        case Submit() as sent:
            return _submit(scene, sent)
        case message:
            return say(scene, message)


def _press(scene: Scene, pressed: Press) -> Reply:
    answer: Callable[[Scene, Press], Reply] = step if pressed.action in STEPS else press
    return answer(scene, pressed)


def _submit(scene: Scene, sent: Submit) -> Reply:
    """A form that was sent is no longer asked in messages."""
    reply = submit(scene, sent)
    open_ = kept(scene)
    if open_ and not reply.form and (open_.form, open_.visit) == (sent.form, sent.visit):
        drop(scene, open_)
    return reply
