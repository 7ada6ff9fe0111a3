"""Without an office channel, each holder of the role office is written to (P5)."""

import pytest

from bot.domain.visit import InAlarm
from bot.ports import Store
from tests.stories.cast import school_text
from tests.stories.world import World, out, said

NO_CHANNEL = {
    "no channel": school_text().replace('web = "office"', ""),
    "a channel that is off": school_text().replace('web = "office"', 'slack = "C0OFFICE"'),
}
PAM = """
[[people]]
id = "pam"
name = "Pam Front"
roles = ["office"]
phone = "+44 7700 900010"
web = "pam"
"""


@pytest.fixture(params=NO_CHANNEL)
def world(store: Store, request: pytest.FixtureRequest) -> World:
    return World(store, text=NO_CHANNEL[request.param] + PAM)


async def test_P5_without_an_office_channel_its_people_are_written_to(world: World) -> None:
    await out(world)
    for person in (world.olu, world.pam):
        person.sees("Out: Ana Teach")
    known = len(world.chat.log)
    await world.until("13:50")
    assert {"13:50:00 olu", "13:50:00 pam"} <= set(world.moments(known))
    for person in (world.olu, world.pam):
        assert "Ring" in said(person.sees("No answer from Ana Teach").card)
        assert not person.has_button("Show risks")  # they stand for the office, not for a role
    await world.pam.presses("I'm on it")
    world.olu.sees("Pam Front has it")
    await world.ana.presses("I'm OK")
    world.olu.sees("It's over")
    await world.ana.presses("I'm back")
    world.pam.sees("Ana Teach is back")
    assert world.office_messages == []


async def test_P5_S8_one_holder_who_is_reached_is_the_office_reached(world: World) -> None:
    visit = await out(world)
    world.chat.dead |= {"olu", "bo"}
    await world.until("13:54:59")
    phase = (await world.visit(visit.id)).phase
    assert isinstance(phase, InAlarm)
    assert phase.alarm.rung == 0
    assert not phase.alarm.unheard


async def test_P5_S8_no_holder_who_is_reached_is_the_office_not_reached(world: World) -> None:
    visit = await out(world)
    world.chat.dead |= {"olu", "pam", "bo"}
    await world.until("13:50")
    phase = (await world.visit(visit.id)).phase
    assert isinstance(phase, InAlarm)
    assert phase.alarm.rung > 0


async def test_P5_S7_an_office_holder_on_the_visit_is_never_told_as_the_office(
    world: World,
) -> None:
    visit = await out(world, companions="pam")
    await world.until("13:50")
    phase = (await world.visit(visit.id)).phase
    assert isinstance(phase, InAlarm)
    assert "olu" in phase.alarm.counting
    assert "pam" not in phase.alarm.counting
    assert not world.pam.has_button("I'm on it")


async def test_P5_S8_with_neither_channel_nor_holder_the_ladder_climbs(store: Store) -> None:
    text = NO_CHANNEL["no channel"].replace('["office", "admin"]', '["admin"]')
    world = World(store, text=text)
    visit = await out(world)
    world.chat.dead |= {"bo"}
    await world.until("13:50")
    phase = (await world.visit(visit.id)).phase
    assert isinstance(phase, InAlarm)
    assert phase.alarm.rung > 0


async def test_P5_S15_whoever_stands_in_for_an_absent_holder_is_written_to(store: Store) -> None:
    days = 'from = "2026-11-23"\nto = "2026-11-24"\ninstead = "tom"'
    away = "".join(f'\n[[away]]\nperson = "{person}"\n{days}\n' for person in ("olu", "pam"))
    world = World(store, text=NO_CHANNEL["no channel"] + PAM + away)
    await out(world)
    world.tom.sees("Out: Ana Teach")
    assert world.olu.messages == []
