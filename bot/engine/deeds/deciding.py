"""An approver's yes with a condition, and every no with its reason."""

from collections.abc import Callable

from bot.cards import conditions, forms
from bot.cards.model import Form
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.asking import PARAGRAPH
from bot.domain.refused import Refused
from bot.domain.visit import Visit
from bot.engine.replying import TOO_LONG, Handler, Values, again, number, said, send
from bot.engine.scene import Reply, Scene
from bot.ports import Press, Submit


def approve_if(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """On what condition? Asked only of somebody who could approve."""
    command = c.Approve(scene.person.id, number(pressed.args, "revision"), only_if=True)
    done = scene.do(visit.id, command)
    if done and done.refused and done.refused.field == "conditions":
        return Reply(form=conditions.form(scene.view(done.visit, pressed.args)))
    return said(scene, done, pressed.action)


def send_approve_if(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """Yes, on these conditions."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return conditions.form(view, values=typed, errors=errors)

    words = " ".join(values.get("words", "").split())
    if len(words) > conditions.LONGEST:
        why = f"That is longer than {conditions.LONGEST} characters. Please shorten it."
        return again(scene, visit, sent, Refused(why, field="words"), draw)
    revision = number(sent.args, "revision")
    wanted = tuple(values.get("conditions", "").split(","))
    command = c.Approve(scene.person.id, revision, only_if=True, conditions=wanted, words=words)
    return send(scene, visit, sent, command, draw, "approve_if")


def with_reason(make: Callable[[Scene, Press], c.Command]) -> Handler:
    """Ask for the reason only where this person could still decide; else say what happened."""

    def handler(scene: Scene, visit: Visit, pressed: Press) -> Reply:
        done = scene.do(visit.id, make(scene, pressed))
        if done and done.refused and done.refused.field == "reason":
            return Reply(form=forms.reason(scene.view(visit, pressed.args), pressed.action))
        return said(scene, done, pressed.action)

    return handler


def send_reason(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """No, and why."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.reason(view, sent.form, values=typed, errors=errors)

    text = values.get("reason", "")
    if len(text) > PARAGRAPH:
        return again(scene, visit, sent, Refused(TOO_LONG, field="reason"), draw)
    by = scene.person.id
    revision = number(sent.args, "revision")
    commands: dict[str, c.Command] = {
        "decline": c.Decline(by, revision, text),
        "ask_for_changes": c.AskForChanges(by, revision, text),
        "withdraw": c.Withdraw(by, text),
    }
    return send(scene, visit, sent, commands[sent.form], draw, sent.form)
