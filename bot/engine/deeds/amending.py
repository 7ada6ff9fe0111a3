"""What becomes of a plan before anybody leaves: its appointment, who comes, who leads it."""

from dataclasses import replace

from bot.cards import appointment, forms
from bot.cards.mine_buttons import sure_to_drop_out
from bot.cards.model import Form
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.asking import LINE, read_times
from bot.domain.refused import Refused
from bot.domain.visit import Visit
from bot.engine.replying import Values, again, number, said, send
from bot.engine.scene import Reply, Scene
from bot.ports import Press, Submit


def record_appointment(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """The form where there is an appointment to record; else the sentence that says why not."""
    me, plan = scene.person.id, visit.plan
    command = c.RecordAppointment(me, visit.revision, plan.leaving_at, plan.return_at, "", "")
    done = scene.do(visit.id, command)
    if done and done.refused and done.refused.field == "how":
        view = scene.view(done.visit)
        given = {k: v for k, v in pressed.args.items() if k in {"leaving_at", "return_at"}}
        blank = appointment.form(view)
        return Reply(form=replace(blank, values={**blank.values, **given}) if given else blank)
    return said(scene, done, pressed.action)


def send_appointment(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """The appointment as it was made."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return appointment.form(view, values=typed, errors=errors)

    whom = " ".join(values.get("whom", "").split())
    if len(whom) > LINE:
        why = f"That is longer than {LINE} characters. Please shorten it."
        return again(scene, visit, sent, Refused(why, field="whom"), draw)
    setup = scene.setup
    times = read_times(values, setup.school, setup.policy, scene.now)
    if isinstance(times, dict):
        field, why = next(iter(times.items()))
        return again(scene, visit, sent, Refused(why, field=field), draw)
    told = set(values.get("told", "").split(","))
    revision = number(sent.args, "revision")
    command = c.RecordAppointment(
        scene.person.id,
        revision,
        *times,
        values.get("how", ""),
        whom,
        told="purpose" in told,
        suits="suits" in told,
    )
    return send(scene, visit, sent, command, draw, "appointment")


def drop_out(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """An approval goes with it, so that one stray touch does not do it: it is asked once more."""
    may = visit.watch is None and visit.is_live and scene.person.id in visit.plan.companions
    if may and pressed.args.get("sure") != "yes":
        return Reply(special=sure_to_drop_out(scene.view(visit)))
    return said(scene, scene.do(visit.id, c.DropOut(scene.person.id)), "drop_out")


def hand_over(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Ask who leads from now on, only where this person can still hand it over."""
    done = scene.do(visit.id, c.HandOver(scene.person.id, "", visit.revision))
    if done and done.refused and done.refused.field == "to":
        return Reply(form=forms.hand_over(scene.view(done.visit)))
    return said(scene, done, pressed.action)


def send_hand_over(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """Who leads from now on."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.hand_over(view, values=typed, errors=errors)

    revision = number(sent.args, "revision")
    command = c.HandOver(scene.person.id, values.get("to", ""), revision)
    return send(scene, visit, sent, command, draw, "hand_over")
