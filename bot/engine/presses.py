"""What each button does. A button is a name; what it means is decided here and in ``decide``."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from bot.cards import appointment, conditions, forms, general
from bot.cards.draw import draw
from bot.cards.mine import sure_to_drop_out
from bot.cards.model import Form
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.asking import PARAGRAPH, tidy
from bot.domain.decide.departure import STALE_PLAN
from bot.domain.decide.visiting import STILL_FRESH
from bot.domain.plan import Details
from bot.domain.refused import Refused
from bot.domain.roles import left_behind, may_see_concern, may_see_risks
from bot.domain.tidings import About
from bot.domain.visit import Approved, Visit
from bot.engine import flags, reads
from bot.engine.attesting import have_read
from bot.engine.carry_out import Done
from bot.engine.distress import ask_for_help, in_danger
from bot.engine.scene import Reply, Scene
from bot.engine.tab import show_tab
from bot.engine.thanks import thanks
from bot.engine.unplanned import watch_me
from bot.engine.until import longer_until
from bot.ports import Press

Handler = Callable[[Scene, Visit, Press], Reply]
ANSWERS = frozenset({"ok", "arrived", "more_time", "moved", "uneasy"})
"""What only somebody who is out says."""
AMENDING = ("change_plan", "appointment", "drop_out", "hand_over")
PREFILLED = ("place", "leaving_at", "return_at", "companions", "contact", "backup")
"""What a button may carry into the form of a changed plan."""
WHICH_ONE = "Which visit? Please press it on the visit's own message."
NOT_YOURS = Reply(special=general.not_yours())
CLOSED = Reply(
    "I can't take new plans just now: Doorstep's key is wrong, and what you write could not be "
    "read again. Whoever looks after Doorstep knows. If you have to go, please tell the office "
    "yourself. If you are in danger, write: help"
)
"""Where nothing may be sealed (S15). Everything for safety goes on."""


def press(scene: Scene, pressed: Press) -> Reply:
    """Answer a press. An unknown action, and another's visit, change nothing and show nothing."""
    anywhere = ANYWHERE.get(pressed.action)
    if anywhere:
        return anywhere(scene, pressed)
    handler = ON_A_VISIT.get(pressed.action)
    if handler is None:
        return Reply("I don't know that button. Please write: home")
    visit = scene.visit(pressed.visit) if pressed.visit else _own(scene, pressed.action)
    if visit is None and pressed.action in {"already_left", "leave"}:
        visit = left_without(scene, pressed.visit)
    if visit is None and pressed.action == "seen":
        visit = _told_by_name(scene, pressed)
    if visit is None and not pressed.visit and pressed.action in AMENDING:
        several = len(not_left(scene)) > 1
        return Reply(WHICH_ONE if several else "You have no visit that is still to leave.")
    if visit is None and not pressed.visit:
        return _nowhere(scene, pressed.action)
    if visit is None:
        return NOT_YOURS
    if not scene.counts_here(visit):
        return Reply(
            "In this channel only colleagues of the office and leaders can press, and never "
            "somebody on the visit. Please use your own chat with me."
        )
    return handler(scene, visit, pressed)


def _own(scene: Scene, action: str) -> Visit | None:
    """The visit that a button without one is about: the person's own. What changes a plan is never
    guessed among several.
    """
    if action in AMENDING:
        waiting = not_left(scene)
        return waiting[0] if len(waiting) == 1 else None
    if action in {"concern", "concern_words"}:
        theirs = of_concern(scene)
        worded = [v for v in theirs if _latest_concern(scene, v)] if action != "concern" else theirs
        return worded[0] if worded else None
    out = scene.out() or (reported_back(scene) if action in ANSWERS else [])
    if out:
        return out[0]
    if action not in {"leave", "already_left", "cancel"}:
        return None
    mine = scene.live() or scene.just_over(STALE_PLAN)
    return mine[0] if mine else None


def reported_back(scene: Scene) -> list[Visit]:
    """Visits that others reported this person back from: their own word brings them out again, and
    it is the same in words as by the button (S3, S6).
    """
    me = scene.person.id
    return [
        visit
        for visit in (*scene.live(), *scene.just_over(STILL_FRESH))
        if visit.watch and (mine := visit.watch.visitor(me)) and mine.reported_back
    ]


