"""Posting under trouble: one table from Teams's words to what the engine does."""

import asyncio

import aiohttp
import pytest

from adapters.teams.access import TURNED_DOWN
from adapters.teams.pacing import Pacing
from bot.cards.general import sentence
from bot.cards.model import Button, Buttons, Card
from bot.ports import Answer, GiveUp, PostAnew, TryLater
from tests.adapters.teams.placed import OFFICE, Placed

HELLO, OTHER = sentence("Hello."), sentence("Goodbye.")
WITH_BUTTON = Card("Who is out?", "Who is out?", (Buttons((Button("I'm on it", "own", "v1"),)),))


async def post(there: Placed, *, urgent: bool = False, key: str = "k") -> str:
    return await there.plugged.channel.post("29:ana", HELLO, urgent=urgent, key=key)


@pytest.mark.parametrize(
    ("status", "code", "outcome", "words"),
    [
        (403, "BotNotInConversationRoster", GiveUp, "has not added Doorstep"),
        (403, "MessageWritesBlocked", GiveUp, "has blocked Doorstep"),
        (403, "BotDisabledByAdmin", GiveUp, "administrator has blocked"),
        (403, "", GiveUp, "403"),
        (404, "ConversationNotFound", GiveUp, "no such conversation"),
        (404, "", GiveUp, "404"),
        (412, "PreconditionFailed", TryLater, "rate limiting"),
        (429, "TooManyRequests", TryLater, "rate limiting"),
        (500, "", TryLater, "did not answer"),
        (502, "", TryLater, "did not answer"),
        (504, "", TryLater, "did not answer"),
        (400, "Unforeseen", TryLater, "400 Unforeseen"),
    ],
)
async def test_what_the_engine_is_told(
    there: Placed, status: int, code: str, outcome: type[Exception], words: str
) -> None:
    there.double.trouble(status=status, code=code)
    with pytest.raises(outcome, match=words):
        await post(there)
    assert there.double.user("ana").messages() == []


async def test_a_rest_that_teams_asks_for_is_kept_with_jitter(there: Placed) -> None:
    there.double.trouble(status=429, code="TooManyRequests", retry_after="7")
    with pytest.raises(TryLater) as first:
        await post(there)
    assert first.value.after is not None
    assert 8.0 <= first.value.after <= 10.0
    before = len(there.double.connector.calls)
    with pytest.raises(TryLater):
        await post(there, urgent=True)
    assert len(there.double.connector.calls) == before, "the conversation rests"


async def test_silence_is_not_waited_for(there: Placed, monkeypatch: pytest.MonkeyPatch) -> None:
    limit = aiohttp.ClientTimeout(total=0.2)
    monkeypatch.setattr(there.plugged._web.session, "_timeout", limit)
    there.double.trouble(hangs=True)
    with pytest.raises(TryLater, match="did not answer"):
        await post(there)
    await post(there)
    assert len(there.double.user("ana").messages()) == 1


async def test_a_line_that_is_cut_after_the_message_is_told_as_doubt(there: Placed) -> None:
    there.double.trouble(lost=True)
    with pytest.raises(TryLater, match="did not answer"):
        await post(there, urgent=True)
    assert await post(there, urgent=True)


async def test_a_message_that_is_gone_is_posted_anew(there: Placed) -> None:
    reference = await post(there)
    there.double.user("ana").chat.messages.clear()
    with pytest.raises(PostAnew):
        await there.plugged.channel.edit("29:ana", reference, OTHER)


async def test_an_edit_to_somebody_who_removed_the_app_is_given_up(there: Placed) -> None:
    reference = await post(there)
    there.double.user("ana").chat.bot = False
    with pytest.raises(GiveUp):
        await there.plugged.channel.edit("29:ana", reference, OTHER)


async def test_a_message_on_which_teams_breaks_each_time_is_posted_anew_after_a_few_tries(
    there: Placed,
) -> None:
    channel = there.plugged.channel
    reference = await post(there)
    there.double.trouble(status=500, times=99, meets=lambda method, path: method == "PUT")
    for _ in range(3):
        with pytest.raises(TryLater) as later:
            await channel.edit("29:ana", reference, OTHER)
        assert later.value.after is None, "the outbox waits longer each time"
    with pytest.raises(PostAnew):
        await channel.edit("29:ana", reference, OTHER)


