"""The school file changes while somebody is out: nobody is lost, and nothing is loosened."""

from dataclasses import replace

from bot.domain.visit import Approved, Ended, Finished, InAlarm, Out, Requested
from bot.ports import Press, Store
from tests.kit import KIT
from tests.stories.cast import school_text
from tests.stories.world import World, approved, asked, out


def without(person: str) -> str:
    """The school file without this person."""
    head, *people = school_text().split("[[people]]")
    kept = [p for p in people if f'id = "{person}"' not in p]
    return "[[people]]".join((head, *kept))


async def test_S3_a_visitor_removed_from_the_school_still_answers(world: World) -> None:
    visit = await out(world)
    await world.reads(without("ana"))
    await world.until("13:45")
    world.ana.sees("Ana, are you OK?")
    await world.ana.presses("I'm OK")
    assert "Due back 14:00" in world.ana.told
    world.office_sees("Ana Teach")
    world.office_sees("+44 7700 900001")
    await world.ana.says("hm")
    world.office_sees("hm")
    await world.ana.presses("I'm back")
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    await world.ana.says("home")
    assert "I don't know you" in world.ana.told


async def test_S3_a_visitor_removed_from_the_school_still_gets_help(world: World) -> None:
    visit = await out(world)
    await world.reads(without("ana"))
    await world.ana.says("help")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    world.office_sees("Ana Teach asked for help at 13:15.")
    world.office_sees("+44 7700 900001")
    await world.advance("10m")
    world.priya.sees("Ana Teach")


async def test_S3_silence_of_a_removed_visitor_is_an_alarm_all_the_same(world: World) -> None:
    await out(world)
    await world.reads(without("ana"))
    await world.until("14:00")
    world.office_alarmed("Ana Teach")
    world.priya.sees("Ring 999 now.")
    world.ana.sees("Your colleagues have been told")


async def test_S3_a_visitor_whose_account_is_nobodys_any_more_is_still_asked(world: World) -> None:
    """A channel found that it is a guest's now, and takes the address out of the school."""
    visit = await out(world)
    setup = world.engine.setup
    people = (replace(p, addresses={}) if p.id == "ana" else p for p in setup.school.people)
    await world.engine.adopt(replace(setup, school=replace(setup.school, people=tuple(people))))
    await world.until("13:45")
    world.ana.sees("Ana, are you OK?")
    await world.ana.presses("I'm OK")
    await world.ana.says("help")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)


async def test_S15_the_policy_is_frozen_at_departure(world: World) -> None:
    await out(world)
    await world.reads(
        school_text(
            extra='\n[policy]\ncheck_in.every = "1h30m"\nalarm.owner_holds = "2h"\n'
            'check_in.reply_within = "30m"\n'
        )
    )
    await world.until("13:45")
    world.ana.sees("Ana, are you OK?")
    await world.until("13:50")
    world.office_alarmed("Ana Teach")
    await world.bo.presses("I'm on it")
    assert "until 14:00" in world.bo.told


async def test_S15_who_holds_a_role_is_looked_up_live(world: World) -> None:
    await out(world)
    text = school_text().replace('roles = ["senior_leader"]', 'roles = ["staff"]')
    await world.reads(
        text.replace(
            'name = "Tom Outside"\nroles = ["staff"]',
            'name = "Tom Outside"\nroles = ["senior_leader"]',
        )
    )
    await world.until("13:55")
    world.tom.sees("Ana Teach")
    assert all(m.card.tone != "alarm" for m in world.lee.messages)


async def test_an_approver_removed_before_answering_decides_nothing(world: World) -> None:
    visit = await asked(world)
    button = world.lee.button("Approve")
    await world.reads(without("lee"))
    await world.lee.presses("Approve")
    assert "I don't know you" in world.lee.told
    assert not isinstance((await world.visit(visit.id)).phase, Approved)
    assert button.visit == visit.id


async def test_a_head_who_is_head_no_more_sees_and_decides_nothing(world: World) -> None:
    visit = await asked(world)
    await world.reads(school_text().replace('roles = ["head"]', 'roles = ["staff"]'))
    await world.priya.presses("Approve")
    assert world.priya.turned_away
    assert not isinstance((await world.visit(visit.id)).phase, Approved)
    await world.lee.presses("Approve")
    world.priya.does_not_see("Canary-Purpose")
    world.priya.does_not_see("Oak Road")


async def test_a_companion_removed_before_departure_is_still_asked_about_at_the_door(
    world: World,
) -> None:
    visit = await approved(world, companions="sam")
    await world.reads(without("sam"))
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    assert isinstance((await world.visit(visit.id)).phase, Out)
    await world.until("13:50")
    world.office_alarmed("Ana Teach")


async def test_a_shorter_validity_is_kept_from_the_next_look_on(world: World) -> None:
    visit = await approved(world)
    await world.reads(school_text(extra='\n[policy]\napproval.valid_for = "20m"\n'))
    await world.until("13:40")
    assert isinstance((await world.visit(visit.id)).phase, Ended)
    world.ana.sees("lapsed")
    assert world.ana.has_button("I've already left")


