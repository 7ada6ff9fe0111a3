"""What the school remembers: other visits to an address, flags on it, who has read the policy."""

import pytest

from bot.domain.school_events import FlagConfirmed, FlagLifted, FlagSet, PolicyRead
from bot.domain.visit import Out, Visit
from bot.ports import Entry, Press, Store
from tests.kit import ticked
from tests.stories.cast import school_text
from tests.stories.world import REQUEST, World, asked

NOTHING_FOUND = "Nothing found under this address as it is written."
DOG = "Canary: a large dog, loose in the garden"


async def _chain(world: World) -> list[Entry]:
    return await world.store.transact(lambda uow: uow.audit.entries("st-example", ""))


async def _plans(world: World, person: str, **values: str) -> Visit:
    """Somebody asks for one more visit, for tomorrow unless they say otherwise."""
    start = f"{world.clock.moment:%Y-%m-%d}"
    fresh = {**REQUEST, "leaving_at": f"{start}T16:00", "return_at": f"{start}T16:45", **values}
    before = {visit.id for visit in await world.visits()}
    who = world.people[person]
    await who.says("visit")
    await who.fills(fresh)
    (visit,) = [each for each in await world.visits() if each.id not in before]
    return visit


async def _back_from_an_alarm(world: World) -> None:
    """A first visit, with an alarm, over."""
    await asked(world)
    await world.lee.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    await world.ana.presses("I need help")
    await world.advance("6m")
    await world.lee.presses("They are safe")
    await world.lee.fills(how="I spoke to her", over="yes")
    await world.advance("20m")


async def test_nothing_found_is_never_said_as_if_nothing_were_known(world: World) -> None:
    await asked(world)
    for reader in (world.lee, world.priya, world.ana):
        reader.sees(NOTHING_FOUND)
        reader.sees("That doesn't mean that nothing is known.")
        reader.does_not_see("no concerns")
    world.office_does_not_see("Nothing found")


async def test_an_earlier_visit_is_shown_to_whoever_decides_and_whoever_goes(world: World) -> None:
    await _back_from_an_alarm(world)
    await _plans(world, "sam", place=REQUEST["place"].upper().replace("ROAD", "Rd"))
    for reader in (world.lee, world.priya):
        reader.sees("V-1001 on 23 Nov, somebody asked for help")
    await world.lee.presses("Show V-1001")
    assert "Ana Teach" in world.lee.told
    assert not world.sam.has_button("Show V-1001"), "he had no part in that one"
    world.sam.sees("Colleagues have planned or made visits to this address. Please ask Ada Okoro.")
    world.sam.does_not_see(NOTHING_FOUND)
    for outsider in (world.sam, world.tom, world.bo, world.olu):
        outsider.does_not_see("V-1001 on 23 Nov")
        outsider.does_not_see("Other visits")
    world.office_does_not_see("Other visits")


@pytest.mark.parametrize("reader", ["olu", "bo", "lee"])
async def test_nobody_learns_whose_family_a_visit_is_about_by_trying_names(
    world: World, reader: str
) -> None:
    """Only whoever may see all of that visit: the office, and whoever is its contact, may not."""
    first = await asked(world)
    await world.lee.presses("Approve")
    guess = {"place": "77 Nowhere Road", "family": REQUEST["family"], "contact": "okoro"}
    await _plans(world, reader, **guess)
    sees = reader == "lee"
    told = [m for m in world.people[reader].messages if "written alike" in " ".join(m.card.words)]
    assert bool(told) is sees, f"{reader} has asked for {guess['family']}"
    assert world.people[reader].has_button(f"Show {first.reference}") is sees
    told = [m for m in world.priya.messages if "written alike" in " ".join(m.card.words)]
    assert told, "the Head decides, and may see both"


async def test_another_address_remembers_nothing_of_it(world: World) -> None:
    await _back_from_an_alarm(world)
    await _plans(world, "sam", place="7 Ash Way", family="somebody else")
    world.sam.does_not_see("V-1001")
    world.sam.sees(NOTHING_FOUND)


async def test_P8_an_erased_visit_is_found_no_more(world: World) -> None:
    await _back_from_an_alarm(world)
    (known,) = await world.store.transact(
        lambda uow: uow.visits.recent_of("st-example", "ana", limit=5)
    )
    await world.store.transact(lambda uow: uow.visits.erase("st-example", known.id))
    await _plans(world, "sam")
    world.sam.does_not_see("V-1001")
    world.sam.sees(NOTHING_FOUND)


