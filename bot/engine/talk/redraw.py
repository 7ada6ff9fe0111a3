"""A form that is asked in messages, drawn again from the visit as it now is. Drawing acts on
nothing: what the form was about (its version, its numbers) stays as it was shown first.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.cards import appointment, conditions, forms
from bot.cards.flags import flag
from bot.cards.model import Form
from bot.cards.view import View
from bot.engine.scene import Scene
from bot.engine.talk.kept import Talk

BEFORE: Mapping[str, Callable[[View], Form]] = {
    "decline": lambda view: forms.reason(view, "decline"),
    "ask_for_changes": lambda view: forms.reason(view, "ask_for_changes"),
    "withdraw": lambda view: forms.reason(view, "withdraw"),
    "appointment": appointment.form,
    "approve_if": conditions.form,
    "hand_over": forms.hand_over,
    "name_stand_by": forms.name_stand_by,
    "leave": forms.leave,
    "moved": forms.moved,
}
ONCE_OUT: Mapping[str, Callable[[View], Form]] = {
    "more_time": forms.more_time,
    "phoned_ok": lambda view: forms.phoned(view, "phoned_ok"),
    "phoned_back": lambda view: forms.phoned(view, "phoned_back"),
    "safe": forms.safe,
    "on_it": forms.hold,
    "concern_words": forms.concern_words,
}


def redraw(scene: Scene, talk: Talk) -> Form | None:
    """The form with everything typed, or None where it is no longer for this person."""
    form = _drawn(scene, talk)
    if form is None:
        return None
    names = {"", *(each.name for each in form.fields)}
    errors = {name: why for name, why in talk.errors.items() if name in names}
    return replace(form, version=talk.version, args=talk.args, values=talk.values, errors=errors)


def _drawn(scene: Scene, talk: Talk) -> Form | None:
    school, policy = scene.setup.school, scene.setup.policy
    if talk.form == "plan" and not talk.visit:
        return forms.plan(school, scene.person.id, policy=policy, values=talk.values)
    visit = scene.visit(talk.visit)
    if talk.form == "flag":
        return flag(scene.setup.policy, values={}, visit=visit)
    if visit is None:
        return None
    view = scene.view(visit, talk.args)
    if talk.form == "plan":
        intro = forms.plan_intro(view)
        return forms.plan(
            school,
            scene.person.id,
            policy=policy,
            values=talk.values,
            visit=visit,
            intro=intro,
        )
    if draw := BEFORE.get(talk.form):
        return draw(view)
    draw = ONCE_OUT.get(talk.form)
    return draw(view) if draw and visit.watch else None
