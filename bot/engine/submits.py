"""What each form does. Whatever is wrong comes back on the form, with everything typed kept."""

from collections.abc import Callable

from bot.domain.asking import tidy
from bot.domain.visit import Visit
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
from bot.engine.flags import send_flag
from bot.engine.replying import CLOSED, NOT_YOURS, Values
from bot.engine.scene import Reply, Scene
from bot.engine.whose import left_without
from bot.ports import Submit


def submit(scene: Scene, sent: Submit) -> Reply:
    """Answer a form. An unknown form, and another's visit, change nothing and show nothing."""
    if sent.form == "plan" and not scene.setup.can_seal:
        return CLOSED
    if sent.form == "plan" and not sent.visit:
        return request.send_plan(scene, sent)
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


FORMS: dict[str, Callable[[Scene, Visit, Submit, Values], Reply]] = {
    "plan": request.send_change,
    "appointment": amending.send_appointment,
    "approve_if": deciding.send_approve_if,
    "hand_over": amending.send_hand_over,
    "name_stand_by": standing_by.send_stand_by,
    "decline": deciding.send_reason,
    "ask_for_changes": deciding.send_reason,
    "withdraw": deciding.send_reason,
    "leave": departure.send_leave,
    "more_time": out.send_more_time,
    "moved": out.send_moved,
    "phoned_ok": out.send_phoned,
    "phoned_back": out.send_phoned,
    "safe": alarm.send_safe,
    "on_it": alarm.send_hold,
    "concern_words": concern.send_words,
}
