"""A message that its writer changed, or brought back. Distress is heard as in a new one (S4);
nothing else is done, since what it said before may have been done already, and long ago. Whoever
wrote it is told so, with what may be pressed instead.

What counts of a message is kept beside its delivery: that it called for help, so that a slip mended
in it calls nobody twice; and that it was in confidence, so that its words go to nobody else now.
"""

from collections.abc import Callable
from typing import Protocol

from bot.cards import general, written
from bot.domain.alarming import sounds_alarming
from bot.domain.reading.sayings import Meant, read_saying
from bot.domain.visit import Visit
from bot.engine.likely import likely_buttons
from bot.engine.scene import DISTRESS, IN_CONFIDENCE, Reply, Scene
from bot.engine.thanks import thanks
from bot.ports import Say

CALLS = {"help": "help", "danger": "help", "uneasy": "uneasy"}
"""What words of distress do."""


class Writes(Protocol):
    """Shows the words to whoever watches."""

    def __call__(self, *, urgent: bool) -> None: ...


def keep_what_it_was(scene: Scene) -> None:
    """Beside the delivery of a message that did something."""
    key = _key(scene)
    if key and scene.was:
        was = _was(scene) | scene.was
        scene.uow.inbox.claim(scene.setup.school.id, scene.inbound.channel, key, scene.now)
        memory = dict.fromkeys(sorted(was), "yes")
        scene.uow.inbox.remember(scene.setup.school.id, scene.inbound.channel, key, memory)


def rewritten(
    scene: Scene,
    message: Say,
    does: Callable[[Meant], Reply | None],
    writes: Writes,
) -> Reply:
    """Answer words as they now are. ``does`` acts on what was meant."""
    text, was, out = message.text, _was(scene), scene.out()
    meant = read_saying(text, scene.now, scene.setup.school.zone)
    calls = CALLS.get(meant.action) if meant else None
    if meant and calls and calls not in was:
        reply = does(meant)
        if reply is not None:
            return reply
    called = "help" in was and calls == "help"
    alarms = [visit for visit in out if visit.alarm]
    if called and alarms:
        return Reply(thanks("help", scene.view(alarms[0])))
    if calls or sounds_alarming(text):
        return _alarming(scene, was, writes)
    if meant is None and not out:
        return Reply()
    likely = likely_buttons(scene, text, out)
    if meant or IN_CONFIDENCE in was:
        return Reply(special=written.write_anew(likely))
    writes(urgent=False)
    return Reply(special=written.not_understood_out(passed_on=_passed_on(out), likely=likely))


def _alarming(scene: Scene, was: set[str], writes: Writes) -> Reply:
    """It sounds like danger: whoever watches has it at once, and help is offered first."""
    out = scene.out()
    if not out:
        return Reply(special=general.help_choice())
    if IN_CONFIDENCE in was:
        return Reply(special=written.confided(written.REWRITTEN))
    writes(urgent=True)
    return Reply(special=written.not_understood_out(passed_on=_passed_on(out), alarming=True))


def _passed_on(out: list[Visit]) -> bool:
    """Whether the words can be kept, and so be read."""
    return all(visit.details for visit in out)


def _was(scene: Scene) -> set[str]:
    key = _key(scene)
    school, channel = scene.setup.school.id, scene.inbound.channel
    known = scene.uow.inbox.recall(school, channel, key) if key else None
    return {*(known or ())} & {*DISTRESS.values(), IN_CONFIDENCE}


def _key(scene: Scene) -> str:
    act = scene.inbound.act
    written = isinstance(act, Say) and act.message
    return f"{scene.person.id}.{written}.was" if written else ""
