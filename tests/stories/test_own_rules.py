"""The rules of the invented secondary school, laid over the school of all stories, so that they are
played on every channel: no channel knows what a policy is.
"""

import re

from bot.domain.visit import Approved, InAlarm, Requested
from tests.docs.test_own_policy_page import EXAMPLES
from tests.kit import ticked
from tests.stories.cast import school_text
from tests.stories.world import REQUEST, World

DUTY = '\n[[duty]]\non = "mon-fri"\nperson = "lee"\n'


def overrides() -> str:
    """The policy file as the [policy] table of a school file."""
    text = (EXAMPLES / "brackenfield.toml").read_text("utf-8")
    return "\n[policy]\n" + re.sub(
        r"^\[(\[?)(ladder|kinds|clauses)", r"[\1policy.\2", text, flags=re.MULTILINE
    )


async def asked(world: World, **changes: str) -> None:
    await world.reads(school_text(extra=DUTY + overrides()))
    await world.ana.says("visit")
    pair = {"to_see": "both parents", "who_does_what": "Ana talks", "companions": "sam"}
    await world.ana.fills({**REQUEST, **pair, "kind": "Welfare", **changes})


async def test_nobody_goes_alone(world: World) -> None:
    await asked(world, companions="", why_alone="nobody is free")
    assert world.ana.answer.form is not None
    assert "companions" in world.ana.form.errors
    assert await world.visits() == []
    assert world.lee.messages == world.okoro.messages == []


async def test_two_say_yes_and_silence_climbs_four_rungs(world: World) -> None:
    await asked(world)
    visit = await world.only_visit()
    assert world.priya.messages == []
    promised = "silent from 13:32: I tell the office and Dan Lee by 14:10"
    world.okoro.sees(promised)
    await world.lee.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.okoro.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    known = len(world.chat.log)
    await world.until("13:38")
    assert not any("bo" in moment.split() for moment in world.moments(known))
    await world.until("13:55")
    told = world.moments(known)
    for moment in ("13:39:00 bo", "13:39:00 lee", "13:47:00 okoro", "13:54:00 priya"):
        assert moment in told
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    assert world.tom.messages == []


async def test_the_policy_in_chat_is_theirs(world: World) -> None:
    await asked(world)
    await world.sam.says("show the policy")
    told = world.sam.told
    while "Read on" in world.sam.told:
        await world.sam.presses("Read on")
        told += world.sam.told
    assert "Nobody goes alone." in told
    assert "After 15 minutes Doorstep also tells the Head." in told
