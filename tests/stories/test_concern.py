"""I have a concern: one private press, for Head and DSL by name, until somebody has seen it."""

from pathlib import Path

import pytest

from bot.domain.visit import Finished, Out
from bot.domain.watch import Visitor
from bot.ports import Press, Store, Submit
from storage import Keyring, open_store
from storage.migrate import upgrade
from tests.stories.conftest import KEY
from tests.stories.world import World, out, said

WORDS = "Canary-Words: Robin said something about home"
CLAUSE = "you must report disclosures or suspicions to the headteacher"
TELLING = "Thank you. I'm telling Priya Shah and Ada Okoro; others only if they can't be reached."


async def arrived(world: World, **changes: str) -> None:
    """At the home since 13:21."""
    await out(world, **changes)
    await world.until("13:21")
    await world.ana.presses("I've arrived")
    await world.until("13:30")


async def visitor(world: World, person: str = "ana") -> Visitor:
    watch = (await world.only_visit()).watch
    assert watch is not None
    found = watch.visitor(person)
    assert found is not None
    return found


def nobody_else_knows(world: World, *, but: tuple[str, ...] = ("priya", "okoro", "ana")) -> None:
    for person in world.people.values():
        if person.id not in but:
            for words in ("concern and asks for you", WORDS, "Your concern", "Noted, 13"):
                person.does_not_see(words)
    world.office_does_not_see("concern and asks")
    world.office_does_not_see(WORDS)


async def test_head_and_dsl_are_told_at_once_by_name_and_the_visitor_has_a_receipt(
    world: World,
) -> None:
    await arrived(world)
    known = len(world.chat.log)
    await world.ana.presses("I have a concern")
    assert world.ana.told == TELLING
    assert world.moments(known) == ["13:30:00 ana", "13:30:00 okoro", "13:30:00 priya"]
    for told in (world.priya, world.okoro):
        message = told.sees("Ana Teach has a concern and asks for you, 13:30 (V-1001).")
        assert message.urgent
        assert message.card.notification == "Please read: Ana Teach, 13:30 (V-1001)"
        assert CLAUSE in said(message.card)
        assert "Oak Road" not in said(message.card), "no more than it takes"
    receipt = world.ana.sees("Noted, 13:30 (V-1001)")
    assert not receipt.urgent
    assert "Priya Shah told Ada Okoro told" in said(receipt.card)
    assert "concern" not in said(receipt.card), "others may be looking on (P1)"
    nobody_else_knows(world)


async def test_it_is_on_the_question_too_and_on_the_card_of_whoever_never_said_they_arrived(
    world: World,
) -> None:
    await out(world)
    assert not world.ana.has_button("I have a concern"), "they are on their way"
    await world.until("13:45")
    asked = world.ana.sees("Ana, are you OK?")
    assert "I have a concern" in {button.label for button in asked.card.buttons}
    await world.ana.presses("I'm OK")
    await world.ana.presses("I have a concern")
    world.priya.sees("Ana Teach has a concern")


async def test_the_receipt_says_who_has_seen_it_and_when(world: World) -> None:
    await arrived(world)
    await world.ana.presses("I have a concern")
    await world.advance("2m")
    known = len(world.chat.log)
    await world.okoro.presses("I've seen it")
    assert world.posts(known) == [], "no phone rings at the door"
    world.ana.sees("Ada Okoro seen, 13:32")
    world.priya.sees("Seen by Ada Okoro at 13:32.")
    await world.priya.presses("I've seen it")
    world.ana.sees("Priya Shah seen, 13:32")
    nobody_else_knows(world)


async def test_it_changes_nothing_of_the_watch_and_is_no_check_in(world: World) -> None:
    await arrived(world, return_at="2026-11-23T15:00")
    await world.until("13:52")
    before, office = await visitor(world), [said(m.card) for m in world.office_messages]
    assert before.prompt is not None
    await world.ana.presses("I have a concern")
    assert await visitor(world) == before, "the question stands, and silence is silence"
    assert [said(m.card) for m in world.office_messages] == office, "the office sees nothing move"
    await world.until("13:57")
    world.office_alarmed("Ana Teach")


async def test_an_alarm_stands_as_it_stood(world: World) -> None:
    await arrived(world)
    await world.ana.presses("I need help")
    before = (await world.only_visit()).alarm
    await world.ana.says("I have a concern")
    world.priya.sees("has a concern")
    assert (await world.only_visit()).alarm == before


