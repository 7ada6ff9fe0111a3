"""The two or three likeliest presses for a message that wasn't understood: by its wording, and by
what this person can do now. Help stands apart, on the card.
"""

import re

from bot.cards.general import HOW, PLAN
from bot.cards.model import Button
from bot.domain.reading.correction import read_correction, read_swap
from bot.domain.reading.likeliest import likeliest
from bot.domain.reading.sayings import perhaps
from bot.domain.visit import Approved, Visit
from bot.engine.deeds.request import PREFILLED
from bot.engine.scene import Scene

MOST = 3
OK = Button("I'm OK", "ok", style="primary")
BACK = Button("I'm back", "back")
LONGER = Button("I need more time", "more_time")
MINE = Button("My visits", "mine")
OUT = (OK, BACK, LONGER, Button("I've arrived", "arrived"), Button("Gone somewhere else", "moved"))
LEAVE = (
    Button("I'm leaving now", "leave", style="primary"),
    Button("I've already left", "already_left"),
)
_PLACE = re.compile(r"(?:change |new )?address(?: is| to)?:? +(\S.{2,})", re.IGNORECASE)
_ABOUT_THE_PLAN = re.compile(
    r"\b(ill|sick|off today|not coming|can.?t (come|make)|instead|change|swap|later|earlier|"
    r"postpone|moved? to|different|wrong (address|time|day))\b"
)
ANYBODY = (PLAN, HOW, MINE, Button("Show the policy", "policy"))


def likely_buttons(scene: Scene, text: str, out: list[Visit]) -> tuple[Button, ...]:
    """What they may well have meant; then what people in their place mostly do."""
    if not out and (change := _change(scene, text)):
        return change, MINE, LEAVE[0]
    usual = _usual(scene, out)
    by_action = {button.action: button for button in (*usual, *ANYBODY, *_now_and_then(scene))}
    near = [by_action[action] for action in likeliest(text, by_action)]
    if len(out) == 1 and (more := perhaps(text, scene.now, scene.setup.school.zone)):
        label, values = more
        near.insert(0, Button(label, "more_time", out[0].id, out[0].version, values))
    return tuple({button.label: button for button in (*near, *usual)}.values())[:MOST]


def _change(scene: Scene, text: str) -> Button | None:
    """Words about the plan, from its lead: Change the plan, filled in with what is clear."""
    waiting = [v for v in scene.live() if v.watch is None and v.lead == scene.person.id]
    if len(waiting) != 1:
        return None
    visit, values = waiting[0], {}
    if place := _PLACE.match(text):
        values["place"] = " ".join(place[1].split())[:200]
    elif wish := read_correction(text, scene.setup.school, scene.person.id, scene.now):
        values = {name: wish.values[name] for name in PREFILLED if name in wish.values}
        if "companions" in values:
            both = (*visit.plan.companions, *values["companions"].split(","))
            values["companions"] = ",".join(dict.fromkeys(both))
    elif swap := read_swap(text, scene.setup.school.people):
        off, on = swap
        if on.phone and on.id != visit.lead:
            others = (on.id if each == off.id else each for each in visit.plan.companions)
            values["companions"] = ",".join(dict.fromkeys(others))
    elif not _ABOUT_THE_PLAN.search(text.casefold()):
        return None
    return Button("Change the plan", "change_plan", visit.id, visit.version, values, "primary")


def _now_and_then(scene: Scene) -> tuple[Button, ...]:
    """Offered only where the wording comes near it."""
    planned = [v for v in scene.live() if not v.is_out and v.lead == scene.person.id]
    if len(planned) != 1:
        return ()
    visit = planned[0]
    return (Button("Cancel the visit", "cancel", visit.id, visit.version),)


def _usual(scene: Scene, out: list[Visit]) -> tuple[Button, ...]:
    if out:
        return OUT
    if any(isinstance(visit.phase, Approved) for visit in scene.live()):
        return (*LEAVE, MINE)
    return (PLAN, MINE, HOW) if scene.live() else (PLAN, HOW)
