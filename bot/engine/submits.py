"""What each form does. Whatever is wrong comes back on the form, with everything typed kept."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.cards import appointment, conditions, forms
from bot.cards.kit import left_at_school
from bot.cards.model import Form
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.asking import LINE, PARAGRAPH, Asking, read_request, read_times, tidy
from bot.domain.events import Asked
from bot.domain.refused import Refused
from bot.domain.rules import errors
from bot.domain.rules.case import Case
from bot.domain.visit import Requested, Visit
from bot.engine.attesting import attest
from bot.engine.born import add_visit
from bot.engine.carry_out import gather, record, unfold
from bot.engine.flags import send_flag
from bot.engine.presses import CLOSED, NOT_YOURS, left_without, number, said
from bot.engine.scene import Reply, Scene
from bot.engine.thanks import thanks
from bot.engine.until import longer_until, moment
from bot.ports import Press, Submit

Values = Mapping[str, str]
HURRIED = timedelta(minutes=1)
TOO_LONG = f"That is longer than {PARAGRAPH} characters. Please shorten it."


def submit(scene: Scene, sent: Submit) -> Reply:
    """Answer a form. An unknown form, and another's visit, change nothing and show nothing."""
    if sent.form == "plan" and not scene.setup.can_seal:
        return CLOSED
    if sent.form == "plan" and not sent.visit:
        return _plan(scene, sent)
    if sent.form == "flag":
        typed = {name: tidy(value) for name, value in sent.values.items()}
        return send_flag(scene, sent, typed)
    handler = FORMS.get(sent.form)
    if handler is None:
        return Reply("I don't know that form. Please write: home")
    visit = scene.visit(sent.visit)
    if visit is None and sent.form == "leave":
        visit = left_without(scene, sent.visit)
    if visit is None or not scene.counts_here(visit):
        return NOT_YOURS
    values = {name: tidy(value) for name, value in sent.values.items()}
    return handler(scene, visit, sent, values)


def _plan(scene: Scene, sent: Submit) -> Reply:
    setup, asker = scene.setup, scene.person.id
    asking = _wanted(scene, sent.values, asker)
    if not isinstance(asking, Asking):
        scene.uow.drafts.keep(setup.school.id, asker, "plan", sent.values)
        scene.changed = True
        return Reply(
            form=forms.plan(
                setup.school, asker, policy=setup.policy, values=sent.values, errors=asking
            )
        )
    if twice := _asked_just_now(scene, asking):
        return Reply(thanks("plan", scene.view(twice)))
    stages = setup.policy.approval_stages
    born = add_visit(
        scene.uow,
        Visit(
            school=setup.school.id,
            id=scene.new_id(),
            reference="",
            lead=asker,
            created_at=scene.now,
            plan=asking.plan,
            details=asking.details,
            phase=Requested(scene.now, stages),
        ),
        setup,
    )
    event = Asked(scene.now, asker, asking.plan, asking.details, stages, revision=1)
    facts = gather(scene.uow, born, setup, scene.now)
    visit, shows = unfold(born, (event,), facts)
    record(scene.uow, visit, (event,), shows, setup, scene.now)
    scene.uow.drafts.drop(setup.school.id, asker, "plan")
    scene.changed = True
    return Reply(thanks("plan", View(visit, asker, facts, scene.now)))


def _wanted(scene: Scene, values: Values, lead: str, visit: Visit | None = None) -> Asking | Values:
    """The request, as far as it can be read and the policy takes it; else what is wrong."""
    setup = scene.setup
    asking = read_request(values, lead, setup.school, setup.policy, scene.now)
    if not isinstance(asking, Asking):
        return asking
    going = (lead, *asking.plan.companions)
    facts = replace(scene.known, school=setup.reached_for(asking.plan))
    case = Case(lead, going, asking.plan, asking.details, facts, scene.now, visit)
    return errors(case) or asking


def _asked_just_now(scene: Scene, asking: Asking) -> Visit | None:
    """The visit that this very request has made already: it was sent twice, by a hurried thumb."""
    same = (asking.plan, asking.details)
    mine = (visit for visit in scene.live() if visit.lead == scene.person.id)
    recent = (visit for visit in mine if scene.now - visit.created_at <= HURRIED)
    return next((visit for visit in recent if (visit.plan, visit.details) == same), None)