async def test_P3_a_companion_learns_nothing_of_it_and_has_a_concern_of_their_own(
    world: World,
) -> None:
    await arrived(world, companions="sam")
    await world.ana.presses("I have a concern")
    visit = await world.only_visit()
    nobody_else_knows(world)
    await world.sam.does(Press("seen", visit.id, args={"about": "concern", "number": "1"}))
    assert "This is for those who were told." in world.sam.told
    await world.sam.does(Press("concern_words", visit.id, args={"number": "1"}))
    assert world.sam.turned_away
    await world.sam.does(Submit("concern_words", {"words": "x"}, visit.id, args={"number": "1"}))
    assert "You are not on this visit." in world.sam.told
    await world.sam.says("I have a concern")
    world.priya.sees("Sam Assist has a concern")
    world.priya.sees("Ana Teach has a concern")
    world.sam.does_not_see("13:30 (V-1001). Priya Shah seen")


@pytest.mark.parametrize("person", ["tom", "olu", "lee", "bo"])
async def test_nobody_else_opens_it_or_owns_up_to_it_in_whatever_way(
    world: World, person: str
) -> None:
    await arrived(world)
    await world.ana.presses("I have a concern")
    await world.ana.presses("Add words")
    await world.ana.fills(words=WORDS)
    visit, actor = await world.only_visit(), world.people[person]
    press = Press("seen", visit.id, visit.version, {"about": "concern", "number": "1"})
    for office in (False, True):
        await actor.does(press, office=office)
        assert "Recorded" not in actor.told
    for text in ("show V-1001", "my visits", "where is everyone", "home"):
        await actor.says(text)
        assert "oncern" not in actor.told
    nobody_else_knows(world)


async def test_unseen_for_ten_minutes_it_is_sent_again_and_to_the_next_people(
    world: World,
) -> None:
    await arrived(world)
    await world.ana.presses("I have a concern")
    known = len(world.chat.log)
    await world.until("13:41")
    told = {p.address for p in world.chat.log[known:] if "has a concern" in said(p.card)}
    assert told == {"priya", "okoro", "lee"}
    world.ana.sees("Dan Lee told")
    await world.lee.presses("I've seen it")
    await world.ana.presses("I'm back")
    known = len(world.chat.log)
    await world.advance("3h")
    assert not [p for p in world.chat.log[known:] if "has a concern" in said(p.card)]


async def test_it_goes_on_after_everybody_is_back_and_never_falls_silent(world: World) -> None:
    await arrived(world)
    await world.ana.presses("I have a concern")
    await world.ana.presses("I'm back")
    visit_id = _only(await world.store.transact(_everything))
    assert isinstance((await world.visit(visit_id)).phase, Finished)
    known = len(world.chat.log)
    await world.advance("8h")
    rings = [f"{p.at:%H:%M}" for p in world.chat.log[known:] if p.address == "priya"]
    assert rings[:4] == ["13:40", "13:50", "14:10", "14:50"], "ever more slowly"
    assert len(rings) < 14, "nobody is rung all night for what they know"
    await world.priya.presses("I've seen it")
    await world.nothing_more("24h")


def _everything(uow: object) -> list[str]:
    found = uow.visits.recent_of("st-example", "ana", limit=5)  # type: ignore[attr-defined]
    return [visit.id for visit in found]


def _only(ids: list[str]) -> str:
    (one,) = ids
    return one


async def test_whom_no_channel_reaches_is_followed_at_once_and_the_receipt_says_so(
    world: World,
) -> None:
    await arrived(world)
    world.chat.dead |= {"priya", "okoro"}
    await world.ana.presses("I have a concern")
    await world.advance("1s")
    world.lee.sees("Ana Teach has a concern")
    world.ana.sees("Priya Shah not reached")
    world.ana.sees("Dan Lee told")


async def test_nobody_at_all_is_said_plainly_with_whom_to_ring(world: World) -> None:
    await arrived(world)
    world.chat.dead |= {"priya", "okoro", "lee"}
    await world.ana.presses("I have a concern")
    await world.advance("2m")
    receipt = said(world.ana.sees("I reach nobody just now").card)
    assert "+44 7700 900004" in receipt


async def test_a_head_who_is_on_the_visit_is_left_out_and_a_deputy_stands_in_for_the_dsl(
    store: Store,
) -> None:
    deputy = (
        '\n[[people]]\nid = "dana"\nname = "Dana Deputy"\nroles = ["deputy_dsl"]\nweb = "dana"\n'
    )
    world = World(store, extra=deputy)
    await arrived(world, companions="okoro")
    await world.ana.presses("I have a concern")
    world.people["dana"].sees("Ana Teach has a concern")
    world.priya.sees("Ana Teach has a concern")
    world.okoro.does_not_see("has a concern")


async def test_after_the_return_too_for_a_day(world: World) -> None:
    await arrived(world)
    await world.ana.presses("I'm back")
    world.ana.sees(CLAUSE)
    await world.advance("20h")
    await world.ana.presses("I have a concern")
    world.priya.sees("Ana Teach is back. Please speak to them.")
    world.ana.sees("Your concern of 09:30")
    await world.priya.presses("I've seen it")
    await world.advance("5h")
    await world.ana.does_on(
        await world.visit(_only(await world.store.transact(_everything))), "concern"
    )
    assert "Please speak to Priya Shah or Ada Okoro now." in world.ana.told


