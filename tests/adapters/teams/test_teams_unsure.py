"""Nobody is trusted before Teams has said who they are, and whoever it has ever named stays so."""

import asyncio
from typing import Any

import pytest

from adapters.teams import knowing
from bot.cards.general import sentence
from bot.ports import GiveUp, TryLater
from storage.memory import MemoryStore
from tests.adapters.teams.placed import NAMES, OFFICE, Placed, placed
from tests.teams_double.double import Double, teams
from tests.teams_double.trouble import Trouble

HELLO = sentence("Hello.")
WAYS: dict[str, dict[str, Any]] = {
    "it refuses": {"status": 403, "code": "Forbidden"},
    "it breaks": {"status": 502, "code": "BadGateway"},
}


def nobody_is_named(double: Double, **what: Any) -> Trouble:
    def asks(method: str, path: str) -> bool:
        return method == "GET" and "/members/" in path

    return double.trouble(meets=asks, times=10**9, **what)


@pytest.mark.parametrize("way", WAYS)
async def test_nobody_is_told_anything_before_teams_has_said_who_they_are(
    way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowing, "LOOKS_SOON", 0.1)
    monkeypatch.setattr(knowing, "MEETS_AGAIN", 0.0)
    async with placed(met=()) as there:
        trouble = nobody_is_named(there.double, **WAYS[way])
        sam = there.double.user("sam")
        await sam.installs()
        await sam.says("hello")
        assert there.core.heard[-1].unsure
        with pytest.raises(TryLater):
            await there.plugged.channel.post("29:sam", HELLO, urgent=True, key="k")
        assert "Teams does not say who has the account of Sam" in there.core.problems[-1]

        trouble.times = 0  # and it is asked again, soon
        while there.core.problems[-1]:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        await there.plugged.channel.post("29:sam", HELLO, urgent=True, key="k")
        await sam.sees("Hello.")
        await sam.says("hello")
        assert not there.core.heard[-1].unsure


@pytest.mark.parametrize(
    "account", [{"role": "guest"}, {"upn": "sam#EXT#@school.example"}, {"tenant": "another"}]
)
async def test_whoever_has_never_written_is_asked_about_before_the_first_message(
    account: dict[str, str],
) -> None:
    async with placed(met=("ana",)) as there:
        for name, value in account.items():
            setattr(there.double.tenant.people["29:sam"], name, value)
        there.double.tenant.installed_for |= {"29:sam", "29:olu"}
        with pytest.raises(GiveUp, match="a member's account would be right"):
            await there.plugged.channel.post("29:sam", HELLO, urgent=True, key="k")
        assert not there.double.user("sam").messages()
        await there.plugged.channel.post("29:olu", HELLO, urgent=True, key="k")
        await there.double.user("olu").sees("Hello.")


async def test_whoever_was_identified_before_is_reached_while_teams_says_nothing() -> None:
    store = MemoryStore()
    async with teams(NAMES) as double:
        double.tenant.channel(OFFICE, {"29:olu", "29:sam"})
        async with placed(double=double, store=store):
            pass
        nobody_is_named(double, **WAYS["it breaks"])
        async with placed(double=double, store=store, met=()) as there:
            await _is_trusted(there)


async def _is_trusted(there: Placed) -> None:
    sam = there.double.user("sam")
    await there.plugged.channel.post("29:sam", HELLO, urgent=True, key="k")
    await sam.sees("Hello.")
    await sam.says("hello")
    assert not there.core.heard[-1].unsure


async def test_a_press_in_the_offices_channel_is_of_whoever_its_roster_names() -> None:
    async with placed(met=("olu",)) as there:
        sam, room = there.double.user("sam"), there.double.tenant.rooms[OFFICE]
        await sam.says("hello", room)
        assert not there.core.heard[-1].unsure
        room.members.add("29:tom")
        there.double.tenant.people["29:tom"].role = "guest"
        await there.double.user("tom").says("hello", room)
        assert there.core.heard[-1].unsure