@pytest.mark.parametrize("status", [500, 502])
async def test_an_outage_ends_with_the_edits_that_were_owed(there: Placed, status: int) -> None:
    channel = there.plugged.channel
    reference = await post(there)
    there.double.trouble(status=status, times=10)
    for _ in range(10):
        with pytest.raises((TryLater, PostAnew)):
            await channel.edit("29:ana", reference, OTHER)
    await channel.edit("29:ana", reference, OTHER)
    (message,) = there.double.user("ana").messages()
    assert "Goodbye." in str(message.card)


async def test_a_card_that_teams_does_not_take_goes_as_words(there: Placed) -> None:
    there.double.trouble(status=413, code="MessageSizeTooBig")
    await post(there)
    (message,) = there.double.user("ana").messages()
    assert "Hello." in message.activity["text"]


async def test_a_mention_that_teams_does_not_take_costs_no_button(there: Placed) -> None:
    office = there.double.tenant.rooms[OFFICE]
    olu = there.double.user("olu")
    there.double.trouble(
        status=400, code="BadArgument", meets=lambda method, path: path.endswith("/activities")
    )
    await there.plugged.channel.post(OFFICE, WITH_BUTTON, urgent=True, key="k")
    await olu.sees("Who is out?", office)
    await olu.sees_button("I'm on it", office)
    assert "<at>" not in str(olu.messages(office)[-1].card)


async def test_a_mention_that_teams_breaks_on_costs_an_alarm_no_time(there: Placed) -> None:
    """The same once more would break again, and again."""
    office = there.double.tenant.rooms[OFFICE]
    there.double.trouble(status=500, meets=lambda _, path: path.endswith("/activities"))
    await there.plugged.channel.post(OFFICE, WITH_BUTTON, urgent=True, key="k")
    (message,) = there.double.user("olu").messages(office)
    assert "I'm on it" in str(message.card)
    assert "<at>" not in str(message.card)
    there.double.trouble(status=502, meets=lambda _, path: path.endswith("/activities"))
    with pytest.raises(TryLater):
        await there.plugged.channel.post(OFFICE, WITH_BUTTON, urgent=True, key="k2")


