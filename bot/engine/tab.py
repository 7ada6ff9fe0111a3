"""What stands on somebody's own page, as it now is. Looking changes nothing."""

from bot.cards.draw import draw, draw_overview
from bot.cards.tab import tab
from bot.domain.reading.names import addressed
from bot.domain.roles import may_still_approve, watches_everybody
from bot.domain.visit import Requested, Visit
from bot.engine.overview import MOST as LOOKED_AT
from bot.engine.overview import concerning, judges, overview
from bot.engine.scene import Reply, Scene
from bot.ports import Press

MOST = 5


def show_tab(scene: Scene, pressed: Press) -> Reply:
    """By role: everybody's own visits; what waits for an approver; who is out, for who watches.

    Reasons stay off the page of somebody who is out: it may be looked at on a doorstep (P1).
    """
    del pressed
    person = scene.person
    mine = [scene.view(visit) for visit in scene.live()[:MOST]]
    drawn = [(view, draw("out" if view.visit.watch else "mine", view)) for view in mine]
    waiting = () if scene.out() else tuple(v for v in _waiting(scene) if _asks(scene, v))
    asked = [draw("approval", scene.view(visit)) for visit in waiting[:MOST]]
    out = None
    if watches_everybody(person.id, scene.setup.reached, scene.now):
        here = overview(scene.uow, person.id, scene.setup, scene.now)
        out = draw_overview("whereabouts", here)
    return Reply(special=tab(addressed(person.name), drawn, asked, out))


def _waiting(scene: Scene) -> tuple[Visit, ...]:
    if judges(scene.person.id, scene.known, scene.now):
        return tuple(scene.uow.visits.requested(scene.setup.school.id, LOOKED_AT))
    own = concerning(scene.uow, scene.person.id, scene.known, scene.now)
    return tuple(visit for visit in own if isinstance(visit.phase, Requested))


def _asks(scene: Scene, visit: Visit) -> bool:
    return scene.person.id in may_still_approve(visit, scene.known, scene.now)
