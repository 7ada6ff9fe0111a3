"""Words about a visit of somebody's: ``approve V-1042``, ``on it``. Where it isn't certain that the
person has seen what they decide about, they are shown it instead (S3).
"""

from collections.abc import Sequence

from bot.cards import written
from bot.domain.reading.sayings import Meant
from bot.domain.roles import (
    may_call_back,
    may_confirm,
    may_respond,
    may_still_approve,
    watches_everybody,
)
from bot.domain.visit import Requested, Visit
from bot.engine.overview import MOST, concerning, judges
from bot.engine.presses import press
from bot.engine.scene import Reply, Scene
from bot.ports import Press

QUESTIONS = {
    "approve": "Which visit do you want to see?",
    "decline": "Which visit do you want to see?",
    "on_it": "Which alarm are you on?",
    "safe": "Who is safe? Which visit?",
    "call_back": "Whom shall I call back?",
    "watching": "Over which visit are you watching?",
}
NOTHING = {
    "approve": "No visit waits for your word.",
    "decline": "No visit waits for your word.",
    "on_it": "No alarm is open that you have been told of.",
    "safe": "No alarm is open that you have been told of.",
    "call_back": "Nobody is out whom you could call back.",
    "watching": "Nobody is out whom you are asked to watch over.",
}


def named(scene: Scene, meant: Meant) -> Reply:
    """A press on the visit of this reference. One that is hidden is no different from none (P6)."""
    visit = _by_reference(scene, meant.reference)
    if visit is None:
        return Reply(f"I have no visit {meant.reference} for you.")
    if meant.action in {"approve", "approve_if"} and not _has_seen(scene, visit):
        return press(scene, Press("show", visit.id))
    revision = {"revision": str(visit.revision)}
    return press(scene, Press(meant.action, visit.id, visit.version, revision))


def about_watched(scene: Scene, action: str) -> Reply | None:
    """``approve``, ``on it``, ``they are safe`` without a reference: the one it can be about, else
    which. None where somebody out says it and there is nothing that it could be about.
    """
    fits = [visit for visit in _candidates(scene, action) if _fits(scene, visit, action)]
    if not fits:
        return None if scene.out() else Reply(NOTHING[action])
    does = action if action in {"on_it", "call_back", "watching"} else "show"
    if len(fits) == 1:
        return press(scene, Press(does, fits[0].id, fits[0].version))
    views = [scene.view(visit) for visit in fits[:5]]
    return Reply(special=written.which_visit(views, does, QUESTIONS[action]))


def _candidates(scene: Scene, action: str) -> Sequence[Visit]:
    """What it could be about, for this person: never all that is live."""
    facts, school = scene.known, scene.setup.school.id
    watches = watches_everybody(scene.person.id, facts.school, scene.now)
    if not (watches or judges(scene.person.id, facts, scene.now)):
        return concerning(scene.uow, scene.person.id, facts, scene.now)
    if action in {"approve", "decline"}:
        return scene.uow.visits.requested(school, MOST)
    return scene.uow.visits.out(school, MOST).visits


def _fits(scene: Scene, visit: Visit, action: str) -> bool:
    if action in {"approve", "decline"}:
        if not isinstance(visit.phase, Requested):
            return False
        return scene.person.id in may_still_approve(visit, scene.known, scene.now)
    if action == "call_back":
        known = scene.known
        return visit.is_out and may_call_back(scene.person.id, visit, known, scene.now)
    if action == "watching":
        unwatched = visit.is_out and visit.watch and visit.watch.watching is None
        return bool(unwatched) and may_confirm(scene.person.id, visit, scene.known, scene.now)
    if visit.alarm is None:
        return False
    return may_respond(scene.person.id, visit, scene.known, scene.now)


def _has_seen(scene: Scene, visit: Visit) -> bool:
    """Whether they were sent this plan, which has never changed."""
    phase = visit.phase
    if not isinstance(phase, Requested) or visit.revision > 1 or phase.reasked:
        return False
    return scene.person.id in scene.uow.outbox.recipients(visit.school, visit.id).get(
        "approval", ()
    )


def _by_reference(scene: Scene, reference: str) -> Visit | None:
    visit = scene.uow.visits.by_reference(scene.setup.school.id, reference)
    if visit is None or not (visit.is_live or scene.person.id in visit.visitors):
        return None
    return scene.visit(visit.id)
