"""Uneasy, leaving now: quiet, a sign of life, and never silent. Two of one visit who say different
things are told of in the same way.
"""

import pytest

from bot.domain.visit import InAlarm, Out
from bot.domain.watch import Visitor
from bot.ports import Store
from tests.stories.world import World, out, said

ON_DUTY = '\n[[duty]]\non = "mon"\nperson = "lee"\n'
SURGERY = "I feel uneasy here, he is shouting"


async def visitor(world: World, person: str = "ana") -> Visitor:
    watch = (await world.only_visit()).watch
    assert watch is not None
    found = watch.visitor(person)
    assert found is not None
    return found


@pytest.fixture
def duty(store: Store) -> World:
    return World(store, extra=ON_DUTY)


async def test_contact_and_duty_leader_are_told_and_nobody_else(duty: World) -> None:
    world = duty
    await out(world)
    await world.until("13:25")
    known = len(world.chat.log)
    await world.ana.presses("Uneasy, leaving now")
    assert world.moments(known) == ["13:25:00 bo", "13:25:00 lee"]
    for told in (world.bo, world.lee):
        alert = told.sees("Ana Teach is uneasy and leaving.")
        assert alert.urgent
        assert alert.card.tone == "amber"
        assert "7700 900001" in said(alert.card)
        assert alert.card.notification == "Please look: Ana Teach, 13:25 (V-1001)"
    assert isinstance((await world.only_visit()).phase, Out), "no alarm"
    assert world.tom.messages == []


async def test_on_their_own_screen_it_looks_like_any_other_answer(duty: World) -> None:
    world = duty
    await out(world)
    await world.ana.says("uneasy")
    assert world.ana.told == "Thank you. Due back 14:00."
    await world.ana.says("ok")
    assert world.ana.told == "Thank you. Due back 14:00."
    await world.ana.says("uneasy")
    card = world.ana.messages[-1].card
    words = said(card).replace("Uneasy, leaving now", "")  # the button is there as before
    assert "uneasy" not in words.lower()
    assert card.tone == "calm"


async def test_it_is_a_sign_of_life_and_they_are_asked_soon_and_silence_climbs(
    duty: World,
) -> None:
    world = duty
    await out(world, return_at="2026-11-23T15:00")
    await world.until("13:46")
    assert (await visitor(world)).prompt is not None
    await world.ana.presses("Uneasy, leaving now")
    assert (await visitor(world)).prompt is None, "answered"
    await world.until("13:51")
    asked = world.ana.sees("Ana, are you OK?")
    assert asked.urgent
    assert "uneasy" not in said(asked.card).lower().replace("uneasy, leaving now", "")
    await world.until("13:57")
    (visit,) = await world.visits()
    assert isinstance(visit.phase, InAlarm), "and silence goes the normal way"
    world.office_alarmed("Ana Teach")


async def test_ok_takes_it_back_and_everybody_told_sees_that(duty: World) -> None:
    world = duty
    await out(world)
    await world.ana.presses("Uneasy, leaving now")
    known = len(world.chat.log)
    await world.ana.presses("I'm OK")
    assert world.posts(known) == [], "quietly"
    world.bo.sees("Settled at 13:15")
    assert "I've seen it" not in {b.label for b in world.bo.messages[-1].card.buttons}


async def test_having_arrived_or_moved_on_takes_nothing_back(duty: World) -> None:
    world = duty
    await out(world)
    await world.ana.presses("Uneasy, leaving now")
    await world.ana.says("arrived")
    assert (await visitor(world)).uneasy_at is not None
    await world.until("13:20:30")
    world.ana.sees("Ana, are you OK?")


async def test_somebody_owns_up_and_everybody_told_sees_who(duty: World) -> None:
    world = duty
    await out(world)
    await world.ana.presses("Uneasy, leaving now")
    await world.advance("1m")
    await world.bo.presses("I've seen it")
    world.lee.sees("Seen by Bo Buddy at 13:16.")
    await world.bo.does_on(await world.only_visit(), "seen")
    await world.tom.does_on(await world.only_visit(), "seen")
    assert world.tom.turned_away
    await world.sam.does_on(await world.only_visit(), "seen")
    assert world.sam.turned_away


async def test_S8_without_contact_and_duty_leader_the_office_and_her_leader_are_told(
    world: World,
) -> None:
    await out(world, contact="")
    known = len(world.chat.log)
    await world.ana.presses("Uneasy, leaving now")
    assert world.moments(known) == ["13:15:00 lee", "13:15:00 office"]
    await world.olu.presses("I've seen it", office=True)
    world.lee.sees("Seen by Olu Desk at 13:15.")


