"""Plain messages: whole-message words mean a press; anything else from somebody out is shown to
whoever watches, at once where it sounds alarming, and never taken for an OK (S4).
"""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.cards import general, written
from bot.cards.model import Line
from bot.cards.steps import passed_on
from bot.domain import commands as c
from bot.domain.alarming import sounds_alarming
from bot.domain.asking import tidy
from bot.domain.plain_words import ALWAYS, LONGEST
from bot.domain.reading.sayings import Meant, read_saying
from bot.domain.reading.wish import read_wish
from bot.domain.reading.wish.times import time_options
from bot.domain.visit import Visit
from bot.engine import talk
from bot.engine.heard_of import heard_of
from bot.engine.likely import likely_buttons
from bot.engine.named import about_watched, named
from bot.engine.not_over import not_over
from bot.engine.presses import press
from bot.engine.rewritten import rewritten
from bot.engine.scene import IN_CONFIDENCE, Reply, Scene
from bot.engine.standing_by import NAMING, naming, standing_by
from bot.engine.submits import submit
from bot.engine.talk.kept import Talk, asleep, drop, kept
from bot.engine.until import moment
from bot.engine.whose import AMENDING, not_left, of_concern, reported_back
from bot.ports import Press, Say, Submit

MOST_CHARACTERS = 2000
WHICH = {
    "concern": "Which visit is it about?",
    "back": "Which visit are you back from?",
    "more_time": "Which visit needs more time?",
    "leave": "Which visit are you leaving on?",
    "cancel": "Which visit do you want to cancel?",
    "change_plan": "Which visit do you want to change?",
    "appointment": "Which visit is the appointment for?",
    "hand_over": "Which visit do you want to hand over?",
    "drop_out": "Which visit can't you come on?",
}

ASIDE = frozenset({"home", "how_it_works", "mine", "policy", "whereabouts", "show"})


def say(scene: Scene, message: Say) -> Reply:
    """Answer a plain message."""
    if message.changed:
        return rewritten(
            scene,
            message,
            partial(_means, scene, message.text),
            partial(_write, scene, message.text),
        )
    if not message.text.strip():
        return _without_words(scene)
    text = _by_steps(scene, message.text)
    open_ = None if scene.inbound.in_office else kept(scene)
    if not text and message.text:
        return talk.fill(scene, open_) if open_ else press(scene, Press("plan"))
    meant = read_saying(text, scene.now, scene.setup.school.zone)
    if meant and meant.action == "concern":
        scene.was.add(IN_CONFIDENCE)
    if open_ is None:
        return _afresh(scene, text, meant)
    reply = _beside(scene, open_, text, meant)
    if reply is None and asleep(scene, open_):
        reply = _afresh(scene, text, meant)
    if reply is None:
        anew = _wish(scene, text) if meant is None and open_.is_a_request else None
        return anew or _answered(scene, open_, text)
    if (meant and meant.action in {"help", "danger"}) or reply.form or reply.again:
        return reply
    if meant and meant.action == open_.form:
        drop(scene, open_)  # what was asked has been said in another way
        return reply
    return talk.aside(scene, reply) if kept(scene) == open_ else reply


def _by_steps(scene: Scene, text: str) -> str:
    """``step by step``, alone or after what is meant: no form, even where one could be shown."""
    start = text[:LONGEST].casefold().find("step by step")
    if start < 0 or text[start + len("step by step") :].strip(" .!"):
        return text
    scene.inbound = replace(scene.inbound, forms=False)
    return text[:start].strip(" ,.:-")


def _beside(scene: Scene, open_: Talk, text: str, meant: Meant | None) -> Reply | None:
    """What is no answer to the question that is open: words of life and danger, always (S4); and
    what else cannot well be an answer.
    """
    if meant is None:
        return None
    if meant.action in ALWAYS and (scene.out() or meant.action not in {"more_time", "moved"}):
        return _means(scene, text, meant) if not meant.unsure else None
    one_word = len(text.split()) == 1 and isinstance(talk.asked_field(scene, open_), Line)
    if one_word:
        return None  # "home" may well be an address
    if meant.action == "plan" and open_.is_a_request:
        return talk.show(scene, open_)
    return _means(scene, text, meant) if meant.action in {*ASIDE, "plan"} else None


def _answered(scene: Scene, open_: Talk, text: str) -> Reply:
    """An answer. From somebody out, their own words are for whoever watches as well, whatever was
    asked; and what sounds like danger is for them alone, at once, unless it says which field it is
    for (S4).
    """
    if not scene.out():
        return talk.answer(scene, open_, text)
    if talk.is_private(scene, open_):
        scene.was.add(IN_CONFIDENCE)
        return _in_confidence(scene, open_, text)
    alarming = sounds_alarming(text)
    if alarming and not talk.names_a_field(scene, open_, text):
        return talk.aside(scene, _not_understood(scene, text, None))
    reply = talk.answer(scene, open_, text)
    after = kept(scene)
    unread = after is not None and bool(after.unread or after.errors.get(open_.asked))
    if unread or alarming or talk.in_own_words(scene, open_, after):
        _write(scene, text, urgent=alarming)
    if (alarming or unread) and reply.special:
        return replace(reply, special=passed_on(reply.special))
    return reply


