"""What people do, as the core hears it, and where its answer is seen."""

import asyncio
import time
from dataclasses import replace

import pytest

from bot.cards.general import PLAN, sentence
from bot.cards.model import Button, Buttons, Card, Choice, Form, Line, Moment
from bot.ports import Answer, Inbound, Press, Say, Submit
from tests.adapters.slack.placed import OFFICE, Placed
from tests.slack_double import reading
from tests.slack_double.trouble import Kind

FORM = Form(
    name="leave",
    title="Leaving on V-1001",
    submit="I'm leaving now",
    fields=(
        Line("place", "Address", required=True),
        Moment("until", "Expected back", required=True),
        Choice("kit", "What you have with you", (("phone", "Phone"), ("id", "Id")), several=True),
    ),
    visit="v1",
    version=3,
    values={"until": "2026-11-24T14:05"},
)
THANKS = Answer(card=sentence("Thank you. Due back 14:00.", PLAN))
CARD = Card(
    "You are out", "You are out.", (Buttons((Button("I'm OK", "ok", "v1", 3, {"a": "b"}),)),)
)


def heard(there: Placed) -> Press | Say | Submit:
    return there.core.heard[-1].act


@pytest.mark.parametrize(
    ("typed", "act"),
    [
        ("", Press("plan")),
        ("status", Press("mine")),
        ("my visits", Say("my visits")),
        ("ok", Say("ok")),
        ("back", Say("back")),
        ("help", Say("help")),
        ("14 Oak &amp; Ash Road at 2pm", Say("14 Oak & Ash Road at 2pm")),
    ],
)
async def test_the_command(both: Placed, typed: str, act: Press | Say) -> None:
    both.core.answer = THANKS
    ana = both.double.user("U0ANA")
    assert (await ana.command(typed, OFFICE if typed == "help" else "")).ok
    assert heard(both) == act
    assert not both.core.heard[-1].in_office, "a command is private wherever it is typed"
    assert ana.phone == [], "the answer is in the acknowledgement"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("I'm ok &lt;3", "I'm ok <3"),
        ("ring <tel:07700900001|07700 900001>", "ring 07700 900001"),
        ("see <https://oak.example/a|oak.example> now", "see oak.example now"),
        ("see <https://oak.example/a>", "see https://oak.example/a"),
        ("with <@U0SAM> at 2", "with   at 2"),
        ("  help  ", "help"),
    ],
)
async def test_plain_words_are_heard_as_they_were_typed(
    both: Placed, typed: str, said: str
) -> None:
    both.core.answer = THANKS
    ana = both.double.user("U0ANA")
    await ana.says(typed)
    assert heard(both) == Say(said)
    await ana.sees("Thank you. Due back 14:00.")
    assert ana.phone == ["Thank you. Due back 14:00."]


async def test_a_mention_is_answered_so_that_only_they_see_it(both: Placed) -> None:
    both.core.answer = THANKS
    sam, olu = both.double.user("U0SAM"), both.double.user("U0OLU")
    await sam.mentions("ok", OFFICE)
    assert heard(both) == Say("ok")
    assert both.core.heard[-1].in_office
    await sam.sees("Thank you.", OFFICE)
    assert olu.everything(OFFICE) == ""


async def test_a_form_opens_at_once_and_what_it_says_is_heard(both: Placed) -> None:
    both.core.answer = Answer(form=FORM)
    ana = both.double.user("U0ANA")
    await ana.shortcut()
    assert heard(both) == Press("plan")
    assert ana.modal is not None, "it was open before the acknowledgement"
    both.core.answer = THANKS
    await ana.fills(place=" 14 Oak Road\n<b>", kit="id,phone")
    values = {"place": " 14 Oak Road\n<b>", "until": "2026-11-24T14:05", "kit": "id,phone"}
    assert heard(both) == Submit("leave", values, "v1", 3)
    await ana.reads_in_form("Thank you. Due back 14:00.")
    await ana.presses("Plan a visit")
    assert heard(both) == Press("plan")