async def test_P3_words_are_for_those_who_were_told_alone(world: World) -> None:
    await arrived(world)
    await world.ana.presses("I have a concern")
    await world.ana.presses("Add words")
    known = len(world.chat.log)
    await world.ana.fills(words=WORDS)
    assert world.moments(known) == ["13:30:00 okoro", "13:30:00 priya"]
    world.priya.sees(f"“{WORDS}”")
    assert "Canary" not in world.priya.messages[-1].card.notification
    nobody_else_knows(world)


async def test_step_by_step_the_words_are_not_shown_to_whoever_watches(world: World) -> None:
    await arrived(world)
    await world.ana.says("I have a concern")
    await world.ana.says("add words, step by step")
    assert "shown to whoever watches" not in world.ana.told
    await world.ana.says(WORDS)
    assert WORDS in world.ana.told
    nobody_else_knows(world)
    await world.ana.presses("Send")
    world.okoro.sees(WORDS)
    nobody_else_knows(world)


async def test_words_that_sound_like_danger_go_to_head_and_dsl_at_once_and_help_is_offered(
    world: World,
) -> None:
    await arrived(world)
    await world.ana.says("I have a concern")
    await world.ana.says("add words, step by step")
    words = "Canary-Words: he hit him, there's blood on the wall"
    await world.ana.says(words)
    world.priya.sees(words)
    world.office_does_not_see("Canary-Words")
    card = world.ana.answer.card
    assert card is not None
    assert card.buttons[0].label == "I need help"
    await world.ana.says("help")
    world.office_alarmed("Ana Teach")


async def test_P3_said_whole_in_one_message_it_never_comes_before_whoever_watches(
    world: World,
) -> None:
    await arrived(world)
    await world.ana.says(f"I have a concern: {WORDS}")
    assert world.ana.told == TELLING
    world.priya.sees(f"“{WORDS}”")
    nobody_else_knows(world)


async def test_S4_with_danger_in_it_it_is_for_whoever_watches_first(world: World) -> None:
    await arrived(world)
    await world.ana.says("I have a concern about dad, he hit me")
    assert world.office_sees("“I have a concern about dad, he hit me”").urgent
    assert "Do you need help?" in world.ana.told


async def test_P3_never_in_the_office_channel(world: World) -> None:
    await arrived(world)
    visit = await world.only_visit()
    await world.ana.does(Press("concern", visit.id), office=True)
    assert "Thank you" not in world.ana.told
    world.priya.does_not_see("has a concern")


async def test_pressed_again_before_anybody_has_seen_it_it_is_the_same_concern(
    world: World,
) -> None:
    await arrived(world)
    for _ in range(3):
        await world.ana.presses("I have a concern")
    watch = (await world.only_visit()).watch
    assert watch is not None
    assert len(watch.concerns) == 1
    await world.priya.presses("I've seen it")
    await world.ana.presses("I have a concern")
    watch = (await world.only_visit()).watch
    assert watch is not None
    assert len(watch.concerns) == 2, "what is seen is answered; this is another"


async def test_before_anybody_has_left_there_is_nothing_to_have_a_concern_about(
    world: World,
) -> None:
    await world.ana.says("I have a concern")
    assert "You are not out on a visit at the moment." in world.ana.told


@pytest.mark.parametrize("policy", ["slps", "pastoral"])
async def test_both_policies_have_it_each_with_a_sentence_of_its_own(
    store: Store, policy: str
) -> None:
    world = World(store, policy=policy)
    clause = world.engine.setup.policy.clause("concern")
    assert clause is not None
    assert (CLAUSE in clause.text) == (policy == "slps")


async def test_P8_with_the_details_undecryptable_it_still_goes_and_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'doorstep.db'}"
    upgrade(url)
    world = World(open_store(url, Keyring(KEY)))
    await arrived(world)
    await world.ana.presses("I have a concern")
    await world.ana.presses("Add words")
    await world.ana.fills(words=WORDS)
    other = Keyring("another-key-for-stories-of-at-least-32-characters")
    after = World(open_store(url, other), before=world)
    await after.advance("11m")
    message = after.lee.sees("Ana Teach has a concern")
    assert "can't be read just now" in said(message.card)
    await after.lee.presses("I've seen it")
    after.ana.sees("Dan Lee seen, 13:41")
    await after.ana.presses("Add words")
    await after.ana.fills(words="more")
    assert "I can't keep your words just now" in str(after.ana.form.errors)
    await after.ana.presses("Uneasy, leaving now")
    assert "an address that can't be read" in said(after.bo.sees("uneasy and leaving").card)
    assert isinstance((await after.only_visit()).phase, Out)
