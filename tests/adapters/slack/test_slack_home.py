"""The home tab: shown when it is opened, and true again soon after something has changed."""

import asyncio

from bot.cards.general import PLAN, sentence
from bot.cards.model import Button, Buttons, Card, Text
from bot.cards.tab import tab
from bot.ports import Answer, Inbound, Press
from tests.adapters.slack.placed import OFFICE, Placed
from tests.slack_double import reading
from tests.slack_double.user import User


def page(words: str) -> Card:
    blocks = (Text(words), Buttons((Button("I'm OK", "ok", "v1", 3),)))
    return Card("n", "Hello Ana.", blocks)


def said(user: User) -> str:
    return " ".join(reading.words(user.home["blocks"])) if user.home else ""


async def reads(user: User, words: str) -> None:
    await user.until(lambda: words in said(user), words)


async def test_it_is_drawn_for_whoever_opens_it(both: Placed) -> None:
    both.core.answer = Answer(card=tab("Ana", ()))
    ana = both.double.user("U0ANA")
    await ana.opens_home()
    await reads(ana, "You have no visits at the moment.")
    assert both.core.heard[-1].act == Press("tab")
    assert both.double.user("U0SAM").home is None


async def test_a_press_on_it_is_answered_in_front_of_it(both: Placed) -> None:
    both.core.answer = Answer(card=page("Due back 14:00."))
    ana = both.double.user("U0ANA")
    await ana.opens_home()
    await reads(ana, "Due back 14:00.")

    async def handle(inbound: Inbound) -> Answer:
        pressed = inbound.act == Press("ok", "v1", 3)
        return Answer(card=sentence("Thank you.", PLAN) if pressed else page("Heard."))

    both.core.handle = handle
    await ana.presses_at_home("I'm OK")
    await ana.reads_in_form("Thank you.")
    assert ana.phone == []
    await reads(ana, "Heard.")


async def test_it_is_drawn_again_when_something_was_said_to_them(there: Placed) -> None:
    ana, olu = there.double.user("U0ANA"), there.double.user("U0OLU")
    there.core.answer = Answer(card=page("before"))
    await ana.opens_home()
    await olu.opens_home()
    await reads(ana, "before")
    await reads(olu, "before")
    there.core.answer = Answer(card=page("after"))
    reference = await there.plugged.channel.post("U0ANA", page("m"), urgent=False, key="k")
    await reads(ana, "after")
    assert "before" in said(olu)
    there.core.answer = Answer(card=page("edited"))
    await there.plugged.channel.edit("U0ANA", reference, page("m"))
    await reads(ana, "edited")
    there.core.answer = Answer(card=page("board"))
    await there.plugged.channel.post(OFFICE, page("m"), urgent=False, key="k")
    await reads(olu, "board")


async def test_several_changes_are_one_and_what_is_the_same_is_not_shown_again(
    there: Placed,
) -> None:
    there.core.answer = Answer(card=page("one"))
    ana = there.double.user("U0ANA")
    await ana.opens_home()
    await reads(ana, "one")
    for number in range(5):
        await there.plugged.channel.post("U0ANA", page("m"), urgent=False, key=f"k{number}")
    await asyncio.sleep(0.8)
    published = [m for m, _ in there.double.workspace.calls if m == "views.publish"]
    assert len(published) == 1


async def test_it_comes_through_when_slack_fails_at_first(there: Placed) -> None:
    there.core.answer = Answer(card=page("one"))
    ana = there.double.user("U0ANA")
    there.double.trouble.once("views.publish", "status")
    there.double.trouble.once("views.publish", "limit", after=0.1)
    await ana.opens_home()
    await reads(ana, "one")
