"""What somebody writes or presses in answer."""

from dataclasses import replace

from bot.cards.model import Choice, Form, Line, Moment
from bot.domain.reading.correction import read_correction, reads_as_prose
from bot.domain.reading.wish import Wish
from bot.engine.scene import Reply, Scene
from bot.engine.talk.answers import read_answer
from bot.engine.talk.kept import Talk
from bot.engine.talk.redraw import redraw
from bot.engine.talk.showing import ask, field_of, go_on, gone
from bot.engine.talk.steering import CONTROLS, send
from bot.engine.talk.taking import put, take, with_back, wrong
from bot.engine.talk.words import control, named_field


def answer(scene: Scene, talk: Talk, text: str) -> Reply:
    """What somebody wrote while they are asked: a correction, a word of control, or the answer."""
    form = redraw(scene, talk)
    if form is None:
        return gone(scene, talk)
    named = named_field(form, text)
    if named:
        asked, rest = named
        return take(scene, talk, form, asked, rest) if rest else ask(scene, talk, asked.name)
    word = control(text)
    if word == "send" and not talk.asked:
        return send(scene, talk)
    if word and word != "send":
        return CONTROLS[word](scene, talk)
    asked_now = field_of(form, talk.asked)
    if asked_now is None:
        return _at_summary(scene, talk, form, text)
    return take(scene, talk, form, asked_now, text)


def _at_summary(scene: Scene, talk: Talk, form: Form, text: str) -> Reply:
    """At the summary a plain answer is to what is still open, where it can be to one thing only.
    What may be a correction, or another visit, is asked about (nothing is guessed).
    """
    correction = read_correction(text, scene.setup.school, scene.person.id, scene.now)
    if correction and talk.form == "plan":
        return _corrected(scene, talk, correction)
    still = [
        f
        for f in form.fields
        if f.name in talk.errors or (f.required and not talk.values.get(f.name))
    ]
    times = [f for f in still if isinstance(f, Moment)]
    others = [f for f in still if not isinstance(f, Moment)]
    for asked in times[:1]:
        read = read_answer(asked, text, talk.values, scene.setup.school, scene.now)
        if isinstance(read, str):
            alone = len(times) == 1
            return put(scene, talk, asked.name, read) if alone else ask(scene, talk, asked.name)
    for choice in (f for f in others if isinstance(f, Choice)):
        read = read_answer(choice, text, talk.values, scene.setup.school, scene.now)
        if isinstance(read, str):
            return put(scene, talk, choice.name, read)
    others = [f for f in others if isinstance(f, Line) or f.name in talk.errors]
    if len(others) == 1 and isinstance(others[0], Line) and not reads_as_prose(text):
        name, shown = others[0].name, text[:200]
        errors = {**talk.errors, name: "I'm not sure that I understood. Is it this?"}
        options = {**talk.options, name: [[shown, shown[:60]]]}
        return go_on(scene, replace(talk, errors=errors, options=options, unread=()))
    if len(others) == 1 or (times and len(still) == 1):
        return take(scene, talk, form, (others or times)[0], text)
    return go_on(scene, replace(talk, unread=(text[:200],)))


def _corrected(scene: Scene, talk: Talk, wish: Wish) -> Reply:
    """Each field that was said again, as if it had been given by its name."""
    values = {**talk.values, **wish.values}
    if "companions" in wish.values:
        both = f"{talk.values.get('companions', '')},{wish.values['companions']}".split(",")
        values["companions"] = ",".join(dict.fromkeys(filter(None, both)))
    errors = {name: why for name, why in talk.errors.items() if name not in values}
    errors |= {doubt.field: doubt.why for doubt in wish.doubts}
    options = {d.field: [list(option) for option in d.options] for d in wish.doubts}
    talk = replace(talk, values=values, errors=errors, options={**talk.options, **options})
    checked = {name: why for name in wish.values if (why := wrong(scene, talk, name))}
    talk = replace(talk, errors={**checked, **talk.errors}, unread=())
    if wish.back:
        talk = with_back(scene, replace(talk, back=wish.back))
    return go_on(scene, talk)


def choose(scene: Scene, talk: Talk, name: str, value: str) -> Reply:
    """A choice was pressed: also one of an older question, which corrects that field."""
    form = redraw(scene, talk)
    asked = field_of(form, name) if form else None
    if asked is None:
        return gone(scene, talk)
    several = getattr(asked, "several", False)
    return put(scene, talk, asked.name, value, stay=several and talk.asked == name)