async def test_a_visit_kept_from_somebody_is_not_told_to_them_by_the_address(world: World) -> None:
    kept = await _plans(world, "ana", kept_from="sam")
    await _plans(world, "sam")
    world.sam.does_not_see(kept.reference)
    world.lee.sees(f"{kept.reference} on 23 Nov, is planned")


# --- flags --------------------------------------------------------------------------------------


async def _flags(world: World, **values: str) -> None:
    await world.okoro.says("flag an address")
    await world.okoro.fills({"place": "14 Oak Rd", "reason": DOG, **values})


async def test_a_flag_is_before_whoever_decides_and_whoever_goes_and_nobody_else(
    world: World,
) -> None:
    await _flags(world)
    assert "Flagged: it holds until 23 Nov 2027" in world.okoro.told
    await _plans(world, "ana", companions="sam")
    for reader in (world.lee, world.priya, world.ana, world.sam):
        reader.sees(DOG)
        reader.sees("Ada Okoro")
    for outsider in (world.tom, world.bo, world.olu):
        outsider.does_not_see(DOG)
    world.office_does_not_see(DOG)
    for posted in world.chat.posted:
        assert "Canary" not in posted.card.notification
        assert "Oak" not in posted.card.notification or posted.address == "office"


async def test_whoever_is_about_to_go_there_learns_of_a_flag_at_once(world: World) -> None:
    await asked(world)
    await world.lee.presses("Approve")
    known = len(world.chat.log)
    await _flags(world)
    assert {p.address for p in world.chat.log[known:]} == {"ana"}
    world.ana.sees(DOG)


async def test_a_flag_after_the_yes_shuts_the_door_and_the_refusal_leads_to_the_plan(
    world: World,
) -> None:
    await asked(world)
    await world.lee.presses("Approve")
    await _flags(world)
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    assert "This address is flagged. No reason is given." in world.ana.told
    assert world.ana.answer.card is not None
    labels = [button.label for button in world.ana.answer.card.buttons]
    assert labels[:2] == ["I've already left", "Change the plan"]
    await world.ana.presses("Change the plan")
    await world.ana.fills(why_alone="Nobody is free, and I know the dog")
    world.lee.sees("Nobody is free, and I know the dog")
    await world.lee.presses("Approve")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    (visit,) = await world.visits()
    assert isinstance(visit.phase, Out)
    assert not visit.phase.watch.left_in_breach
    assert world.tom.messages == []


async def test_whoever_comes_to_help_in_an_alarm_is_told_of_a_flag_and_the_office_is_not(
    world: World,
) -> None:
    await asked(world)
    await world.lee.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    await _flags(world)
    await world.ana.presses("I need help")
    await world.advance("11m")
    await world.lee.presses("Show risks")
    assert DOG in world.lee.told
    world.priya.sees(DOG)
    for other in (world.bo, world.olu, world.tom, world.ana):
        other.does_not_see(DOG)
    world.office_does_not_see(DOG)


async def test_an_address_is_flagged_on_the_card_of_a_visit_that_is_over(world: World) -> None:
    await _back_from_an_alarm(world)
    await world.lee.presses("Flag this address")
    assert world.lee.form.values["place"] == "14 Oak Road"
    await world.lee.fills(reason=DOG)
    await _plans(world, "sam")
    world.sam.sees(DOG)
    world.sam.sees("Dan Lee")


async def test_only_those_the_policy_names_set_see_confirm_and_lift_flags(world: World) -> None:
    await _flags(world)
    (known,) = await world.store.transact(
        lambda uow: uow.flags.binding("st-example", world.clock.moment, 9)
    )
    entries = len(await _chain(world))
    for outsider in (world.ana, world.olu, world.tom):
        for words in ("flag an address", "flags"):
            await outsider.says(words)
            assert outsider.turned_away
        for action in ("confirm_flag", "lift_flag"):
            args = {"flag": known.id, "sure": "yes"}
            await outsider.does(Press(action, args=args))
            assert outsider.turned_away
    assert len(await _chain(world)) == entries
    await world.priya.says("flags")
    assert DOG in world.priya.told


