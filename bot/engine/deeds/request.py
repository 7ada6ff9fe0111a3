"""A visit is asked for, or its plan is changed."""

from dataclasses import replace
from datetime import timedelta

from bot.cards import forms
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.asking import Asking, read_request
from bot.domain.events import Asked
from bot.domain.plan import Details
from bot.domain.rules import errors
from bot.domain.rules.case import Case
from bot.domain.visit import Requested, Visit
from bot.engine.born import add_visit
from bot.engine.carry_out import record, unfold
from bot.engine.gather import gather
from bot.engine.replying import CLOSED, Values, number, said
from bot.engine.scene import Reply, Scene
from bot.engine.thanks import thanks
from bot.ports import Press, Submit

ONLY_ITS_LEAD = "Only the person who asked for this visit can change it."
HURRIED = timedelta(minutes=1)
PREFILLED = ("place", "leaving_at", "return_at", "companions", "contact", "backup")
"""What a button may carry into the form of a changed plan."""


def new_plan(scene: Scene, pressed: Press) -> Reply:
    """The form, with what they typed last and didn't send."""
    del pressed
    if not scene.setup.can_seal:
        return CLOSED
    school = scene.setup.school
    draft = scene.uow.drafts.get(school.id, scene.person.id, "plan")
    values = draft or forms.plan_values(None, school, scene.now)
    policy = scene.setup.policy
    return Reply(form=forms.plan(school, scene.person.id, policy=policy, values=values))


def send_plan(scene: Scene, sent: Submit) -> Reply:
    """Ask for it; or the form again, kept as a draft."""
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


def change_plan(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """The form, with what their own words said already."""
    if visit.lead != scene.person.id:
        return Reply(ONLY_ITS_LEAD)
    if not scene.setup.can_seal:
        return CLOSED
    if visit.watch or not visit.is_live:  # the sentence for it is the refusal of the press
        command = c.Ask(scene.person.id, visit.plan, Details(place=""), visit.revision)
        return said(scene, scene.do(visit.id, command), "change_plan")
    school, view = scene.setup.school, scene.view(visit)
    values, intro = forms.plan_values(view, school, scene.now), forms.plan_intro(view)
    values = {**values, **{k: v for k, v in pressed.args.items() if k in PREFILLED}}
    return Reply(
        form=forms.plan(
            school,
            scene.person.id,
            policy=scene.setup.policy,
            values=values,
            visit=visit,
            intro=intro,
        )
    )


def send_change(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """The changed plan, as far as it is about the plan that now stands."""
    asker = scene.person.id
    if asker != visit.lead:
        return Reply(ONLY_ITS_LEAD)
    asking = _wanted(scene, values, visit.lead, visit)
    if not isinstance(asking, Asking):
        return _plan_again(scene, visit, sent, asking)
    revision = number(sent.args, "revision")
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
