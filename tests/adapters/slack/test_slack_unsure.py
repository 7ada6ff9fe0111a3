"""Nobody is trusted before Slack has said who they are, and whoever it has ever named stays so."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from adapters.slack import people, plugged
from bot.cards.general import sentence
from bot.ports import GiveUp, TryLater
from storage.memory import MemoryStore
from tests.adapters.slack.placed import OFFICE, PEOPLE, Placed, placed
from tests.slack_double.double import slack
from tests.slack_double.workspace import BOT_USER

HELLO = sentence("Hello.")


@asynccontextmanager
async def silent(store: MemoryStore | None = None) -> AsyncIterator[Placed]:
    """Slack takes messages, and says of nobody who they are."""
    async with slack(PEOPLE) as double:
        double.workspace.channel(OFFICE, "office", {BOT_USER, "U0OLU"})
        if store is not None:
            async with placed(double=double, store=store) as there:
                await there.until(lambda: there.plugged._people.is_identified("U0SAM"))
        for method in ("users.info", "users.lookupByEmail"):
            double.trouble.always(method, "status")
        async with placed(double=double, store=store) as there:
            yield there


async def test_nobody_is_told_anything_before_slack_has_said_who_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plugged, "LOOKS_SOON", 0.1)
    monkeypatch.setattr(people, "AGAIN", 0.0)
    async with silent() as there:
        with pytest.raises(TryLater):
            await there.plugged.channel.post("U0SAM", HELLO, urgent=True, key="k")
        await there.double.user("U0SAM").says("hello")
        assert there.core.heard[-1].unsure
        assert "Slack does not say who has the account of" in there.core.problems[-1]

        there.double.trouble.over()  # and it is asked again, soon
        await there.until(lambda: there.core.problems[-1] == "")
        await there.plugged.channel.post("U0SAM", HELLO, urgent=True, key="k")
        await there.double.user("U0SAM").sees("Hello.")
        await there.double.user("U0SAM").says("hello")
        assert not there.core.heard[-1].unsure


async def test_whoever_was_identified_before_is_reached_while_slack_says_nothing() -> None:
    async with silent(MemoryStore()) as there:
        await there.plugged.channel.post("U0SAM", HELLO, urgent=True, key="k")
        await there.double.user("U0SAM").sees("Hello.")
        await there.double.user("U0SAM").says("hello")
        assert not there.core.heard[-1].unsure


async def test_a_guest_who_was_found_out_stays_one_while_slack_says_nothing() -> None:
    async with silent() as there:
        there.double.trouble.over()
        there.double.workspace.people["U0TOM"].is_restricted = True
        with pytest.raises(GiveUp, match="a guest"):
            await there.plugged.channel.post("U0TOM", HELLO, urgent=True, key="k")
        there.double.trouble.always("users.info", "status")
        with pytest.raises(GiveUp, match="a guest"):
            await there.plugged.channel.edit("U0TOM", "1.1", HELLO)