async def test_a_flag_is_never_set_from_the_office_channel(world: World) -> None:
    for action in ("flag", "flags"):
        await world.okoro.does(Press(action), office=True)
        assert world.okoro.turned_away


async def test_a_flag_needs_an_address_that_can_be_found_and_a_reason(world: World) -> None:
    await world.okoro.says("flag an address")
    await world.okoro.fills({"place": "14", "reason": ""})
    errors = world.okoro.form.errors
    assert set(errors) == {"place", "reason"}
    await world.okoro.fills({"place": "14 Oak Road", "reason": "x" * 501})
    assert set(world.okoro.form.errors) == {"reason"}
    assert await _chain(world) == []


async def test_its_author_is_asked_in_time_and_confirms_or_lifts_it(world: World) -> None:
    await _flags(world)
    known = len(world.chat.log)
    await world.advance("89d")
    assert "okoro" not in {p.address for p in world.chat.log[known:]}
    await world.advance("1d")
    assert {p.address for p in world.chat.log[known:]} == {"okoro"}
    world.okoro.sees("Does the flag on 14 Oak Rd still hold?")
    await world.okoro.presses("It still holds")
    await world.catch_up()
    world.okoro.sees("confirmed on 21 Feb that this holds")
    await world.advance("89d")
    await world.advance("1d")
    await world.okoro.presses("Lift it")
    await world.okoro.presses("Yes, lift it")
    await world.catch_up()
    await _plans(world, "ana")
    world.lee.sees("lifted by Ada Okoro")
    kinds = [entry.kind for entry in await _chain(world)]
    assert kinds == [FlagSet.__name__, FlagConfirmed.__name__, FlagLifted.__name__]
    assert DOG not in str([entry.detail for entry in await _chain(world)])


async def test_an_author_who_does_not_answer_is_asked_again_each_week(world: World) -> None:
    await _flags(world)
    await world.advance("90d")
    known = len(world.chat.log)
    await world.advance("7d")
    assert [p.address for p in world.chat.log[known:]] == ["okoro"]


async def test_the_dsl_is_asked_where_the_author_may_no_longer_say(world: World) -> None:
    await world.lee.says("flag an address")
    await world.lee.fills({"place": "14 Oak Rd", "reason": DOG})
    await world.reads(world.text.replace('roles = ["senior_leader"]', 'roles = ["staff"]'))
    known = len(world.chat.log)
    await world.advance("90d")
    assert {p.address for p in world.chat.log[known:]} == {"okoro"}


async def test_an_ended_flag_no_longer_counts_and_is_shown_as_ended_for_a_time(
    store: Store,
) -> None:
    world = World(store, extra="[policy]\nflags.at_most = '40d'\nflags.review_every = '90d'\n")
    await _flags(world, holds=str(30 * 86_400))
    await world.advance("31d")
    await _plans(world, "ana")
    world.lee.sees("An earlier risk at this address, ended on 23 Dec, and no longer counts")
    world.lee.does_not_see("Known risk at this address")
    await world.ana.presses("Cancel the visit")
    await world.advance("31d")
    await _plans(world, "ana", purpose="Once more")
    world.lee.does_not_see("An earlier risk")


async def test_P8_what_ended_long_ago_is_destroyed(world: World) -> None:
    await _flags(world)
    (known,) = await world.store.transact(
        lambda uow: uow.flags.binding("st-example", world.clock.moment, 9)
    )
    await world.advance("366d")
    await world.engine.tidy()
    assert await world.store.transact(lambda uow: uow.flags.get("st-example", known.id))
    await world.advance("30d")
    await world.engine.tidy()
    assert await world.store.transact(lambda uow: uow.flags.get("st-example", known.id)) is None


async def test_a_flag_can_be_set_in_messages_alone(store: Store) -> None:
    world = World(store)
    world.okoro.forms = False
    await world.okoro.says("flag an address")
    await world.okoro.says("14 Oak Road")
    await world.okoro.says(DOG)
    await world.okoro.says("90 days")
    await world.okoro.says("send")
    assert "Flagged" in world.okoro.told
    await _plans(world, "ana")
    world.lee.sees(DOG)


# --- who has read the policy --------------------------------------------------------------------


