"""Help is help (S4): an alarm at once from whoever is out, or approved and due to leave soon; from
anybody else a choice, and a visit born in alarm if they are in danger.
"""

from datetime import timedelta

from bot.cards import general
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.facts import Facts
from bot.domain.visit import Visit
from bot.engine.born import born_now
from bot.engine.scene import Reply, Scene
from bot.engine.thanks import thanks
from bot.ports import Press


def ask_for_help(scene: Scene, pressed: Press) -> Reply:
    """Every visit that could need it is tried; the first alarm is the answer."""
    return _help(scene, pressed, sure=False) or Reply(special=general.help_choice())


def in_danger(scene: Scene, pressed: Press) -> Reply:
    """``I'm in danger``: on the visit they have, else on one born in alarm."""
    reply = _help(scene, pressed, sure=True) or _left_all_the_same(scene)
    if reply:
        return reply
    done = scene.do(born_now(scene).id, c.AskForHelp(scene.person.id, sure=True))
    assert done is not None
    return _thanks(scene, done.visit, done.facts)


def _left_all_the_same(scene: Scene) -> Reply | None:
    """In danger, and on a visit that they were taken off, or that left without them: they may be
    where it goes, and colleagues then know the address.
    """
    me, soon = scene.person.id, scene.setup.policy.help_before_leaving
    for visit in scene.without_me(soon):
        joined = scene.do(visit.id, c.AlreadyLeft(me))
        done = scene.do(visit.id, c.AskForHelp(me, sure=True))
        if joined and not joined.refused and done and not done.refused:
            return _thanks(scene, done.visit, done.facts)
    return None


def _help(scene: Scene, pressed: Press, *, sure: bool) -> Reply | None:
    """Ask on the visits this person is on: the one pressed on if they are out on it, since that is
    where they are (S14); then the others, the one they were last heard of from first; in danger,
    also one that ended just now: colleagues then know the address.
    """
    soon = scene.setup.policy.help_before_leaving
    pressed_on = scene.visit(pressed.visit)
    me = scene.person.id
    candidates = [*scene.live(), *scene.without_me(soon)]
    candidates += [
        visit
        for visit in scene.just_over(soon)
        if sure
        or (visit.watch and (mine := visit.watch.visitor(me)) is not None and mine.reported_back)
    ]
    if pressed_on and me in pressed_on.visitors:
        own = pressed_on.watch.visitor(me) if pressed_on.watch else None
        first = 0 if own and own.is_out else len(candidates)
        candidates.insert(first, pressed_on)
    for visit in candidates:
        near = visit.plan.leaving_at - scene.now <= soon
        over_long = scene.now > visit.plan.return_at + timedelta(hours=24)
        if not visit.is_out and (not near or over_long):
            continue
        done = scene.do(visit.id, c.AskForHelp(scene.person.id, sure=sure))
        if done and not done.refused:
            return _thanks(scene, done.visit, done.facts)
    return None


def _thanks(scene: Scene, visit: Visit, facts: Facts) -> Reply:
    return Reply(thanks("help", View(visit, scene.person.id, facts, scene.now)))
