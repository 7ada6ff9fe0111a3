"""What is asked next, and the whole of it to look at."""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards.model import Field, Form
from bot.cards.steps import Progress, question, summary, while_out, with_go_on
from bot.engine.scene import Reply, Scene
from bot.engine.talk.kept import Talk, drop, keep
from bot.engine.talk.redraw import redraw

OVER = Reply("There is nothing to go on with. Please write: home")


def show(scene: Scene, talk: Talk) -> Reply:
    """The question, or the summary, as it now stands."""
    form = redraw(scene, talk)
    if form is None:
        return gone(scene, talk)
    keep(scene, replace(talk, touched=scene.now.isoformat()))
    options: Mapping[str, list[tuple[str, str]]] = {
        name: [(value, label) for value, label in each] for name, each in talk.options.items()
    }
    progress = Progress(form, talk.turn, options, talk.unread)
    asked = field_of(form, talk.asked)
    card = question(progress, asked) if asked else summary(progress, opens_form=scene.inbound.forms)
    card = while_out(card) if scene.out() and not form.private else card
    return Reply(card.title, special=card, again="step_show")


def go_on(scene: Scene, talk: Talk) -> Reply:
    """A change, and what is asked after it."""
    return show(scene, replace(talk, turn=talk.turn + 1))


def ask_next(scene: Scene, talk: Talk) -> Reply:
    """The next question, once a field is done with; at the summary there is none."""
    if not talk.asked:
        return go_on(scene, talk)
    form = redraw(scene, talk)
    if form is None:
        return gone(scene, talk)
    names = [f.name for f in form.fields if not f.by_name or f.name in talk.errors]
    asked = next((n for n in names if n not in talk.done), "")
    return go_on(scene, replace(talk, asked=asked))


def ask(scene: Scene, talk: Talk, name: str) -> Reply:
    """Ask about this field, be it for the first time or again."""
    done = tuple(each for each in talk.done if each != name)
    return go_on(scene, replace(talk, asked=name, done=done))


def field_of(form: Form | None, name: str) -> Field | None:
    """A field of the form by its name, or None."""
    return next((f for f in form.fields if f.name == name), None) if form else None


def gone(scene: Scene, talk: Talk) -> Reply:
    """The form can't be drawn any more: what it was about is over."""
    drop(scene, talk)
    return OVER


def aside(scene: Scene, reply: Reply) -> Reply:
    """The answer to something else, and the way back to what is half asked."""
    card = scene.answer(reply).card
    if card is None:
        return reply
    return replace(reply, words=reply.words or card.title, special=with_go_on(card), form=None)
