"""``I'll do it`` and ``I can't``, from somebody who is asked to stand by. From anybody else, and
from somebody out, these words mean nothing here: they may say that something is wrong (S4).
"""

from bot.cards import general
from bot.domain.visit import Visit
from bot.engine.presses import press
from bot.engine.scene import Reply, Scene
from bot.ports import Press

MOST = 50
QUESTIONS = {
    "stand_by": "For which visit will you stand by?",
    "cannot_stand_by": "For which visit can't you stand by?",
}


def standing_by(scene: Scene, action: str) -> Reply | None:
    """The one visit that it can be about, or which."""
    if scene.out() or scene.inbound.in_office:
        return None
    named = scene.uow.visits.naming(scene.setup.school.id, scene.person.id, MOST)
    asked = [visit for visit in named if _can_be_about(scene, visit, action)]
    open_ = [visit for visit in asked if _unanswered(scene, visit)]
    fits = open_ or asked
    if not fits:
        return None
    if len(fits) == 1:
        return press(scene, Press(action, fits[0].id, fits[0].version))
    views = [scene.view(visit) for visit in fits[:5]]
    return Reply(special=general.which_visit(views, action, QUESTIONS[action]))


def _can_be_about(scene: Scene, visit: Visit, action: str) -> bool:
    part = visit.plan.part_of(scene.person.id)
    if part is None or scene.visit(visit.id) is None:
        return False
    word = visit.word(part)
    return word is None or (word.said == "yes") == (action == "cannot_stand_by")


def _unanswered(scene: Scene, visit: Visit) -> bool:
    part = visit.plan.part_of(scene.person.id)
    return part is not None and visit.word(part) is None