def of_concern(scene: Scene) -> list[Visit]:
    """The visits that a concern of theirs may be about: those they are out on, else those they came
    back from no longer ago than the policy says.
    """
    me, out = scene.person.id, scene.out()
    recent = (*scene.live(), *scene.just_over(scene.setup.policy.concern_after_return))
    return out or [visit for visit in recent if visit.watch and visit.watch.visitor(me)]


def _told_by_name(scene: Scene, pressed: Press) -> Visit | None:
    """A visit of which they may know nothing but the concern that they were told of."""
    visit = scene.uow.visits.get(scene.setup.school.id, pressed.visit) if pressed.visit else None
    if visit is None or pressed.args.get("about") != "concern":
        return None
    return visit if may_see_concern(scene.person.id, visit, number(pressed, "number")) else None


def _nowhere(scene: Scene, action: str) -> Reply:
    """Nothing of theirs that it could be about. Whom the others left without is shown that, with
    what they can press; whoever leaves without a plan is offered to be watched all the same (S1).
    """
    if action in {*ANSWERS, "back"} and (visit := left_without(scene, "")):
        return Reply(special=draw("mine", scene.view(visit)))
    if action in {"leave", "already_left"} and not scene.inbound.in_office:
        return Reply(special=general.no_plan())
    return Reply("You are not out on a visit at the moment.")


def not_left(scene: Scene) -> list[Visit]:
    """This person's visits whose plan can still change."""
    return [visit for visit in scene.live() if visit.watch is None]


def left_without(scene: Scene, visit_id: str) -> Visit | None:
    """A visit that left without this person, or that they were taken off: all they may do is to say
    that they leave, or have left, as well (S1), by its button or in words.
    """
    if not visit_id:
        soon = scene.setup.policy.help_before_leaving
        return next(iter(scene.without_me(soon)), None)
    visit = scene.uow.visits.get(scene.setup.school.id, visit_id)
    return visit if visit and left_behind(scene.person.id, visit) else None


def said(scene: Scene, done: Done | None, action: str) -> Reply:
    """The answer to a command that went through, or its refusal."""
    if done is None:
        return NOT_YOURS
    if done.refused:
        return refusal(done, done.refused)
    return Reply(thanks(action, View(done.visit, scene.person.id, done.facts, scene.now)))


def refusal(done: Done, refused: Refused) -> Reply:
    """A sentence, and the way on that goes with it."""
    if refused.offer == "already_left":
        why = refused.why if isinstance(done.visit.phase, Approved) else ""
        visit = done.visit.id
        return Reply(why, card="refused_departure", visit=visit, args=refused.behind)
    if refused.offer == "danger":
        return Reply(special=general.help_choice())
    return Reply(refused.why, card=refused.card, visit=done.visit.id if refused.card else "")


def _command(action: str, make: Callable[[Scene, Press], c.Command]) -> Handler:
    return lambda scene, visit, pressed: said(
        scene, scene.do(visit.id, make(scene, pressed)), action
    )


def _form(show: Callable[[View], Form]) -> Handler:
    """A form for visitors, once somebody has left."""

    def handler(scene: Scene, visit: Visit, pressed: Press) -> Reply:
        if visit.watch is None:
            return Reply("Nobody has left on this visit yet.")
        return Reply(form=show(scene.view(visit, pressed.args)))

    return handler


def _with_reason(make: Callable[[Scene, Press], c.Command]) -> Handler:
    """Ask for the reason only where this person could still decide; else say what happened."""

    def handler(scene: Scene, visit: Visit, pressed: Press) -> Reply:
        done = scene.do(visit.id, make(scene, pressed))
        if done and done.refused and done.refused.field == "reason":
            return Reply(form=forms.reason(scene.view(visit, pressed.args), pressed.action))
        return said(scene, done, pressed.action)

    return handler


def number(pressed: Press, name: str) -> int:
    """A small number from a button's args; anything else is -1, which fits nothing."""
    text = pressed.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1


def _plan(scene: Scene, pressed: Press) -> Reply:
    del pressed
    if not scene.setup.can_seal:
        return CLOSED
    school = scene.setup.school
    draft = scene.uow.drafts.get(school.id, scene.person.id, "plan")
    values = draft or forms.plan_values(None, school, scene.now)
    policy = scene.setup.policy
    return Reply(form=forms.plan(school, scene.person.id, policy=policy, values=values))


