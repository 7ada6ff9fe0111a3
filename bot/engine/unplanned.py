"""Somebody leaves with no plan at all: they are watched from this press on (S1). It opens no gate:
it is told as leaving without an approval.
"""

from bot.cards.view import View
from bot.domain import commands as c
from bot.engine.born import born_now
from bot.engine.scene import Reply, Scene
from bot.engine.thanks import thanks
from bot.ports import Press

WHERE = " Where are you going? Press Gone somewhere else and tell me."


def watch_me(scene: Scene, pressed: Press) -> Reply:
    """A visit of its own, unless they are out already: pressed twice, it is one."""
    del pressed
    if scene.inbound.in_office:
        return Reply("Please use your own chat with me.")
    if out := scene.out():
        return Reply(card="out", visit=out[0].id)
    born = born_now(scene)
    done = scene.do(born.id, c.AlreadyLeft(scene.person.id))
    assert done is not None
    view = View(done.visit, scene.person.id, done.facts, scene.now)
    return Reply(thanks("already_left", view) + WHERE)
