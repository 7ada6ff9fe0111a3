"""Deliveries that misbehave: twice, at once, late, in another order, under another's id, in floods.

Everything is answered, nothing is done twice, no phone is flooded.
"""

import asyncio
from collections import Counter

import pytest

from bot.domain.visit import Approved, Finished, InAlarm, Requested
from bot.engine.sparing import MOST_BUZZES
from bot.ports import Answer, Inbound, Press, Say, Store, Submit
from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.stories.crashing import Player, audit_of_every_visit
from tests.stories.told_stories import STORIES
from tests.stories.world import REQUEST, World, approved, asked, out


async def at_once(world: World, *inbound: Inbound) -> list[Answer]:
    return list(await asyncio.gather(*(world.engine.handle(each) for each in inbound)))


@pytest.mark.parametrize("name", STORIES)
async def test_a_story_in_which_every_deed_comes_four_times_is_the_same_story(
    world: World, name: str
) -> None:
    """Three times at the same time, while the first is still in work; and once more at the end."""
    kept = Kept()
    once = await (await Player(lambda: MemoryStore(kept)).play(STORIES[name])).told()
    deeds: list[Inbound] = []
    for step in STORIES[name]:
        if isinstance(step, str):
            await world.until(step)
            continue
        actor = world.people[step.who]
        deed = Inbound("web", world.delivery(), step.who, step.act(actor), in_office=step.office)
        answers = await at_once(world, deed, deed, deed)
        assert all(answer.card or answer.form for answer in answers), step
        actor.answer = answers[0]
        await world.catch_up()
        deeds.append(deed)
    for deed in deeds:
        answer = await world.engine.handle(deed)
        assert answer.card or answer.form, deed
    await world.catch_up()
    assert len(world.chat.log) == len(once.sent)
    assert await world.store.transact(audit_of_every_visit) == once.audit


async def test_back_that_overtakes_ok_is_back(world: World) -> None:
    visit = await out(world)
    await world.ana.does(Press("back", visit.id), delivery="second")
    await world.ana.does(Press("ok", visit.id), delivery="first")
    assert "back" in world.ana.told
    assert isinstance((await world.visit(visit.id)).phase, Finished)


async def test_an_ok_from_before_the_call_for_help_ends_nothing(world: World) -> None:
    visit = await out(world)
    await world.ana.does(Press("help", visit.id), delivery="second")
    await world.ana.does(Press("ok", visit.id), delivery="first")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)


async def test_an_approval_may_come_before_the_card_that_asks_for_it(world: World) -> None:
    """It was pressed on a phone with a copy that the chat had shown; ours was still to be sent."""
    world.chat.flaky |= {"priya", "lee"}
    visit = await asked(world)
    world.chat.flaky.clear()
    answer = await world.priya.does(Press("approve", visit.id, 0, {"revision": "1"}))
    assert answer.card
    await world.advance("5m")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    assert not world.priya.has_button("Approve")
    assert not world.lee.has_button("Approve")


async def test_an_approval_of_the_plan_before_the_change_decides_nothing(world: World) -> None:
    visit = await asked(world)
    late = Press("approve", visit.id, visit.version, {"revision": "1"})
    await world.priya.presses("Ask for changes")
    await world.priya.fills(reason="Please take somebody along")
    await world.ana.presses("Change the plan and ask again")
    await world.ana.fills(companions="sam")
    await world.priya.does(late)
    assert isinstance((await world.visit(visit.id)).phase, Requested)


async def test_the_same_id_from_somebody_else_is_somebody_else_s_deed(world: World) -> None:
    visit = await approved(world)
    await world.until("13:15")
    await world.ana.does(Press("already_left", visit.id), delivery="shared")
    answer = await world.olu.does(Press("ask_if_ok", visit.id), delivery="shared")
    assert answer != world.ana.answer
    world.ana.sees("a colleague asks")
    await world.tom.does(Press("ask_if_ok", visit.id), delivery="shared")
    assert world.tom.turned_away


