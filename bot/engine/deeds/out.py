"""While somebody is out: arrived, OK, longer, somewhere else, back; said by them, or by phone."""

from typing import Literal

from bot.cards import forms, written
from bot.cards.model import Form
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.asking import LINE
from bot.domain.refused import Refused
from bot.domain.visit import Visit
from bot.engine.replying import Values, again, number, said, send
from bot.engine.scene import Reply, Scene
from bot.engine.until import longer_until, moment
from bot.engine.warned import gone_there
from bot.ports import Press, Submit


def arrived(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """With the policy's reminder, on whatever channel and in whatever words they said so."""
    home = max(number(pressed.args, "home"), 0)
    done = scene.do(visit.id, c.Arrive(scene.person.id, home))
    answer = said(scene, done, pressed.action)
    if done is None or done.refused or not done.facts.policy_of(done.visit).arrival_reminder:
        return answer
    return Reply(answer.words, card="arrived", visit=visit.id)


def ok(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """OK covers every visit that this person is out on (S14)."""
    elsewhere = [
        scene.do(other.id, c.CheckIn(scene.person.id))
        for other in scene.out()
        if other.id != visit.id
    ]
    done = scene.do(visit.id, c.CheckIn(scene.person.id))
    if done and done.refused:  # an old card, while out on another visit: that one counts (S3)
        done = next((other for other in elsewhere if other and not other.refused), done)
    return said(scene, done, pressed.action)


def more_time(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """How much longer stands on the button, or is asked for."""
    if visit.watch is None:
        return Reply("Nobody has left on this visit yet.")
    given = {name: pressed.args[name] for name in ("minutes", "until") if name in pressed.args}
    view = scene.view(visit)
    if not given:
        return Reply(form=forms.more_time(view))
    until = longer_until(given, visit, scene)
    if isinstance(until, Refused):
        return Reply(form=forms.more_time(view, values=given, errors={until.field: until.why}))
    done = scene.do(visit.id, c.TakeMoreTime(scene.person.id, until))
    if done and done.refused and done.refused.field:
        errors = {done.refused.field: done.refused.why}
        return Reply(form=forms.more_time(scene.view(done.visit), values=given, errors=errors))
    return said(scene, done, "more_time")


def send_more_time(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """How much longer, or until when (S11)."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.more_time(view, values=typed, errors=errors)

    if visit.watch is None:
        return Reply("Nobody has left on this visit yet.")
    until = longer_until(values, visit, scene)
    if isinstance(until, Refused):
        return again(scene, visit, sent, until, draw)
    command = c.TakeMoreTime(scene.person.id, until)
    return send(scene, visit, sent, command, draw, "more_time")


def send_moved(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """Where they are now (S14)."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.moved(view, values=typed, errors=errors)

    place = values.get("place", "")
    if len(place) > LINE:
        why = f"That is longer than {LINE} characters. Please shorten it."
        return again(scene, visit, sent, Refused(why, field="place"), draw)
    reply = send(scene, visit, sent, c.Move(scene.person.id, place), draw, "moved")
    now_is = scene.visit(visit.id)
    if scene.changed and now_is and now_is.is_out:
        gone_there(scene.uow, now_is, place, scene.setup, scene.now)
    return reply


def back(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Back asks which, where somebody is on two visits at once (S14)."""
    out = scene.out()
    if len(out) > 1 and not pressed.visit:
        views = [scene.view(v) for v in out]
        return Reply(special=written.which_visit(views, "back", "Which visit are you back from?"))
    return said(scene, scene.do(visit.id, c.ComeBack(scene.person.id)), "back")


def phoned(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Several went, or past the return: a form that asks who, and until when. While one of several
    is out, it is the other who may have phoned (S10).
    """
    watch = visit.watch
    if watch is None:
        return Reply("Nobody has left on this visit yet.")
    out = watch.out
    past = scene.now >= watch.expected_return and pressed.action == "phoned_ok"
    if out and (len(watch.visitors) > 1 or past):
        return Reply(form=forms.phoned(scene.view(visit), pressed.action))
    who = out[0].id if out else visit.lead
    what: Literal["ok", "back"] = "ok" if pressed.action == "phoned_ok" else "back"
    command = c.Vouch(scene.person.id, who, what)
    return said(scene, scene.do(visit.id, command), pressed.action)


def send_phoned(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """Who phoned, and when they will be back (S10)."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.phoned(view, sent.form, values=typed, errors=errors)

    if visit.watch is None:
        return Reply("Nobody has left on this visit yet.")
    until = moment(values.get("until", ""), scene)
    if isinstance(until, Refused):
        return again(scene, visit, sent, until, draw)
    who, by = values.get("visitor", ""), scene.person.id
    command = (
        c.Vouch(by, who, "ok", until) if sent.form == "phoned_ok" else c.Vouch(by, who, "back")
    )
    return send(scene, visit, sent, command, draw, sent.form)
