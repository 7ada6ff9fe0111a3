"""P5 on Slack: a channel that others read is told no names, and who must know learns it."""

from dataclasses import replace

import pytest

from bot.cards.general import sentence
from bot.ports import GiveUp, TryLater
from tests.adapters.slack.placed import OFFICE, SCHOOL, Placed, placed
from tests.slack_double.workspace import BOT_USER, Room

CARD = sentence("Ana Teach is out.")


async def post(there: Placed, key: str = "k") -> None:
    await there.plugged.channel.post(OFFICE, CARD, urgent=True, key=key)


def office(there: Placed) -> Room:
    return there.double.workspace.rooms[OFFICE]


async def looked_at_again(there: Placed) -> None:
    there.plugged._offices.ask_again()
    await there.adopt(SCHOOL)


UNFIT = {
    "public": {"private": False},
    "shared with another organisation": {"shared": True},
    "shared with another workspace": {"org_shared": True},
    "archived": {"archived": True},
}


@pytest.mark.parametrize("why", [*UNFIT, "holds guests", "Doorstep is not in"])
async def test_P5_an_unfit_office_channel_is_told_nothing(there: Placed, why: str) -> None:
    await post(there)
    room = office(there)
    for name, value in UNFIT.get(why, {}).items():
        setattr(room, name, value)
    if why == "holds guests":
        there.double.workspace.people["U0SAM"].is_restricted = True
        there.plugged._people.forget("U0SAM")
    if why == "Doorstep is not in":
        room.members.discard(BOT_USER)
    await looked_at_again(there)
    with pytest.raises(GiveUp, match="told nothing"):
        await post(there, "another")
    (message,) = room.messages.values()
    with pytest.raises(GiveUp, match="told nothing"):
        await there.plugged.channel.edit(OFFICE, message.ts, CARD)
    assert len(room.messages) == 1
    assert "slack" not in there.core.setup.school.office, "its holders are written to instead"
    (said,) = there.core.problems
    assert why in said or "Doorstep is not in it" in said


async def test_P5_a_public_channel_is_told_where_the_school_says_so(there: Placed) -> None:
    office(there).private = False
    there.plugged._offices.ask_again()
    await there.adopt(replace(SCHOOL, office_public=True))
    assert there.core.setup.school.office == {"slack": OFFICE}
    await post(there)
    office(there).shared = True
    there.plugged._offices.ask_again()
    with pytest.raises(GiveUp):
        await post(there, "shared")


async def test_P5_a_channel_that_is_mended_is_told_again(there: Placed) -> None:
    office(there).private = False
    await looked_at_again(there)
    office(there).private = True
    await looked_at_again(there)
    assert there.core.setup.school.office == {"slack": OFFICE}
    assert there.core.problems[-1] == ""
    await post(there)


async def test_P5_a_guest_who_joins_is_noticed_by_the_event(there: Placed) -> None:
    there.double.workspace.person("U0GUEST", "Gus Guest", is_restricted=True)
    office(there).members.add("U0GUEST")
    event = {"type": "member_joined_channel", "user": "U0GUEST", "channel": OFFICE}
    await there.double.delivery.event(event)
    with pytest.raises(GiveUp, match="guests"):
        await post(there)
    assert there.core.learnt > 0, "the school is asked for again"


async def test_P5_a_channel_made_public_is_noticed_in_a_minute_without_an_event(
    there: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert there.plugged._offices.kept <= 60
    monkeypatch.setattr(there.plugged._offices, "kept", 0.0)
    there.plugged._offices.ask_again()
    await post(there)
    learnt = there.core.learnt
    office(there).private = False
    with pytest.raises(GiveUp, match="it is public"):
        await post(there, "another")
    assert there.core.learnt > learnt, "its holders are written to instead"


async def test_P5_before_slack_has_said_who_reads_it_nothing_is_told() -> None:
    async with placed() as there:
        there.plugged._offices._verdicts.clear()
        there.double.trouble.always("conversations.info", "status")
        with pytest.raises(TryLater):
            await post(there)
        there.double.trouble.over()
        await post(there)


async def test_P5_what_was_fit_stays_so_while_slack_is_silent(there: Placed) -> None:
    there.plugged._offices.ask_again()
    there.double.trouble.always("conversations.info", "status")
    there.double.trouble.always("conversations.members", "drop")
    await post(there)
