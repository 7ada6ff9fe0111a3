"""A form half asked in messages: what is kept of it, sealed, until it is sent or stopped."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.cards.model import Form
from bot.engine.scene import Scene

DRAFT = "talk"
FRESH_OUT = timedelta(minutes=10)
FRESH = timedelta(hours=12)
PRIVATE = frozenset({"concern_words"})
MOST_PARKED = 20_000


@dataclass(frozen=True, slots=True)
class Talk:
    """``asked`` is the field asked about now, empty at the summary; ``done`` those that have been
    asked, in order. ``back`` is a return that can be read once the leaving is known; ``parked`` an
    earlier talk that this one interrupted.
    """

    form: str
    visit: str
    version: int
    touched: str
    args: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, list[list[str]]] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    asked: str = ""
    turn: int = 0
    unread: tuple[str, ...] = ()
    back: str = ""
    parked: str = ""

    @property
    def is_a_request(self) -> bool:
        """Whether a new visit is asked for."""
        return (self.form, self.visit) == ("plan", "")

    def is_about(self, form: Form) -> bool:
        """Whether it is this form that is asked."""
        return (self.form, self.visit) == (form.name, form.visit)


def kept(scene: Scene) -> Talk | None:
    """The talk of this person, or None."""
    draft = scene.uow.drafts.get(scene.setup.school.id, scene.person.id, DRAFT)
    return _read(draft["talk"]) if draft and "talk" in draft else None


def keep(scene: Scene, talk: Talk) -> None:
    """Keep it over a restart."""
    text = json.dumps(asdict(talk), ensure_ascii=False)
    scene.uow.drafts.keep(scene.setup.school.id, scene.person.id, DRAFT, {"talk": text})
    scene.changed = True


def drop(scene: Scene, talk: Talk) -> Talk | None:
    """Forget it; whatever it interrupted is the talk again."""
    scene.uow.drafts.drop(scene.setup.school.id, scene.person.id, DRAFT)
    scene.changed = True
    before = _read(talk.parked) if talk.parked else None
    if before:
        keep(scene, before)
    return before


def park(talk: Talk | None) -> str:
    """The talk that another one interrupts, as that one keeps it."""
    text = json.dumps(asdict(talk), ensure_ascii=False) if talk else ""
    return text if len(text) <= MOST_PARKED else ""


def asleep(scene: Scene, talk: Talk) -> bool:
    """Whether a message is no answer any more. What somebody out writes long after the question, or
    once they have been asked whether they are OK, is for whoever watches (S4). Words to a concern
    may be about a child, and are not shown to them because a question came between.
    """
    touched = datetime.fromisoformat(talk.touched)
    out = scene.out()
    if not out:
        return scene.now - touched > FRESH
    mine = [m for visit in out if visit.watch and (m := visit.watch.visitor(scene.person.id))]
    asked = any(m.in_trouble or (m.prompt and m.prompt.asked_at > touched) for m in mine)
    asked = asked and talk.form not in PRIVATE
    limit = min(FRESH_OUT, 2 * scene.setup.policy.check_in_reply_within)
    return asked or scene.now - touched > limit


def _read(text: str) -> Talk:
    stored: dict[str, Any] = json.loads(text)
    return Talk(**{**stored, "done": tuple(stored["done"]), "unread": tuple(stored["unread"])})
