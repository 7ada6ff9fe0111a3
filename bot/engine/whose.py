"""Which visit somebody's press or words are about, where it isn't named."""

from bot.domain.decide.departure import STALE_PLAN
from bot.domain.decide.visiting import STILL_FRESH
from bot.domain.roles import left_behind, may_see_concern
from bot.domain.visit import Visit
from bot.engine.replying import number
from bot.engine.scene import Scene
from bot.ports import Press

ANSWERS = frozenset({"ok", "arrived", "more_time", "moved", "uneasy"})
"""What only somebody who is out says."""
AMENDING = ("change_plan", "appointment", "drop_out", "hand_over")


def own(scene: Scene, action: str) -> Visit | None:
    """The visit that a button without one is about: the person's own. What changes a plan is never
    guessed among several.
    """
    if action in AMENDING:
        waiting = not_left(scene)
        return waiting[0] if len(waiting) == 1 else None
    if action in {"concern", "concern_words"}:
        theirs = of_concern(scene)
        worded = [v for v in theirs if latest_concern(scene, v)] if action != "concern" else theirs
        return worded[0] if worded else None
    out = scene.out() or (reported_back(scene) if action in ANSWERS else [])
    if out:
        return out[0]
    if action not in {"leave", "already_left", "cancel"}:
        return None
    mine = scene.live() or scene.just_over(STALE_PLAN)
    return mine[0] if mine else None


def not_left(scene: Scene) -> list[Visit]:
    """This person's visits whose plan can still change."""
    return [visit for visit in scene.live() if visit.watch is None]


def reported_back(scene: Scene) -> list[Visit]:
    """Visits that others reported this person back from: their own word brings them out again, and
    it is the same in words as by the button (S3, S6).
    """
    me = scene.person.id
    return [
        visit
        for visit in (*scene.live(), *scene.just_over(STILL_FRESH))
        if visit.watch and (mine := visit.watch.visitor(me)) and mine.reported_back
    ]


def of_concern(scene: Scene) -> list[Visit]:
    """The visits that a concern of theirs may be about: those they are out on, else those they came
    back from no longer ago than the policy says.
    """
    me, out = scene.person.id, scene.out()
    recent = (*scene.live(), *scene.just_over(scene.setup.policy.concern_after_return))
    return out or [visit for visit in recent if visit.watch and visit.watch.visitor(me)]


def latest_concern(scene: Scene, visit: Visit) -> int:
    """The number of the latest that this person wrote, or 0."""
    concerns = visit.watch.concerns if visit.watch else ()
    return max((c.number for c in concerns if c.by == scene.person.id), default=0)


def told_by_name(scene: Scene, pressed: Press) -> Visit | None:
    """A visit of which they may know nothing but the concern that they were told of."""
    visit = scene.uow.visits.get(scene.setup.school.id, pressed.visit) if pressed.visit else None
    if visit is None or pressed.args.get("about") != "concern":
        return None
    which = number(pressed.args, "number")
    return visit if may_see_concern(scene.person.id, visit, which) else None


def left_without(scene: Scene, visit_id: str) -> Visit | None:
    """A visit that left without this person, or that they were taken off: all they may do is to say
    that they leave, or have left, as well (S1), by its button or in words.
    """
    if not visit_id:
        soon = scene.setup.policy.help_before_leaving
        return next(iter(scene.without_me(soon)), None)
    visit = scene.uow.visits.get(scene.setup.school.id, visit_id)
    return visit if visit and left_behind(scene.person.id, visit) else None
