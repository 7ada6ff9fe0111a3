"""The ladder played ahead before anybody leaves, and what then really happens."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.domain.ahead import Ahead, worst
from bot.domain.facts import Facts
from bot.domain.visit import Approved, Requested, Visit
from bot.engine.gather import gather
from bot.ports import Answer, Store, UnitOfWork
from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.kit import ticked
from tests.stories.world import START, World, asked

EVENING = datetime.fromisoformat("2026-11-23T18:30:00+00:00")
LEADERS = """
[[policy.ladder]]
after = "0m"
tell = ["contact", "office", "senior_leader"]
"""
LEE_IS_AWAY = """
[[away]]
person = "lee"
from = "2026-11-23"
to = "2026-11-23"
"""
IN_THE_EVENING = {
    "leaving_at": "2026-11-23T18:45",
    "return_at": "2026-11-23T19:30",
    "companions": "sam",
}


@dataclass(frozen=True)
class School:
    """What a school file says besides, and when Ana goes: at this time, for so many minutes."""

    extra: str
    start: str = "13:00"
    minutes: int = 45
    contact: str = "bo"


OTHER_TIMES = """
[policy]
check_in.every = "20m"
check_in.reply_within = "3m"
check_in.not_within = "5m"
return.grace = "7m"
[[policy.ladder]]
after = "0m"
tell = ["visitors", "office"]
[[policy.ladder]]
after = "2m"
tell = ["leader", "contact"]
[[policy.ladder]]
after = "9m"
tell = ["dsl", "office"]
[[policy.ladder]]
after = "20m"
tell = ["head", "staff"]
"""
SCHOOLS = {
    "as it is": School(""),
    "long": School("", minutes=175),
    "short": School("", minutes=15),
    "other times": School(OTHER_TIMES),
    "nobody named": School("", contact=""),
    "the office closes in the middle": School(OTHER_TIMES, "17:30", 60),
    "in the evening": School("", "19:00"),
    "at the weekend, with people away": School(
        LEE_IS_AWAY.replace("23", "22")
        + '[[away]]\nperson = "priya"\nfrom = "2026-11-22"\nto = "2026-11-22"\ninstead = "tom"\n',
        "sunday",
    ),
    "across midnight, when an absence begins": School(
        LEE_IS_AWAY.replace("23", "24") + OTHER_TIMES, "23:00", 90
    ),
    "a leader on duty": School(
        '[[duty]]\non = "mon"\nperson = "okoro"\n[[policy.ladder]]\nafter = "0m"\n'
        'tell = ["duty_leader"]\n[[policy.ladder]]\nafter = "5m"\ntell = ["senior_leader"]\n'
    ),
}


def start_of(school: School) -> datetime:
    if school.start == "sunday":
        return START - timedelta(days=1)
    hour, minute = map(int, school.start.split(":"))
    return START.replace(hour=hour, minute=minute)


def spelled(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}"


async def played_ahead(world: World, visit: Visit) -> Ahead:
    def facts(uow: UnitOfWork) -> Facts:
        return gather(uow, visit, world.engine.setup, world.clock.moment)

    return worst(visit, await world.store.transact(facts))


def first_told(world: World, since: int) -> dict[str, datetime]:
    """When each recipient had an alarm for the first time."""
    found: dict[str, datetime] = {}
    for posted in world.chat.log[since:]:
        if any(button.label == "I'm on it" for button in posted.card.buttons):
            found.setdefault(posted.address, posted.at)
    return found


@pytest.mark.parametrize("school", SCHOOLS.values(), ids=SCHOOLS)
async def test_everybody_is_told_at_the_moment_that_was_promised(school: School) -> None:
    start = start_of(school)
    world = World(MemoryStore(Kept()), extra=school.extra, start=start)
    leaving = start + timedelta(minutes=15)
    visit = await asked(
        world,
        leaving_at=spelled(leaving),
        return_at=spelled(leaving + timedelta(minutes=school.minutes)),
        contact=school.contact,
        companions="sam",
    )
    approver = next(person for person in world.people.values() if person.has_button("Approve"))
    await approver.presses("Approve")
    visit = await world.visit(visit.id)
    assert isinstance(visit.phase, Approved)
    promised = await played_ahead(world, visit)
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    while (due := await world.catch_up()) and due < promised.heard:
        world.clock.moment = due
        await world.catch_up()
        for who in (world.ana, world.sam):
            await who.says("ok")
    world.clock.moment = promised.heard
    if promised.heard > leaving:
        for who in (world.ana, world.sam):
            await who.says("ok")
    since = len(world.chat.log)
    await world.advance("4h")
    visitors = {"ana", "sam"}
    expected: dict[str, datetime] = {}
    for told in promised.told:
        for recipient in told.tell:
            expected.setdefault(recipient, told.at)
    happened = first_told(world, since)
    assert {who: at for who, at in happened.items() if who not in visitors} == {
        who: at for who, at in expected.items() if who not in visitors
    }


async def test_a_visit_that_would_reach_nobody_waits_until_that_is_mended(store: Store) -> None:
    world = World(store, extra=LEADERS + LEE_IS_AWAY, start=EVENING)
    visit = await asked(world, **IN_THE_EVENING, contact="")
    for person in (world.priya, world.ana):
        told = person.sees("nobody would be reached")
        assert "Dan Lee is away" in " ".join(told.card.words)
        assert "Dan Lee" not in told.card.notification
    world.tom.does_not_see("Dan Lee")
    assert world.tom.messages == world.bo.messages == []
    await world.priya.presses("Approve")
    assert "nobody would be reached" in world.priya.told
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.ana.presses("Change the plan")
    await world.ana.fills(contact="bo")
    world.priya.sees("Bo Buddy hasn't said yes yet")
    await world.bo.presses("I'll be reachable")
    world.priya.sees("Worst case, silent from 18:50: I tell Bo Buddy by 19:35; 45 minutes.")
    world.priya.answer = Answer()
    await world.priya.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)


async def test_S1_whoever_has_left_all_the_same_is_watched_and_it_is_told(store: Store) -> None:
    world = World(store, extra=LEADERS + LEE_IS_AWAY, start=EVENING)
    await asked(world, **IN_THE_EVENING, contact="")
    await world.advance("15m")
    await world.ana.says("leaving")
    await world.ana.presses("I've already left")
    world.office_sees("Out: Ana Teach and Sam Assist")
    world.priya.sees("left without approval")
    await world.advance("45m")
    world.office_alarmed("Ana Teach")


async def test_whoever_is_on_another_visit_then_is_not_counted_on(store: Store) -> None:
    world = World(store, extra=LEADERS, start=EVENING)
    await world.lee.says("visit")
    await world.lee.fills(
        place="3 Elm Close",
        kind="Welfare",
        purpose="to talk",
        appointment="by phone",
        contact="bo",
        leaving_at="2026-11-23T19:15",
        return_at="2026-11-23T20:00",
    )
    await world.bo.presses("I'll be reachable")
    await world.priya.presses("Approve")
    await asked(world, **IN_THE_EVENING, contact="")
    told = world.priya.sees("nobody would be reached")
    assert "Dan Lee can't be reached then" in " ".join(told.card.words)
    world.ana.does_not_see("Elm Close")
