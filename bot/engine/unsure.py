"""Somebody at an address of the school of whom their channel has not said yet who they are: it may
be a guest's. What keeps them safe counts (S3, S4); nothing is shown to them, and nothing else done.
"""

from collections.abc import Callable
from dataclasses import replace

from bot.cards import general
from bot.domain.alarming import sounds_alarming
from bot.domain.reading.sayings import read_saying
from bot.engine.scene import Reply, Scene
from bot.ports import Press, Say, Submit

OWN = frozenset(
    {"ok", "arrived", "more_time", "moved", "back", "uneasy", "mistake"}
    | {"help", "danger", "already_left", "watch_me"}
)
"""What somebody says of themselves: it decides nothing for anybody else, and ends no alarm."""
FORMS = frozenset({"more_time", "moved"})
BARE = frozenset({"out", "prompt", "alarm"})
"""Cards of theirs in which nothing about the family stands."""
WAIT = (
    "I can't tell yet whose account this is, so I show nothing here and do nothing else. Please "
    "try again in a minute. If you have left already, write: already left. In danger, write: help."
)


def unsure(scene: Scene, act: Callable[[Scene], Reply]) -> Reply:
    """Let what keeps them safe be done by ``act``; everything else waits."""
    scene.person = replace(scene.person, roles=frozenset())
    if _is_own(scene):
        return _bare(act(scene))
    said = scene.inbound.act
    if isinstance(said, Say) and sounds_alarming(said.text):
        return Reply(special=general.help_choice())
    return Reply(WAIT)


def _is_own(scene: Scene) -> bool:
    match scene.inbound.act:
        case Press() as pressed:
            return pressed.action in OWN and _is_theirs(scene, pressed.visit)
        case Submit() as sent:
            return sent.form in FORMS and _is_theirs(scene, sent.visit)
        case Say(changed=True):
            return True  # only distress is heard of a message that was changed
        case Say(text=text):
            meant = read_saying(text, scene.now, scene.setup.school.zone)
            if meant is None:
                return bool(scene.out())  # it is for whoever watches
            return meant.action in OWN and not meant.reference


def _is_theirs(scene: Scene, visit_id: str) -> bool:
    """No visit in particular, or one that they are on or may have left on (S1)."""
    visit = scene.uow.visits.get(scene.setup.school.id, visit_id) if visit_id else None
    return visit is None or scene.person.id in {*visit.visitors, *visit.taken_off}


def _bare(reply: Reply) -> Reply:
    """Without any card that says more than they know."""
    plain = (general.help_choice(), general.no_plan())
    if (reply.card and reply.card not in BARE) or (reply.special and reply.special not in plain):
        return Reply(reply.words or WAIT)
    return reply
