"""Whatever arrives: a clear answer, nothing changed, nothing shown to who may not see it."""

import pytest

from bot.cards.general import not_yours
from bot.domain.visit import Visit
from bot.engine.presses import ANYWHERE, ON_A_VISIT
from bot.engine.submits import FORMS
from bot.ports import Answer, Inbound, Press, Say, Store, Submit
from tests.kit import KIT
from tests.stories.conftest import Opener
from tests.stories.world import World, approved, asked, out, said

CANARIES = ("Ana", "Oak Road", "V-1001", "Canary", "900001")
ACTIONS = sorted(ON_A_VISIT)
STAGES = ("asked", "approved", "out", "alarm", "finished")
TURNED_AWAY = Answer(card=not_yours())
ABSURD = {"revision": "x", "alarm": "-1", "calls": "1e9", "number": "٣" * 12, "more": "\x00"}


async def at(world: World, stage: str) -> Visit:
    """A visit in this stage."""
    if stage == "asked":
        return await asked(world)
    if stage == "approved":
        return await approved(world)
    visit = await out(world)
    if stage == "alarm":
        await world.until("13:50")
    if stage == "finished":
        await world.ana.presses("I'm back")
    return await world.visit(visit.id)


async def tries(
    world: World, person: str, act: Press | Submit | Say, *, office: bool = False
) -> Answer:
    """The deed alone, quickly: what it leads to is sent when the world catches up."""
    return await world.hears(person, act, office=office, delivery=world.delivery())


def shown(answer: Answer) -> str:
    form = answer.form
    parts = [said(answer.card)] if answer.card else []
    if form:
        parts += [form.title, *form.intro, *form.values.values(), *form.errors.values()]
    return " ".join(parts)


@pytest.mark.parametrize("stage", STAGES)
async def test_P6_an_outsider_with_every_button_and_form_changes_and_learns_nothing(
    world: World, stage: str
) -> None:
    visit = await at(world, stage)
    for action in ACTIONS:
        for office in (False, True):
            press = Press(action, visit.id, visit.version, ABSURD)
            assert await tries(world, "tom", press, office=office) == TURNED_AWAY, action
    for form in FORMS:
        sent = Submit(form, {"reason": "x", "how": "x", "over": "yes"}, visit.id)
        assert await tries(world, "tom", sent) == TURNED_AWAY, form
    assert await world.visit(visit.id) == visit
    for action in ANYWHERE:
        answer = await tries(world, "tom", Press(action, visit.id))
        for canary in CANARIES:
            assert canary not in shown(answer), action
        assert await world.visit(visit.id) == visit
    await world.catch_up()
    world.tom.does_not_see("Ana")


@pytest.mark.parametrize("stage", STAGES)
async def test_absurd_arguments_are_answered_without_an_error(
    world: World, stage: str, caplog: pytest.LogCaptureFixture
) -> None:
    visit = await at(world, stage)
    people = ("ana", "priya", "okoro", "olu", "bo")
    for action in ACTIONS:
        for person in people:
            answer = await tries(world, person, Press(action, visit.id, -5, ABSURD))
            assert answer.card or answer.form, (action, person)
            assert "Something went wrong" not in shown(answer), (action, person)
    values = {"until": "yesterday", "minutes": "x", "visitor": "?", "going": ",,", "over": "?"}
    for form in FORMS:
        for typed in ({}, values, {"reason": "\x00", "until": "0000-00-00", "place": "x" * 9999}):
            for person in people:
                answer = await tries(world, person, Submit(form, typed, visit.id, 99, ABSURD))
                assert answer.card or answer.form, (form, person)
                assert "Something went wrong" not in shown(answer), (form, person)
    await world.catch_up()
    assert "error" not in caplog.text.lower()


async def test_an_unknown_person_learns_nothing_and_is_told_how_to_be_added(world: World) -> None:
    visit = await out(world)
    for act in (Say("help"), Press("ok", visit.id), Submit("safe", {}, visit.id), Say("ok")):
        answer = await tries(world, "stranger", act)
        assert "I don't know you yet." in shown(answer)
        assert "999" in shown(answer)
        for canary in CANARIES:
            assert canary not in shown(answer)
    for channel in ("teams", "", "web "):
        answer = await world.engine.handle(Inbound(channel, "d", "ana", Press("ok", visit.id)))
        assert "I don't know you yet." in shown(answer)
    assert await world.visit(visit.id) == visit


async def test_an_unknown_action_and_an_unknown_form_say_so(world: World) -> None:
    visit = await out(world)
    for act in (
        Press("selfdestruct", visit.id),
        Press("", visit.id),
        Submit("selfdestruct", {}, visit.id),
        Submit("", {}, visit.id),
    ):
        answer = await world.ana.does(act)
        assert "I don't know that" in shown(answer)
    assert await world.visit(visit.id) == visit