async def test_S8_with_nobody_on_duty_the_visits_own_leader_is_told_with_the_contact(
    world: World,
) -> None:
    await out(world)
    await world.bo.presses("I'll be reachable")
    known = len(world.chat.log)
    await world.ana.presses("Uneasy, leaving now")
    rung = sorted(posted.address for posted in world.chat.log[known:] if posted.urgent)
    assert rung == ["bo", "lee"]


async def test_S8_a_contact_who_is_away_or_out_does_not_count(store: Store) -> None:
    away = '\n[[away]]\nperson = "bo"\nfrom = "2026-11-23"\nto = "2026-11-23"\n'
    world = World(store, extra=away)
    await out(world)
    known = len(world.chat.log)
    await world.ana.presses("Uneasy, leaving now")
    assert {"lee", "office"} <= {posted.address for posted in world.chat.log[known:]}


async def test_S8_whom_no_channel_reaches_is_followed_by_the_next(duty: World) -> None:
    world = duty
    await out(world)
    world.chat.dead |= {"bo", "lee", "office"}
    known = len(world.chat.log)
    await world.ana.presses("Uneasy, leaving now")
    await world.advance("3m")
    assert {"priya", "okoro"} <= {posted.address for posted in world.chat.log[known:]}
    world.priya.sees("Ana Teach is uneasy and leaving.")


async def test_S8_slow_channels_are_followed_after_a_minute_and_the_last_are_told_again(
    duty: World,
) -> None:
    world = duty
    await out(world, return_at="2026-11-23T15:00")
    everybody = {"bo", "lee", "office", "priya", "okoro"}
    world.chat.flaky |= everybody
    await world.ana.presses("Uneasy, leaving now")
    await world.advance("4m")
    visit = await world.only_visit()
    assert visit.watch is not None
    assert visit.watch.amber is not None
    assert set(visit.watch.amber.told) == everybody
    assert visit.watch.amber.again_at is not None, "it never falls silent"


async def test_a_call_for_help_outranks_it(duty: World) -> None:
    world = duty
    await out(world)
    await world.ana.presses("Uneasy, leaving now")
    await world.ana.presses("I need help")
    assert isinstance((await world.only_visit()).phase, InAlarm)
    world.office_alarmed("Ana Teach")
    world.bo.sees("Settled")


@pytest.mark.parametrize("words", [SURGERY, "I don't feel safe", "not safe", "im scared"])
async def test_S4_what_sounds_like_danger_is_told_at_once_and_help_is_offered_first(
    duty: World, words: str
) -> None:
    world = duty
    await out(world)
    await world.ana.says(words)
    assert world.office_sees(f"“{words}”").urgent
    assert (await visitor(world)).uneasy_at is None, "nothing is read into it"
    card = world.ana.answer.card
    assert card is not None
    labels = [button.label for button in card.buttons]
    assert labels == ["I need help", "Uneasy, leaving now", "I'm OK"]
    await world.ana.presses("Uneasy, leaving now")
    world.bo.sees("Ana Teach is uneasy and leaving.")


async def test_leaving_now_from_somebody_out_is_no_ok_and_offers_the_quiet_way(
    duty: World,
) -> None:
    world = duty
    await out(world)
    await world.ana.says("leaving now")
    assert "You are out already" in world.ana.told
    assert (await visitor(world)).checked_in_at is None
    world.office_sees("“leaving now”")
    await world.ana.presses("Uneasy, leaving now")
    world.lee.sees("Ana Teach is uneasy and leaving.")


async def test_uneasy_from_somebody_whom_nobody_watches_is_asked_about_as_danger(
    world: World,
) -> None:
    await world.tom.says("uneasy")
    assert "Are you in danger now?" in world.tom.told


async def test_in_the_middle_of_a_form_it_means_the_same(duty: World) -> None:
    world = duty
    await out(world)
    world.ana.forms = False
    await world.ana.presses("Gone somewhere else")
    await world.ana.says("uneasy, leaving now")
    world.bo.sees("Ana Teach is uneasy and leaving.")