def _change_plan(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    asker, asking = scene.person.id, _wanted(scene, values, visit.lead, visit)
    if not isinstance(asking, Asking):
        return _plan_again(scene, visit, sent, asking)
    revision = number(Press(sent.form, args=sent.args), "revision")
    done = scene.do(visit.id, c.Ask(asker, asking.plan, asking.details, revision))
    if done and done.refused and done.refused.field:
        why = forms.changed_meanwhile(scene.view(done.visit), done.refused.why)
        return _plan_again(scene, done.visit, sent, {"": why})
    return said(scene, done, "change_plan")


def _plan_again(scene: Scene, visit: Visit, sent: Submit, errors: Values) -> Reply:
    """With everything typed, for the plan as it now is."""
    school, intro = scene.setup.school, forms.plan_intro(scene.view(visit))
    return Reply(
        form=forms.plan(
            school,
            scene.person.id,
            policy=scene.setup.policy,
            values=sent.values,
            errors=errors,
            visit=visit,
            intro=intro,
        )
    )


Draw = Callable[[View, Values, Values], Form]


def _send(
    scene: Scene, visit: Visit, sent: Submit, command: c.Command, draw: Draw, action: str
) -> Reply:
    """Carry it out; a refusal about a field comes back on the form."""
    done = scene.do(visit.id, command)
    if done and done.refused and done.refused.field:
        return _again(scene, done.visit, sent, done.refused, draw)
    if done and not done.refused and not done.visit.watch and action == "leave":
        return Reply(card="refused_departure", visit=visit.id)
    return said(scene, done, action)


def _again(scene: Scene, visit: Visit, sent: Submit, refused: Refused, draw: Draw) -> Reply:
    view = scene.view(visit, {**sent.args, **refused.behind})
    return Reply(form=draw(view, sent.values, {refused.field: refused.why}))


def _reason(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.reason(view, sent.form, values=typed, errors=errors)

    text = values.get("reason", "")
    if len(text) > PARAGRAPH:
        return _again(scene, visit, sent, Refused(TOO_LONG, field="reason"), draw)
    by = scene.person.id
    revision = number(Press(sent.form, args=sent.args), "revision")
    commands: dict[str, c.Command] = {
        "decline": c.Decline(by, revision, text),
        "ask_for_changes": c.AskForChanges(by, revision, text),
        "withdraw": c.Withdraw(by, text),
    }
    return _send(scene, visit, sent, commands[sent.form], draw, sent.form)


def _approve_if(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return conditions.form(view, values=typed, errors=errors)

    words = " ".join(values.get("words", "").split())
    if len(words) > conditions.LONGEST:
        why = f"That is longer than {conditions.LONGEST} characters. Please shorten it."
        return _again(scene, visit, sent, Refused(why, field="words"), draw)
    revision = number(Press(sent.form, args=sent.args), "revision")
    wanted = tuple(values.get("conditions", "").split(","))
    command = c.Approve(scene.person.id, revision, only_if=True, conditions=wanted, words=words)
    return _send(scene, visit, sent, command, draw, "approve_if")


def _appointment(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return appointment.form(view, values=typed, errors=errors)

    whom = " ".join(values.get("whom", "").split())
    if len(whom) > LINE:
        why = f"That is longer than {LINE} characters. Please shorten it."
        return _again(scene, visit, sent, Refused(why, field="whom"), draw)
    setup = scene.setup
    times = read_times(values, setup.school, setup.policy, scene.now)
    if isinstance(times, dict):
        field, why = next(iter(times.items()))
        return _again(scene, visit, sent, Refused(why, field=field), draw)
    told = set(values.get("told", "").split(","))
    revision = number(Press(sent.form, args=sent.args), "revision")
    command = c.RecordAppointment(
        scene.person.id,
        revision,
        *times,
        values.get("how", ""),
        whom,
        told="purpose" in told,
        suits="suits" in told,
    )
    return _send(scene, visit, sent, command, draw, "appointment")


def _hand_over(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.hand_over(view, values=typed, errors=errors)

    revision = number(Press(sent.form, args=sent.args), "revision")
    command = c.HandOver(scene.person.id, values.get("to", ""), revision)
    return _send(scene, visit, sent, command, draw, "hand_over")


def _name_stand_by(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.name_stand_by(view, values=typed, errors=errors)

    part = forms.part_meant(sent.args)
    command = c.NameStandBy(scene.person.id, part, values.get("person", ""))
    return _send(scene, visit, sent, command, draw, "name_stand_by")


def _leave(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.leave(view, values=typed, errors=errors)

    unread = scene.person.id in scene.view(visit).facts.unread
    policy, kit = scene.known.policy_of(visit), values.get("kit", "")
    if why := left_at_school(policy, kit, unread=unread):
        return _again(scene, visit, sent, Refused(why, field="kit"), draw)
    until = moment(values.get("until", ""), scene)
    if isinstance(until, Refused):
        return _again(scene, visit, sent, until, draw)
    ticked = tuple(p for p in values.get("going", "").split(",") if p)
    going = tuple(p for p in ticked if p != forms.GUEST)
    planned = visit.details is not None and visit.details.external is not None
    guest = forms.GUEST in ticked or not planned
    met = tuple(kit.split(","))
    command = c.Depart(scene.person.id, going, until, outside=guest, ticked=met)
    reply = _send(scene, visit, sent, command, draw, "leave")
    if unread and scene.changed:
        attest(scene)
    return reply


def _more_time(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.more_time(view, values=typed, errors=errors)

    if visit.watch is None:
        return Reply("Nobody has left on this visit yet.")
    until = longer_until(values, visit, scene)
    if isinstance(until, Refused):
        return _again(scene, visit, sent, until, draw)
    command = c.TakeMoreTime(scene.person.id, until)
    return _send(scene, visit, sent, command, draw, "more_time")


def _moved(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.moved(view, values=typed, errors=errors)

    place = values.get("place", "")
    if len(place) > LINE:
        why = f"That is longer than {LINE} characters. Please shorten it."
        return _again(scene, visit, sent, Refused(why, field="place"), draw)
    return _send(scene, visit, sent, c.Move(scene.person.id, place), draw, "moved")


def _phoned(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.phoned(view, sent.form, values=typed, errors=errors)

    if visit.watch is None:
        return Reply("Nobody has left on this visit yet.")
    until = moment(values.get("until", ""), scene)
    if isinstance(until, Refused):
        return _again(scene, visit, sent, until, draw)
    who, by = values.get("visitor", ""), scene.person.id
    command = (
        c.Vouch(by, who, "ok", until) if sent.form == "phoned_ok" else c.Vouch(by, who, "back")
    )
    return _send(scene, visit, sent, command, draw, sent.form)


def _safe(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.safe(view, values=typed, errors=errors)

    over, how = values.get("over", ""), values.get("how", "")
    if over not in {"yes", "no"}:
        why = "Please say whether the visit is over."
        return _again(scene, visit, sent, Refused(why, field="over"), draw)
    if len(how) > PARAGRAPH:
        return _again(scene, visit, sent, Refused(TOO_LONG, field="how"), draw)
    card = Press("safe", args=sent.args)
    numbers = number(card, "alarm"), number(card, "calls")
    who = tuple(p for p in values.get("who", "").split(",") if p)
    alarm = visit.alarm
    as_it_is = alarm is not None and numbers == (alarm.number, alarm.calls)
    if as_it_is and not who and len(forms.may_be_safe(visit)) > 1:
        return _again(scene, visit, sent, Refused("Who is safe?", field="who"), draw)
    command = c.StandDown(scene.person.id, *numbers, how, over=over == "yes", who=who)
    return _send(scene, visit, sent, command, draw, "safe")


def _hold(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.hold(view, values=typed, errors=errors)

    note = values.get("note", "")
    if len(note) > PARAGRAPH:
        return _again(scene, visit, sent, Refused(TOO_LONG, field="note"), draw)
    return _send(scene, visit, sent, c.Acknowledge(scene.person.id, note), draw, "on_it")


def _concern_words(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.concern_words(view, values=typed, errors=errors)

    text = values.get("words", "")
    if len(text) > PARAGRAPH:
        return _again(scene, visit, sent, Refused(TOO_LONG, field="words"), draw)
    which = number(Press("concern_words", args=sent.args), "number")
    command = c.ExplainConcern(scene.person.id, which, text)
    return _send(scene, visit, sent, command, draw, "concern_words")


FORMS: dict[str, Callable[[Scene, Visit, Submit, Values], Reply]] = {
    "plan": _change_plan,
    "appointment": _appointment,
    "approve_if": _approve_if,
    "hand_over": _hand_over,
    "name_stand_by": _name_stand_by,
    "decline": _reason,
    "ask_for_changes": _reason,
    "withdraw": _reason,
    "leave": _leave,
    "more_time": _more_time,
    "moved": _moved,
    "phoned_ok": _phoned,
    "phoned_back": _phoned,
    "safe": _safe,
    "on_it": _hold,
    "concern_words": _concern_words,
}
