"""A visit that is kept from somebody who knows the family: they learn nothing of it, in no way, and
the watch goes to somebody else. The office is then its other people: anybody may read its channel.
"""

from dataclasses import replace

from bot.domain.visit import Approved, InAlarm, Out, Requested
from bot.ports import Press, Store, UnitOfWork
from tests.kit import KIT
from tests.stories.world import REQUEST, Actor, World, approved, asked, out, said


def learns_nothing(person: Actor) -> None:
    assert person.messages == []


async def departed(world: World, kept_from: str) -> None:
    visit = await asked(world, kept_from=kept_from)
    name = world.engine.setup.school.name_of(kept_from)
    world.priya.sees(f"{name} must not know of this visit: I tell them nothing.")
    await world.priya.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)


async def test_P6_a_senior_leader_who_knows_the_family_is_left_out_of_all_of_it(
    world: World,
) -> None:
    await departed(world, "lee")
    visit = await world.only_visit()
    await world.until("13:50")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    await world.until("14:30")
    learns_nothing(world.lee)
    for words in ("where is everyone", "home", visit.reference, f"approve {visit.reference}"):
        await world.lee.says(words)
        assert "Ana Teach" not in world.lee.told
        assert "14 Oak Road" not in world.lee.told
    for action in ("approve", "on_it", "safe", "show", "call_back", "show_risks"):
        await world.lee.does(Press(action, visit.id, args={"revision": "1"}))
        assert "Ana" not in world.lee.told
    stranger = await world.tom.does(Press("show", visit.id))
    assert stranger == await world.lee.does(Press("show", visit.id))


async def test_the_rung_that_is_left_empty_is_climbed_at_once(world: World) -> None:
    """Nobody but Dan Lee is a senior leader: Head and DSL are told in his place, not later (S8)."""
    await departed(world, "lee")
    known = len(world.chat.log)
    await world.until("13:55")
    assert "13:55:00 priya" in world.moments(known)
    assert "13:55:00 okoro" in world.moments(known)


async def test_the_office_is_its_people_not_its_channel(world: World) -> None:
    await departed(world, "tom")
    assert world.office_messages == []
    world.olu.sees("Out: Ana Teach, 14 Oak Road.")
    assert world.olu.has_button("Ask if they're OK")
    await world.until("13:50")
    world.olu.sees("14 Oak Road")
    assert world.olu.has_button("I'm on it")
    await world.until("14:30")
    world.office_does_not_see("Ana Teach")
    (board,) = world.chat.boards("office")
    assert "Ana Teach" not in said(board.card)
    assert "in trouble" not in said(board.card)
    learns_nothing(world.tom)


async def test_a_leader_on_duty_who_must_not_know_is_passed_by(store: Store) -> None:
    duty = '[[duty]]\non = "mon"\nperson = "tom"\n'
    rung = '[[policy.ladder]]\nafter = "0m"\ntell = ["duty_leader"]\n'
    last = '[[policy.ladder]]\nafter = "5m"\ntell = ["head"]\n'
    world = World(store, extra=f"{duty}{rung}{last}")
    await departed(world, "tom")
    await world.until("13:50")
    world.priya.sees("No answer from Ana Teach")
    learns_nothing(world.tom)


async def test_an_office_of_one_who_must_not_know_is_loudly_replaced(world: World) -> None:
    await departed(world, "olu")
    learns_nothing(world.olu)
    assert world.office_messages == []
    world.lee.sees("the office")
    await world.until("13:50")
    world.bo.sees("No answer from Ana Teach")
    await world.until("14:30")
    learns_nothing(world.olu)


async def test_a_head_who_must_not_know_neither_decides_nor_hears_of_it(world: World) -> None:
    visit = await asked(world, kept_from="priya")
    learns_nothing(world.priya)
    await world.priya.does(Press("approve", visit.id, args={"revision": "1"}))
    assert isinstance((await world.visit(visit.id)).phase, Requested)
    await world.lee.presses("Approve")
    assert isinstance((await world.visit(visit.id)).phase, Approved)


async def test_nobody_is_without_a_yes_by_keeping_everybody_out(store: Store) -> None:
    world = World(store, policy="pastoral")
    await world.ana.says("visit")
    await world.ana.fills({**REQUEST, "kept_from": "okoro"})
    assert world.ana.form.errors == {
        "kept_from": "Without Ada Okoro nobody could approve this visit. Please choose again."
    }
    assert world.ana.form.values["purpose"] == REQUEST["purpose"]
    assert await world.visits() == []


async def test_nobody_goes_on_it_or_stands_by_who_must_not_know(world: World) -> None:
    await world.ana.says("visit")
    for clash in ({"companions": "sam", "kept_from": "sam"}, {"contact": "bo", "kept_from": "bo"}):
        await world.ana.fills({**REQUEST, **clash})
        assert set(world.ana.form.errors) == {"kept_from"}
    visit = await asked(world, companions="", kept_from="sam")
    await world.ana.presses("Hand over")
    await world.ana.fills(to="sam")
    assert (await world.visit(visit.id)).lead == "ana"
    learns_nothing(world.sam)


async def test_who_was_asked_before_it_was_kept_from_them_sees_nothing_any_more(
    world: World,
) -> None:
    visit = await approved(world)
    world.lee.sees("14 Oak Road")
    await world.ana.presses("Change the plan")
    await world.ana.fills(kept_from="lee")
    world.priya.sees("was nobody; now Dan Lee")
    assert isinstance((await world.visit(visit.id)).phase, Requested), "it is asked for again"
    world.lee.does_not_see("14 Oak Road")
    world.lee.does_not_see("Ana Teach")
    await world.priya.presses("Approve")
    world.lee.does_not_see("Ana Teach")


