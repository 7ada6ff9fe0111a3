"""The buttons of a form that is asked in messages. A button of an older question corrects that
field; only what is shown now can be sent.
"""

from collections.abc import Callable, Mapping

from bot.engine.scene import Reply, Scene
from bot.engine.talk.answering import choose
from bot.engine.talk.kept import Talk, kept
from bot.engine.talk.showing import OVER, show
from bot.engine.talk.steering import fill, previous, send, skip, stop
from bot.ports import Press


def step(scene: Scene, pressed: Press) -> Reply:
    """Answer such a press."""
    open_ = kept(scene)
    if open_ is None:
        return OVER
    return STEPS[pressed.action](scene, open_, pressed)


def _answer(scene: Scene, open_: Talk, pressed: Press) -> Reply:
    name, value = pressed.args.get("field", ""), pressed.args.get("value", "")
    return choose(scene, open_, name, value[:4000])


def _skip(scene: Scene, open_: Talk, pressed: Press) -> Reply:
    return skip(scene, open_, pressed.args.get("field", ""))


def _send(scene: Scene, open_: Talk, pressed: Press) -> Reply:
    if pressed.args.get("turn") != str(open_.turn):
        return show(scene, open_)
    return send(scene, open_)


STEPS: Mapping[str, Callable[[Scene, Talk, Press], Reply]] = {
    "step_answer": _answer,
    "step_skip": _skip,
    "step_previous": lambda scene, open_, _: previous(scene, open_),
    "step_stop": lambda scene, open_, _: stop(scene, open_),
    "step_fill": lambda scene, open_, _: fill(scene, open_),
    "step_show": lambda scene, open_, _: show(scene, open_),
    "step_send": _send,
}
