"""Visits at an invented secondary school whose policy is its own, in a file: it took no code."""

from datetime import UTC, datetime

import pytest

from bot.domain.visit import Approved, InAlarm, Requested
from bot.engine.setup import Setup
from bot.ports import Store
from bot.settings import policies_beside, read_school
from tests.docs.test_own_policy_page import EXAMPLES
from tests.kit import ticked
from tests.stories.world import World

MONDAY = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
REQUEST = {
    "kind": "Welfare",
    "family": "the Canary-Family household",
    "place": "14 Oak Road",
    "purpose": "Canary-Purpose: to talk",
    "to_see": "both parents",
    "risks": "none known",
    "appointment": "rung this morning",
    "who_does_what": "Jan talks, Uma writes",
    "leaving_at": "2026-11-23T13:15",
    "return_at": "2026-11-23T14:15",
    "companions": "reid",
    "contact": "marsh",
}


@pytest.fixture
def world(store: Store) -> World:
    """The school of the example, on the channel of the stories and under their id."""
    text = (EXAMPLES / "brackenfield-school.toml").read_text("utf-8")
    text = text.replace('id = "brackenfield"', 'id = "st-example"')
    text = text.replace('slack = "C0BRACKEN"', 'web = "office"')
    for word in (
        "adeyemi",
        "rowe",
        "quill",
        "iqbal",
        "pask",
        "long",
        "marsh",
        "holt",
        "reid",
        "bell",
    ):
        text = text.replace(f'slack = "U0{word.upper()}"', f'web = "{word}"')
    settings = read_school(text, policies=policies_beside(EXAMPLES))
    setup = Setup(settings.school, settings.policy, ("web",))
    return World(store, text=text, setup=setup, start=MONDAY)


async def asked(world: World, **changes: str) -> None:
    await world.holt.says("visit")
    await world.holt.fills({**REQUEST, **changes})


async def test_nobody_goes_alone_whatever_the_reason(world: World) -> None:
    await asked(world, companions="", why_alone="nobody is free")
    assert "nobody goes alone" in world.holt.form.errors["companions"]
    assert "Staff visit in pairs" in str(world.holt.form)
    assert await world.visits() == []


async def test_the_leader_and_the_safeguarding_team_say_yes_and_then_they_leave(
    world: World,
) -> None:
    await asked(world)
    visit = await world.only_visit()
    assert world.adeyemi.messages == world.rowe.messages == world.long.messages == []
    world.quill.sees("silent from 13:47: I tell the office and Martin Rowe by 14:25")
    world.pask.sees("Samir Iqbal and Owen Pask 14:33, Grace Adeyemi 14:40; 53 minutes.")
    await world.quill.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.pask.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    await world.until("13:15")
    await world.holt.presses("I'm leaving now")
    kit = next(field for field in world.holt.form.fields if field.name == "kit")
    assert "Car parked facing out" in str(kit)
    await world.holt.fills(kit=ticked(world.holt.form))
    world.office_sees("Out: Jan Holt and Uma Reid")
    world.office_does_not_see("Canary")


async def test_silence_climbs_this_schools_own_ladder(world: World) -> None:
    await asked(world)
    await world.quill.presses("Approve")
    await world.iqbal.presses("Approve")
    await world.until("13:15")
    await world.holt.presses("I'm leaving now")
    await world.holt.fills(kit=ticked(world.holt.form))
    await world.quill.says("I'm watching")
    known = len(world.chat.log)
    await world.until("13:38")
    told = [button.label for posted in world.chat.log[known:] for button in posted.card.buttons]
    assert "I'm OK" in told
    assert "I'm on it" not in told
    await world.until("13:55")
    told = world.moments(known)
    for moment in (
        *("13:39:00 marsh", "13:39:00 office", "13:39:00 rowe", "13:43:00 quill"),
        *("13:43:00 long", "13:47:00 iqbal", "13:47:00 pask", "13:54:00 adeyemi"),
    ):
        assert moment in told
    (visit,) = await world.visits()
    assert isinstance(visit.phase, InAlarm)
    assert world.bell.messages == []


async def test_a_visit_about_safety_takes_somebody_of_the_safeguarding_team(world: World) -> None:
    await asked(world, kind="Safeguarding")
    assert "Designated Safeguarding Lead" in world.holt.form.errors["companions"]
    await world.holt.fills({**REQUEST, "kind": "Safeguarding", "companions": "pask"})
    (visit,) = await world.visits()
    world.iqbal.sees("With Owen Pask.")
    assert not world.pask.has_button("Approve")
    assert isinstance(visit.phase, Requested)


async def test_unannounced_is_for_the_attendance_lead_and_named(world: World) -> None:
    alone = {**REQUEST, "kind": "Attendance", "appointment": "", "unannounced": "yes"}
    await asked(world, **alone)
    assert "attendance lead" in world.holt.form.errors["companions"]
    assert "authorised" in world.holt.form.errors["authorised_by"]
    named = {**alone, "companions": "marsh", "contact": "reid", "authorised_by": "adeyemi"}
    await world.holt.fills(named)
    (visit,) = await world.visits()
    world.quill.sees("Grace Adeyemi authorised it, says Jan Holt.")
    world.quill.sees("the attendance lead may call without notice")
    assert world.long.messages == world.bell.messages == []
    assert visit.plan.companions == ("marsh",)


async def test_the_card_in_chat_is_this_schools_own(world: World) -> None:
    await world.holt.says("show the policy")
    assert "Nobody goes alone." in world.holt.told
    assert "Staff visit in pairs" in world.holt.told