async def test_what_went_wrong_stands_over_the_form_which_keeps_everything_typed(
    both: Placed,
) -> None:
    both.core.answer = Answer(form=FORM)
    ana = both.double.user("U0ANA")
    await ana.shortcut()
    both.core.answer = Answer(card=sentence("I have done nothing."), undone=True)
    await ana.fills(place="14 Oak Road", kit="id")
    await ana.reads_in_form("I have done nothing.")
    ana.goes_back()
    both.core.answer = THANKS
    await ana.submits()
    values = {"place": "14 Oak Road", "until": "2026-11-24T14:05", "kit": "id"}
    assert heard(both) == Submit("leave", values, "v1", 3)
    await ana.reads_in_form("Thank you. Due back 14:00.")


async def test_a_field_that_is_wrong_says_so_and_everything_typed_is_kept(both: Placed) -> None:
    both.core.answer = Answer(form=FORM)
    ana = both.double.user("U0ANA")
    await ana.shortcut()
    wrong = {"until": "That is past.", "kit": "Please take your phone."}
    both.core.answer = Answer(form=replace(FORM, errors=wrong))
    await ana.fills(place="14 Oak Road", kit="id")
    assert ana.errors == {"until.time": "That is past.", "kit": "Please take your phone."}
    both.core.answer = THANKS
    await ana.submits()
    assert heard(both) == Submit(
        "leave",
        {"place": "14 Oak Road", "until": "2026-11-24T14:05", "kit": "id"},
        "v1",
        3,
    )


async def test_what_is_wrong_with_all_of_it_and_another_way_on_are_shown_in_the_form(
    both: Placed,
) -> None:
    both.core.answer = Answer(form=FORM)
    ana = both.double.user("U0ANA")
    await ana.shortcut()
    again = replace(
        FORM,
        values={"place": "14 Oak Road"},
        errors={"": "Not like this.", "kit": "Take your phone."},
        extra=(Button("I've already left", "already_left", "v1", 3),),
    )
    both.core.answer = Answer(form=again)
    await ana.fills(place="14 Oak Road")
    assert "Not like this." in ana.form_words
    assert "Take your phone." in ana.form_words
    both.core.answer = THANKS
    await ana.presses("I've already left")
    assert heard(both) == Press("already_left", "v1", 3)
    await ana.reads_in_form("Thank you.")


async def test_the_same_form_sent_twice_is_one_deed_and_another_is_another(both: Placed) -> None:
    both.core.answer = Answer(form=FORM)
    ana = both.double.user("U0ANA")
    await ana.shortcut()
    both.core.answer = Answer(form=replace(FORM, errors={"place": "Where?"}))
    await ana.fills(place="here")
    await ana.submits()
    await ana.fills(place="14 Oak Road")
    one, two, three = (each.delivery for each in both.core.heard[1:])
    assert one == two != three


async def test_a_press_in_direct_messages_is_answered_there(both: Placed) -> None:
    await both.plugged.channel.post("U0ANA", CARD, urgent=False, key="k")
    both.core.answer = THANKS
    ana = both.double.user("U0ANA")
    await ana.presses("I'm OK")
    assert heard(both) == Press("ok", "v1", 3, {"a": "b"})
    assert not both.core.heard[-1].in_office
    await ana.sees("Thank you.")


async def test_P5_a_press_in_a_channel_counts_as_the_offices_and_is_answered_to_them_alone(
    both: Placed,
) -> None:
    await both.plugged.channel.post(OFFICE, CARD, urgent=False, key="k")
    both.core.answer = THANKS
    sam, olu = both.double.user("U0SAM"), both.double.user("U0OLU")
    await sam.presses("I'm OK", OFFICE)
    assert both.core.heard[-1].in_office
    await sam.sees("Thank you.", OFFICE)
    assert "Thank you." not in olu.everything(OFFICE)
    await sam.presses("Plan a visit", OFFICE)
    assert both.core.heard[-1].in_office, "on what only they see, too"


