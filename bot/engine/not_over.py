"""``Not over``, written by somebody who was told that an alarm is over: it stands again, as by the
button. Misread it is loud, and so it is done at once where it can be about one visit alone (S2).
"""

from collections.abc import Iterator

from bot.cards import written
from bot.domain.roles import may_respond
from bot.domain.visit import Visit
from bot.engine.presses import press
from bot.engine.scene import Reply, Scene
from bot.ports import Press

MOST = 50
NOTHING = Reply(
    "No alarm was said to be over a short while ago, as far as you were told. If you are worried, "
    "ring them, and write: where is everyone"
)


def not_over(scene: Scene, reference: str = "") -> Reply:
    """Of the visit of this reference or, without one, of any that it can be about."""
    fits = [
        (visit, {"alarm": str(number)})
        for visit in _recent(scene)
        if reference in {"", visit.reference}
        and (number := _undoable(scene, visit)) is not None
        and scene.visit(visit.id)
        and may_respond(scene.person.id, visit, scene.known, scene.now)
    ]
    if not fits:
        return NOTHING
    if len(fits) == 1:
        (visit, args), *_ = fits
        return press(scene, Press("not_over", visit.id, visit.version, args))
    views = [scene.view(visit, args) for visit, args in fits[:5]]
    return Reply(special=written.which_visit(views, "not_over", "Which one is not over?"))


def _recent(scene: Scene) -> Iterator[Visit]:
    """Those that are out, and those that came to their end last."""
    school = scene.setup.school.id
    yield from scene.uow.visits.out(school, MOST).visits
    yield from scene.uow.visits.over(school, MOST)


def _undoable(scene: Scene, visit: Visit) -> int | None:
    """The number of the alarm whose end, or whose end for somebody, can still be undone."""
    watch, alarm = visit.watch, visit.alarm
    if watch and alarm:
        since = scene.now - scene.known.policy_of(visit).alarm_undo_for
        return alarm.number if alarm.undoable(watch, since) else None
    memory = watch.closed if watch else None
    return memory.alarm.number if memory and scene.now <= memory.undo_until else None
