"""Any form, asked field by field in messages: begun, answered, corrected, sent or stopped.

It is kept over a restart. Only the one who is asked can answer; what they write of life and danger
never comes here (``says``).
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.cards.model import Field, Form, Line, Moment
from bot.cards.steps import Progress, question, stopped, summary, while_out, with_go_on
from bot.domain.asking import Asking, read_request
from bot.domain.reading.correction import read_correction, reads_as_prose
from bot.domain.reading.wish import Wish
from bot.engine.answers import Problem, read_answer
from bot.engine.fields import control, named_field
from bot.engine.redraw import redraw
from bot.engine.replying import CLOSED
from bot.engine.scene import Reply, Scene
from bot.engine.submits import submit
from bot.engine.talk_kept import Talk, drop, keep, kept, park
from bot.ports import Submit

OVER = Reply("There is nothing to go on with. Please write: home")
OUTSIDE = {"external_organisation", "external_phone"}


def begin(scene: Scene, form: Form) -> Reply:
    """Ask this form field by field, from what is wrong with it on, or from its first field."""
    before = kept(scene)
    parked = "" if before is None or before.is_about(form) else park(before)
    first = next((f.name for f in form.fields if f.name in form.errors), form.fields[0].name)
    talk = Talk(
        form.name,
        form.visit,
        form.version,
        scene.now.isoformat(),
        args=form.args,
        values=form.values,
        errors=form.errors,
        done=tuple(f.name for f in form.fields if form.errors and f.name not in form.errors),
        asked=first,
        turn=before.turn + 1 if before else 1,
        parked=parked,
    )
    return _show(scene, talk)


def begin_wish(scene: Scene, wish: Wish) -> Reply:
    """A request in one line: what was understood, for its sender to check."""
    if not scene.setup.can_seal:
        return CLOSED
    before = kept(scene)
    talk = Talk(
        "plan",
        "",
        0,
        scene.now.isoformat(),
        values=wish.values,
        errors={doubt.field: doubt.why for doubt in wish.doubts},
        options={d.field: [list(option) for option in d.options] for d in wish.doubts},
        turn=before.turn + 1 if before else 1,
        unread=wish.unread,
        back=wish.back,
        parked="" if before is None or before.form == "plan" else park(before),
    )
    checked = {name: why for name in talk.values if (why := _wrong(scene, talk, name))}
    talk = replace(talk, errors={**checked, **talk.errors})
    form = redraw(scene, talk)
    if form is None:
        return _gone(scene, talk)
    left_out = [f.name for f in form.fields if not f.required and f.name not in talk.values]
    done = (*left_out, *talk.values)
    return _show(scene, replace(talk, done=tuple(n for n in done if n not in talk.errors)))


def answer(scene: Scene, talk: Talk, text: str) -> Reply:
    """What somebody wrote while they are asked: a correction, a word of control, or the answer."""
    form = redraw(scene, talk)
    if form is None:
        return _gone(scene, talk)
    named = named_field(form, text)
    if named:
        asked, rest = named
        return _set(scene, talk, form, asked, rest) if rest else _ask(scene, talk, asked.name)
    word = control(text)
    if word == "send" and not talk.asked:
        return send(scene, talk)
    if word and word != "send":
        return CONTROLS[word](scene, talk)
    asked_now = _field(form, talk.asked)
    if asked_now is None:
        return _at_summary(scene, talk, form, text)
    return _set(scene, talk, form, asked_now, text)


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
            return _put(scene, talk, asked.name, read) if alone else _ask(scene, talk, asked.name)
    if len(others) == 1 and isinstance(others[0], Line) and not reads_as_prose(text):
        name, shown = others[0].name, text[:200]
        errors = {**talk.errors, name: "I'm not sure that I understood. Is it this?"}
        options = {**talk.options, name: [[shown, shown[:60]]]}
        return _show(scene, replace(talk, errors=errors, options=options, unread=()))
    if len(others) == 1 or len(still) == 1:
        return _set(scene, talk, form, (others or still)[0], text)
    return _show(scene, replace(talk, unread=(text[:200],)))


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
    checked = {name: why for name in wish.values if (why := _wrong(scene, talk, name))}
    talk = replace(talk, errors={**checked, **talk.errors}, unread=())
    if wish.back:
        talk = _with_back(scene, replace(talk, back=wish.back))
    return _show(scene, talk)


def choose(scene: Scene, talk: Talk, name: str, value: str) -> Reply:
    """A choice was pressed: also one of an older question, which corrects that field."""
    form = redraw(scene, talk)
    asked = _field(form, name) if form else None
    if asked is None:
        return _gone(scene, talk)
    several = getattr(asked, "several", False)
    return _put(scene, talk, asked.name, value, stay=several and talk.asked == name)


def _set(scene: Scene, talk: Talk, form: Form, asked: Field, text: str) -> Reply:
    read = read_answer(asked, text, talk.values, scene.setup.school, scene.now)
    if isinstance(read, Problem) and asked.name == "minutes":
        until = _field(form, "until")
        later = until and read_answer(until, text, talk.values, scene.setup.school, scene.now)
        if isinstance(later, str):
            values = {**talk.values, "minutes": ""}
            return _put(scene, replace(talk, values=values), "until", later)
    if isinstance(read, Problem):
        errors = {**talk.errors, asked.name: read.why}
        options = {**talk.options, asked.name: [list(each) for each in read.options]}
        return _show(scene, replace(talk, errors=errors, options=options))
    return _put(scene, talk, asked.name, read)


def _put(scene: Scene, talk: Talk, name: str, value: str, *, stay: bool = False) -> Reply:
    """Take a value, and go on to the next question; or say at the field what is wrong with it."""
    values = {**talk.values, name: value}
    if name == "leaving_at" and "return_at" not in talk.done:
        values.pop("return_at", None)
    errors = {field: why for field, why in talk.errors.items() if field not in {"", name}}
    options = {field: each for field, each in talk.options.items() if field != name}
    talk = replace(talk, values=values, errors=errors, options=options, unread=())
    why = _wrong(scene, talk, name)
    if why:
        return _show(scene, replace(talk, errors={**errors, name: why}))
    if name == "leaving_at" and talk.back:
        talk = _with_back(scene, talk)
    return _show(scene, talk) if stay else _next(scene, _finished(talk, name))


def _with_back(scene: Scene, talk: Talk) -> Talk:
    """The return that was written before the leaving was known."""
    form = redraw(scene, talk)
    asked = _field(form, "return_at") if form else None
    read = asked and read_answer(asked, talk.back, talk.values, scene.setup.school, scene.now)
    if not isinstance(read, str):
        return replace(talk, back="")
    return _finished(replace(talk, values={**talk.values, "return_at": read}, back=""), "return_at")


def _finished(talk: Talk, name: str) -> Talk:
    """This field is done with; with it those that only it makes sense of."""
    also = OUTSIDE if name == "external_name" and not talk.values.get(name) else set()
    if name in {"minutes", "until"} and talk.form == "more_time" and talk.values.get(name):
        also = {"minutes", "until"}
    return replace(talk, done=tuple(dict.fromkeys((*talk.done, name, *sorted(also)))))


def _next(scene: Scene, talk: Talk) -> Reply:
    if not talk.asked:
        return _show(scene, talk)
    form = redraw(scene, talk)
    if form is None:
        return _gone(scene, talk)
    names = [f.name for f in form.fields if not f.by_name or f.name in talk.errors]
    asked = next((n for n in names if n not in talk.done), "")
    return _show(scene, replace(talk, asked=asked))


def _ask(scene: Scene, talk: Talk, name: str) -> Reply:
    done = tuple(each for each in talk.done if each != name)
    return _show(scene, replace(talk, asked=name, done=done))


def skip(scene: Scene, talk: Talk, name: str = "") -> Reply:
    """Leave a field as it stands. One that is needed is asked again."""
    form = redraw(scene, talk)
    asked = _field(form, name or talk.asked) if form else None
    if form is None:
        return _gone(scene, talk)
    if asked is None or (asked.required and not talk.values.get(asked.name)):
        errors = {**talk.errors, asked.name: "This is needed."} if asked else talk.errors
        return _show(scene, replace(talk, errors=errors))
    errors = {field: why for field, why in talk.errors.items() if field != asked.name}
    talk = replace(talk, errors=errors)
    if why := _wrong(scene, talk, asked.name):
        return _show(scene, replace(talk, errors={**errors, asked.name: why}))
    return _next(scene, _finished(talk, asked.name))


def previous(scene: Scene, talk: Talk) -> Reply:
    """Back to the last question answered."""
    return _ask(scene, talk, talk.done[-1]) if talk.done else _show(scene, talk)


def fill(scene: Scene, talk: Talk) -> Reply:
    """What is still open: in a form where one can be shown, else one after another."""
    form = redraw(scene, talk)
    if form is None:
        return _gone(scene, talk)
    if scene.inbound.forms:
        return Reply(form=form)
    if talk.asked:
        return show(scene, talk)
    done = tuple(n for n in talk.done if talk.values.get(n) and n not in talk.errors)
    wanted = (f.name for f in form.fields if not f.by_name or f.name in talk.errors)
    open_ = [name for name in wanted if name not in done]
    return _show(scene, replace(talk, done=done, asked=open_[0] if open_ else ""))


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
        wrong = next((f.name for f in form.fields if f.name in form.errors), "")
        done = tuple(name for name in talk.done if name != wrong)
        again = replace(
            talk, version=form.version, args=form.args, errors=form.errors, asked=wrong, done=done
        )
        return _show(scene, again)
    before = drop(scene, talk)
    return aside(scene, reply) if before else reply


def asked_field(scene: Scene, talk: Talk) -> Field | None:
    """What is asked about now; None at the summary."""
    return _field(redraw(scene, talk), talk.asked)


def names_a_field(scene: Scene, talk: Talk, text: str) -> bool:
    """``purpose: mornings``: whoever wrote it says what it is."""
    form = redraw(scene, talk)
    named = named_field(form, text) if form else None
    return named is not None and bool(named[1])


def is_private(scene: Scene, talk: Talk) -> bool:
    """Whether what is typed is for those it names, and never for whoever watches."""
    form = redraw(scene, talk)
    return form is not None and form.private


def in_own_words(scene: Scene, before: Talk, after: Talk | None) -> bool:
    """Whether what was just taken is free text, and no choice, time or name."""
    form = redraw(scene, after) if after else None
    if form is None or after is None:
        return False
    lines = (f.name for f in form.fields if isinstance(f, Line))
    return any(after.values.get(name) != before.values.get(name) for name in lines)


def show(scene: Scene, talk: Talk) -> Reply:
    """The question, or the summary, as it now stands."""
    return _render(scene, talk)


def aside(scene: Scene, reply: Reply) -> Reply:
    """The answer to something else, and the way back to what is half asked."""
    card = scene.answer(reply).card
    if card is None:
        return reply
    return replace(reply, words=reply.words or card.title, special=with_go_on(card), form=None)


def _show(scene: Scene, talk: Talk) -> Reply:
    """A change, and what is asked after it."""
    return _render(scene, replace(talk, turn=talk.turn + 1))


def _render(scene: Scene, talk: Talk) -> Reply:
    form = redraw(scene, talk)
    if form is None:
        return _gone(scene, talk)
    keep(scene, replace(talk, touched=scene.now.isoformat()))
    options: Mapping[str, list[tuple[str, str]]] = {
        name: [(value, label) for value, label in each] for name, each in talk.options.items()
    }
    progress = Progress(form, talk.turn, options, talk.unread)
    asked = _field(form, talk.asked)
    card = question(progress, asked) if asked else summary(progress, opens_form=scene.inbound.forms)
    card = while_out(card) if scene.out() and not form.private else card
    return Reply(card.title, special=card, again="step_show")


def _gone(scene: Scene, talk: Talk) -> Reply:
    drop(scene, talk)
    return OVER


def _field(form: Form | None, name: str) -> Field | None:
    return next((f for f in form.fields if f.name == name), None) if form else None


def _wrong(scene: Scene, talk: Talk, name: str) -> str:
    """What is wrong with one field of a request by itself, found before it is sent."""
    if talk.form != "plan" or not talk.values.get(name):
        return ""
    policy, school = scene.setup.policy, scene.setup.school
    asking = read_request(talk.values, scene.person.id, school, policy, scene.now)
    return "" if isinstance(asking, Asking) else asking.get(name, "")


CONTROLS = {
    "previous": previous,
    "stop": stop,
    "skip": skip,
    "show": show,
    "fill": fill,
}
