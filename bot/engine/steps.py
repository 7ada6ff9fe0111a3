"""The buttons of a form that is asked in messages. A button of an older question corrects that
field; only what is shown now can be sent.
"""

from collections.abc import Callable, Mapping

from bot.engine import talk
from bot.engine.scene import Reply, Scene
from bot.engine.talk_kept import Talk, kept
from bot.ports import Press


def step(scene: Scene, pressed: Press) -> Reply:
    """Answer such a press."""
    open_ = kept(scene)
    if open_ is None:
        return talk.OVER
    return STEPS[pressed.action](scene, open_, pressed)


def _answer(scene: Scene, open_: Talk, pressed: Press) -> Reply:
    name, value = pressed.args.get("field", ""), pressed.args.get("value", "")
    return talk.choose(scene, open_, name, value[:4000])


def _skip(scene: Scene, open_: Talk, pressed: Press) -> Reply:
    return talk.skip(scene, open_, pressed.args.get("field", ""))


def _send(scene: Scene, open_: Talk, pressed: Press) -> Reply:
    if pressed.args.get("turn") != str(open_.turn):
        return talk.show(scene, open_)
    return talk.send(scene, open_)


STEPS: Mapping[str, Callable[[Scene, Talk, Press], Reply]] = {
    "step_answer": _answer,
    "step_skip": _skip,
    "step_previous": lambda scene, open_, _: talk.previous(scene, open_),
    "step_stop": lambda scene, open_, _: talk.stop(scene, open_),
    "step_fill": lambda scene, open_, _: talk.fill(scene, open_),
    "step_show": lambda scene, open_, _: talk.show(scene, open_),
    "step_send": _send,
}