async def test_what_is_urgent_and_hangs_is_tried_again_after_half_the_time(
    there: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.teams.channel.URGENT_WITHIN", 0.2)
    there.double.trouble(hangs=True, meets=lambda _, path: path.endswith("/activities"))
    began = asyncio.get_running_loop().time()
    with pytest.raises(TryLater):
        await post(there, urgent=True, key="alarm")
    assert asyncio.get_running_loop().time() - began < 2.0
    assert await post(there, urgent=True, key="alarm")
    assert len(there.double.user("ana").messages()) == 1


async def test_credentials_that_teams_itself_refuses_are_told_of_until_it_takes_them(
    there: Placed,
) -> None:
    """Microsoft still gives out tokens: for a bot that is gone, say."""
    there.double.connector.refuses = True
    with pytest.raises(TryLater):
        await post(there)
    with pytest.raises(GiveUp):
        await post(there, urgent=True, key="alarm")
    assert there.core.problems == [TURNED_DOWN]
    assert there.plugged._access.refused == TURNED_DOWN
    there.double.connector.refuses = False
    await post(there, key="again")
    assert there.core.problems == [TURNED_DOWN, ""]


async def test_an_alarm_stands_in_the_feed_as_well(there: Placed) -> None:
    await post(there)
    await post(there, urgent=True, key="alarm")
    routine, alarm = there.double.user("ana").messages()
    assert "channelData" not in routine.activity
    assert alarm.activity["channelData"] == {"notification": {"alert": True}}


async def test_an_alarm_waits_for_teams_to_say_who_reads_a_channel_once_at_the_most(
    there: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(there.plugged._web.session, "_timeout", aiohttp.ClientTimeout(total=0.3))
    there.plugged._offices.ask_again()
    hangs = there.double.trouble(
        hangs=True, times=9, meets=lambda method, path: path.endswith("/pagedmembers")
    )
    for number in range(3):
        await there.plugged.channel.post(OFFICE, WITH_BUTTON, urgent=True, key=str(number))
    assert hangs.times == 8, "asked once, and not before each message"


# --- the access token ---


async def test_whoever_looks_after_it_is_told_of_credentials_that_ran_out(there: Placed) -> None:
    access, issuer = there.plugged._access, there.double.issuer
    access._token, issuer.refuses = "", "invalid_client"
    with pytest.raises(GiveUp, match="credentials"):
        await post(there, urgent=True)
    assert there.core.problems[-1].startswith("Microsoft refuses MICROSOFT_APP_PASSWORD")
    issuer.refuses = ""
    await post(there, urgent=True)
    assert there.core.problems[-1] == ""


async def test_the_access_token_is_asked_for_once(there: Placed) -> None:
    for number in range(5):
        await post(there, key=str(number))
    assert there.double.issuer.asked_for_tokens == 1


async def test_a_token_that_teams_no_longer_takes_is_asked_for_again(there: Placed) -> None:
    there.double.issuer.given.clear()
    await asyncio.gather(*(post(there, key=str(number)) for number in range(3)))
    assert there.double.issuer.asked_for_tokens in {2, 3, 4}
    assert len(there.double.user("ana").messages()) == 3


async def test_a_token_is_renewed_while_it_still_works(there: Placed) -> None:
    access = there.plugged._access
    access._ends = asyncio.get_running_loop().time() + 300
    access._not_before = 0.0
    there.double.issuer.hangs = True
    await post(there)
    assert access._asking is not None
    assert not access._asking.done(), "nobody waited for it"


async def test_without_a_token_what_is_urgent_climbs_and_the_rest_waits(there: Placed) -> None:
    access, issuer = there.plugged._access, there.double.issuer
    access._token, issuer.refuses = "", "invalid_client"
    with pytest.raises(GiveUp, match="credentials"):
        await post(there, urgent=True)
    with pytest.raises(TryLater):
        await post(there)
    access._token, issuer.refuses, issuer.down = "", "", True
    with pytest.raises(TryLater):
        await post(there, urgent=True)
    issuer.down = False
    await post(there, urgent=True)


# --- pacing ---


async def test_what_is_routine_leaves_room_for_alarms() -> None:
    pacing = Pacing()
    for _ in range(5):
        await pacing.turn("a", urgent=False)
    loop = asyncio.get_running_loop()
    began = loop.time()
    for _ in range(2):
        await pacing.turn("a", urgent=True)
    assert loop.time() - began < 0.1
    waits = asyncio.create_task(pacing.turn("a", urgent=False))
    await asyncio.sleep(0.05)
    assert not waits.done()
    await pacing.turn("b", urgent=False)
    waits.cancel()


async def test_a_burst_stays_within_what_teams_counts(there: Placed) -> None:
    """Seven in a second, eight in two: whatever is more is told to come again."""
    sent = await asyncio.gather(
        *(post(there, urgent=True, key=str(number)) for number in range(20)),
        return_exceptions=True,
    )
    there_now = len(there.double.user("ana").messages())
    assert there_now == sum(isinstance(each, str) for each in sent) >= 7
    assert all(isinstance(each, str | TryLater) for each in sent)
    assert not [each for each in sent if "rate limiting" in str(each)], "never over the limit"


async def test_answers_are_counted_and_wait_for_nothing_routine_and_leave_room_for_an_alarm() -> (
    None
):
    pacing, loop = Pacing(), asyncio.get_running_loop()
    began = loop.time()
    for _ in range(5):
        await pacing.turn("a", urgent=False)
    await pacing.answer("a")
    assert not pacing.spare("a")
    assert loop.time() - began < 0.5, "there is room for an answer beside what is routine"
    another = asyncio.create_task(pacing.answer("a"))
    await asyncio.sleep(0.05)
    assert not another.done(), "the last of a window is an alarm's"
    await pacing.turn("a", urgent=True)
    assert loop.time() - began < 0.9
    await another
    assert loop.time() - began > 1.0
    pacing.rest("b", 30.0)
    with pytest.raises(TryLater):
        await pacing.answer("b")
    assert not pacing.spare("b")
    assert pacing.spare("c")


async def test_however_much_somebody_writes_teams_refuses_nothing_and_an_alarm_comes(
    there: Placed,
) -> None:
    there.core.answer = Answer(card=sentence("Thank you."))
    ana, connector = there.double.user("ana"), there.double.connector
    await asyncio.gather(*(ana.says(f"hello {n}") for n in range(7)))
    await asyncio.sleep(0.3)
    began = asyncio.get_running_loop().time()
    await post(there, urgent=True, key="alarm")
    assert asyncio.get_running_loop().time() - began < 2.0
    assert "Hello." in ana.everything()
    await ana.tenant.until(lambda: ana.everything().count("Thank you.") == 7, "all", 20.0)
    assert connector.limited == 0


async def test_plainer_words_stand_in_the_place_of_the_message(there: Placed) -> None:
    reference = await post(there)
    there.double.trouble(status=413, code="MessageSizeTooBig")
    await there.plugged.channel.edit("29:ana", reference, OTHER)
    (message,) = there.double.user("ana").messages()
    assert "Goodbye." in message.activity["text"]
    assert message.activity["id"] == reference