def _in_confidence(scene: Scene, open_: Talk, text: str) -> Reply:
    """Words to a concern are never for whoever watches, whatever they sound like: those who were
    told of it are leaders, and read them. What sounds like danger goes to them at once, unasked
    whether it is right, and help is offered first (S4).
    """
    if not sounds_alarming(text):
        return talk.answer(scene, open_, text)
    drop(scene, open_)
    sent = Submit(open_.form, {"words": text}, open_.visit, open_.version, open_.args)
    reply = submit(scene, sent)
    return Reply(special=written.confided(reply.words)) if reply.words else reply


def _afresh(scene: Scene, text: str, meant: Meant | None) -> Reply:
    """With nothing half asked."""
    reply = _means(scene, text, meant) if meant else None
    if reply is None and meant is None and not scene.inbound.in_office:
        reply = _wish(scene, text)
    if reply is None and meant is None and not scene.out():
        reply = heard_of(scene, text)
    return reply or _not_understood(scene, text, meant)


def _wish(scene: Scene, text: str) -> Reply | None:
    """A visit asked for in one line. From somebody out only what can be nothing else is; the rest
    is for whoever watches.
    """
    wish = read_wish(text, scene.setup.school, scene.person.id, scene.now)
    if wish is None or (not wish.plain and (scene.out() or kept(scene))):
        return None
    if scene.out() and sounds_alarming(text):
        _write(scene, text, urgent=True)
    return talk.begin_wish(scene, wish)


def _write(scene: Scene, text: str, *, urgent: bool) -> None:
    words = tidy(text)[:MOST_CHARACTERS]
    for visit in scene.out():
        scene.do(visit.id, c.Write(scene.person.id, words, urgent=urgent))


def _means(scene: Scene, text: str, meant: Meant) -> Reply | None:
    """Do it; None where it could only be meant by somebody else."""
    if meant.action == "not_over" and meant.reference:
        return not_over(scene, meant.reference)
    if meant.reference:
        return named(scene, meant)
    if meant.action in {"approve", "decline", "on_it", "safe", "call_back", "watching"}:
        return about_watched(scene, meant.action)
    if meant.action in {"stand_by", "cannot_stand_by"}:
        return standing_by(scene, meant.action)
    if meant.action in NAMING:
        return naming(scene, meant.action)
    if meant.action == "yes":
        return press(scene, Press("ok")) if scene.is_asked() else None
    if meant.action == "leave" and (out := scene.out()):
        _write(scene, text, urgent=False)
        card = written.leaving_there(scene.view(out[0]))
        return Reply(card.title, special=card)
    if meant.action == "uneasy" and not _can_be_uneasy(scene):
        return None  # nobody watches over them: it is danger, or nothing that a press means
    if meant.action == "not_over":
        return None if scene.out() else not_over(scene)
    if meant.action in AMENDING and scene.out():
        return None  # from somebody out it may say that something is wrong (S4)
    candidates = _own(scene, meant.action)
    if len(candidates) > 1:
        question = WHICH[meant.action]
        views = [scene.view(visit) for visit in candidates]
        carried = {} if meant.action == "concern" else meant.values  # words are typed again
        return Reply(special=written.which_visit(views, meant.action, question, carried))
    if candidates and (at := _past(scene, meant)):
        _write(scene, text, urgent=False)
        card = written.past_return(scene.view(candidates[0]), f"{at:%H:%M}")
        return Reply(card.title, special=card)
    if meant.unsure is None:
        visit = candidates[0].id if candidates else ""
        return press(scene, Press(meant.action, visit, args=meant.values))
    return None


def _can_be_uneasy(scene: Scene) -> bool:
    """Out, or reported back by others: their own word is believed over that (S3)."""
    return bool(scene.out() or reported_back(scene))


def _past(scene: Scene, meant: Meant) -> datetime | None:
    """The new return, where it is past: "back at 2" may then say that they are back."""
    until = moment(meant.values.get("until", ""), scene)
    if isinstance(until, datetime) and until <= scene.now:
        return scene.setup.school.local(until)
    return None


def _own(scene: Scene, action: str) -> list[Visit]:
    """The visits of their own that such words could be about, where there is a choice (S14)."""
    if action in {"back", "more_time"}:
        return scene.out()
    if action == "concern":
        return of_concern(scene)
    if action in AMENDING:
        return not_left(scene)
    if action in {"leave", "cancel"} and not scene.out():
        return [v for v in scene.live() if action != "cancel" or v.lead == scene.person.id]
    return []


def _without_words(scene: Scene) -> Reply:
    """A voice message, a picture, a file, a place on a map: it may be anything, and so it is told
    to whoever watches that it came, and its sender is asked (S4). What was half asked still is.
    """
    out = scene.out()
    _write(scene, "", urgent=False)
    card = written.cannot_open(
        likely_buttons(scene, "", out), is_out=bool(out), is_asked=bool(scene.live())
    )
    reply = Reply(card.title, special=card)
    half_asked = not scene.inbound.in_office and kept(scene) is not None
    return talk.aside(scene, reply) if half_asked else reply


def _not_understood(scene: Scene, text: str, meant: Meant | None) -> Reply:
    out, alarming = scene.out(), sounds_alarming(text)
    _write(scene, text, urgent=alarming)
    if out and meant and meant.unsure:
        options = time_options(meant.unsure, scene.setup.school)
        card = written.which_time(scene.view(out[0]), meant.unsure.why, options)
    elif out:
        passed_on = all(visit.details for visit in out)
        buttons = () if alarming else likely_buttons(scene, text, out)
        card = written.not_understood_out(passed_on=passed_on, alarming=alarming, likely=buttons)
    elif alarming:
        card = general.help_choice()
    else:
        card = written.not_understood(likely_buttons(scene, text, out))
    return Reply(card.title, special=card)
