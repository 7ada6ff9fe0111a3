"""What stands on somebody's own page, as it now is. Looking changes nothing."""

from bot.cards.draw import draw, draw_overview
from bot.cards.tab import tab
from bot.domain.roles import may_still_approve
from bot.domain.visit import Requested, Visit
from bot.engine.overview import overview
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
    seen = overview(scene.uow, person.id, scene.setup, scene.now)
    out = draw_overview("whereabouts", seen) if seen.watches_everybody else None
    first = person.name.split()[0] if person.name.split() else ""
    return Reply(special=tab(first, drawn, asked, out))


def _waiting(scene: Scene) -> tuple[Visit, ...]:
    return tuple(
        visit
        for visit in scene.uow.visits.waiting(scene.setup.school.id)
        if isinstance(visit.phase, Requested)
    )


def _asks(scene: Scene, visit: Visit) -> bool:
    return scene.person.id in may_still_approve(visit, scene.view(visit).facts, scene.now)
