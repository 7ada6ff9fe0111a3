"""Somebody leaves: the gate, and the checklist at the door."""

from bot.cards import forms
from bot.cards.draw import draw
from bot.cards.kit import left_at_school
from bot.cards.model import Form
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.refused import Refused
from bot.domain.roles import left_behind
from bot.domain.visit import Visit
from bot.engine.attesting import attest
from bot.engine.replying import NOT_YOURS, Values, again, refusal, said, send
from bot.engine.scene import Reply, Scene
from bot.engine.until import moment
from bot.ports import Press, Submit


def leave(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Approved: the checklist. Otherwise the gate, which never switches off the watch (S1)."""
    del pressed
    done = scene.do(visit.id, c.Depart(scene.person.id, ()))
    if done is None:
        return NOT_YOURS
    if done.refused and done.refused.field:
        return Reply(form=forms.leave(scene.view(visit)))
    if done.refused and done.refused.offer and left_behind(scene.person.id, visit):
        return Reply(special=draw("mine", scene.view(visit)))
    if done.refused:
        return refusal(done, done.refused)
    if left_behind(scene.person.id, visit):
        return said(scene, done, "already_left")
    return Reply(card="refused_departure", visit=visit.id)


def send_leave(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """Who really goes, what they carry, and until when (S10, S12)."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.leave(view, values=typed, errors=errors)

    unread = scene.person.id in scene.view(visit).facts.unread
    policy, kit = scene.known.policy_of(visit), values.get("kit", "")
    if why := left_at_school(policy, kit, unread=unread):
        return again(scene, visit, sent, Refused(why, field="kit"), draw)
    until = moment(values.get("until", ""), scene)
    if isinstance(until, Refused):
        return again(scene, visit, sent, until, draw)
    ticked = tuple(p for p in values.get("going", "").split(",") if p)
    going = tuple(p for p in ticked if p != forms.GUEST)
    planned = visit.details is not None and visit.details.external is not None
    guest = forms.GUEST in ticked or not planned
    met = tuple(kit.split(","))
    command = c.Depart(scene.person.id, going, until, outside=guest, ticked=met)
    reply = send(scene, visit, sent, command, draw, "leave")
    if unread and scene.changed:
        attest(scene)
    return reply
