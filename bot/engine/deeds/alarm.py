"""Whoever acts on an alarm: they have it, they hold it longer, it is over; what risks they see."""

from bot.cards import forms
from bot.cards.model import Form
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.asking import PARAGRAPH
from bot.domain.refused import Refused
from bot.domain.roles import may_see_risks
from bot.domain.visit import Visit
from bot.engine.replying import NOT_YOURS, TOO_LONG, Values, again, number, said, send
from bot.engine.scene import Reply, Scene
from bot.ports import Press, Submit


def on_it(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Whoever has it already may hold it longer, once, with a note (S7)."""
    owner = visit.alarm.owner if visit.alarm else None
    if owner and owner.id == scene.person.id and not owner.renewed:
        return Reply(form=forms.hold(scene.view(visit)))
    return said(scene, scene.do(visit.id, c.Acknowledge(scene.person.id)), pressed.action)


def send_hold(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """What they are doing, said: they hold it longer."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.hold(view, values=typed, errors=errors)

    note = values.get("note", "")
    if len(note) > PARAGRAPH:
        return again(scene, visit, sent, Refused(TOO_LONG, field="note"), draw)
    return send(scene, visit, sent, c.Acknowledge(scene.person.id, note), draw, "on_it")


def safe(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """How they know, asked only of somebody who could say so; else why not."""
    if visit.alarm is None or scene.person.id in visit.visitors:
        command = c.StandDown(scene.person.id, -1, -1, "", over=False)
        return said(scene, scene.do(visit.id, command), pressed.action)
    return Reply(form=forms.safe(scene.view(visit, pressed.args)))


def send_safe(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """They are safe: how that is known, about whom, and whether the visit is over (S2)."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.safe(view, values=typed, errors=errors)

    over, how = values.get("over", ""), values.get("how", "")
    if over not in {"yes", "no"}:
        why = "Please say whether the visit is over."
        return again(scene, visit, sent, Refused(why, field="over"), draw)
    if len(how) > PARAGRAPH:
        return again(scene, visit, sent, Refused(TOO_LONG, field="how"), draw)
    numbers = number(sent.args, "alarm"), number(sent.args, "calls")
    who = tuple(p for p in values.get("who", "").split(",") if p)
    alarm = visit.alarm
    as_it_is = alarm is not None and numbers == (alarm.number, alarm.calls)
    if as_it_is and not who and len(forms.may_be_safe(visit)) > 1:
        return again(scene, visit, sent, Refused("Who is safe?", field="who"), draw)
    command = c.StandDown(scene.person.id, *numbers, how, over=over == "yes", who=who)
    return send(scene, visit, sent, command, draw, "safe")


def show_risks(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Never in a channel (P3); recorded each time."""
    if scene.inbound.in_office or not may_see_risks(scene.person.id, visit):
        return NOT_YOURS
    done = scene.do(visit.id, c.ShowRisks(scene.person.id))
    if done is None or done.refused:
        return said(scene, done, pressed.action)
    return Reply(card="risks", visit=visit.id)