@pytest.mark.parametrize(
    ("answer", "then"),
    [
        (Answer(card=sentence("Thank you.")), "Thank you."),
        (Answer(form=FORM), "press to fill it in"),
        (Answer(), "What you pressed is done."),
    ],
    ids=["a card", "a form", "nothing more"],
)
async def test_a_press_that_takes_long_is_acknowledged_and_answered_once_it_is_done(
    both: Placed, monkeypatch: pytest.MonkeyPatch, answer: Answer, then: str
) -> None:
    monkeypatch.setattr("adapters.slack.plugged.ANSWERS_WITHIN", 0.1)
    await both.plugged.channel.post("U0ANA", CARD, urgent=False, key="k")

    async def handle(_: Inbound) -> Answer:
        await asyncio.sleep(1.0)
        return answer

    both.core.handle = handle
    ana = both.double.user("U0ANA")
    taken = await ana.presses("I'm OK")
    assert taken.ok
    assert taken.seconds < 0.9
    await ana.sees("still working on it")
    assert then not in ana.everything()
    await ana.sees(then)
    taken = await ana.command("back")
    assert taken.seconds < 0.9
    assert "still working on it" in ana.everything()
    assert len(both.core.heard) == 2


async def test_two_presses_are_two_deeds(both: Placed) -> None:
    await both.plugged.channel.post("U0ANA", CARD, urgent=False, key="k")
    ana = both.double.user("U0ANA")
    await ana.presses("I'm OK")
    await ana.presses("I'm OK")
    assert len({each.delivery for each in both.core.heard}) == 2


async def test_a_message_opens_no_form_and_the_core_is_told_so(both: Placed) -> None:
    both.core.answer = THANKS
    await both.double.user("U0ANA").says("visit")
    assert not both.core.heard[-1].forms
    await both.double.user("U0ANA").command("14 Oak Road at 2")
    assert both.core.heard[-1].forms


async def test_a_form_after_a_mention_is_offered_by_a_button_that_they_alone_see(
    both: Placed,
) -> None:
    both.core.answer = Answer(form=FORM)
    sam = both.double.user("U0SAM")
    await sam.mentions("leaving", OFFICE)
    assert both.core.heard[-1].forms
    await sam.sees("Leaving on V-1001", OFFICE)
    assert both.double.user("U0OLU").everything(OFFICE) == ""
    await sam.presses("Open the form", OFFICE)
    assert heard(both) == Press("leave", "v1", 3)
    assert sam.modal is not None


async def test_events_that_come_twice_have_one_name(both: Placed) -> None:
    both.double.delivery.events_twice = True
    await both.double.user("U0ANA").says("help")
    one, two = both.core.heard
    assert one == two


async def test_an_answer_that_was_not_taken_goes_again(both: Placed) -> None:
    both.core.answer = THANKS
    ana = both.double.user("U0ANA")
    for kind in ("status", "drop"):
        both.double.trouble.once("chat.postMessage", kind)
    await ana.says("ok")
    await ana.sees("Thank you.")


@pytest.mark.parametrize("kind", ["status", "drop", "limit", "lose"])
async def test_a_form_that_slack_did_not_open_is_tried_again(both: Placed, kind: Kind) -> None:
    both.core.answer = Answer(form=FORM)
    ana = both.double.user("U0ANA")
    both.double.trouble.once("views.open", kind, after=0.1)
    await ana.shortcut()
    await ana.until(lambda: ana.modal is not None, "the form")
    assert ana.everything() == ""


async def test_a_form_that_cannot_be_opened_is_offered_by_a_button(both: Placed) -> None:
    both.core.answer = Answer(form=FORM)
    ana = both.double.user("U0ANA")
    both.double.trouble.once("views.open", "error", error="expired_trigger_id")
    await ana.shortcut()
    await ana.sees("Leaving on V-1001")
    await ana.presses("Open the form")
    assert ana.modal is not None


