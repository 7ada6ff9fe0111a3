"""The office, or whoever stands in, says that it is watching; nobody does: the next are asked."""

from bot.ports import Store
from tests.kit import ticked
from tests.stories.world import REQUEST, World, left, out

ASKED = "Nobody has said that they are watching over Ana Teach. Can you?"
DUTY = '\n[[duty]]\non = "mon-sun"\nperson = "okoro"\n'


async def test_somebody_of_the_office_says_so_and_the_visitors_can_see_who(world: World) -> None:
    await left(world)
    world.office_sees("Nobody has said yet that they are watching.")
    known = len(world.chat.log)
    await world.olu.presses("I'm watching", office=True)
    assert world.olu.told == (
        "Thank you. Ana Teach can see that you are watching, until they are back."
    )
    assert world.posts(known) == []
    world.office_sees("Olu Desk is watching, since 13:15.")
    assert not any(b.label == "I'm watching" for m in world.office_messages for b in m.card.buttons)
    world.ana.sees("Olu Desk is watching, since 13:15.")
    await world.ana.says("home")
    assert "Olu Desk is watching, since 13:15." in world.ana.told
    await world.nothing_more("29m")
    assert world.tom.messages == []


async def test_any_other_press_of_the_office_says_as_much(world: World) -> None:
    await left(world)
    await world.olu.presses("They phoned: OK", office=True)
    world.ana.sees("Olu Desk is watching, since 13:15.")


async def test_nobody_does_so_and_the_next_are_asked_until_a_named_person_does(
    store: Store,
) -> None:
    world = World(store, extra=DUTY)
    await left(world)
    known = len(world.chat.log)
    await world.advance("29m")
    assert world.moments(known) == ["13:25:00 okoro", "13:35:00 lee"]
    world.okoro.sees(ASKED)
    world.ana.sees("Nobody has said yet that they are watching. I have asked Ada Okoro and Dan Lee")
    await world.lee.presses("I'm watching")
    world.okoro.sees("Ana Teach, due back 14:00: Dan Lee is watching, since 13:44.")
    assert not world.okoro.has_button("I'm watching")
    world.ana.sees("Dan Lee is watching, since 13:44.")
    await world.ana.presses("I'm OK")
    known = len(world.chat.log)
    await world.advance("10m")
    assert "priya" not in {p.address for p in world.chat.log[known:]}
    assert world.tom.messages == []


async def test_when_everybody_was_asked_in_vain_the_visitors_hear_it_and_the_last_are_asked_again(
    world: World,
) -> None:
    await left(world, return_at="2026-11-23T15:00")
    known = len(world.chat.log)
    await world.until("13:44")
    assert world.moments(known) == ["13:25:00 lee", "13:35:00 priya"]
    await world.ana.presses("I'm OK")
    known = len(world.chat.log)
    await world.until("13:46")
    assert world.moments(known) == ["13:45:00 ana", "13:45:00 priya"]
    world.ana.sees(
        "Nobody has said yet that they are watching. I have asked Dan Lee and Priya Shah"
    )
    known = len(world.chat.log)
    await world.until("13:56")
    assert world.moments(known) == ["13:55:00 priya"], "the visitors hear it once"
    known = len(world.chat.log)
    await world.priya.presses("I'm watching")
    assert [p.address for p in world.chat.log[known:]] == ["ana"]


async def test_P6_neither_the_contact_nor_an_outsider_can_say_so(world: World) -> None:
    visit = await left(world)
    for person in (world.bo, world.tom, world.ana):
        assert not person.has_button("I'm watching")
        await person.does_on(visit, "watching")
    watch = (await world.visit(visit.id)).watch
    assert watch
    assert watch.watching is None
    assert world.tom.turned_away


async def test_words_say_it_too(world: World) -> None:
    await left(world)
    await world.lee.says("I'm watching")
    world.ana.sees("Dan Lee is watching, since 13:15.")


async def test_S7_whoever_goes_out_themselves_watches_no_longer_and_the_office_is_asked_anew(
    world: World,
) -> None:
    visit = await left(world, return_at="2026-11-23T15:00")
    await world.lee.presses("I'm watching")
    await world.lee.says("visit")
    await world.lee.fills({**REQUEST, "contact": "", "leaving_at": "2026-11-23T13:20"})
    await world.priya.presses("Approve")
    await world.until("13:20")
    known = len(world.chat.log)
    await world.lee.presses("I'm leaving now")
    await world.lee.fills(kit=ticked(world.lee.form))
    watch = (await world.visit(visit.id)).watch
    assert watch
    assert watch.watching is None
    assert "office" in {p.address for p in world.chat.log[known:]}
    await world.until("13:31")
    world.priya.sees(ASKED)


async def test_when_the_office_closes_whoever_is_on_duty_has_to_say_so_too(store: Store) -> None:
    world = World(store, extra=DUTY)
    await world.until("17:20")
    await out(
        world,
        companions="sam",
        leaving_at="2026-11-23T17:30",
        return_at="2026-11-23T18:45",
    )
    await world.until("17:56")
    for visitor in (world.ana, world.sam):
        await visitor.says("ok")
    await world.until("18:00")
    world.okoro.sees("Nobody has said yet that they are watching.")
    await world.until("18:11")
    world.lee.sees("Can you?")
    await world.okoro.presses("I'm watching")
    world.ana.sees("Ada Okoro is watching, since 18:11.")


async def test_an_alarm_asks_for_more_and_whoever_has_it_is_watching(world: World) -> None:
    await left(world)
    await world.ana.presses("I need help")
    known = len(world.chat.log)
    await world.advance("6m")
    await world.lee.presses("I'm on it")
    watch = (await world.only_visit()).watch
    assert watch
    assert watch.watching
    assert watch.watching.by == "lee"
    await world.lee.presses("They are safe")
    await world.lee.fills(how="I spoke to her", over="no")
    await world.advance("15m")
    assert not any("watching over" in p.card.title for p in world.chat.log[known:])
    world.ana.sees("Dan Lee is watching")


async def test_a_school_can_ask_nobody(store: Store) -> None:
    world = World(store, extra='\n[policy]\nwatch.confirm_within = "0m"\n')
    await left(world)
    await world.nothing_more("29m")
    world.office_does_not_see("watching")
    assert not any(b.label == "I'm watching" for m in world.office_messages for b in m.card.buttons)