async def test_whoever_goes_is_asked_to_read_the_policy_until_they_say_that_they_have(
    world: World,
) -> None:
    await _plans(world, "ana", companions="sam")
    for reader in (world.ana, world.sam):
        reader.sees("You haven't said this term that you have read the home visits policy.")
    world.lee.sees("Ana Teach and Sam Assist have not said this term that they know the policy.")
    await world.sam.says("policy")
    while any(b.label == "Read on" for b in world.sam.answer.card.buttons):  # type: ignore[union-attr]
        await world.sam.presses("Read on")
    await world.sam.presses("I have read it")
    await world.catch_up()
    assert "I've noted that you have read" in world.sam.told
    world.lee.sees("Ana Teach has not said this term that they know the policy.")
    (entry,) = await _chain(world)
    assert (entry.kind, entry.by) == (PolicyRead.__name__, "sam")
    for outsider in (world.tom, world.bo):
        outsider.does_not_see("know the policy")
    world.office_does_not_see("know the policy")


async def test_the_lead_says_it_at_the_door_by_one_more_tick(world: World) -> None:
    await asked(world)
    await world.lee.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    everything = ticked(world.ana.form)
    await world.ana.fills(kit=everything.replace(",policy_read", ""))
    assert "read the home visits policy" in world.ana.form.errors["kit"]
    assert any(b.label == "I've already left" for b in world.ana.form.extra), "S1"
    assert await _chain(world) == []
    await world.ana.fills(kit=everything)
    assert isinstance((await world.only_visit()).phase, Out)
    (entry,) = await _chain(world)
    assert (entry.kind, entry.by) == (PolicyRead.__name__, "ana")
    await world.ana.presses("I'm back")
    await _plans(world, "ana")
    assert not world.ana.has_button("Show the policy")


async def test_it_is_asked_again_when_the_policy_changes(world: World) -> None:
    await world.ana.says("I have read the policy")
    await _plans(world, "ana")
    world.ana.does_not_see("You haven't said")
    await world.reads(school_text(extra='\n[policy]\ncheck_in.every = "25m"\n'))
    await _plans(world, "ana", leaving_at="2026-11-24T10:00", return_at="2026-11-24T10:30")
    world.ana.sees("You haven't said this term")


async def test_a_text_that_has_changed_since_is_not_what_was_read(world: World) -> None:
    answer = await world.ana.does(Press("policy_read", args={"text": "an older one"}))
    assert answer.card is not None
    assert "has changed since you opened it" in answer.card.title
    assert await _chain(world) == []


@pytest.mark.parametrize(
    ("last", "asks"), [("2026-11-29", True), ("2026-11-28", False)], ids=["a week", "six days"]
)
async def test_it_is_asked_again_in_a_new_term(store: Store, last: str, asks: bool) -> None:
    closed = f'[[closed]]\nfrom = "2026-11-23"\nto = "{last}"\n'
    world = World(store, extra=closed)
    await world.ana.says("I have read the policy")
    await world.advance("8d")
    await _plans(world, "ana")
    assert world.ana.has_button("Show the policy") is asks


async def test_without_a_known_term_it_is_asked_again_after_so_long(world: World) -> None:
    await world.ana.says("I have read the policy")
    await world.advance("119d")
    await _plans(world, "ana")
    world.ana.does_not_see("You haven't said this term")
    await world.advance("2d")
    await _plans(world, "ana")
    world.ana.sees("You haven't said this term")


async def test_a_school_that_asks_nobody_asks_nobody(store: Store) -> None:
    world = World(store, extra="[policy]\nreading.every = '0m'\n")
    await asked(world)
    world.ana.does_not_see("You haven't said")
    world.lee.does_not_see("know the policy")


# --- changed settings ---------------------------------------------------------------------------


async def test_each_change_of_the_settings_is_in_the_audit_once(store: Store) -> None:
    world = World(store)
    await world.reads(world.text)
    (first,) = await _chain(world)
    assert first.kind == "SettingsChanged"
    again = World(world.store, before=world)
    await again.reads(again.text)
    assert len(await _chain(again)) == 1, "a restart reads what is known already"
    await again.reads(school_text(extra='\n[policy]\ncheck_in.every = "25m"\n'))
    await again.advance("1h")
    _, second = await _chain(again)
    assert second.detail is not None
    assert second.detail["changes"] == [{"key": "policy.check_in.every", "old": "", "new": "25m"}]
    await again.reads("not a school file")
    assert len(await _chain(again)) == 2, "a bad file changes nothing"
