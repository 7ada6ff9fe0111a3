"""One answer taken: into its field, checked, and what else it settles."""

from dataclasses import replace

from bot.cards.model import Field, Form
from bot.domain.asking import Asking, read_request
from bot.engine.scene import Reply, Scene
from bot.engine.talk.answers import Problem, read_answer
from bot.engine.talk.kept import Talk
from bot.engine.talk.redraw import redraw
from bot.engine.talk.showing import ask_next, field_of, go_on

OUTSIDE = {"external_organisation", "external_phone"}


def take(scene: Scene, talk: Talk, form: Form, asked: Field, text: str) -> Reply:
    """Read what was written into this field, or say there why it can't be."""
    read = read_answer(asked, text, talk.values, scene.setup.school, scene.now)
    if isinstance(read, Problem) and asked.name == "minutes":
        until = field_of(form, "until")
        later = until and read_answer(until, text, talk.values, scene.setup.school, scene.now)
        if isinstance(later, str):
            values = {**talk.values, "minutes": ""}
            return put(scene, replace(talk, values=values), "until", later)
    if isinstance(read, Problem):
        errors = {**talk.errors, asked.name: read.why}
        options = {**talk.options, asked.name: [list(each) for each in read.options]}
        return go_on(scene, replace(talk, errors=errors, options=options))
    return put(scene, talk, asked.name, read)


def put(scene: Scene, talk: Talk, name: str, value: str, *, stay: bool = False) -> Reply:
    """Take a value, and go on to the next question; or say at the field what is wrong with it."""
    values = {**talk.values, name: value}
    if name == "leaving_at" and "return_at" not in talk.done:
        values.pop("return_at", None)
    errors = {field: why for field, why in talk.errors.items() if field not in {"", name}}
    options = {field: each for field, each in talk.options.items() if field != name}
    talk = replace(talk, values=values, errors=errors, options=options, unread=())
    why = wrong(scene, talk, name)
    if why:
        return go_on(scene, replace(talk, errors={**errors, name: why}))
    if name == "leaving_at" and talk.back:
        talk = with_back(scene, talk)
    return go_on(scene, talk) if stay else ask_next(scene, finished(talk, name))


def with_back(scene: Scene, talk: Talk) -> Talk:
    """The return that was written before the leaving was known."""
    form = redraw(scene, talk)
    asked = field_of(form, "return_at") if form else None
    read = asked and read_answer(asked, talk.back, talk.values, scene.setup.school, scene.now)
    if not isinstance(read, str):
        return replace(talk, back="")
    return finished(replace(talk, values={**talk.values, "return_at": read}, back=""), "return_at")


def finished(talk: Talk, name: str) -> Talk:
    """This field is done with; with it those that only it makes sense of."""
    also = OUTSIDE if name == "external_name" and not talk.values.get(name) else set()
    if name in {"minutes", "until"} and talk.form == "more_time" and talk.values.get(name):
        also = {"minutes", "until"}
    return replace(talk, done=tuple(dict.fromkeys((*talk.done, name, *sorted(also)))))


def wrong(scene: Scene, talk: Talk, name: str) -> str:
    """What is wrong with one field of a request by itself, found before it is sent."""
    if talk.form != "plan" or not talk.values.get(name):
        return ""
    policy, school = scene.setup.policy, scene.setup.school
    asking = read_request(talk.values, scene.person.id, school, policy, scene.now)
    return "" if isinstance(asking, Asking) else asking.get(name, "")
