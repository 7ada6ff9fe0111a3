"""What ``doorstep check`` says of Teams."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from adapters.plug import ChannelOff
from adapters.teams.access import TURNED_DOWN
from bot.cards.general import sentence
from storage.memory import MemoryStore
from tests.adapters.teams.placed import NAMES, OFFICE, Placed, placed
from tests.teams_double.double import teams


async def test_all_is_well_once_everybody_has_added_the_app(there: Placed) -> None:
    await there.double.user("eve").installs()
    assert await there.plugged.check() == ()


async def test_whoever_can_not_be_reached_yet_is_named_with_what_to_do(there: Placed) -> None:
    (sentence,) = await there.plugged.check()
    assert sentence.startswith("Teams: Eve can't be reached yet: adding Doorstep in Teams")


async def test_whoever_removed_the_app_while_nobody_listened_is_named() -> None:
    store = MemoryStore()
    async with teams(NAMES) as double:
        double.tenant.channel(OFFICE, {"29:olu"})
        async with placed(double=double, store=store, met=("ana", "sam", "olu", "eve")):
            pass
        double.user("sam").chat.bot = False
        async with placed(double=double, store=store, met=()) as there:
            (sentence,) = await there.plugged.check()
    assert sentence.startswith("Teams: Sam can't be reached: the person has not added Doorstep")


async def test_guests_and_an_unfit_channel_are_named(there: Placed) -> None:
    await there.double.user("eve").installs()
    there.double.tenant.people["29:sam"].role = "guest"
    there.plugged._people._asked.clear()
    there.plugged._offices.ask_again()
    office, sam = await there.plugged.check()
    assert office == (
        f"Teams: the office channel {OFFICE} is told no names: it holds guests, or people of "
        "another organisation."
    )
    assert sam.startswith("Teams: Sam has a guest")


async def test_bad_credentials_are_named_without_them(there: Placed) -> None:
    there.plugged._access._token, there.double.issuer.refuses = "", "invalid_client"
    (sentence,) = await there.plugged.check()
    assert "MICROSOFT_APP_PASSWORD" in sentence
    assert "an-app-secret" not in sentence


async def test_keys_that_can_not_be_had_are_named(there: Placed) -> None:
    await there.double.user("eve").installs()
    there.double.issuer.published = {}
    there.plugged._door._keys._keys.clear()
    there.plugged._door._keys._every = 0.0
    (sentence,) = await there.plugged.check()
    assert sentence.startswith("Teams: Microsoft's signing keys can't be fetched")


async def test_credentials_that_teams_itself_refuses_are_named(there: Placed) -> None:
    there.double.connector.refuses = True
    there.plugged._people._asked.clear()  # as a process that has just begun
    assert await there.plugged.check() == (TURNED_DOWN,)


@asynccontextmanager
async def on_a_machine_of_azures() -> AsyncIterator[Placed]:
    async with teams(NAMES) as double:
        identity: dict[str, Any] = {
            "microsoft_app_type": "UserAssignedMSI",
            "microsoft_app_password": "",
            "microsoft_login_url": f"{double.issuer.base}/identity",
        }
        double.tenant.channel(OFFICE, {"29:olu"})
        async with placed(double=double, met=(), **identity) as there:
            yield there


@pytest.mark.parametrize(
    ("status", "words"),
    [(400, "This machine has no managed identity"), (0, "Nothing here gives out managed id")],
)
async def test_a_managed_identity_that_is_not_there_is_named(status: int, words: str) -> None:
    async with on_a_machine_of_azures() as there:
        there.double.issuer.identity, there.plugged._access._token = status, ""
        there.double.issuer.down = not status
        (sentence,) = await there.plugged.check()
        assert words in sentence


async def test_a_managed_identity_gives_a_token_without_any_secret() -> None:
    async with on_a_machine_of_azures() as there:
        await there.double.user("ana").installs()
        await there.plugged.channel.post("29:ana", sentence("Hello."), urgent=False, key="k")
        await there.double.user("ana").sees("Hello.")


async def test_silence_is_named(there: Placed) -> None:
    there.plugged._access._token, there.double.issuer.down = "", True
    (sentence,) = await there.plugged.check()
    assert sentence.startswith("Teams does not answer")


async def test_bad_credentials_keep_teams_off_and_silence_does_not() -> None:
    with pytest.raises(ChannelOff, match="MICROSOFT_APP_PASSWORD"):
        async with placed(microsoft_app_password="another"):
            pass