async def test_a_visit_that_does_not_exist_is_no_different_from_one_of_others(
    world: World,
) -> None:
    visit = await out(world)
    for visit_id in ("nowhere", "V-1001", "' OR 1=1 --", visit.id.upper(), visit.id + " "):
        for action in ACTIONS:
            assert await tries(world, "olu", Press(action, visit_id)) == TURNED_AWAY, action
        for form in FORMS:
            assert await tries(world, "olu", Submit(form, {}, visit_id)) == TURNED_AWAY, form
    assert await world.visit(visit.id) == visit


async def test_another_school_s_visit_is_nobody_s_here(opener: Opener) -> None:
    store: Store = opener()
    here = World(store)
    text = here.text.replace('id = "st-example"', 'id = "st-elsewhere"')
    there = World(store, text=text)
    visit = await out(here)
    for action in ACTIONS:
        press = Press(action, visit.id, visit.version, {"revision": "1"})
        assert await tries(there, "priya", press) == TURNED_AWAY, action
    for form in FORMS:
        sent = Submit(form, {"reason": "x"}, visit.id)
        assert await tries(there, "priya", sent) == TURNED_AWAY, form
    assert await here.visit(visit.id) == visit
    await there.ana.says("help")
    assert await here.visit(visit.id) == visit
    assert "Are you in danger now?" in there.ana.told


@pytest.mark.parametrize("stage", ["asked", "approved"])
async def test_a_press_meant_for_later_is_refused_before_departure(
    world: World, stage: str
) -> None:
    visit = await at(world, stage)
    for action in ("ok", "arrived", "back", "more_time", "moved", "on_it", "safe", "phoned_ok"):
        answer = await world.ana.does(Press(action, visit.id))
        assert answer.form is None, action
        assert answer.card, action
    assert await world.visit(visit.id) == visit


async def test_the_wrong_role_is_refused_in_a_sentence(world: World) -> None:
    visit = await asked(world)
    for person in (world.olu, world.okoro, world.ana):
        await person.does(Press("approve", visit.id, visit.version, {"revision": "1"}))
        assert "You can't decide about this visit" in person.told
    for person in (world.bo, world.olu, world.priya):
        await person.does(Press("cancel", visit.id))
        await person.does(Press("leave", visit.id))
        await person.does(Press("already_left", visit.id))
        await person.does(Press("change_plan", visit.id))
        assert person.answer.form is None
    assert await world.visit(visit.id) == visit


async def test_what_went_wrong_is_told_as_not_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def breaks(*given: object, **more: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(world.store, "transact", breaks)
        answer = await world.engine.handle(Inbound("web", "d", "ana", Say("help")))
    assert "I have done nothing" in shown(answer)
    assert answer.undone
    assert not (await world.ana.says("help")).undone


async def test_words_without_a_visit_are_answered(world: World) -> None:
    for words in ("ok", "back", "arrived", "more time", "leaving", "", "🙂", "x" * 10_000, "\x00"):
        answer = await world.tom.says(words)
        assert answer.card, words
        assert "Something went wrong" not in shown(answer)
    assert world.tom.messages == []
    assert await world.visits() == []


async def test_a_request_full_of_nonsense_comes_back_with_what_is_wrong(world: World) -> None:
    nonsense = {
        "kind": "Burglary",
        "place": "x" * 201,
        "purpose": "",
        "companions": "ana,nobody,tom",
        "contact": "ana",
        "leaving_at": "31/02/2026",
        "return_at": "9999-12-31T23:59",
        "unknown": "field",
    }
    await world.ana.does(Submit("plan", nonsense))
    errors = world.ana.form.errors
    assert {"kind", "place", "purpose", "companions", "contact", "leaving_at"} <= set(errors)
    assert world.ana.form.values["place"] == "x" * 201
    await world.ana.does(Submit("plan", {}))
    assert {"place", "purpose", "leaving_at", "return_at"} <= set(world.ana.form.errors)
    assert await world.visits() == []


async def test_the_wrong_kit_and_the_wrong_people_never_start_a_visit(world: World) -> None:
    visit = await approved(world)
    await world.until("13:15")
    for typed in (
        {},
        {"kit": KIT},
        {"kit": KIT, "going": "tom"},
        {"kit": "everything", "going": "ana"},
        {"kit": KIT, "going": "ana", "until": "never"},
    ):
        await world.ana.does(Submit("leave", typed, visit.id))
        assert world.ana.form.errors, typed
    for other in (world.priya, world.bo, world.olu):
        good = {"kit": KIT, "going": "ana"}
        await other.does(Submit("leave", good, visit.id))
    assert (await world.visit(visit.id)).watch is None
