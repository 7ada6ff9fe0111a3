"""``doorstep run`` on Teams, where Teams and people do what is rarely thought of."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from aiohttp import ClientSession

from tests.e2e.teams_serving import TeamsServing, peopled
from tests.e2e.test_e2e_teams import out, presses
from tests.teams_double.double import teams
from tests.teams_double.user import PATIENCE


@pytest.fixture
async def serving(tmp_path: Path) -> AsyncIterator[TeamsServing]:
    async with teams() as double:
        peopled(double)
        serving = TeamsServing(tmp_path, double)
        try:
            yield serving
        finally:
            serving.end()


async def test_S4_a_message_changed_into_help_is_help(serving: TeamsServing) -> None:
    await serving.start()
    await serving.everybody_adds_it()
    await out(serving)
    ana, olu = serving.user("ana"), serving.user("olu")
    await ana.says("hlo from here")
    await ana.changes("ok")
    await ana.sees("You changed a message. I act on new ones only, and have done nothing.")
    await ana.changes("help")
    await olu.sees("Ana Teach asked for help", serving.office)
    await serving.user("lee").sees("Ana Teach asked for help")
    answered = len(ana.messages())
    assert (await ana.changes("help", "undeleteMessage")).ok
    await ana.tenant.until(lambda: len(ana.messages()) > answered, "an answer", PATIENCE)


@pytest.mark.timeout(180)
async def test_S4_a_voice_message_is_told_to_whoever_watches(serving: TeamsServing) -> None:
    await serving.start()
    await serving.everybody_adds_it()
    await out(serving)
    ana, olu = serving.user("ana"), serving.user("olu")
    await ana.sends("audio/mp4")
    await ana.sees("I can't play or read that. Are you OK?")
    await olu.sees("Ana Teach, who is out, has sent something that I can't open", serving.office)


@pytest.mark.timeout(180)
async def test_S15_without_signing_keys_the_office_is_told_to_ring(serving: TeamsServing) -> None:
    """After a restart those of before serve for a day; without any, nobody can be believed."""
    await serving.start()
    await serving.everybody_adds_it()
    await out(serving)
    ana, olu = serving.user("ana"), serving.user("olu")
    published, serving.double.issuer.published = serving.double.issuer.published, {}
    serving.kill()
    await serving.start()
    assert (await ana.says("ok")).ok, "the keys of before"
    serving.kill()
    with closing(sqlite3.connect(serving.folder / "var" / "doorstep.db")) as database, database:
        database.execute("DELETE FROM contacts WHERE channel = 'teams.keys'")
    await serving.start()
    assert not (await ana.says("help")).ok
    await olu.sees("Nobody can be heard in Teams just now", serving.office)
    await olu.sees("Microsoft's signing keys can't be fetched")
    async with ClientSession() as web, web.get(f"{serving.address}/readyz") as answer:
        assert answer.status == 503
        assert (await answer.json())["behind"] == ["nobody can be heard on teams"]
    assert "signing keys" in await serving.command("check", status=1)
    await asyncio.sleep(16)
    serving.double.issuer.published = published
    await ana.sees("I could not hear you from")
    await ana.says("help")
    await olu.sees("Ana Teach asked for help", serving.office)
    await olu.sees("Doorstep's settings are mended")


async def test_an_alarm_comes_through_whatever_is_answered_in_its_chat(
    serving: TeamsServing,
) -> None:
    """Answers count with all else that Teams takes in one conversation; none is refused."""
    await serving.start()
    await serving.everybody_adds_it()
    await out(serving)
    ana, bo = serving.user("ana"), serving.user("bo")
    connector, before = serving.double.connector, len(bo.messages())
    limited = connector.limited
    await asyncio.gather(*(bo.says(f"what about number {n}?") for n in range(7)), ana.says("help"))
    await bo.sees("Ana Teach asked for help")
    await bo.tenant.until(lambda: len(bo.messages()) >= before + 8, "every answer", PATIENCE)
    assert connector.limited == limited


@pytest.mark.timeout(180)
async def test_S16_what_was_sent_while_nobody_listened_is_asked_for_once_more(
    serving: TeamsServing,
) -> None:
    """Teams says nothing twice: after ``kill -9`` a call for help finds nobody."""
    await serving.start()
    await serving.everybody_adds_it()
    await out(serving)
    ana, olu = serving.user("ana"), serving.user("olu")
    serving.kill()
    with pytest.raises(aiohttp.ClientConnectionError):
        await ana.says("help")
    await asyncio.sleep(16)
    await serving.start()
    await ana.sees("I could not hear you from")
    await olu.sees("I could hear nobody from", serving.office)
    assert "could not hear" not in serving.user("tom").everything()
    await presses(ana, "I need help")
    await olu.sees("Ana Teach asked for help", serving.office)
    assert serving.stop() == 0
    await serving.start()
    await asyncio.sleep(3)
    assert ana.everything().count("I could not hear you") == 1, "a restart is told to nobody"
