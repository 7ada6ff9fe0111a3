"""Arriving: what visitors are reminded of, in whatever words they say so. Staying long: one quiet
word. Not coming back: somebody always finds out.
"""

import pytest

from bot.domain.visit import Finished, InAlarm
from bot.ports import Press, Say, Store
from tests.kit import ticked
from tests.stories.world import World, agrees, asked, out, said

SECRET = "Never promise"
FAMILY = ("Canary-Family", "Canary-Purpose", "Canary-Risk", "Oak Road", "Attendance")


@pytest.mark.parametrize("policy", ["slps", "pastoral"])
async def test_the_reminder_is_before_them_before_they_go_in_and_when_they_say_they_arrived(
    store: Store, policy: str
) -> None:
    world = World(store, policy=policy)
    await _out(world)
    card = world.ana.sees("Before you go in:").card
    for words in ("Introduce yourself", "notes", SECRET, "leave"):
        assert words in said(card)
    assert not [word for word in FAMILY if word in said(card)], "the family may read it (P1)"
    await world.advance("6m")
    await world.ana.presses("I've arrived")
    assert "Thank you. Due back 14:00." in world.ana.told
    assert SECRET in world.ana.told
    assert "(SLPS Home Visits Policy" in world.ana.told or "2.1 Arrival)" in world.ana.told
    assert not [word for word in FAMILY if word in world.ana.told]
    world.ana.does_not_see("Before you go in:")
    world.office_sees("13:21, arriving")


async def _out(world: World, **changes: str) -> None:
    """Approved by whoever the policy names, and left."""
    if world.engine.setup.policy.name == "slps":
        await out(world, **changes)
        return
    visit = await asked(world, **changes)
    await world.lee.presses("Approve")
    await world.okoro.presses("Approve")
    await agrees(world)
    await world.advance("15m")
    await world.ana.does_on(await world.visit(visit.id), "leave")
    await world.ana.fills(kit=ticked(world.ana.form))


@pytest.mark.parametrize("words", ["arrived", "I'm here", "We've arrived"])
async def test_plain_words_get_the_reminder_too_and_so_do_channels_without_forms(
    world: World, words: str
) -> None:
    await out(world)
    world.ana.forms = False
    await world.ana.says(words)
    assert SECRET in world.ana.told


async def test_a_second_delivery_of_the_press_gets_the_same_answer(world: World) -> None:
    visit = await out(world)
    press = Press("arrived", visit.id)
    first = await world.ana.does(press, delivery="twice")
    assert (await world.ana.does(press, delivery="twice")).card == first.card


async def test_a_school_without_a_reminder_gets_the_sentence_alone(store: Store) -> None:
    world = World(store, extra="\n[policy]\narrival.reminder = []\n")
    await out(world)
    world.ana.does_not_see("Before you go in:")
    await world.ana.says("arrived")
    assert world.ana.told == "Thank you. Due back 14:00."


async def test_a_long_visit_is_told_once_when_they_would_leave(world: World) -> None:
    await out(world, return_at="2026-11-23T14:50")
    await world.until("13:35")
    await world.ana.presses("I've arrived")
    known = len(world.chat.log)
    await world.until("14:06")
    await world.ana.presses("I'm OK")
    await world.until("14:30")
    told = [p for p in world.posts(known) if "about now" in p]
    assert told == ["14:30:00 ana: To be back by 14:50 you would leave about now."]
    nudge = world.ana.sees("about now")
    assert not nudge.urgent
    assert {b.label for b in nudge.card.buttons} == {"I need more time"}
    await world.ana.says("30 more minutes")
    known = len(world.chat.log)
    await world.until("15:19")
    assert not [p for p in world.posts(known) if "about now" in p], "once"


async def test_S9_no_nudge_where_the_way_is_short(world: World) -> None:
    await out(world)
    await world.until("13:24")
    await world.ana.presses("I've arrived")
    await world.until("13:53")
    assert not [p for p in world.posts() if "about now" in p], "the reminder says enough"


async def test_S9_an_open_question_keeps_the_nudge_away(world: World) -> None:
    await out(world, return_at="2026-11-23T14:22")
    await world.until("13:33")
    await world.ana.presses("I've arrived")  # 14:04, one minute after the prompt of 14:03
    known = len(world.chat.log)
    await world.until("14:07")
    assert not [p for p in world.posts(known) if "about now" in p]
    await world.ana.presses("I'm OK")
    await world.until("14:16")
    assert not [p for p in world.posts(known) if "about now" in p], "late, it would only hurry"


async def test_a_visit_of_seconds_is_never_nudged(store: Store) -> None:
    quick = "\n[policy]\ncheck_in.every = '2s'\ncheck_in.not_within = '1s'\n"
    world = World(store, extra=quick + "return.remind_before = '2s'\n")
    await out(world)
    await world.advance("5s")
    await world.ana.presses("I've arrived")
    for _ in range(20):
        await world.advance("2s")
        await world.ana.says("ok")
    assert not [p for p in world.posts() if "about now" in p]


async def test_a_school_may_do_without_the_nudge(store: Store) -> None:
    world = World(store, extra="\n[policy]\nreturn.nudge = false\n")
    await out(world, return_at="2026-11-23T14:50")
    await world.until("13:35")
    await world.ana.presses("I've arrived")
    await world.until("14:44")
    assert not [p for p in world.posts() if "about now" in p]


@pytest.mark.parametrize("policy", ["slps", "pastoral"])
async def test_whoever_never_says_that_they_are_back_is_looked_for_until_somebody_has_it(
    store: Store, policy: str
) -> None:
    world = World(store, policy=policy)
    await _out(world)
    await world.until("13:46")
    await world.ana.does(Say("ok"))
    await world.until("13:56")
    world.ana.sees("You are due back at 14:00.")
    await world.until("14:01")
    asked = world.ana.sees("you were due back at 14:00. Are you OK?")
    clause = "ALWAYS report back in."
    assert (clause in said(asked.card)) == (policy == "slps"), "only SLPS writes it down"
    await world.until("14:06")
    (visit,) = await world.visits()
    assert isinstance(visit.phase, InAlarm)
    await world.until("14:16")
    for person in (world.lee, world.priya, world.okoro):
        person.sees("Please find out whether Ana Teach is safe.")
    known = len(world.chat.log)
    await world.until("16:00")
    again = {posted.address for posted in world.chat.log[known:]}
    assert {"lee", "priya", "okoro", "office", "bo"} <= again, "over and over, until it is owned"
    await world.olu.presses("They phoned: back", office=True)
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    assert world.tom.messages == []
