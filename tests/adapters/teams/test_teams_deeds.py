"""What people do on Teams, as the core hears it, and what they are answered."""

import asyncio
from dataclasses import replace

import pytest

from adapters.teams.in_time import STILL
from bot.cards.general import sentence, went_wrong
from bot.cards.model import Button, Buttons, Card, Form, Line, OwnView
from bot.ports import Answer, Inbound, Press, Say, Submit
from tests.adapters.teams.placed import OFFICE, Placed
from tests.teams_double.reading import inputs
from tests.teams_double.tenant import Message
from tests.teams_double.user import User

ASK = Card("Are you OK?", "Are you OK?", (Buttons((Button("I'm OK", "ok", "v1", 3),)),), "ask")
FRESH = Card("All is well", "You were OK at 14:00.")
THANKS = sentence("Thank you. Due back 15:00.")
REASON = Form("reason", "Why?", "Send", (Line("reason", "Reason", required=True),), visit="v1")


async def test_a_message_is_heard_and_answered_in_the_chat(there: Placed) -> None:
    there.core.answer = Answer(card=THANKS)
    ana = there.double.user("ana")
    assert (await ana.says("ok")).status == 200
    (heard,) = there.core.heard
    assert (heard.channel, heard.sender, heard.act) == ("teams", "29:ana", Say("ok"))
    assert not heard.in_office
    await ana.sees("Thank you. Due back 15:00.")
    assert ana.phone[-1] == THANKS.notification


async def test_a_press_is_answered_with_the_card_as_it_is_now(there: Placed) -> None:
    channel, ana = there.plugged.channel, there.double.user("ana")
    reference = await channel.post("29:ana", ASK, urgent=False, key="k")
    there.core.answer = Answer(card=THANKS, fresh=FRESH)
    taken = await ana.presses("I'm OK")
    assert taken.body["type"] == "application/vnd.microsoft.card.adaptive"
    assert "You were OK at 14:00." in str(taken.body["value"])
    assert there.core.heard[-1].act == Press("ok", "v1", 3)
    assert there.core.heard[-1].pressed_on == reference
    await ana.sees("You were OK at 14:00.")
    await ana.sees("Thank you. Due back 15:00.")


async def test_a_press_on_what_is_no_longer_known_is_answered_with_a_nod(there: Placed) -> None:
    await there.plugged.channel.post("29:ana", ASK, urgent=False, key="k")
    ana = there.double.user("ana")
    taken = await ana.presses("I'm OK")
    assert taken.status == 200
    assert ana.toast == "Done."


async def test_what_was_not_done_is_never_called_done(there: Placed) -> None:
    """The message that says so may not come; the answer to the press does."""
    await there.plugged.channel.post("29:ana", ASK, urgent=False, key="k")
    ana, wrong = there.double.user("ana"), went_wrong("3fa9c210")
    there.core.answer = Answer(card=wrong, undone=True)
    await ana.presses("I'm OK")
    assert ana.toast == wrong.notification
    there.core.answer = Answer(form=REASON)
    await ana.presses("I'm OK")
    assert ana.toast == "A form for you to fill in"


@pytest.mark.parametrize("client", ["new", "old"])
async def test_a_form_that_could_not_be_taken_stays_with_everything_typed(
    there: Placed, client: str
) -> None:
    ana, wrong = there.double.user("ana"), went_wrong("3fa9c210")
    there.core.answer = Answer(form=REASON)
    await ana.says("decline")
    form = await ana.sees("Why?")
    there.core.answer = Answer(card=wrong, undone=True)
    send = ana.presses if client == "new" else ana.submits
    taken = await send("Send", form, reason="Not today")
    await ana.sees(wrong.title)
    assert form.edits == 0
    assert "Why?" in str(ana.card(form))
    assert (taken.body or {}).get("value") in {None, wrong.notification}


async def test_a_form_is_a_card_that_gives_way_to_what_came_of_it(there: Placed) -> None:
    there.core.answer = Answer(form=REASON)
    ana = there.double.user("ana")
    await ana.says("decline")
    form = await ana.sees("Why?")
    wrong = replace(REASON, errors={"reason": "Too short."})
    there.core.answer = Answer(form=wrong)
    await ana.presses("Send", form, reason="x")
    await ana.sees("Too short.")
    there.core.answer = Answer(card=THANKS)
    taken = await ana.presses("Send", form, reason="Not today")
    assert "Thank you." in str(taken.body["value"])
    assert there.core.heard[-1].act == Submit("reason", {"reason": "Not today"}, "v1")
    await ana.tenant.until(lambda: "Thank you." in str(form.card), "the form gone")
    assert len([m for m in ana.messages() if m.activity.get("attachments")]) == 1


