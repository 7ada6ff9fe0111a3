"""Words and presses about the questions themselves: skip, back, all of it, stop, send."""

from dataclasses import replace

from bot.cards.steps import stopped, with_go_on
from bot.engine.scene import Reply, Scene
from bot.engine.submits import submit
from bot.engine.talk.kept import Talk, drop
from bot.engine.talk.redraw import redraw
from bot.engine.talk.showing import aside, ask, ask_next, field_of, go_on, gone, show
from bot.engine.talk.taking import finished, wrong
from bot.ports import Submit


def skip(scene: Scene, talk: Talk, name: str = "") -> Reply:
    """Leave a field as it stands. One that is needed is asked again."""
    form = redraw(scene, talk)
    asked = field_of(form, name or talk.asked) if form else None
    if form is None:
        return gone(scene, talk)
    if asked is None or (asked.required and not talk.values.get(asked.name)):
        errors = {**talk.errors, asked.name: "This is needed."} if asked else talk.errors
        return go_on(scene, replace(talk, errors=errors))
    errors = {field: why for field, why in talk.errors.items() if field != asked.name}
    talk = replace(talk, errors=errors)
    if why := wrong(scene, talk, asked.name):
        return go_on(scene, replace(talk, errors={**errors, asked.name: why}))
    return ask_next(scene, finished(talk, asked.name))


def previous(scene: Scene, talk: Talk) -> Reply:
    """Back to the last question answered."""
    return ask(scene, talk, talk.done[-1]) if talk.done else go_on(scene, talk)


def fill(scene: Scene, talk: Talk) -> Reply:
    """What is still open: in a form where one can be shown, else one after another."""
    form = redraw(scene, talk)
    if form is None:
        return gone(scene, talk)
    if scene.inbound.forms:
        return Reply(form=form)
    if talk.asked:
        return show(scene, talk)
    done = tuple(n for n in talk.done if talk.values.get(n) and n not in talk.errors)
    wanted = (f.name for f in form.fields if not f.by_name or f.name in talk.errors)
    open_ = [name for name in wanted if name not in done]
    return go_on(scene, replace(talk, done=done, asked=open_[0] if open_ else ""))


def stop(scene: Scene, talk: Talk) -> Reply:
    """Forget it all; nothing is sent."""
    form = redraw(scene, talk)
    before = drop(scene, talk)
    card = stopped(form.title if form else "That")
    return Reply(card.title, special=with_go_on(card) if before else card)


def send(scene: Scene, talk: Talk) -> Reply:
    """As if the form had been sent. What is wrong is asked again; else the talk is over."""
    sent = Submit(talk.form, talk.values, talk.visit, talk.version, talk.args)
    reply = submit(scene, sent)
    if reply.form:
        form = reply.form
        first = next((f.name for f in form.fields if f.name in form.errors), "")
        done = tuple(name for name in talk.done if name != first)
        again = replace(
            talk, version=form.version, args=form.args, errors=form.errors, asked=first, done=done
        )
        return go_on(scene, again)
    before = drop(scene, talk)
    return aside(scene, reply) if before else reply


CONTROLS = {
    "previous": previous,
    "stop": stop,
    "skip": skip,
    "show": show,
    "fill": fill,
}
