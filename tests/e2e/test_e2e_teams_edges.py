"""``doorstep run`` on Teams, where Teams and people do what is rarely thought of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.teams_serving import TeamsServing, peopled
from tests.e2e.test_e2e_teams import out
from tests.teams_double.double import teams


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
    lit = list(olu.phone)
    await ana.changes("help", "undeleteMessage")
    await ana.changes("help me")
    assert olu.phone == lit, "what was done is not done again"