async def test_an_old_client_presses_and_sends_forms_as_messages(there: Placed) -> None:
    ana = there.double.user("ana")
    await there.plugged.channel.post("29:ana", ASK, urgent=False, key="k")
    there.core.answer = Answer(form=REASON)
    assert (await ana.submits("I'm OK", ana.messages()[-1])).status == 200
    form = await ana.sees("Why?")
    there.core.answer = Answer(card=THANKS)
    assert (await ana.submits("Send", form, reason="Not today")).body is None
    assert there.core.heard[-1].act == Submit("reason", {"reason": "Not today"}, "v1")
    await ana.tenant.until(lambda: "Thank you." in str(form.card), "the form gone")


LONG = Form(
    "long",
    "Why?",
    "Send",
    tuple(Line(name, name.title(), "A hint. " * 20, longest=200) for name in "abcdefgh"),
    errors={"a": "Too long."},
)


async def test_what_is_typed_in_arabic_takes_two_bytes_a_letter(there: Placed) -> None:
    typed = dict.fromkeys("abcdefgh", "\u0645" * 900)
    ana, form = await wrongly_filled(there, typed)
    held = {each["id"]: each["value"] for each in inputs(ana.card(form))}
    assert held == typed
    assert len(ana.messages()) == 1, "and nothing follows it"


async def test_what_a_form_has_no_room_for_follows_in_full(there: Placed) -> None:
    typed = {name: f"{name} " + "\U0001f600" * 1400 for name in "abcdefgh"}
    ana, form = await wrongly_filled(there, typed)
    held = {each["id"]: each["value"] for each in inputs(ana.card(form))}
    assert all(typed[name].startswith(value.removesuffix("…")) for name, value in held.items())
    assert "There is no room for all of it here." in str(ana.card(form))
    for value in typed.values():
        await ana.sees(value)


async def test_a_form_never_gives_way_to_plain_words(there: Placed) -> None:
    there.core.answer = Answer(form=LONG)
    ana = there.double.user("ana")
    await ana.says("long")
    form = await ana.sees("Why?")
    before = form.edits
    puts = lambda method, path: method == "PUT"  # noqa: E731
    there.double.trouble(status=413, code="MessageSizeTooBig", meets=puts)
    await ana.submits("Send", form, a="typed")
    await ana.tenant.until(lambda: len(ana.messages()) == 2, "what is wrong")
    assert form.edits == before
    assert form.activity.get("attachments"), "it stands"


async def wrongly_filled(there: Placed, typed: dict[str, str]) -> tuple[User, Message]:
    """The form, once it has come back in the place of the one that was sent."""
    there.core.answer = Answer(form=replace(LONG, errors={}))
    ana = there.double.user("ana")
    await ana.says("long")
    form = await ana.sees("Why?")
    there.core.answer = Answer(form=replace(LONG, values=typed))
    await ana.submits("Send", form, **typed)
    await ana.sees("Too long.")
    return ana, form


async def test_in_the_channel_answers_go_to_the_person_alone(there: Placed) -> None:
    office = there.double.tenant.rooms[OFFICE]
    olu = there.double.user("olu")
    await there.plugged.channel.post(OFFICE, ASK, urgent=False, key="k")
    there.core.answer = Answer(card=THANKS)
    assert (await olu.presses("I'm OK", room=office)).status == 200
    assert there.core.heard[-1].in_office
    await olu.sees("Thank you. Due back 15:00.")
    assert "Thank you" not in olu.everything(office)
    await olu.says("status", office)
    assert there.core.heard[-1].act == Say("status")
    assert there.core.heard[-1].in_office


async def test_whoever_has_no_chat_with_us_is_answered_in_place_where_only_they_see_it(
    there: Placed,
) -> None:
    office, eve = there.double.tenant.rooms[OFFICE], there.double.user("eve")
    office.members.add(eve.id)
    await there.plugged.channel.post(OFFICE, ASK, urgent=False, key="k")
    there.core.answer = Answer(card=THANKS)
    taken = await eve.presses("I'm OK", room=office)
    assert "Thank you." in str(taken.body["value"])
    await eve.says("hello", office)
    assert "Thank you" not in there.double.user("olu").everything(office)
    await eve.tenant.until(lambda: "add Doorstep" in eve.everything(office), "how to be told")


