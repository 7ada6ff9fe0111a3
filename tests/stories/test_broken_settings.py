"""S15: broken settings never blind it. The school file breaks, or the key is wrong, while somebody
is out: they are watched as before, and whoever looks after Doorstep is told, once.
"""

from dataclasses import replace

import pytest

from bot.domain.visit import Approved, Finished, InAlarm
from bot.engine.renewal import Problem
from bot.engine.setup import Setup
from bot.engine.standing import gone_on_with, standing
from bot.ports import Store
from tests.stories.cast import school_text
from tests.stories.conftest import Opener
from tests.stories.world import World, approved, asked, judged, out, said

GOOD = school_text()
UNREADABLE = GOOD.replace('timezone = "Europe/London"', "timezone = Europe")
BAD_KEY = GOOD.replace("Europe/London", "Europe/Londn")
BAD_POLICY = GOOD + '\n[policy]\ncheck_in.every = "9h"\n'
NOBODY_APPROVES = GOOD.replace('roles = ["head"]', 'roles = ["staff"]').replace(
    'roles = ["senior_leader"]', 'roles = ["staff"]'
)
OTHER_SCHOOL = GOOD.replace('id = "st-example"', 'id = "st-other"')
NOTICE = "Doorstep's settings need mending."
MENDED = "Doorstep's settings are mended."


def office_but_no_admin() -> str:
    return GOOD.replace('roles = ["office", "admin"]', 'roles = ["office"]').replace(
        'name = "Tom Outside"\nroles = ["staff"]', 'name = "Tom Outside"\nroles = ["admin"]'
    )


async def restarted(opener: Opener, before: World, text: str, *, can_seal: bool = True) -> World:
    """Doorstep starts again while the school file says this, as ``doorstep run`` does."""
    store: Store = opener()
    found = judged(text)
    settings = gone_on_with(found, await store.transact(standing))
    assert settings is not None
    setup = Setup(settings.school, settings.policy, ("web",), can_seal=can_seal)
    world = World(store, before=before, setup=setup)
    await world.renewal.take(found)
    await world.catch_up()
    return world


async def test_S15_a_broken_file_changes_nothing_for_whoever_is_out(world: World) -> None:
    await world.reads(GOOD)
    visit = await out(world)
    for broken in (UNREADABLE, BAD_KEY, BAD_POLICY, NOBODY_APPROVES, OTHER_SCHOOL, ""):
        await world.reads(broken)
    await world.until("13:45")
    world.ana.sees("Ana, are you OK?")
    await world.until("13:55")
    world.office_alarmed("Ana Teach")
    world.lee.sees("Ana Teach")
    await world.lee.presses("I'm on it")
    await world.ana.presses("I'm OK")
    await world.ana.presses("I'm back")
    assert isinstance((await world.visit(visit.id)).phase, Finished)


async def test_S15_the_administrator_sees_what_to_mend_and_the_office_that_there_is_something(
    world: World,
) -> None:
    await world.reads(office_but_no_admin())
    await out(world)
    await world.reads(BAD_KEY)
    told = said(world.tom.sees(NOTICE).card)
    assert "school.toml, school.timezone: no time zone has this name" in told
    assert "Europe/London would be right" in told.replace('"', "")
    assert "I use the settings that were last good, at 13:00 today." in told
    shown = said(world.office_sees(NOTICE).card)
    assert "timezone" not in shown
    assert "Tom Outside can see what it is." in shown
    assert world.tom.messages[-1].urgent
    for nobody in (world.ana, world.sam, world.priya, world.okoro, world.lee, world.olu, world.bo):
        nobody.does_not_see("settings")


async def test_S15_with_nobody_out_the_office_is_left_alone(world: World) -> None:
    await world.reads(GOOD)
    await world.reads(BAD_KEY)
    world.olu.sees(NOTICE)
    world.office_does_not_see("settings")


async def test_S15_the_same_mistakes_are_told_once_and_others_again(world: World) -> None:
    await world.reads(GOOD)
    await world.advance("1m")
    await world.reads(BAD_KEY)
    known = len(world.chat.log)
    await world.reads(BAD_KEY + "# saved again\n")
    assert world.posts(known) == []
    await world.reads(UNREADABLE)
    assert len(world.posts(known)) == 1
    world.olu.sees("school.toml, line 5: ")
    known = len(world.chat.log)
    await world.advance("1m")
    await world.reads(BAD_KEY)
    assert world.posts(known) == []
    world.olu.sees("school.timezone")  # edited: it says what is so now


async def test_S15_whoever_was_told_hears_that_it_is_mended_and_may_be_told_again(
    world: World,
) -> None:
    await world.reads(GOOD)
    await world.advance("1m")
    await world.reads(BAD_KEY)
    await world.advance("1m")
    known = len(world.chat.log)
    await world.reads(GOOD)
    assert world.posts(known) == [f"13:02:00 olu: {MENDED}"]
    await world.advance("1m")
    known = len(world.chat.log)
    await world.reads(GOOD + "# a comment\n")
    assert world.posts(known) == []
    await world.advance("1m")
    await world.reads(BAD_KEY)
    assert world.posts(known) == [f"13:04:00 olu: {NOTICE}"]


async def test_S15_with_no_administrator_the_head_is_told(world: World) -> None:
    await world.reads(GOOD.replace('roles = ["office", "admin"]', 'roles = ["office"]'))
    await world.reads(BAD_KEY)
    assert "school.timezone" in said(world.priya.sees(NOTICE).card)


