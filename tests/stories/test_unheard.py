"""Nobody listened for a while: what was sent then is asked for once more, and the office knows."""

import asyncio
from datetime import timedelta

from bot.domain.visit import Visit
from bot.ports import Say
from tests.stories.conftest import Opener
from tests.stories.world import World, approved, asked, left, out, said

CHANNELS = ("web", "slack", "teams")
LOST = dict.fromkeys(CHANNELS, timedelta(seconds=15))


async def stops_for(world: World, length: str, *, lost: dict[str, timedelta] = LOST) -> int:
    """It is stopped, and begins again so much later; give how many messages there were before."""
    await world.engine.listens(lost)
    known = len(world.chat.log)
    world.outage(length)
    await world.engine.listens(lost, begins=True)
    await world.catch_up()
    return known


async def test_S16_whoever_is_out_is_asked_to_send_it_again_and_the_office_is_told(
    world: World,
) -> None:
    await out(world)
    known = await stops_for(world, "8m")
    assert world.moments(known) == ["13:23:00 ana", "13:23:00 office"]
    asked_again = world.ana.sees("I could not hear you from 13:15 to 13:23.")
    assert asked_again.urgent
    assert "Please send it again" in said(asked_again.card)
    told = world.office_sees("I could hear nobody from 13:15 to 13:23.")
    assert told.urgent
    assert "Ana Teach" in said(told.card)
    for canary in ("Canary", "14 Oak Road"):
        assert canary not in said(told.card) + said(asked_again.card)
    assert world.tom.messages == []
    await world.ana.presses("I need help")
    world.office_alarmed("Ana Teach")


async def test_a_short_restart_is_told_to_nobody(world: World) -> None:
    await out(world)
    known = await stops_for(world, "15s")
    assert world.posts(known) == []
    known = await stops_for(world, "16s")
    assert world.moments(known) == ["13:15:31 ana", "13:15:31 office"]


async def test_a_channel_that_says_things_again_loses_nothing_in_that_time(world: World) -> None:
    await out(world)
    patient = dict.fromkeys(CHANNELS, timedelta(minutes=5))
    assert world.posts(await stops_for(world, "5m", lost=patient)) == []
    assert len(world.posts(await stops_for(world, "5m1s", lost=patient))) == 2


async def test_only_whoever_writes_where_something_was_lost_is_asked(world: World) -> None:
    await out(world)
    known = await stops_for(world, "8m", lost={"elsewhere": timedelta(seconds=15)})
    assert world.posts(known) == []


async def test_before_anybody_has_left_it_is_quiet_and_the_office_hears_nothing(
    world: World,
) -> None:
    await asked(world, companions="sam", leaving_at="2026-11-23T13:30")
    known = await stops_for(world, "8m")
    assert world.moments(known) == ["13:08:00 ana", "13:08:00 sam"]
    assert not world.sam.sees("I could not hear you").urgent


async def test_S16_whoever_may_have_left_meanwhile_is_asked_loudly(world: World) -> None:
    visit = await approved(world)
    await world.engine.listens(LOST)
    await stops_for(world, "16m")  # 13:16, and leaving was planned for 13:15
    told = world.ana.sees("I could not hear you from 13:00 to 13:16.")
    assert told.urgent
    assert "I've already left" in [button.label for button in told.card.buttons]
    await world.ana.presses("I've already left")
    assert (await world.visit(visit.id)).is_out


async def test_whoever_is_back_is_left_alone(world: World) -> None:
    visit = await left(world, companions="sam")
    await world.sam.does_on(visit, "back")
    known = await stops_for(world, "2m")
    assert "13:17:00 ana" in world.moments(known)
    assert "13:17:00 sam" not in world.moments(known)
    await world.ana.does_on(visit, "back")
    assert world.posts(await stops_for(world, "8m")) == []


async def test_each_outage_is_told_of_once_and_the_next_in_its_own_message(world: World) -> None:
    await out(world)
    await stops_for(world, "2m")
    known = len(world.chat.log)
    await world.engine.listens(LOST, begins=True)
    await world.catch_up()
    assert world.posts(known) == []
    known = await stops_for(world, "3m")
    assert world.moments(known) == ["13:20:00 ana", "13:20:00 office"]
    world.ana.sees("from 13:17 to 13:20")
    shown = [m for m in world.ana.messages if "could not hear you" in said(m.card)]
    assert len(shown) == 1, "the older one says where the newer is"


async def test_a_process_that_is_busy_is_not_deaf_and_one_that_was_held_up_is(
    world: World,
) -> None:
    await out(world)
    await world.engine.listens(LOST)
    known = len(world.chat.log)
    world.outage("60s")
    await world.engine.listens(LOST)
    await world.catch_up()
    assert world.posts(known) == []
    world.outage("61s")
    await world.engine.listens(LOST)
    await world.catch_up()
    assert len(world.posts(known)) == 2


async def test_the_first_start_of_all_has_nothing_to_say(world: World) -> None:
    await out(world)
    known = len(world.chat.log)
    await world.engine.listens(LOST, begins=True)
    await world.catch_up()
    assert world.posts(known) == []


async def test_two_processes_that_begin_at_once_tell_of_it_once(opener: Opener) -> None:
    one = World(opener())
    await out(one)
    await one.engine.listens(LOST)
    known = len(one.chat.log)
    one.outage("8m")
    two = World(opener(), before=one)
    await asyncio.gather(*(w.engine.listens(LOST, begins=True) for w in (one, two)))
    await one.catch_up()
    await two.catch_up()
    assert one.moments(known) == ["13:23:00 ana", "13:23:00 office"]


async def test_while_another_process_listens_nothing_was_lost(opener: Opener) -> None:
    one = World(opener())
    await out(one)
    await one.engine.listens(LOST)
    one.outage("50s")
    await one.engine.listens(LOST)
    one.outage("10s")
    known = len(one.chat.log)
    two = World(opener(), before=one)
    await two.engine.listens(LOST, begins=True)
    await two.catch_up()
    assert one.posts(known) == []


async def test_over_night_the_day_is_said(world: World) -> None:
    await asked(world, leaving_at="2026-11-24T13:30", return_at="2026-11-24T14:00")
    await stops_for(world, "20h")
    world.ana.sees("from 13:00 on Mon 23 Nov to 09:00")


async def test_in_an_alarm_too(world: World) -> None:
    visit: Visit = await out(world)
    await world.ana.does(Say("help"))
    assert (await world.visit(visit.id)).alarm
    known = await stops_for(world, "2m")
    assert "13:17:00 ana" in world.moments(known)
    world.ana.sees("I could not hear you from 13:15 to 13:17.")