async def test_the_same_id_on_another_channel_is_another_deed(world: World) -> None:
    text = world.text.replace('web = "ana"', 'web = "ana"\nslack = "U0ANA"')
    both = World(world.store, text=text)
    visit = await out(both)
    await both.ana.does(Press("ok", visit.id), delivery="shared")
    answer = await both.engine.handle(Inbound("slack", "shared", "U0ANA", Say("help")))
    assert answer.card
    assert isinstance((await both.visit(visit.id)).phase, InAlarm)
    unknown = await both.engine.handle(Inbound("slack", "shared", "ana", Say("ok")))
    assert unknown.card
    assert "I don't know you yet." in " ".join(unknown.card.words)


HURRIED: dict[str, tuple[str, Press | Submit | Say]] = {
    "ok": ("ana", Press("ok")),
    "back": ("ana", Press("back")),
    "help": ("ana", Press("help")),
    "danger": ("tom", Press("danger")),
    "mistake": ("ana", Press("mistake")),
    "ask if OK": ("olu", Press("ask_if_ok")),
    "call back": ("priya", Press("call_back")),
    "I'm on it": ("bo", Press("on_it")),
    "worried words": ("ana", Say("there is a man with a knife")),
    "words": ("ana", Say("hm hm hm")),
    "a request": ("tom", Submit("plan", REQUEST)),
}


@pytest.mark.parametrize("which", HURRIED)
@pytest.mark.parametrize("sent_between", [False, True])
async def test_S9_a_hundred_presses_in_a_second_flood_nobody(
    world: World, which: str, *, sent_between: bool
) -> None:
    """A hundred in memory; where a commit takes time thirty, which is six times what may buzz."""
    many = 100 if isinstance(world.store, MemoryStore) else 30
    who, act = HURRIED[which]
    visit = await out(world)
    if which in {"mistake", "I'm on it"}:
        await world.ana.says("help")
    if isinstance(act, Press) and which != "danger":
        act = Press(act.action, visit.id)
    known = len(world.chat.log)
    deeds = [Inbound("web", world.delivery(), who, act) for _ in range(many)]
    answers = []
    for some in (deeds[n : n + 10] for n in range(0, many, 10)):
        answers += await at_once(world, *some)
        if sent_between:
            await world.catch_up()
    await world.catch_up()
    assert all(answer.card or answer.form for answer in answers)
    assert not any("went wrong" in " ".join(a.card.words) for a in answers if a.card)
    buzzed = Counter((p.address, p.card.title) for p in world.chat.log[known:])
    assert max(buzzed.values(), default=0) <= MOST_BUZZES, buzzed
    visits = await world.visits()
    assert len(visits) <= 2
    if which == "help":
        assert isinstance(visits[0].phase, InAlarm)
        await world.advance("5m")  # and the ladder goes on
        world.lee.sees("Ana Teach asked for help")


async def test_a_request_sent_twice_by_a_hurried_thumb_is_one_visit(world: World) -> None:
    first = await asked(world)
    await world.ana.does(Submit("plan", {**REQUEST}))
    assert first.reference in world.ana.told
    assert [v.id for v in await world.visits()] == [first.id]
    await world.ana.does(Submit("plan", {**REQUEST, "place": "2 Elm Row"}))
    assert len(await world.visits()) == 2


async def test_S8_what_the_clock_brings_is_never_silenced_however_short_the_times(
    store: Store,
) -> None:
    swift = '\n[policy]\nalarm.repeat = "5s"\n'
    world = World(store, extra=swift)
    await out(world)
    await world.ana.says("help")
    await world.advance("10m")
    known = len(world.chat.log)
    await world.advance("1m")
    alarms = [p for p in world.chat.log[known:] if p.address == "lee" and p.card.tone == "alarm"]
    assert len(alarms) >= 12


async def test_S4_nobodys_hurried_thumb_keeps_anothers_call_for_help_from_ringing(
    world: World,
) -> None:
    await out(world, companions="sam")
    for _ in range(10):
        await world.ana.says("help")
    known = len(world.chat.log)
    await world.sam.says("help")
    assert [p.address for p in world.chat.log[known:] if p.urgent].count("office") == 1


async def test_home_is_the_whole_page_where_a_channel_has_no_other_place_for_it(
    world: World,
) -> None:
    await asked(world)
    said = Inbound("web", world.delivery(), "priya", Say("home"), page_in_chat=True)
    there = (await world.engine.handle(said)).card
    assert there is not None
    assert "Waiting for your word." in there.words
    await world.priya.says("home")
    assert "Waiting for your word." not in world.priya.told