async def test_no_acknowledgement_waits_for_slack(both: Placed) -> None:
    """While the Web API hangs, people still see that their press was taken."""
    both.double.trouble.always("*", "hang", seconds=1.5)
    ana = both.double.user("U0ANA")
    both.core.answer = Answer(form=FORM)
    await ana.shortcut()
    both.core.answer = THANKS
    await ana.says("ok")
    await ana.command("ok")
    both.double.trouble.over()
    assert max(both.double.delivery.took) < 1.0


async def test_a_trigger_that_is_too_old_opens_nothing(both: Placed) -> None:
    ana = both.double.user("U0ANA")
    trigger = both.double.workspace.trigger("U0ANA")
    both.double.workspace.triggers[trigger] = ("U0ANA", time.monotonic() - 3.1)
    with pytest.raises(Exception, match="expired_trigger_id"):
        both.double.workspace.spend(trigger)
    assert ana.modal is None


async def test_every_word_of_an_answer_can_be_read(both: Placed) -> None:
    both.core.answer = THANKS
    sam = both.double.user("U0SAM")
    await sam.command("ok", OFFICE)
    (message,) = sam.messages(OFFICE)
    assert reading.words(message.blocks) == ["Thank you. Due back 14:00.", "Plan a visit"]


COLLEAGUES = (("sam", "Sam"), ("olu", "Olu"))
PICKED = Form(
    name="plan",
    title="Plan a visit",
    submit="Send",
    fields=(
        Choice("companions", "Going with", COLLEAGUES, several=True, people=True),
        Choice("contact", "Who knows?", COLLEAGUES, people=True),
    ),
    values={"companions": "sam,U0TOM", "contact": "olu"},
)


async def test_people_are_picked_as_slack_picks_them(both: Placed) -> None:
    both.core.answer = Answer(form=PICKED)
    ana = both.double.user("U0ANA")
    await ana.shortcut()
    kinds = [block["element"]["type"] for block in (await ana.form()).given["blocks"]]
    assert kinds == ["multi_users_select", "users_select"]
    both.core.answer = THANKS
    await ana.submits()
    assert heard(both) == Submit("plan", {"companions": "sam,U0TOM", "contact": "olu"})
    both.core.answer = Answer(form=PICKED)
    ana.closes_form()
    await ana.shortcut()
    wrong = {"companions": "Please choose from the people of the school."}
    both.core.answer = Answer(form=replace(PICKED, errors=wrong))
    await ana.fills(companions="U0TOM", contact="")
    assert heard(both) == Submit("plan", {"companions": "U0TOM", "contact": ""})
    assert ana.errors == wrong


async def test_where_somebody_has_no_slack_id_they_can_be_chosen_all_the_same(
    both: Placed,
) -> None:
    options = (("sam", "Sam"), ("kim", "Kim, on Teams alone"))
    form = replace(PICKED, fields=(Choice("contact", "Who knows?", options, people=True),))
    both.core.answer = Answer(form=form)
    ana = both.double.user("U0ANA")
    await ana.shortcut()
    both.core.answer = THANKS
    await ana.fills(contact="kim")
    assert heard(both) == Submit("plan", {"contact": "kim"})


async def test_a_hundred_presses_in_a_second_are_not_a_hundred_messages(both: Placed) -> None:
    await both.plugged.channel.post("U0ANA", CARD, urgent=False, key="k")
    both.core.answer = THANKS
    ana = both.double.user("U0ANA")
    both.double.trouble.once("chat.postMessage", "hang", seconds=0.5)
    await asyncio.gather(*(ana.presses("I'm OK") for _ in range(100)))
    both.core.answer = Answer(card=sentence("Something else."))
    await ana.presses("I'm OK")
    await ana.sees("Something else.")
    assert len({each.delivery for each in both.core.heard}) == 101
    assert ana.phone[1:] == ["Thank you. Due back 14:00.", "Something else."]
