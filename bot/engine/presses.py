"""What each button does. A button is a name; what it means is decided here and in ``decide``."""

from collections.abc import Callable

from bot.cards import forms, general
from bot.cards.draw import draw
from bot.cards.model import Form
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.visit import Visit
from bot.engine import flags, reads
from bot.engine.attesting import have_read
from bot.engine.deeds import (
    alarm,
    amending,
    concern,
    deciding,
    departure,
    out,
    request,
    standing_by,
)
from bot.engine.distress import ask_for_help, in_danger
from bot.engine.replying import NOT_YOURS, Handler, number, said
from bot.engine.scene import Reply, Scene
from bot.engine.tab import show_tab
from bot.engine.unplanned import watch_me
from bot.engine.warned import noted
from bot.engine.whose import AMENDING, ANSWERS, left_without, not_left, own, told_by_name
from bot.ports import Press

WHICH_ONE = "Which visit? Please press it on the visit's own message."


def press(scene: Scene, pressed: Press) -> Reply:
    """Answer a press. An unknown action, and another's visit, change nothing and show nothing."""
    anywhere = ANYWHERE.get(pressed.action)
    if anywhere:
        return anywhere(scene, pressed)
    handler = ON_A_VISIT.get(pressed.action)
    if handler is None:
        return Reply("I don't know that button. Please write: home")
    visit = scene.visit(pressed.visit) if pressed.visit else own(scene, pressed.action)
    if visit is None and pressed.action in {"already_left", "leave"}:
        visit = left_without(scene, pressed.visit)
    if visit is None and pressed.action == "seen":
        visit = told_by_name(scene, pressed)
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


def _nowhere(scene: Scene, action: str) -> Reply:
    """Nothing of theirs that it could be about. Whom the others left without is shown that, with
    what they can press; whoever leaves without a plan is offered to be watched all the same (S1).
    """
    if action in {*ANSWERS, "back"} and (visit := left_without(scene, "")):
        return Reply(special=draw("mine", scene.view(visit)))
    if action in {"leave", "already_left"} and not scene.inbound.in_office:
        return Reply(special=general.no_plan())
    return Reply("You are not out on a visit at the moment.")


def _command(action: str, make: Callable[[Scene, Press], c.Command]) -> Handler:
    return lambda scene, visit, pressed: said(
        scene, scene.do(visit.id, make(scene, pressed)), action
    )


def _revision(pressed: Press) -> int:
    return number(pressed.args, "revision")


def _form(show: Callable[[View], Form]) -> Handler:
    """A form for visitors, once somebody has left."""

    def handler(scene: Scene, visit: Visit, pressed: Press) -> Reply:
        if visit.watch is None:
            return Reply("Nobody has left on this visit yet.")
        return Reply(form=show(scene.view(visit, pressed.args)))

    return handler


ANYWHERE: dict[str, Callable[[Scene, Press], Reply]] = {
    "plan": request.new_plan,
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
    "approve": _command("approve", lambda s, p: c.Approve(s.person.id, _revision(p))),
    "approve_if": deciding.approve_if,
    "decline": deciding.with_reason(
        lambda s, p: c.Decline(s.person.id, number(p.args, "revision"), "")
    ),
    "ask_for_changes": deciding.with_reason(
        lambda s, p: c.AskForChanges(s.person.id, _revision(p), "")
    ),
    "withdraw": deciding.with_reason(lambda s, _: c.Withdraw(s.person.id, "")),
    "change_plan": request.change_plan,
    "drop_out": amending.drop_out,
    "appointment": amending.record_appointment,
    "hand_over": amending.hand_over,
    "stand_by": _command("stand_by", lambda s, _: c.StandBy(s.person.id)),
    "cannot_stand_by": _command("cannot_stand_by", lambda s, _: c.CannotStandBy(s.person.id)),
    "name_stand_by": standing_by.name_stand_by,
    "cancel": _command("cancel", lambda s, _: c.Cancel(s.person.id)),
    "leave": departure.leave,
    "already_left": _command("already_left", lambda s, _: c.AlreadyLeft(s.person.id)),
    "arrived": out.arrived,
    "uneasy": _command("uneasy", lambda s, _: c.FeelUneasy(s.person.id)),
    "concern": concern.concern,
    "concern_words": concern.concern_words,
    "seen": concern.seen,
    "ok": out.ok,
    "more_time": out.more_time,
    "moved": _form(forms.moved),
    "back": out.back,
    "mistake": _command("mistake", lambda s, _: c.ClaimMistake(s.person.id)),
    "watching": _command("watching", lambda s, _: c.ConfirmWatching(s.person.id)),
    "phoned_ok": out.phoned,
    "phoned_back": out.phoned,
    "not_back": _command("not_back", lambda s, p: c.TakeBack(s.person.id, p.args.get("who", ""))),
    "ask_if_ok": _command("ask_if_ok", lambda s, _: c.AskIfOk(s.person.id)),
    "call_back": _command("call_back", lambda s, _: c.CallBack(s.person.id)),
    "allow_time": _command(
        "allow_time", lambda s, p: c.AllowMoreTime(s.person.id, number(p.args, "number"))
    ),
    "refuse_time": _command(
        "refuse_time", lambda s, p: c.RefuseMoreTime(s.person.id, number(p.args, "number"))
    ),
    "on_it": alarm.on_it,
    "safe": alarm.safe,
    "not_over": _command("not_over", lambda s, p: c.Reopen(s.person.id, number(p.args, "alarm"))),
    "show_risks": alarm.show_risks,
    "noted": noted,
    "show": reads.show_visit,
    "look": reads.look,
    "ringing": _command("ringing", lambda s, _: c.Ring999(s.person.id)),
}
