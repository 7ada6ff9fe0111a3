"""The message that somebody pressed on, as it is by now: what it would be edited into."""

import logging

from bot.cards.model import Card
from bot.domain.roles import OFFICE
from bot.engine.bundles import as_card, views_in
from bot.engine.faults import where
from bot.engine.scene import Scene

log = logging.getLogger(__name__)


def afresh(scene: Scene) -> Card | None:
    """None where there is no such message, or it isn't this person's; nor the office's, pressed
    there by somebody who may know of what it shows (P5, P6); nor for one about no visit, which many
    changes edit together.
    """
    inbound, setup = scene.inbound, scene.setup
    if not inbound.pressed_on:
        return None
    shown = scene.uow.outbox.shown(setup.school.id, inbound.channel, inbound.pressed_on)
    readers = {scene.person.id, *({OFFICE} if inbound.in_office else ())}
    if shown is None or not shown.visit or shown.recipient not in readers:
        return None
    views = views_in(shown, inbound.pressed_on, setup, scene.now, scene.uow)
    if shown.recipient == OFFICE and not all(scene.visit(view.visit.id) for view in views):
        return None
    try:
        return as_card(shown, views)
    except Exception as problem:  # noqa: BLE001 - a card that can't be drawn undoes no deed
        log.error("what was pressed on can't be drawn: %s", where(problem))  # noqa: TRY400
        return None
