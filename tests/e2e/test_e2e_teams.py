"""``doorstep run`` on Teams: the whole main job over HTTP, with real tokens."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.teams_serving import TeamsServing, peopled
from tests.kit import KIT
from tests.teams_double.double import teams
from tests.teams_double.issuer import SECRET
from tests.teams_double.tenant import Message, Room
from tests.teams_double.trouble import EVERY_WAY
from tests.teams_double.user import PATIENCE, Taken, User


@pytest.fixture
async def serving(tmp_path: Path) -> AsyncIterator[TeamsServing]:
    async with teams() as double:
        peopled(double)
        serving = TeamsServing(tmp_path, double)
        try:
            yield serving
        finally:
            serving.end()


async def presses(user: User, label: str, form: Message | None = None, **typed: str) -> Taken:
    await user.sees_button(label)
    taken = await user.presses(label, form, None, **typed)
    assert taken.status == 200, taken
    return taken


async def out(serving: TeamsServing) -> None:
    ana, priya = serving.user("ana"), serving.user("priya")
    await ana.says("plan a visit")
    await presses(
        ana,
        "Send for approval",
        await ana.sees("Pupil or family"),
        family="the Canary-Family household",
        place="14 Oak Road",
        purpose="Canary-Purpose: talk about mornings",
        appointment="agreed by phone",
        risks="Canary-Risk: a loose dog",
        kind="Welfare",
        contact="bo",
    )
    await ana.sees("is sent for approval")
    await priya.sees("Ana Teach would like to visit 14 Oak Road")
    await presses(priya, "Approve")
    await ana.sees("is approved")
    await presses(ana, "I'm leaving now")
    await presses(ana, "I'm leaving now", await ana.sees("Who is really going"), kit=KIT)
    await ana.sees("I'm watching now")


async def test_the_whole_main_job(serving: TeamsServing) -> None:
    await serving.start()
    await serving.everybody_adds_it()
    await main_job(serving)
    assert serving.stop() == 0
    said = serving.said.read_text()
    assert [word for word in (SECRET, "access-", "eyJ", "Canary", "ERROR") if word in said] == [], (
        said
    )


@pytest.mark.timeout(240)
async def test_nothing_is_lost_while_a_tenth_of_all_calls_fails(serving: TeamsServing) -> None:
    """Each in another way: too many calls, gateways, silence, a line that is cut before or after
    the message was posted. And Teams hands over everything twice.
    """
    troubles = serving.double.connector.troubles
    troubles.share(0.1, seed=20261124)
    serving.double.twice = True
    await serving.start()
    await serving.everybody_adds_it()
    await main_job(serving)
    assert {way for *_, way in troubles.suffered} == set(EVERY_WAY)
    assert max(serving.double.took) < 5.0, "then a client says that the app doesn't answer"
    said = serving.said.read_text()
    assert [word for word in (SECRET, "access-", "Canary", "ERROR") if word in said] == [], said


async def reads_it_otherwise(owner: User, other: User, office: Room) -> None:
    """In the channel, by a view of their own."""

    def there() -> list[Message]:
        shown = [m for m in other.messages(office) if m.activity.get("attachments")]
        return [m for m in shown if "refresh" in m.card]

    await other.tenant.until(there, "a card with a view of the owner's own", PATIENCE)
    owned = there()[-1]
    assert owned.card["refresh"]["userIds"] == [owner.id]
    assert (await owner.looks(owned, office)).ok
    assert "You have it, until" in owner.everything(office)
    assert "You have it, until" not in other.everything(office)


async def main_job(serving: TeamsServing) -> None:
    ana, lee, olu, bo = map(serving.user, ("ana", "lee", "olu", "bo"))
    office = serving.office
    await out(serving)
    await olu.sees("Out: Ana Teach, 14 Oak Road.", office)
    await bo.sees("Out: Ana Teach")
    await presses(ana, "I've arrived")
    await ana.sees("Ana, are you OK?")
    await presses(ana, "I'm OK")
    await ana.sees("I heard from you at")
    await olu.sees("No answer from Ana Teach. Please ring them now.", office)
    await lee.sees("Please find out whether Ana Teach is safe")
    await presses(lee, "I'm on it")
    await olu.sees("Dan Lee has it, until", office)
    await reads_it_otherwise(lee, olu, office)
    await presses(lee, "They are safe")
    how = await lee.sees("How do you know?")
    await presses(lee, "They are safe", how, how="I spoke to her", over="no")
    await olu.sees("It's over: Ana Teach is safe.", office)
    await presses(ana, "I'm back")
    await olu.sees("Ana Teach is back", office)
    await bo.sees("Ana Teach is back")
    assert serving.user("tom").messages() == [] or "Ana" not in serving.user("tom").everything()
    assert "Canary" not in olu.everything(office)
    phones = serving.double.tenant.phones.values()
    assert all("Canary" not in text for phone in phones for text in phone)
