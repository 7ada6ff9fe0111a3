"""``I'll do it`` and ``I can't``, from somebody who is asked to stand by. From anybody else, and
from somebody out, these words mean nothing here: they may say that something is wrong (S4).
``name another contact``, from whoever may.
"""

from collections.abc import Sequence

from bot.cards import written
from bot.domain.roles import may_name_stand_by, watches_everybody
from bot.domain.standby import Part
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
    return Reply(special=written.which_visit(views, action, QUESTIONS[action]))


NAMING: dict[str, Part] = {"name_contact": "contact", "name_backup": "backup"}


def naming(scene: Scene, action: str) -> Reply:
    """For their own visit, the one they are out on before others; else for one that they see to."""
    part, args = NAMING[action], {"part": NAMING[action]}
    me, facts, now = scene.person.id, scene.known, scene.now
    own = scene.out() or [visit for visit in scene.live() if visit.lead == me]
    fits = own or [v for v in _seen_to(scene) if may_name_stand_by(me, part, v, facts, now)]
    if not fits:
        return Reply(f"There is no visit for which you could name a {part}.")
    if len(fits) == 1:
        return press(scene, Press("name_stand_by", fits[0].id, fits[0].version, args))
    views = [scene.view(visit) for visit in fits[:5]]
    question = f"For which visit do you want to name a {part}?"
    return Reply(special=written.which_visit(views, "name_stand_by", question, args))


def _seen_to(scene: Scene) -> Sequence[Visit]:
    """What is out, for whoever watches over everybody; for others what names them."""
    school = scene.setup.school.id
    if watches_everybody(scene.person.id, scene.known.school, scene.now):
        return scene.uow.visits.out(school, MOST).visits
    named = scene.uow.visits.naming(school, scene.person.id, MOST)
    return [visit for visit in named if visit.is_out]


def _can_be_about(scene: Scene, visit: Visit, action: str) -> bool:
    part = visit.plan.part_of(scene.person.id)
    if part is None or scene.visit(visit.id) is None:
        return False
    word = visit.word(part)
    return word is None or (word.said == "yes") == (action == "cannot_stand_by")


def _unanswered(scene: Scene, visit: Visit) -> bool:
    part = visit.plan.part_of(scene.person.id)
    return part is not None and visit.word(part) is None