async def test_one_says_ok_after_the_other_was_uneasy(duty: World) -> None:
    world = duty
    await out(world, companions="sam")
    await world.advance("5m")
    await world.ana.presses("Uneasy, leaving now")
    await world.advance("2m")
    known = len(world.chat.log)
    await world.sam.presses("I'm OK")
    assert world.moments(known) == ["13:22:00 bo", "13:22:00 lee"]
    alert = said(world.bo.sees("say different things").card)
    assert "Ana Teach, 13:20: uneasy, leaving now." in alert
    assert "Sam Assist, 13:22: OK, and still there." in alert
    known = len(world.chat.log)
    await world.advance("1m")
    await world.sam.presses("I'm OK")
    assert world.posts(known) == [], "once a disagreement"
    await world.ana.presses("I'm OK")
    world.bo.sees("Settled")
    for visitor_ in (world.ana, world.sam):
        visitor_.does_not_see("different")


async def test_one_says_back_and_the_other_that_they_are_there(duty: World) -> None:
    world = duty
    await out(world, companions="sam")
    await world.advance("10m")
    known = len(world.chat.log)
    await world.ana.presses("I'm back")
    assert "bo" not in {posted.address for posted in world.chat.log[known:]}, "the way home"
    await world.advance("2m")
    await world.sam.presses("I'm OK")
    alert = said(world.bo.sees("say different things").card)
    assert "Ana Teach, 13:25: back." in alert
    assert "Sam Assist, 13:27: OK, and still there." in alert
    await world.lee.presses("I've seen it")
    known = len(world.chat.log)
    await world.advance("3m")
    await world.sam.presses("I'm OK")
    assert world.posts(known) == [], "somebody has it"
    await world.sam.presses("I'm back")
    world.bo.sees("Settled")


async def test_a_pair_that_comes_home_together_rings_nobody(duty: World) -> None:
    world = duty
    await out(world, companions="sam")
    await world.advance("20m")
    await world.sam.presses("I'm OK")
    await world.ana.presses("I'm back")
    await world.advance("1m")
    await world.sam.presses("I'm back")
    assert not [p for p in world.posts() if "different" in p]


async def test_S9_one_ok_and_the_other_silent_is_the_alarm_and_no_second_message(
    duty: World,
) -> None:
    world = duty
    await out(world, companions="sam", return_at="2026-11-23T15:00")
    await world.until("13:46")
    await world.sam.presses("I'm OK")
    await world.until("13:51")
    assert isinstance((await world.only_visit()).phase, InAlarm)
    assert not [p for p in world.posts() if "different" in p]


async def test_S9_pressing_it_over_and_over_spares_the_phones(duty: World) -> None:
    world = duty
    await out(world)
    known = len(world.chat.log)
    for _ in range(12):
        await world.ana.presses("Uneasy, leaving now")
    assert len([p for p in world.chat.log[known:] if p.address == "bo"]) <= 6


async def test_uneasy_in_an_open_alarm_of_ones_own_ends_nothing(duty: World) -> None:
    world = duty
    await out(world, return_at="2026-11-23T15:00")
    await world.until("13:51")
    assert isinstance((await world.only_visit()).phase, InAlarm)
    await world.ana.presses("Uneasy, leaving now")
    assert isinstance((await world.only_visit()).phase, InAlarm), "who is uneasy is not yet safe"
    world.office_sees("uneasy and leaving")
    await world.ana.says("ok")
    assert isinstance((await world.only_visit()).phase, Out)


async def test_S7_whoever_has_the_alarm_is_told_at_once_that_they_are_uneasy(world: World) -> None:
    await out(world, companions="sam")
    await world.until("13:45")
    await world.sam.presses("I'm OK")
    await world.until("13:56")
    await world.lee.presses("I'm on it")
    known = len(world.chat.log)
    await world.ana.presses("Uneasy, leaving now")
    told = [p for p in world.chat.log[known:] if p.address == "lee"]
    assert [p.urgent for p in told if p.card.tone == "alarm"] == [True]
    mine = world.lee.sees("Ana Teach said at 13:56: uneasy, leaving now.")
    assert mine.card.notification == "News of Ana Teach at 13:56. Please look (V-1001)"
    assert mine.card.tone == "alarm"
    assert isinstance((await world.only_visit()).phase, InAlarm)
    world.sam.does_not_see("uneasy, leaving now.")
    assert world.tom.messages == []
    world.bo.sees("An alarm is open. No answer from Ana Teach.")
    world.bo.does_not_see("This is no alarm.")


async def test_S7_with_nobody_who_has_it_everybody_told_hears_of_it(world: World) -> None:
    await out(world)
    await world.until("13:51")
    known = len(world.chat.log)
    await world.ana.presses("Uneasy, leaving now")
    rung = {p.address for p in world.chat.log[known:] if p.card.tone == "alarm" and p.urgent}
    assert {"office", "bo"} <= rung
    world.office_sees("Ana Teach said at 13:51: uneasy, leaving now.")
