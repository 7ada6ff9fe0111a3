"""Two people of one name: whoever chooses sees which of them, and nobody else learns anything."""

from collections.abc import Sequence

import pytest

from bot.cards.model import Choice, Form
from bot.ports import Store
from tests.kit import KIT
from tests.stories.world import REQUEST, World, out

BOTH = ["Sam Assist (sam)", "Sam Assist (sam2)"]
SECOND = """
[[people]]
id = "sam2"
name = "Sam  Assist"
roles = ["pastoral_head"]
phone = "+44 7700 900077"
web = "sam2"
"""


@pytest.fixture
def world(store: Store) -> World:
    return World(store, extra=SECOND)


def sams(form: Form, name: str) -> Sequence[str]:
    (field,) = (each for each in form.fields if each.name == name)
    assert isinstance(field, Choice)
    return [" ".join(label.split()) for _, label in field.options if label.startswith("Sam")]


async def test_they_are_told_apart_wherever_people_are_chosen(world: World) -> None:
    await world.ana.says("visit")
    assert sams(world.ana.form, "companions") == sams(world.ana.form, "contact") == BOTH
    await world.ana.fills({**REQUEST, "companions": "sam,sam2"})
    await world.ana.says("hand over")
    assert sams(world.ana.form, "to") == BOTH
    await world.priya.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    assert sams(world.ana.form, "going") == BOTH
    await world.ana.fills(kit=KIT)
    await world.olu.presses("They phoned: OK", office=True)
    assert sams(world.olu.form, "visitor") == BOTH
    await world.ana.says("help")
    await world.advance("5m")
    await world.lee.presses("They are safe")
    assert sams(world.lee.form, "who") == BOTH


async def test_a_name_in_words_that_fits_both_is_asked_and_its_answer_is_one_of_them(
    world: World,
) -> None:
    await world.ana.says("visit 14 Oak Road 13:15-14:00 with Sam Assist")
    assert "Which Sam Assist do you mean?" in world.ana.told
    await world.ana.presses("Sam Assist (sam)")
    assert "Sam Assist (sam)" in world.ana.told
    assert "Sam Assist (sam2)" not in world.ana.told


async def test_P2_neither_a_role_nor_a_phone_tells_them_apart(world: World) -> None:
    await world.ana.says("visit")
    (field,) = (each for each in world.ana.form.fields if each.name == "companions")
    shown = str(field).casefold()
    assert "pastoral" not in shown
    assert "900077" not in shown


async def test_whoever_has_no_namesake_is_their_name(world: World) -> None:
    await world.ana.says("visit")
    (field,) = (each for each in world.ana.form.fields if each.name == "companions")
    assert isinstance(field, Choice)
    assert dict(field.options)["bo"] == "Bo Buddy"


async def test_the_namesake_of_somebody_on_a_visit_sees_nothing_of_it(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.sam2.does_on(visit, "ok")
    assert world.sam2.turned_away
    assert world.sam2.messages == []
    await world.sam.does_on(visit, "ok")
    assert not world.sam.turned_away
