"""Presses that only read: what there is, as far as whoever asks may see it. They change nothing."""

from dataclasses import replace

from bot.cards import general
from bot.cards.alarm import HERE
from bot.cards.draw import draw, draw_overview
from bot.cards.my_visits import my_visits
from bot.cards.policy import in_plain_english
from bot.cards.whereabouts import EVERYBODY
from bot.domain.reading.names import addressed
from bot.domain.roles import OFFICE, Audience, watches_everybody
from bot.domain.visit import Visit
from bot.engine.overview import overview
from bot.engine.scene import Reply, Scene
from bot.engine.tab import show_tab
from bot.ports import Press


def home(scene: Scene, pressed: Press) -> Reply:
    """Who they are to me, their visits, and what they can do from here."""
    if scene.inbound.page_in_chat:
        return show_tab(scene, pressed)
    name = addressed(scene.person.name)
    theirs = [scene.view(visit) for visit in scene.live()[:5]]
    watches = watches_everybody(scene.person.id, scene.setup.school, scene.now)
    return Reply(special=general.home(name, theirs, *((EVERYBODY,) if watches else ())))


def whereabouts(scene: Scene, pressed: Press) -> Reply:
    """Answered to whoever asks, for them alone, wherever they ask."""
    here = overview(scene.uow, scene.person.id, scene.setup, scene.now, pressed.args)
    return Reply(special=draw_overview("whereabouts", here))


def how_it_works(scene: Scene, pressed: Press) -> Reply:
    """Doorstep in a few sentences."""
    del scene, pressed
    return Reply(special=general.how_it_works())


def mine(scene: Scene, pressed: Press) -> Reply:
    """Their own visits that are live, each as its card."""
    del pressed
    views = [scene.view(visit) for visit in scene.live()[:5]]
    drawn = [(v, draw("out" if v.visit.watch else "mine", v)) for v in views]
    return Reply(special=my_visits(drawn))


def policy(scene: Scene, pressed: Press) -> Reply:
    """The school's policy in plain English, or another part of it."""
    return Reply(special=in_plain_english(scene.setup.policy, pressed.args.get("part", "")))


def look(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """What whoever has the alarm reads of it in the office's channel, where others read their name.
    Nobody else reads it otherwise than the channel does (P5).
    """
    del pressed
    owner = visit.alarm.owner if visit.alarm else None
    if owner is None or owner.id != scene.person.id:
        return Reply(special=draw("alarm", replace(scene.view(visit), reader=OFFICE)))
    return Reply(card="alarm", visit=visit.id, args={HERE: OFFICE})


def show_visit(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """The visit as it now is, as far as this person may see it."""
    del pressed
    person, here = scene.person.id, visit.watch is not None
    if person in visit.visitors:
        return Reply(card="out" if here else "mine", visit=visit.id)
    if visit.alarm:
        return Reply(card="alarm", visit=visit.id)
    if not here and not scene.inbound.in_office and scene.view(visit).audience is Audience.ALL:
        return Reply(card="approval", visit=visit.id)
    return Reply(card="departure", visit=visit.id)
