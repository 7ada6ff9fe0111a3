"""Each visitor answers for themselves, also when it is somebody else who says that they are safe:
nobody is safe, or back, whom nobody asked about (S2, S3, S6, S10).
"""

from bot.domain.visit import Finished, InAlarm, Out
from bot.domain.watch import Watch
from bot.ports import Submit
from tests.stories.world import World, out, said


async def _watch(world: World, visit_id: str) -> Watch:
    watch = (await world.visit(visit_id)).watch
    assert watch is not None
    return watch


def _out(watch: Watch) -> list[str]:
    return [v.id for v in watch.out]


def _troubled(watch: Watch) -> list[str]:
    return [v.id for v in watch.troubled]


async def test_S6_S10_who_phoned_is_asked_while_one_of_two_is_still_out(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.advance("20m")
    await world.ana.presses("I'm back")
    for label in ("They phoned: back", "They phoned: OK"):
        await world.olu.presses(label, office=True)
        assert world.olu.form.values.get("visitor", "") == "", label
        assert "Ana Teach is back already" in " ".join(world.olu.form.intro)
    await world.olu.presses("They phoned: back", office=True)
    await world.olu.fills(visitor="ana")
    assert world.olu.told == "Ana Teach is back already."
    assert _out(await _watch(world, visit.id)) == ["sam"]
    await world.olu.presses("They phoned: back", office=True)
    await world.olu.fills(visitor="sam")
    assert isinstance((await world.visit(visit.id)).phase, Finished)


async def test_S3_a_form_from_before_somebody_else_fell_silent_is_refused(world: World) -> None:
    visit = await out(world, companions="sam", return_at="2026-11-23T15:00")
    await world.until("13:46")
    await world.sam.presses("I'm OK")
    await world.until("13:55")
    assert _troubled(await _watch(world, visit.id)) == ["ana"]
    await world.until("14:17")  # Sam is asked once more
    await world.bo.presses("They are safe")
    form = world.bo.form
    await world.until("14:22")
    assert _troubled(await _watch(world, visit.id)) == ["ana", "sam"]
    sent = Submit("safe", {**form.values, "how": "x"}, form.visit, form.version, form.args)
    await world.bo.does(sent)
    assert "Something has happened since this message." in world.bo.told
    assert "Ana Teach and Sam Assist" in world.bo.told
    assert _troubled(await _watch(world, visit.id)) == ["ana", "sam"]


async def test_S2_S6_that_the_visit_is_over_for_one_brings_back_nobody_else(world: World) -> None:
    visit = await out(world, companions="sam", return_at="2026-11-23T15:00")
    await world.until("13:46")
    await world.sam.presses("I'm OK")
    await world.until("13:55")
    await world.bo.presses("They are safe")
    assert world.bo.form.values["who"] == "ana"
    await world.bo.fills(how="She is here", over="yes", who="")
    assert "who" in world.bo.form.errors
    await world.bo.fills(how="She is here", over="yes", who="tom")
    assert "who" in world.bo.form.errors
    await world.bo.fills(how="She is here", over="yes", who="ana")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, Out)
    assert _out(now.phase.watch) == ["sam"]
    over = said(world.office_sees("It's over: Ana Teach is safe.").card)
    assert "Still out: Sam Assist" in over
    await world.until("14:21")
    world.office_alarmed("Sam Assist")


async def test_S2_S6_an_alarm_stands_for_whoever_is_not_named(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.until("13:51")
    await world.bo.presses("They are safe")
    assert world.bo.form.values["who"] == "ana,sam"
    await world.bo.fills(how="Sam rang me", over="yes", who="sam")
    assert world.bo.told == "Thank you. The alarm stands for Ana Teach."
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert (_troubled(now.phase.watch), _out(now.phase.watch)) == (["ana"], ["ana"])
    card = said(world.office_alarmed("Bo Buddy made sure of Sam Assist at 13:51.").card)
    assert "The alarm stands for Ana Teach." in card
    world.sam.sees("Bo Buddy reported you back at 13:51")
    await world.until("13:56")
    await world.lee.presses("They are safe")
    assert [field.name for field in world.lee.form.fields] == ["how", "over"]
    await world.lee.fills(how="I spoke to her", over="yes")
    assert isinstance((await world.visit(visit.id)).phase, Finished)
    world.office_sees("It's over: Ana Teach and Sam Assist are safe.")
    await world.bo.presses("Not over")
    assert _troubled(await _watch(world, visit.id)) == ["ana", "sam"]


async def test_S2_not_over_leaves_alone_who_answered_after_somebody_made_sure(
    world: World,
) -> None:
    visit = await out(world, companions="sam")
    await world.until("13:51")
    await world.bo.presses("They are safe")
    await world.bo.fills(how="Sam rang me", who="sam")
    await world.until("13:52")
    await world.sam.presses("I'm OK")
    await world.bo.presses("They are safe")
    assert world.bo.form.values["who"] == "ana"
    await world.bo.fills(how="I see her")
    await world.bo.presses("Not over")
    assert _troubled(await _watch(world, visit.id)) == ["ana"]


async def test_S2_not_over_while_the_alarm_stands_for_another(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.until("13:51")
    await world.bo.presses("They are safe")
    await world.bo.fills(how="Somebody saw him", who="sam", over="yes")
    known = len(world.chat.log)
    await world.until("13:53")
    await world.olu.presses("Not over", office=True)
    assert _troubled(await _watch(world, visit.id)) == ["ana", "sam"]
    assert {"13:53:00 office", "13:53:00 bo"} <= set(world.moments(known))
    world.office_alarmed("Ana Teach", "Sam Assist")
    assert not world.bo.has_button("Not over")


async def test_S5_help_of_one_is_not_ended_by_what_is_known_of_another(world: World) -> None:
    visit = await out(world, companions="sam")
    await world.ana.presses("I need help")
    await world.olu.presses("They are safe", office=True)
    assert world.olu.form.values["who"] == "ana"
    await world.olu.fills(how="Sam is at the desk", who="sam", over="yes")
    now = await world.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert _troubled(now.phase.watch) == ["ana"]
