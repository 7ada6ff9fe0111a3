"""A talk begun: by a form that can't be shown, or by a request in one line."""

from dataclasses import replace

from bot.cards.model import Form
from bot.domain.reading.wish import Wish
from bot.engine.replying import CLOSED
from bot.engine.scene import Reply, Scene
from bot.engine.talk.kept import Talk, kept, park
from bot.engine.talk.redraw import redraw
from bot.engine.talk.showing import go_on, gone
from bot.engine.talk.taking import wrong


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
    return go_on(scene, talk)


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
    checked = {name: why for name in talk.values if (why := wrong(scene, talk, name))}
    talk = replace(talk, errors={**checked, **talk.errors})
    form = redraw(scene, talk)
    if form is None:
        return gone(scene, talk)
    left_out = [f.name for f in form.fields if not f.required and f.name not in talk.values]
    done = (*left_out, *talk.values)
    return go_on(scene, replace(talk, done=tuple(n for n in done if n not in talk.errors)))
