"""What the office presses: it names who phoned, and counts for nobody else (S6, S10)."""

from bot.domain.visit import Finished, InAlarm, Out
from bot.ports import Press, Submit
from tests.stories.world import World, out, said


async def test_S10_one_visitor_needs_no_question(world: World) -> None:
    visit = await out(world)
    await world.advance("32m")
    await world.olu.presses("They phoned: OK", office=True)
    assert world.olu.answer.form is None
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    assert watch.visitors[0].prompt is None
    world.ana.sees("Olu Desk recorded at 13:47 that you are OK.")
    world.office_sees("at 13:47, on the phone, says Olu Desk.")
    await world.olu.presses("They phoned: back", office=True)
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    assert "Olu Desk" in said(world.office_sees("Ana Teach is back, 13:47.").card)
    world.ana.sees("Olu Desk reported you back at 13:47")
    await world.nothing_more("24h")
    assert world.tom.messages == []


async def test_S6_S10_with_two_out_the_office_names_who_phoned(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.advance("31m")
    await world.olu.presses("They phoned: OK", office=True)
    await world.olu.fills({}, visitor="")
    assert "visitor" in world.olu.form.errors
    await world.olu.fills(visitor="tom")
    assert "visitor" in world.olu.form.errors
    await world.olu.fills(visitor="sam")
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    ana, sam = watch.visitors
    assert (ana.prompt is not None, sam.prompt is not None) == (True, False)
    await world.advance("4m")
    world.office_alarmed("Ana Teach")
    await world.olu.presses("They phoned: back", office=True)
    await world.olu.fills(visitor="ana")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert [v.id for v in now.phase.watch.out] == ["sam"]


async def test_S2_past_the_return_an_OK_by_phone_asks_until_when(world: World) -> None:
    visit = await out(world)
    await world.until("14:06")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    await world.olu.presses("They phoned: OK", office=True)
    await world.olu.fills(until="2026-11-23T13:00")
    assert "until" in world.olu.form.errors
    await world.olu.fills(until="")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    await world.until("14:11")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    await world.olu.presses("They phoned: OK", office=True)
    await world.olu.fills(until="2026-11-23T15:00")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert f"{now.phase.watch.expected_return:%H:%M}" == "15:00"


async def test_the_visitor_is_believed_over_a_mistaken_back(world: World) -> None:
    visit = await out(world)
    await world.olu.presses("They phoned: back", office=True)
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    known = len(world.chat.log)
    await world.ana.presses("I'm OK")
    assert isinstance((await world.visit(visit.id)).phase, Out)
    assert {"13:15:00 office", "13:15:00 bo", "13:15:00 lee"} <= set(world.moments(known))
    await world.advance("35m")
    world.office_alarmed("Ana Teach")


async def test_P5_in_the_office_channel_plain_staff_and_visitors_change_nothing(
    world: World,
) -> None:
    visit = await out(world)
    await world.advance("31m")
    before = await world.visit(visit.id)
    for person in (world.bo, world.ana, world.tom):
        for label in ("They phoned: OK", "They phoned: back", "Ask if they're OK"):
            await person.presses(label, office=True)
            assert person.answer.form is None
        await person.does(Submit("phoned_back", {"visitor": "ana"}, visit.id), office=True)
    assert await world.visit(visit.id) == before
    await world.olu.presses("They phoned: OK", office=True)
    assert await world.visit(visit.id) != before


async def test_P5_a_leader_who_is_on_the_visit_presses_nothing_in_the_office_channel(
    world: World,
) -> None:
    visit = await out(world, companions="lee")
    await world.advance("31m")
    before = await world.visit(visit.id)
    for action in ("ok", "back", "arrived", "phoned_ok", "phoned_back", "ask_if_ok", "call_back"):
        await world.lee.does(Press(action, visit.id), office=True)
        assert world.lee.answer.card is not None, action
    assert await world.visit(visit.id) == before
    await world.lee.does(Press("ok", visit.id))
    assert await world.visit(visit.id) != before


async def test_P3_risks_never_open_in_the_office_channel(world: World) -> None:
    visit = await out(world)
    await world.advance("50m")
    await world.okoro.does(Press("show_risks", visit.id), office=True)
    assert world.okoro.turned_away
    await world.olu.does(Press("show_risks", visit.id))
    assert world.olu.turned_away
    await world.okoro.presses("Show risks")
    assert "Canary-Risk" in world.okoro.told
    assert "blue Fiesta" in world.okoro.told
    assert "+44 7700 900091" in world.okoro.told
    entries = await world.store.transact(lambda uow: uow.audit.entries("st-example", visit.id))
    assert [e.by for e in entries if e.kind == "RisksShown"] == ["okoro"]
    for canary in ("Canary-Risk", "Fiesta", "900091"):
        world.office_does_not_see(canary)
        world.bo.does_not_see(canary)
    world.tom.does_not_see("Ana")
