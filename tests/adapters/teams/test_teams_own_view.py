"""A card before several people, which one of them reads otherwise: only they do, and nothing is
done by looking.
"""

from typing import Any

import pytest

from bot.cards.general import sentence
from bot.cards.model import Button, Buttons, Card, OwnView
from bot.ports import Answer, Press
from tests.adapters.teams.placed import OFFICE, Placed
from tests.teams_double.tenant import Message
from tests.teams_double.user import Taken

LOOK = Button("", "look", "v1", 3)
OWNED = Card(
    "Olu has it",
    "Olu has it, until 14:35.",
    (Buttons((Button("They are safe", "safe", "v1", 3),)),),
    "alarm",
    own_view=OwnView(("olu", "eve"), LOOK),
)
MINE = sentence("You have it, until 14:35.")


async def posted(there: Placed) -> Message:
    await there.plugged.channel.post(OFFICE, OWNED, urgent=False, key="k")
    office = there.double.tenant.rooms[OFFICE]
    return await there.double.user("olu").sees("Olu has it", office)


async def looks(there: Placed, name: str, message: Message, **other: Any) -> Taken:
    office = there.double.tenant.rooms[OFFICE]
    return await there.double.user(name).looks(message, office, **other)


async def test_whoever_reads_it_otherwise_is_named_by_the_id_that_teams_goes_by(
    there: Placed,
) -> None:
    message = await posted(there)
    assert message.card["refresh"]["userIds"] == ["29:olu"], "eve has not added the app yet"
    await there.plugged.channel.edit(OFFICE, message.id, OWNED)
    assert message.card["refresh"]["userIds"] == ["29:olu"], "and so after each edit"


async def test_a_chat_of_ones_own_has_no_other_view(there: Placed) -> None:
    await there.plugged.channel.post("29:olu", OWNED, urgent=False, key="k")
    assert "refresh" not in (await there.double.user("olu").sees("Olu has it")).card


async def test_what_they_see_is_answered_to_them_alone_and_said_nowhere(there: Placed) -> None:
    message = await posted(there)
    there.core.answer = Answer(card=MINE)
    taken = await looks(there, "olu", message)
    assert "You have it" in str(taken.body["value"])
    office = there.double.tenant.rooms[OFFICE]
    assert "You have it" in there.double.user("olu").everything(office)
    heard = there.core.heard[-1]
    assert (heard.act, heard.sender, heard.in_office) == (Press("look", "v1", 3), "29:olu", True)
    await there.double.tenant.notice()
    assert "You have it" not in there.double.user("olu").everything()
    assert "You have it" not in there.double.user("sam").everything(office)


async def test_where_there_is_nothing_else_to_see_the_common_card_stands(there: Placed) -> None:
    message = await posted(there)
    there.core.answer = Answer()
    taken = await looks(there, "sam", message)
    assert taken.status == 200
    assert (taken.body["statusCode"], taken.body["type"]) == (
        404,
        "application/vnd.microsoft.error",
    )


@pytest.mark.parametrize("action", ["ok", "on_it", "safe"])
async def test_a_client_that_asks_by_itself_does_nothing_else(there: Placed, action: str) -> None:
    message = await posted(there)
    (button,) = (e for e in message.card["body"][-1]["actions"])
    data = {"doorstep": button["data"]["doorstep"].replace('"safe"', f'"{action}"')}
    assert (await looks(there, "olu", message, data=data)).status == 501
    assert there.core.heard == []
