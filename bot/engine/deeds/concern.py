"""A concern, and the words to it; and that somebody has seen it, or that somebody is uneasy."""

from bot.cards import forms, written
from bot.cards.model import Form
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.asking import PARAGRAPH, tidy
from bot.domain.refused import Refused
from bot.domain.tidings import About
from bot.domain.visit import Visit
from bot.engine.replying import NOT_YOURS, TOO_LONG, Values, again, number, refusal, said, send
from bot.engine.scene import Reply, Scene
from bot.engine.whose import latest_concern, of_concern
from bot.ports import Press, Submit


def concern(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Never guessed between two visits (S14), and never in a channel."""
    theirs = of_concern(scene)
    if len(theirs) > 1 and not pressed.visit:
        views = [scene.view(each) for each in theirs]
        return Reply(special=written.which_visit(views, "concern", "Which visit is it about?"))
    done = scene.do(visit.id, c.HaveConcern(scene.person.id))
    words = tidy(pressed.args.get("words", ""))[:PARAGRAPH]
    if done is None or done.refused or not words:
        return said(scene, done, pressed.action)
    which = latest_concern(scene, done.visit)
    worded = scene.do(visit.id, c.ExplainConcern(scene.person.id, which, words))
    if worded and worded.refused:
        return refusal(worded, worded.refused)
    return said(scene, worded, pressed.action)


def concern_words(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """Only to a concern of their own; in words, to the latest."""
    which = number(pressed.args, "number") if pressed.args else latest_concern(scene, visit)
    concern = visit.watch.tidings("concern", which) if visit.watch else None
    if concern is None or concern.by != scene.person.id:
        return NOT_YOURS
    return Reply(form=forms.concern_words(scene.view(visit, {"number": str(which)})))


def send_words(scene: Scene, visit: Visit, sent: Submit, values: Values) -> Reply:
    """Words to one concern."""

    def draw(view: View, typed: Values, errors: Values) -> Form:
        return forms.concern_words(view, values=typed, errors=errors)

    text = values.get("words", "")
    if len(text) > PARAGRAPH:
        return again(scene, visit, sent, Refused(TOO_LONG, field="words"), draw)
    which = number(sent.args, "number")
    command = c.ExplainConcern(scene.person.id, which, text)
    return send(scene, visit, sent, command, draw, "concern_words")


def seen(scene: Scene, visit: Visit, pressed: Press) -> Reply:
    """One person has seen it, and says so."""
    about: About = "concern" if pressed.args.get("about") == "concern" else "amber"
    command = c.OwnUp(scene.person.id, about, number(pressed.args, "number"))
    return said(scene, scene.do(visit.id, command), f"seen_{about}")
