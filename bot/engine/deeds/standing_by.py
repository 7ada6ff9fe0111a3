"""Somebody else is asked to stand by."""

from bot.cards import forms
from bot.cards.model import Form
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.visit import Visit
from bot.engine.replying import Values, said, send
from bot.engine.scene import Reply, Scene
from bot.ports import Press, Submit


def name_stand_by(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Ask whom, only where this person can name somebody."""
    part = forms.part_meant(pressed.args)
    done = scene.do(visit.id, c.NameStandBy(scene.person.id, part, ""))
    if done and done.refused and done.refused.field:
        return Reply(form=forms.name_stand_by(scene.view(done.visit, pressed.args)))
    return said(scene, done, pressed.action)


def send_stand_by(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """Ask whoever was named."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.name_stand_by(view, values=typed, errors=errors)

    part = forms.part_meant(sent.args)
    command = c.NameStandBy(scene.person.id, part, values.get("person", ""))
    return send(scene, visit, sent, command, draw, "name_stand_by")