async def test_a_slow_deed_shows_that_somebody_is_typing(
    there: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.teams.plugged.TYPES_AFTER", 0.01)

    async def handle(_: Inbound) -> Answer:
        await asyncio.sleep(0.1)
        return Answer(card=THANKS)

    there.core.handle = handle
    ana = there.double.user("ana")
    await ana.says("hello")
    await ana.sees("Thank you.")
    assert ana.chat.typed == 1


# --- presses that take long ---


async def slow(there: Placed, answer: Answer) -> None:
    """Somebody has the database, say."""
    await there.plugged.channel.post("29:ana", ASK, urgent=False, key="k")

    async def handle(_: Inbound) -> Answer:
        await asyncio.sleep(1.0)
        return answer

    there.core.handle = handle


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.teams.in_time.WITHIN", 0.2)
    monkeypatch.setattr("adapters.teams.in_time.AT_LEAST", 0.1)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize(
    ("answer", "then"),
    [
        (Answer(card=THANKS, fresh=FRESH), "Thank you. Due back 15:00."),
        (Answer(form=REASON), "Why?"),
        (Answer(fresh=FRESH), "What you pressed is done."),
        (Answer(card=went_wrong("3fa9c210"), undone=True), "I have done nothing"),
    ],
    ids=["a card", "a form", "nothing more", "undone"],
)
async def test_a_press_that_takes_long_is_said_to_and_never_to_be_done(
    there: Placed, answer: Answer, then: str
) -> None:
    await slow(there, answer)
    ana = there.double.user("ana")
    taken = await ana.presses("I'm OK")
    assert there.double.took[-1] < 0.9
    assert taken.status == 200
    assert ana.toast == STILL
    assert "done" not in ana.toast.casefold()
    await ana.sees(then)
    assert len(there.core.heard) == 1


@pytest.mark.usefixtures("soon")
async def test_a_form_that_takes_long_gives_way_to_what_came_of_it(there: Placed) -> None:
    there.core.answer = Answer(form=REASON)
    ana = there.double.user("ana")
    await ana.says("decline")
    form = await ana.sees("Why?")
    await slow(there, Answer(form=replace(REASON, errors={"reason": "Too short."})))
    await ana.presses("Send", form, reason="Not today")
    assert ana.toast == STILL
    await ana.tenant.until(lambda: "Too short." in str(form.card), "the mistake")


@pytest.mark.usefixtures("soon")
async def test_a_client_that_looks_by_itself_is_told_nothing_new(there: Placed) -> None:
    office, olu = there.double.tenant.rooms[OFFICE], there.double.user("olu")
    own = replace(ASK, own_view=OwnView(("olu",), Button("", "look", "v1", 3)))
    await there.plugged.channel.post(OFFICE, own, urgent=False, key="k")
    await slow(there, Answer(card=THANKS))
    taken = await olu.looks(olu.messages(office)[-1], office)
    assert taken.body["statusCode"] == 404
    await asyncio.sleep(1.0)
    assert "Thank you" not in olu.everything()


async def test_whatever_else_is_slow_a_press_is_answered_within_three_seconds(
    there: Placed,
) -> None:
    """Somebody whom Teams takes its time to say who they are; and then the database."""
    await slow(there, Answer(card=THANKS))
    ana = there.double.user("ana")
    await ana.removes()
    ana.chat.bot = True
    there.double.trouble(hangs=True, times=9, meets=lambda _, path: "/members/" in path)
    await ana.presses("I'm OK")
    assert there.double.took[-1] < 3.5
    await ana.sees("Thank you. Due back 15:00.")


async def test_nobody_waits_for_that_to_be_shown(
    there: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.teams.plugged.TYPES_AFTER", 0.01)

    async def handle(_: Inbound) -> Answer:
        await asyncio.sleep(0.1)
        return Answer(card=THANKS)

    there.core.handle = handle
    there.double.trouble(hangs=True)
    began = asyncio.get_running_loop().time()
    assert (await there.double.user("ana").says("hello")).ok
    assert asyncio.get_running_loop().time() - began < 2.0


async def test_an_answer_goes_again_where_teams_does_not_answer(
    there: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.teams.answering.AGAIN_AFTER", (0.01, 0.01))
    there.core.answer = Answer(card=THANKS)
    there.double.trouble(status=502, times=2, meets=lambda method, path: method == "POST")
    ana = there.double.user("ana")
    await ana.says("hello")
    await ana.sees("Thank you.")


async def test_whoever_adds_the_app_sees_what_it_can_do(there: Placed) -> None:
    there.core.answer = Answer(card=sentence("Hello Ana."))
    ana = there.double.user("ana")
    await ana.removes()
    await ana.installs()
    assert there.core.heard[-1].act == Press("home")
    assert there.core.heard[-1].page_in_chat
    await ana.sees("Hello Ana.")


async def test_an_invoke_that_is_not_ours_is_answered_as_such(there: Placed) -> None:
    ana = there.double.user("ana")
    sent = {"type": "invoke", "name": "composeExtension/query", "value": {}}
    assert (await ana._send(ana.chat, sent)).status == 501
    assert (await ana._send(ana.chat, {"type": "messageReaction"})).status == 200
    assert there.core.heard == []
