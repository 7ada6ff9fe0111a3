"""``draw(name, view)``: the one way from a card's name to a card; ``draw_overview`` for those about
no single visit.

Whoever may see nothing of it gets a polite sentence, whatever the name (P6). The lists of names are
``CARDS`` and ``ABOUT_NO_VISIT``; the gallery and the contract suites walk them.
"""

from collections.abc import Callable, Mapping

from bot.cards import (
    alarm,
    approval,
    at_the_door,
    board,
    departure,
    flags,
    general,
    mine,
    notices,
    out,
    over,
    prompt,
    refused_departure,
    script,
    settings,
    standby,
    tidings,
    undelivered,
    unheard,
    warning,
    watching,
    whereabouts,
)
from bot.cards.model import Card
from bot.cards.overview import Overview
from bot.cards.unbroken import unbroken
from bot.cards.view import View
from bot.domain.roles import OFFICE, Audience

CARDS: Mapping[str, Callable[[View], Card]] = {
    "approval": approval.approval,
    "unanswered": approval.unanswered,
    "mine": mine.mine,
    "refused_departure": refused_departure.refused_departure,
    "not_left": notices.not_left,
    "stand_by": standby.stand_by,
    "departure": departure.departure,
    "otherwise": departure.otherwise,
    "out": out.out,
    "prompt": prompt.prompt,
    "new_return": prompt.new_return,
    "arrived": at_the_door.arrived,
    "nudge": at_the_door.nudge,
    "amber": tidings.amber,
    "concern": tidings.concern,
    "receipt": tidings.receipt,
    "warning": warning.warning,
    "due": notices.due,
    "back": notices.back,
    "moved": notices.moved,
    "said": notices.said,
    "news": notices.news,
    "extension": notices.extension,
    "unwatched": watching.unwatched,
    "undelivered": undelivered.undelivered,
    "unheard": unheard.unheard,
    "alarm": alarm.alarm,
    "over": over.over,
    "script": script.script,
    "risks": script.risks,
}
ABOUT_NO_VISIT: Mapping[str, Callable[[Overview], Card]] = {
    "board": board.board,
    "settings": settings.settings,
    "whereabouts": whereabouts.whereabouts,
    "unheard_school": unheard.unheard_school,
    "flags": flags.flags,
    "flag_due": flags.flag_due,
}
"""Cards about the school, drawn from what this reader may see of it."""
_MAY_READ: Mapping[str, tuple[str, ...]] = {
    "board": ("office",),
    "settings": ("admin", "head", "office"),
    "unheard_school": ("office",),
}
"""Whose each of these is: roles, the office channel being ``office``. Any other says of itself what
its reader may see.
"""

_ALL = frozenset({"approval"})
"""Cards that show everything: only for visitors, approvers and the DSL."""
_VISITORS = frozenset(
    {"mine", "refused_departure", "out", "prompt", "new_return", "arrived", "nudge", "unheard"}
)
_BY_NAME = frozenset({"concern", "receipt"})
"""Cards that say themselves whose they are: whoever was told by name, also where they may see
nothing else of the visit, and whoever wrote it.
"""
_DIRECT = frozenset({"script", "risks", "warning"})
"""Cards that never go into a channel (P3)."""
_WATCHERS = frozenset(CARDS) - _VISITORS - _BY_NAME - {"due", "back", "alarm", "warning"}
"""Not for visitors: what they were sent before they came along turns into their own card."""
_BEFORE_TOO = frozenset(
    {"approval", "unanswered", "mine", "refused_departure", "not_left", "stand_by", "unheard"}
)
"""Cards that can be drawn before anybody has left."""


def draw(name: str, view: View) -> Card:
    """Give the card as it now is, for this reader."""
    return unbroken(_drawn(name, view))


def _drawn(name: str, view: View) -> Card:
    audience = view.audience
    if name == "undelivered" and audience is Audience.NOTHING and _is_admin(view):
        return undelivered.to_admin()
    if name in _BY_NAME:
        return CARDS[name](view) if view.visit.watch else general.not_yours()
    if audience is Audience.NOTHING and not _may_still_see(name, view):
        return general.not_yours()
    if name in _ALL and audience is not Audience.ALL:
        return general.not_yours()
    if name in _DIRECT and view.reader == OFFICE:
        return general.not_yours()
    if name in _VISITORS and view.reader == OFFICE:
        return general.not_yours()
    is_visitor = view.reader in view.visit.visitors
    if name in _VISITORS and name != "mine" and not is_visitor:
        return general.not_yours()
    if name in _WATCHERS and is_visitor:
        return mine.mine(view)
    if name == "stand_by" and not _stands_by(view):
        return general.not_yours()
    if name == "refused_departure" and view.visit.watch:
        return out.out(view)
    if name not in _BEFORE_TOO and view.visit.watch is None:
        return general.sentence(f"Nobody has left on visit {view.visit.reference} yet.")
    return CARDS[name](view)


def draw_overview(name: str, overview: Overview) -> Card:
    """Give a card about no single visit as it now is, for this reader."""
    if not may_read(name, overview):
        return general.not_yours()
    return unbroken(ABOUT_NO_VISIT[name](overview))


def may_read(name: str, overview: Overview) -> bool:
    """Whether a card about no single visit is for this reader at all."""
    return name not in _MAY_READ or overview.stands_for(*_MAY_READ[name])


def _may_still_see(name: str, view: View) -> bool:
    """Somebody taken off a visit is told just that: the card has nothing else for them. So is
    whoever was asked to stand by.
    """
    if view.reader == OFFICE:
        return False
    return name == "mine" or (name == "stand_by" and _stands_by(view))


def _stands_by(view: View) -> bool:
    """Whether this reader is asked to stand by, or was."""
    plan = view.visit.plan
    if view.reader in plan.kept_from:
        return False
    return plan.part_of(view.reader) is not None or any(
        word.by == view.reader for word in view.visit.words
    )


def _is_admin(view: View) -> bool:
    person = view.facts.school.person(view.reader)
    return person is not None and "admin" in person.roles