async def test_S15_over_a_restart_it_runs_on_the_last_good_settings(opener: Opener) -> None:
    world = World(opener())
    await world.reads(GOOD)
    visit = await out(world)
    known = len(world.chat.log)
    again = await restarted(opener, world, UNREADABLE)
    again.olu.sees(NOTICE)
    again.office_sees(NOTICE)
    assert len(again.posts(known)) == 2
    third = await restarted(opener, again, UNREADABLE)
    assert len(third.posts(known)) == 2, "told once, also over another restart"
    await third.until("13:55")
    third.office_alarmed("Ana Teach")
    third.lee.sees("Ana Teach")
    assert isinstance((await third.visit(visit.id)).phase, InAlarm)
    mended = await restarted(opener, third, GOOD)
    mended.olu.sees(MENDED)
    mended.office_sees(MENDED)
    fifth = await restarted(opener, mended, GOOD)
    seen = [post for post in fifth.posts(known) if "settings" in post]
    assert len(seen) == 4, "and that it is mended, once"
    assert fifth.tom.messages == []


async def test_S15_a_bad_policy_at_a_restart_leaves_the_old_one(opener: Opener) -> None:
    world = World(opener())
    await world.reads(GOOD)
    await approved(world)
    again = await restarted(opener, world, BAD_POLICY)
    assert again.engine.setup.policy == world.engine.setup.policy
    assert isinstance((await again.only_visit()).phase, Approved)


async def test_S3_somebody_removed_by_a_good_file_acts_until_their_visit_closes(
    opener: Opener,
) -> None:
    world = World(opener())
    await world.reads(GOOD)
    visit = await out(world)
    head, *people = GOOD.split("[[people]]")
    without = "[[people]]".join((head, *(p for p in people if 'id = "ana"' not in p)))
    again = await restarted(opener, world, without)
    assert again.engine.setup.school.person("ana") is None
    ana = world.people["ana"]
    ana.world = again
    await again.until("13:45")
    ana.sees("Ana, are you OK?")
    await ana.presses("I'm OK")
    await ana.presses("I'm back")
    assert isinstance((await again.visit(visit.id)).phase, Finished)


async def test_S15_under_a_wrong_key_nothing_new_is_asked_and_everything_for_safety_works(
    opener: Opener,
) -> None:
    world = World(opener())
    await world.reads(GOOD)
    visit = await out(world)
    before = await world.store.transact(lambda uow: uow.settings.last_good("st-example"))
    again = await restarted(opener, world, GOOD, can_seal=False)
    await again.renewal.mend("DOORSTEP_KEY", Problem("wrong", ("DOORSTEP_KEY is wrong.",)))
    await again.catch_up()
    assert "DOORSTEP_KEY is wrong." in said(again.olu.sees(NOTICE).card)
    assert "nobody can ask for a new visit" in said(again.office_sees(NOTICE).card)
    for words in ("visit", "visit 14 Oak Road at 2pm for 45 min with Sam, attendance"):
        await again.bo.says(words)
        assert again.bo.answer.form is None
        assert "I can't take new plans just now" in again.bo.told
    await again.sam.says("help")
    await again.sam.presses("I'm in danger")
    again.office_alarmed("Sam Assist")
    await again.until("13:45")
    await again.ana.presses("I'm OK")
    await again.ana.says("help")
    again.office_alarmed("Ana Teach")
    assert isinstance((await again.visit(visit.id)).phase, InAlarm)
    kept = await again.store.transact(lambda uow: uow.settings.last_good("st-example"))
    assert kept == before, "nothing is kept under a key that isn't the school's"


async def test_S15_a_plan_that_was_open_before_the_key_broke_is_not_taken(world: World) -> None:
    await world.reads(GOOD)
    await world.ana.says("visit")
    form = world.ana.form
    world.engine.setup = replace(world.engine.setup, can_seal=False)
    world.ana.answer = replace(world.ana.answer, form=form)
    await world.ana.fills(place="14 Oak Road")
    assert "I can't take new plans just now" in world.ana.told
    assert await world.visits() == []


async def test_S15_a_channel_in_trouble_is_told_and_its_end_too(world: World) -> None:
    await world.reads(GOOD)
    await asked(world)
    await world.advance("1m")
    trouble = Problem("its token is no good", ("SLACK_BOT_TOKEN was revoked.",))
    await world.renewal.mend("slack", trouble)
    await world.renewal.mend("slack", trouble)
    await world.catch_up()
    assert "SLACK_BOT_TOKEN was revoked." in said(world.olu.sees(NOTICE).card)
    assert world.renewal.briefs == ("slack: its token is no good",)
    await world.advance("1m")
    await world.renewal.mend("slack", None)
    await world.catch_up()
    world.olu.sees(MENDED)
    await world.advance("1m")
    known = len(world.chat.log)
    await world.renewal.mend("slack", trouble)
    await world.catch_up()
    assert len(world.posts(known)) == 1, "a new episode is told again"


async def test_P7_logs_name_keys_and_never_what_stands_there(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    await world.reads(GOOD)
    await world.reads(GOOD.replace("Tom Outside", "Canary-Name"))
    assert "the school file has changed and is in use: people.name" in caplog.text
    await world.reads(GOOD.replace('id = "tom"', 'id = "tom"\nleader = "Canary"'))
    assert "changes nothing: school.toml people[7].leader" in caplog.text
    assert "Canary" in said(world.olu.messages[-1].card)
    for canary in ("Canary", "Outside"):
        assert canary not in caplog.text
        assert canary not in " ".join(world.renewal.briefs)