def _change_plan(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """The form, with what their own words said already."""
    if visit.lead != scene.person.id:
        return Reply("Only the person who asked for this visit can change it.")
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


def _drop_out(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """An approval goes with it, so that one stray touch does not do it: it is asked once more."""
    may = visit.watch is None and visit.is_live and scene.person.id in visit.plan.companions
    if may and pressed.args.get("sure") != "yes":
        return Reply(special=sure_to_drop_out(scene.view(visit)))
    return said(scene, scene.do(visit.id, c.DropOut(scene.person.id)), "drop_out")


def _appointment(scene: Scene, visit: Visit, pressed: Press) -> Reply:
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


def _approve_if(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """On what condition? Asked only of somebody who could approve."""
    command = c.Approve(scene.person.id, number(pressed, "revision"), only_if=True)
    done = scene.do(visit.id, command)
    if done and done.refused and done.refused.field == "conditions":
        return Reply(form=conditions.form(scene.view(done.visit, pressed.args)))
    return said(scene, done, pressed.action)


def _hand_over(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Ask who leads from now on, only where this person can still hand it over."""
    done = scene.do(visit.id, c.HandOver(scene.person.id, "", visit.revision))
    if done and done.refused and done.refused.field == "to":
        return Reply(form=forms.hand_over(scene.view(done.visit)))
    return said(scene, done, pressed.action)


def _name_stand_by(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Ask whom, only where this person can name somebody."""
    part = forms.part_meant(pressed.args)
    done = scene.do(visit.id, c.NameStandBy(scene.person.id, part, ""))
    if done and done.refused and done.refused.field:
        return Reply(form=forms.name_stand_by(scene.view(done.visit, pressed.args)))
    return said(scene, done, pressed.action)


def _leave(scene: Scene, visit: Visit, pressed: Press) -> Reply:
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


def _ok(scene: Scene, visit: Visit, pressed: Press) -> Reply:
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


def _back(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Back asks which, where somebody is on two visits at once (S14)."""
    out = scene.out()
    if len(out) > 1 and not pressed.visit:
        views = [scene.view(v) for v in out]
        return Reply(special=general.which_visit(views, "back", "Which visit are you back from?"))
    return said(scene, scene.do(visit.id, c.ComeBack(scene.person.id)), "back")


def _phoned(scene: Scene, visit: Visit, pressed: Press) -> Reply:
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


def _on_it(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Whoever has it already may hold it longer, once, with a note (S7)."""
    owner = visit.alarm.owner if visit.alarm else None
    if owner and owner.id == scene.person.id and not owner.renewed:
        return Reply(form=forms.hold(scene.view(visit)))
    return said(scene, scene.do(visit.id, c.Acknowledge(scene.person.id)), pressed.action)


def _safe(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    if visit.alarm is None or scene.person.id in visit.visitors:
        command = c.StandDown(scene.person.id, -1, -1, "", over=False)
        return said(scene, scene.do(visit.id, command), pressed.action)
    return Reply(form=forms.safe(scene.view(visit, pressed.args)))


def _show_risks(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Never in a channel (P3); recorded each time."""
    if scene.inbound.in_office or not may_see_risks(scene.person.id, visit):
        return NOT_YOURS
    done = scene.do(visit.id, c.ShowRisks(scene.person.id))
    if done is None or done.refused:
        return said(scene, done, pressed.action)
    return Reply(card="risks", visit=visit.id)


def _arrived(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """With the policy's reminder, on whatever channel and in whatever words they said so."""
    home = max(number(pressed, "home"), 0)
    done = scene.do(visit.id, c.Arrive(scene.person.id, home))
    answer = said(scene, done, pressed.action)
    if done is None or done.refused or not done.facts.policy_of(done.visit).arrival_reminder:
        return answer
    return Reply(answer.words, card="arrived", visit=visit.id)


def _concern(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Never guessed between two visits (S14), and never in a channel."""
    theirs = of_concern(scene)
    if len(theirs) > 1 and not pressed.visit:
        views = [scene.view(each) for each in theirs]
        return Reply(special=general.which_visit(views, "concern", "Which visit is it about?"))
    done = scene.do(visit.id, c.HaveConcern(scene.person.id))
    words = tidy(pressed.args.get("words", ""))[:PARAGRAPH]
    if done is None or done.refused or not words:
        return said(scene, done, pressed.action)
    which = _latest_concern(scene, done.visit)
    worded = scene.do(visit.id, c.ExplainConcern(scene.person.id, which, words))
    if worded and worded.refused:
        return refusal(worded, worded.refused)
    return said(scene, worded, pressed.action)


def _concern_words(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Only to a concern of their own; in words, to the latest."""
    which = number(pressed, "number") if pressed.args else _latest_concern(scene, visit)
    concern = visit.watch.tidings("concern", which) if visit.watch else None
    if concern is None or concern.by != scene.person.id:
        return NOT_YOURS
    return Reply(form=forms.concern_words(scene.view(visit, {"number": str(which)})))


def _latest_concern(scene: Scene, visit: Visit) -> int:
    """The number of the latest that this person wrote, or 0."""
    concerns = visit.watch.concerns if visit.watch else ()
    return max((c.number for c in concerns if c.by == scene.person.id), default=0)


def _seen(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    about: About = "concern" if pressed.args.get("about") == "concern" else "amber"
    command = c.OwnUp(scene.person.id, about, number(pressed, "number"))
    return said(scene, scene.do(visit.id, command), f"seen_{about}")


def _more_time(scene: Scene, visit: Visit, pressed: Press) -> Reply:
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


ANYWHERE: dict[str, Callable[[Scene, Press], Reply]] = {
    "plan": _plan,
    "home": reads.home,
    "whereabouts": reads.whereabouts,
    "how_it_works": reads.how_it_works,
    "mine": reads.mine,
    "policy": reads.policy,
    "policy_read": have_read,
    "flag": flags.set_flag,
    "flags": flags.list_flags,
    "confirm_flag": flags.confirm_flag,
    "lift_flag": flags.lift_flag,
    "tab": show_tab,
    "help": ask_for_help,
    "danger": in_danger,
    "watch_me": watch_me,
}
ON_A_VISIT: dict[str, Handler] = {
    "approve": _command("approve", lambda s, p: c.Approve(s.person.id, number(p, "revision"))),
    "approve_if": _approve_if,
    "decline": _with_reason(lambda s, p: c.Decline(s.person.id, number(p, "revision"), "")),
    "ask_for_changes": _with_reason(
        lambda s, p: c.AskForChanges(s.person.id, number(p, "revision"), "")
    ),
    "withdraw": _with_reason(lambda s, _: c.Withdraw(s.person.id, "")),
    "change_plan": _change_plan,
    "drop_out": _drop_out,
    "appointment": _appointment,
    "hand_over": _hand_over,
    "stand_by": _command("stand_by", lambda s, _: c.StandBy(s.person.id)),
    "cannot_stand_by": _command("cannot_stand_by", lambda s, _: c.CannotStandBy(s.person.id)),
    "name_stand_by": _name_stand_by,
    "cancel": _command("cancel", lambda s, _: c.Cancel(s.person.id)),
    "leave": _leave,
    "already_left": _command("already_left", lambda s, _: c.AlreadyLeft(s.person.id)),
    "arrived": _arrived,
    "uneasy": _command("uneasy", lambda s, _: c.FeelUneasy(s.person.id)),
    "concern": _concern,
    "concern_words": _concern_words,
    "seen": _seen,
    "ok": _ok,
    "more_time": _more_time,
    "moved": _form(forms.moved),
    "back": _back,
    "mistake": _command("mistake", lambda s, _: c.ClaimMistake(s.person.id)),
    "watching": _command("watching", lambda s, _: c.ConfirmWatching(s.person.id)),
    "phoned_ok": _phoned,
    "phoned_back": _phoned,
    "not_back": _command("not_back", lambda s, p: c.TakeBack(s.person.id, p.args.get("who", ""))),
    "ask_if_ok": _command("ask_if_ok", lambda s, _: c.AskIfOk(s.person.id)),
    "call_back": _command("call_back", lambda s, _: c.CallBack(s.person.id)),
    "allow_time": _command(
        "allow_time", lambda s, p: c.AllowMoreTime(s.person.id, number(p, "number"))
    ),
    "refuse_time": _command(
        "refuse_time", lambda s, p: c.RefuseMoreTime(s.person.id, number(p, "number"))
    ),
    "on_it": _on_it,
    "safe": _safe,
    "not_over": _command("not_over", lambda s, p: c.Reopen(s.person.id, number(p, "alarm"))),
    "show_risks": _show_risks,
    "show": reads.show_visit,
    "look": reads.look,
    "ringing": _command("ringing", lambda s, _: c.Ring999(s.person.id)),
}