async def test_S15_an_approved_visit_is_asked_again_when_the_policy_wants_more(
    world: World,
) -> None:
    visit = await approved(world)
    strict = '\n[policy]\napproval.stages = [["head", "senior_leader"], ["dsl"]]\n'
    await world.reads(school_text(extra=strict))
    world.ana.sees("The school's policy has changed since it was approved")
    world.okoro.sees("would like to visit 14 Oak Road")
    assert not world.ana.has_button("I'm leaving now")
    await world.okoro.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    assert world.ana.has_button("I'm leaving now")
    assert world.tom.messages == []


async def test_S15_words_that_satisfy_the_new_policy_too_still_count(world: World) -> None:
    visit = await approved(world)
    await world.reads(school_text(extra='\n[policy]\napproval.stages = [["head", "dsl"]]\n'))
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    known = len(world.chat.log)
    await world.reads(school_text(extra='\n[policy]\napproval.stages = [["dsl"]]\n'))
    assert "13:00:00 okoro" in world.moments(known)
    await world.advance("15m")
    await world.ana.does(Press("leave", visit.id))
    assert "isn't approved" in world.ana.told
    world.office_does_not_see("Out:")


ALONE = '\n[policy]\npairs.alone = "never"\n'


async def test_S15_what_shuts_the_door_since_it_was_approved_is_told_at_once(world: World) -> None:
    visit = await approved(world)
    known = len(world.chat.log)
    await world.reads(school_text(extra=ALONE))
    assert world.moments(known) == ["13:00:00 ana", "13:00:00 priya"]
    mine = world.ana.sees("Before you can leave: At this school nobody goes alone.")
    assert mine.card.notification == (
        f"You can't leave on visit {visit.reference} at 13:15 like this: something is missing"
    )
    told = world.priya.sees("Missing since it was approved: At this school nobody goes alone.")
    assert "Canary" not in told.card.notification
    assert world.priya.has_button("Withdraw approval")
    world.office_does_not_see("goes alone")
    assert world.tom.messages == []
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    known = len(world.chat.log)
    await world.reads(school_text(extra=f'{ALONE}board.refresh = "4m"\n'))
    assert world.posts(known) == [], "once"
    await world.ana.presses("Change the plan")
    await world.ana.fills(companions="sam")
    world.priya.sees("approve the changed visit")
    await world.priya.presses("Approve")
    world.ana.does_not_see("What is needed has changed")
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    assert isinstance((await world.visit(visit.id)).phase, Out)


async def test_S15_what_is_loosened_again_leaves_no_trace_on_the_cards(world: World) -> None:
    await approved(world)
    await world.reads(school_text(extra=ALONE))
    known = len(world.chat.log)
    await world.reads(school_text())
    assert world.posts(known) == []
    world.ana.does_not_see("goes alone")
    world.priya.does_not_see("goes alone")


async def test_P4_what_is_missing_leaves_the_approvers_chat_once_they_have_left(
    world: World,
) -> None:
    visit = await approved(world)
    await world.reads(school_text(extra=ALONE))
    await world.ana.does(Press("already_left", visit.id))
    world.priya.sees("left without")
    world.priya.does_not_see("Missing since it was approved")


async def test_what_was_missing_as_they_approved_is_news_to_nobody(store: Store) -> None:
    world = World(store, policy="pastoral")
    await asked(world, appointment="", leaving_at="2026-11-24T13:15", return_at="2026-11-24T14:00")
    await world.lee.presses("Approve")
    await world.okoro.presses("Approve")
    known = len(world.chat.log)
    await world.reads(school_text("pastoral", '\n[policy]\nboard.refresh = "4m"\n'))
    assert world.posts(known) == []


async def test_S15_a_request_is_approved_by_the_policy_as_it_then_is(world: World) -> None:
    """It was asked for under the old stages: whoever is missing is asked as soon as those are."""
    visit = await asked(world)
    strict = '\n[policy]\napproval.stages = [["head", "senior_leader"], ["dsl"]]\n'
    await world.reads(school_text(extra=strict))
    await world.priya.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.okoro.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)


async def test_S15_people_who_are_out_keep_their_policy_and_hear_of_what_matters(
    world: World,
) -> None:
    """Nothing of the watch is other, but whoever was to watch is away now."""
    visit = await out(world)
    known = len(world.chat.log)
    await world.reads(school_text(extra=ALONE))
    assert world.posts(known) == []
    today = 'from = "2026-11-23"\nto = "2026-11-23"\n'
    await world.reads(school_text(extra=f'{ALONE}[[away]]\nperson = "bo"\n{today}'))
    world.ana.sees("Bo Buddy is away, and so can't be reachable")
    await world.until("13:45")
    world.ana.sees("Ana, are you OK?")
    assert (await world.visit(visit.id)).policy != world.engine.setup.policy


async def test_S15_a_school_that_closes_early_hands_over_at_once(store: Store) -> None:
    duty = '[[duty]]\non = "mon"\nperson = "lee"\n'
    world = World(store, extra=duty)
    await out(world)
    shorter = world.text.replace("08:00-18:00", "08:00-13:10")
    known = len(world.chat.log)
    await world.reads(shorter)
    assert "13:15:00 lee" in world.moments(known)