async def test_S14_another_visit_of_the_same_person_says_nothing_of_this_one(world: World) -> None:
    await out(world)
    await asked(
        world,
        kept_from="lee",
        place="3 Elm Street",
        leaving_at="2026-11-23T13:30",
        return_at="2026-11-23T13:59",
    )
    await world.priya.presses("Approve")
    await world.until("13:30")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await world.until("14:10")
    world.priya.sees("3 Elm Street")
    world.lee.sees("14 Oak Road")
    world.lee.does_not_see("3 Elm Street")
    world.office_does_not_see("3 Elm Street")


async def test_a_concern_that_would_then_reach_nobody_it_is_for_is_in_bold(store: Store) -> None:
    world = World(store, extra='[policy]\nconcern.tell = ["head"]\n')
    await asked(world, kept_from="priya")
    world.lee.sees("A concern would then reach none of: the Head.")


async def test_several_people_are_left_out_of_one_visit(world: World) -> None:
    """A Head, and everybody of the office: whoever is left approves, and watches."""
    visit = await asked(world, kept_from="priya,olu,tom")
    world.lee.sees("Priya Shah and Olu Desk and Tom Outside must not know of this visit")
    await world.lee.presses("Approve")
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await world.until("14:30")
    assert isinstance((await world.visit(visit.id)).phase, InAlarm)
    for person in (world.priya, world.olu, world.tom):
        learns_nothing(person)
    assert world.office_messages == []
    world.okoro.sees("Ring 999 now.")


async def test_several_are_named_in_messages_too(world: World) -> None:
    await world.ana.says("visit, step by step")
    await world.ana.says("who must not know of it: Dan Lee, Tom Outside")
    await world.ana.presses("In a form instead")
    assert world.ana.form.values["kept_from"] == "lee,tom"


async def test_approve_and_the_own_page_dont_say_that_something_waits(world: World) -> None:
    nothing = await world.priya.says("approve")
    page = await world.priya.does(Press("home"))
    await asked(world, kept_from="priya")
    assert await world.priya.says("approve") == nothing
    assert await world.priya.does(Press("home")) == page
    learns_nothing(world.priya)


async def test_no_number_is_missing_in_what_the_others_are_sent(world: World) -> None:
    await approved(world)
    await asked(world, kept_from="lee")
    await asked(world, place="3 Elm Street")
    kept = next(v for v in await world.visits() if v.plan.kept_from)
    assert sorted(v.reference for v in await world.visits() if v != kept) == ["V-1001", "V-1002"]
    assert len(kept.reference) == len("V-100000")
    await world.priya.says(f"show {kept.reference}")
    assert "14 Oak Road" in world.priya.told
    await world.lee.says(f"show {kept.reference}")
    unknown = await world.lee.says("show V-199999")
    assert world.lee.told.replace("199999", "") == " ".join(
        unknown.card.words if unknown.card else ()
    ).replace("199999", "")


async def test_trouble_on_a_visit_that_was_kept_from_the_approver_is_not_told_them(
    store: Store,
) -> None:
    """They may decide about the next one there: the rule holds, what it rests on is not said."""
    world = World(store, extra='[policy]\npairs.after_trouble = "reason"\n')
    await departed(world, "lee")
    await world.ana.says("help")
    await world.advance("11m")
    await world.priya.presses("They are safe")
    await world.priya.fills(how="rang", over="yes")
    await world.until("14:30")
    visit = await asked(world, leaving_at="2026-11-23T15:00", return_at="2026-11-23T15:30")
    world.priya.sees("There was trouble at this address before.")
    world.lee.sees("Ana Teach would go alone. No reason is given.")
    for message in world.lee.messages:
        assert "rouble" not in said(message.card)
    await world.lee.presses("Approve")
    assert "rouble" not in world.lee.told
    assert "No reason is given" in world.lee.told
    assert isinstance((await world.visit(visit.id)).phase, Requested)


async def test_no_page_of_who_is_out_counts_one_more_than_the_last(world: World) -> None:
    like = await out(world)

    def add(uow: UnitOfWork) -> None:
        assert like.watch is not None
        for n in range(40):
            plan = replace(like.plan, kept_from=("lee",) if n == 0 else ())
            person = tuple(replace(v, id=f"x{n}", addresses={}) for v in like.watch.visitors)
            phase = Out(replace(like.watch, visitors=person, told=()))
            other = replace(like, id=f"v{n}", reference=f"W-{n}", lead=f"x{n}", plan=plan)
            uow.visits.add(replace(other, phase=phase), None)

    await world.store.transact(add)
    for who, number in ((world.lee, 40), (world.priya, 41)):
        for page in ("", "10", "30"):
            await who.does(Press("whereabouts", args={"from": page}))
            assert f"{number} visits are out" in who.told


async def test_nobody_learns_that_a_backup_is_anothers_too(store: Store) -> None:
    world = World(store)
    evening = {"leaving_at": "2026-11-23T19:00", "return_at": "2026-11-23T19:30", "backup": "olu"}
    await asked(world, **evening, kept_from="lee")
    await world.sam.says("visit")
    await world.sam.fills({**REQUEST, **evening, "place": "3 Elm Street"})
    world.priya.sees("Olu Desk is the backup for another visit at that time too.")
    world.lee.sees("3 Elm Street")
    world.lee.does_not_see("another visit")
