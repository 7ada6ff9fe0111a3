"""Sent, delivered, seen and acted on are different facts: nothing is claimed that isn't known."""

from bot.ports import Press, Store
from tests.kit import KIT
from tests.stories.cast import school_text
from tests.stories.world import World, approved, out, said

NOBODY = "I haven't reached anybody yet."
LEAVE = "If you can, leave; in danger ring 999."


async def test_S8_somebody_who_asked_for_help_hears_what_is_known(world: World) -> None:
    visit = await out(world)
    everybody = {"office", "bo", "lee", "priya", "okoro", "olu"}
    world.chat.flaky |= everybody
    await world.ana.does(Press("help", visit.id))
    card = world.ana.sees("You asked for help at").card
    assert "I'm telling your colleagues." in said(card)
    assert "have been told" not in said(card)
    known = len(world.chat.log)
    world.chat.flaky.clear()
    await world.advance("5s")
    world.ana.sees("Your colleagues have been told.")
    assert "ana" not in {posted.address for posted in world.chat.log[known:]}  # silently


async def test_S8_somebody_whose_help_reaches_nobody_is_told_so(world: World) -> None:
    visit = await out(world)
    everybody = {"office", "bo", "lee", "priya", "okoro", "olu"}
    world.chat.dead |= everybody
    await world.ana.does(Press("help", visit.id))
    card = world.ana.sees("You asked for help at").card
    assert NOBODY in said(card)
    assert LEAVE in said(card)
    world.chat.dead.clear()
    await world.advance("5m")
    card = world.ana.sees("You asked for help at").card
    assert "Your colleagues have been told." in said(card)
    assert NOBODY not in said(card)


async def test_S8_what_no_channel_confirms_in_time_has_reached_nobody(world: World) -> None:
    visit = await out(world)
    everybody = {"office", "bo", "lee", "priya", "okoro", "olu"}
    world.chat.flaky |= everybody
    await world.ana.does(Press("help", visit.id))
    await world.advance("59s")
    assert "I'm telling your colleagues." in said(world.ana.sees("You asked for help at").card)
    await world.advance("2s")
    card = world.ana.sees("You asked for help at").card
    assert NOBODY in said(card)
    assert LEAVE in said(card)
    await world.advance("10m")  # what is sent to the next rungs promises nothing
    assert NOBODY in said(world.ana.sees("You asked for help at").card)
    world.chat.flaky.clear()
    await world.advance("40s")
    card = world.ana.sees("You asked for help at").card
    assert "Your colleagues have been told." in said(card)
    assert NOBODY not in said(card)


async def test_S8_somebody_silent_is_not_told_of_colleagues_who_know_nothing(world: World) -> None:
    await out(world)
    world.chat.flaky |= {"office", "bo", "lee", "priya", "okoro", "olu"}
    await world.until("13:52")
    own = said(world.ana.sees("You are out").card)
    assert "I haven't reached anybody yet. If you are OK, press I'm OK." in own


async def test_S8_nobody_stands_as_told_before_a_channel_has_confirmed_it(world: World) -> None:
    visit = await out(world)
    world.chat.flaky.add("bo")
    await world.ana.does(Press("help", visit.id))
    await world.advance("6s")
    assert "Bo Buddy (not reached yet)" in said(world.office_alarmed("Ana Teach").card)
    await world.advance("60s")
    late = world.office_alarmed("Ana Teach")
    assert "Bo Buddy (not reached) and the office" in said(late.card)
    edits = late.edits
    world.chat.flaky.clear()
    await world.advance("40s")
    assert "Bo Buddy and the office" in said(late.card)
    assert late.edits == edits + 1


async def test_S8_whatever_is_confirmed_in_a_few_seconds_is_one_edit(world: World) -> None:
    visit = await out(world)
    await world.ana.does(Press("help", visit.id))
    assert "the office (not reached yet)" in said(world.bo.sees("Told so far").card)
    await world.advance("30s")
    assert "Told so far you and the office" in said(world.bo.sees("Told so far").card)
    assert world.bo.sees("Told so far").edits == 1


async def test_S8_an_alarm_says_whom_it_did_not_reach(world: World) -> None:
    await out(world)
    world.chat.dead.add("bo")
    await world.until("13:50")
    card = world.office_alarmed("Ana Teach").card
    assert "Bo Buddy (not reached)" in said(card)
    assert "the office (not reached)" not in said(card)
    await world.until("13:56")  # also once a later rung has been told
    assert "Bo Buddy (not reached)" in said(world.lee.sees("Told so far").card)


async def test_S8_nobody_is_said_to_know_before_it_is_known(world: World) -> None:
    await out(world)
    assert world.ana.told == "I'm watching now. Due back 14:00. I'm telling the office."
    await world.ana.presses("I'm back")
    assert world.ana.told == "Welcome back. I'm telling the office."


async def test_S8_with_the_office_closed_it_is_said_who_is_told(world: World) -> None:
    free = '\n[policy]\nevening.alone = "free"\n'
    closed = school_text(extra=free).replace("08:00-18:00", "08:00-13:00")
    await world.reads(closed)
    await out(world)
    assert "The office is closed now: " in world.ana.told
    assert "Bo Buddy" in world.ana.told
    assert "telling the office" not in world.ana.told


IAN = """
[[people]]
id = "ian"
name = "Ian Keys"
roles = ["admin"]
web = "ian"
"""


async def test_S8_a_departure_that_the_office_never_got_is_told_by_others(store: Store) -> None:
    world = World(store, extra=IAN)
    await approved(world)
    world.chat.dead.add("office")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    tell = "please tell them that Ana Teach is out, due back 14:00."
    world.bo.sees(f"The office channel could not be reached: {tell}")
    (ian,) = world.ian.messages
    assert said(ian.card) == " ".join(
        ["A message to the office channel could not be sent. Please check it."] * 2
    )
    assert not [m for m in world.ana.messages if "could not be reached" in said(m.card)]
    await world.ana.presses("I'm back")
    world.bo.sees("please tell them that Ana Teach is back, 13:15.")
    assert all("Ana" not in said(message.card) for message in world.ian.messages)
