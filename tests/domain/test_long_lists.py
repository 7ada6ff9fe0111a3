"""Lists of many: in the right order, within what every channel can carry, and nobody lost (S9)."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cards.board import ROWS, board
from bot.cards.draw import draw
from bot.cards.gallery.played import Scene
from bot.cards.gallery.scenes import scenes
from bot.cards.gallery.school import DETAILS, POLICY, SCHOOL, at
from bot.cards.listing import one_list
from bot.cards.model import Buttons, Card, Facts
from bot.cards.overview import Overview
from bot.cards.rows import urgency
from bot.cards.view import View
from bot.cards.whereabouts import whereabouts
from bot.domain.roles import OFFICE
from bot.domain.visit import InAlarm, Out

SCENES = scenes()
LONG = "Flat 14, the third door on the left behind the <b>green</b> garages & bins, 🐕 " * 6
PLAYED = {
    "plain": SCENES,
    "with long and awkward addresses": scenes(replace(DETAILS, place=LONG)),
}
MANY = (2, 3, 4, 8, 21, 50, 1000)


def visit(scene: Scene, number: int, reader: str) -> View:
    changed = replace(scene.visit, id=f"{number:032x}", reference=f"V-{1000 + number}")
    return replace(scene, visit=changed, now=at("15:40")).view(reader)


def some(count: int, reader: str, name: str = "silent, a leader told") -> list[View]:
    return [visit(SCENES[name], number, reader) for number in range(count)]


def shown(views: list[View], reader: str, **args: str) -> Overview:
    return Overview(SCHOOL, POLICY, reader, at("15:40"), args, tuple(views))


def slack_size(card: Card) -> tuple[int, int]:
    """Blocks, and characters of JSON, written as generously as any channel would."""
    blocks: list[object] = [{"type": "header", "text": {"type": "plain_text", "text": card.title}}]
    for number, block in enumerate(card.blocks):
        match block:
            case Buttons(buttons=buttons):
                elements = [
                    {
                        "type": "button",
                        "action_id": f"press.{number}.{place}",
                        "text": {"type": "plain_text", "text": b.label, "emoji": True},
                        "value": json.dumps([b.action, b.visit, b.version, dict(b.args)]),
                        "style": "primary",
                    }
                    for place, b in enumerate(buttons)
                ]
                blocks.append({"type": "actions", "elements": elements})
            case Facts(rows=rows):
                fields = [
                    {"type": "mrkdwn", "text": f"*{escaped(a)}*\n{escaped(b)}"} for a, b in rows
                ]
                blocks.append({"type": "section", "fields": fields})
            case other:
                body = escaped(getattr(other, "body", ""))
                blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": f"*{body}*"}})
    return len(blocks), len(json.dumps(blocks))


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def listed(views: list[View]) -> Card:
    return one_list([(view, draw("alarm", view)) for view in views])


def on_board(views: list[View]) -> Card:
    return board(shown(views, OFFICE))


def everybody(views: list[View]) -> Card:
    return whereabouts(shown(views, "lee"))


CARDS: list[Callable[[list[View]], Card]] = [listed, on_board, everybody]


@pytest.mark.parametrize("make", CARDS)
@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("places", PLAYED)
@pytest.mark.parametrize("name", ["silent, a leader told", "help, both", "out"])
def test_S9_however_many_the_card_stays_within_every_limit(
    make: Callable[[list[View]], Card], count: int, places: str, name: str
) -> None:
    reader = OFFICE if make is on_board else "lee"
    card = make([visit(PLAYED[places][name], number, reader) for number in range(count)])
    blocks, size = slack_size(card)
    assert blocks <= 50
    assert size <= 13_200
    assert len(card.notification) <= 120


def test_S9_a_few_are_whole_cards_more_are_rows_with_presses_and_the_rest_a_line_or_a_count() -> (
    None
):
    few = listed(some(2, "lee"))
    assert any(isinstance(block, Facts) for block in few.blocks)
    more = listed(some(8, "lee"))
    assert not any(isinstance(block, Facts) for block in more.blocks)
    assert [b.label for b in more.buttons].count("I'm on it") == 8
    many = listed(some(50, "lee"))
    pressed = {b.visit for b in many.buttons if b.action == "on_it"}
    lines = [word for word in many.words if "Nobody has it" in word]
    (count,) = [word for word in many.words if word.startswith("And ")]
    assert 4 < len(pressed) < 50
    assert len(lines) > 4
    assert f"And {50 - len(pressed) - len(lines)} more." in count
    assert many.buttons[-1].action == "whereabouts", "nobody is lost"
    assert "50 visits need you" in many.title


def test_S9_every_row_says_whom_to_ring_and_where() -> None:
    for count in (8, 50):
        words = listed(some(count, "lee")).words
        assert sum("14 Oak Road" in word for word in words) == sum(
            "Ring Ana Teach 07700 900001" in word for word in words
        )
        assert sum("14 Oak Road" in word for word in words) >= 8


def test_S9_somebody_beyond_the_first_page_of_where_is_everyone_is_on_a_later_one() -> None:
    views = some(1000, "lee")
    seen: set[str] = set()
    args: dict[str, str] = {}
    for _ in range(300):
        card = whereabouts(shown(views, "lee", **args))
        seen |= {b.visit for b in card.buttons if b.visit}
        more = [b for b in card.buttons if b.action == "whereabouts"]
        if not more:
            break
        args = dict(more[0].args)
    assert seen == {view.visit.id for view in views}


def test_a_page_that_is_nonsense_or_gone_is_the_first_one() -> None:
    views = some(3, "lee")
    first = whereabouts(shown(views, "lee"))
    for page in ("3", "99999", "-1", "x", "9" * 40, "²"):
        assert whereabouts(shown(views, "lee", **{"from": page})) == first


def test_S16_help_comes_first_then_the_longest_overdue_then_by_when_they_are_due() -> None:
    calm = SCENES["out"]
    order = [
        visit(SCENES["help"], 1, OFFICE),
        visit(SCENES["help, both"], 2, OFFICE),
        visit(SCENES["silent, a leader told"], 3, OFFICE),
        overdue(visit(SCENES["silent, both"], 4, OFFICE), minutes=7),
        due(visit(calm, 5, OFFICE), minutes=-60),
        visit(calm, 6, OFFICE),
        due(visit(calm, 7, OFFICE), minutes=60),
    ]
    card = on_board(list(reversed(order)))
    assert sorted([*order[3:], *order[:3]], key=urgency) == order
    rows = [word for word in card.words if "Due back" in word]
    assert ["asked for help" in row for row in rows] == [True] * 2 + [False] * 5
    assert ["o answer" in row for row in rows] == [False] * 2 + [True] * 2 + [False] * 3


def overdue(view: View, minutes: int) -> View:
    """The same, overdue so much later."""
    phase = view.visit.phase
    assert isinstance(phase, InAlarm)
    later = replace(phase.alarm, since=phase.alarm.since + timedelta(minutes=minutes))
    return replace(view, visit=replace(view.visit, phase=replace(phase, alarm=later)))


def due(view: View, minutes: int) -> View:
    then = view.watch.expected_return + timedelta(minutes=minutes)
    phase = Out(replace(view.watch, expected_return=then))
    return replace(view, visit=replace(view.visit, phase=phase))


def test_S16_the_board_has_twenty_rows_and_then_a_count() -> None:
    card = on_board(some(57, OFFICE, "out"))
    assert sum("Due back" in word for word in card.words) == ROWS == 20
    assert "And 37 more." in card.words
    assert card.title == "57 visits are out."
    assert "And" not in " ".join(on_board(some(20, OFFICE, "out")).words).split()


def test_S16_the_board_is_pinned_and_says_as_of_when_also_while_nobody_is_out() -> None:
    for card in (on_board([]), on_board(some(1, OFFICE, "out"))):
        assert card.pinned
        assert "as of 15:40" in card.notification
        assert any("s of 15:40" in word for word in card.words)
    assert on_board([]).title == "Nobody is out, as of 15:40."
