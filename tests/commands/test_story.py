"""The guided story, played on the real stage: the real engine, and its clock skipped."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from adapters.commands.stage import Stage
from adapters.web.playing import CAST
from adapters.web.story.silence import SILENCE
from bot.cards.model import Card
from bot.ports import Inbound, Press
from bot.settings import read_school, shipped
from storage import Keyring

LAST = len(SILENCE.steps)


def a_stage(folder: Path) -> Stage:
    school = files("adapters.web").joinpath("school.toml").read_text("utf-8")
    return Stage(folder, read_school(school, policies=shipped), Keyring("k" * 40))


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    stage = a_stage(tmp_path)
    await stage.open()
    stage.teller.open()
    yield stage
    await stage.teller.close()
    await stage.close()


async def titles(stage: Stage, who: str) -> list[str]:
    return [card.title for _, card in await stage.channel.cards(who)]


async def everything(stage: Stage) -> dict[str, list[tuple[str, Card]]]:
    return {persona.id: await stage.channel.cards(persona.id) for persona in CAST.everybody}


async def test_a_page_on_which_nobody_did_anything_is_fresh(stage: Stage) -> None:
    await stage.moving.advance(timedelta(minutes=20))  # the board comes, and is refreshed
    assert await stage.teller.start(wipe=False)


async def at_step(stage: Stage, number: int) -> None:
    """Tell the story as far as this step."""
    if stage.teller.shown()["mode"] == "off":
        assert await stage.teller.start(wipe=False)
    while stage.teller.shown()["step"] != f"Step {number} of {LAST}":
        await stage.teller.next()
        assert stage.teller.shown()["mode"] == "playing"


def step_that_says(words: str) -> int:
    (number,) = (n for n, step in enumerate(SILENCE.steps, 1) if words in step.says)
    return number


async def test_every_step_really_happens_and_the_panes_it_points_at_show_it(stage: Stage) -> None:
    assert await stage.teller.start(wipe=False)
    for number, step in enumerate(SILENCE.steps, 1):
        shown = stage.teller.shown()
        assert "{" not in str(shown["says"])
        looked = {
            persona.id: dict(await stage.channel.cards(persona.id)) for persona in CAST.everybody
        }
        assert isinstance(shown["look"], dict)
        for look in step.look:
            card = looked[look.pane][shown["look"][look.pane]]
            assert any(look.words in word for word in card.words), step.says
        if number < LAST:
            assert shown["step"] == f"Step {number} of {LAST}"
            await stage.teller.next()
    assert stage.teller.shown()["mode"] == "ended"
    assert SILENCE.end in str(stage.teller.shown()["says"])
    assert "Back: Ana Teach and Sam Assist" in " ".join(await titles(stage, "office"))


async def test_only_those_whom_the_story_names_get_the_words_for_999(stage: Stage) -> None:
    await at_step(stage, step_that_says("a call to 999"))
    got = {
        persona.id
        for persona in CAST.everybody
        if any("Ring 999 now" in title for title in await titles(stage, persona.id))
    }
    assert got == {"shah", "okoro", "lee"}
    assert got == set(stage.teller.shown()["look"])  # type: ignore[call-overload]


async def test_the_times_that_a_sentence_gives_are_those_at_which_it_happens(stage: Stage) -> None:
    zone = stage.channel.zone

    def now() -> str:
        return f"{stage.clock.now().astimezone(zone):%H:%M}"

    promises = {
        "If they say nothing more, Doorstep asks them at ": "each on their own phone",
        "If there is no answer by ": "Still no answer.",
        "If nobody takes it by ": "Mr Lee, a senior leader, is asked",
        "whether they are safe. If nobody takes it by ": "Mrs Shah and Ms Okoro are asked.",
    }
    promised = ""
    due: dict[int, str] = {}
    for number, step in enumerate(SILENCE.steps, 1):
        await at_step(stage, number) if number < LAST else await stage.teller.next()
        says = str(stage.teller.shown()["says"])
        assert says.startswith(now()), step.says
        if number in due:
            assert due.pop(number) == now(), step.says
        for start, then in promises.items():
            if start in says and step_that_says(then) > number:
                promised = says.partition(start)[2][:5]
                due.setdefault(step_that_says(then), promised)
    assert due == {}
    assert promised


async def test_nothing_happens_while_a_step_is_read(stage: Stage) -> None:
    await at_step(stage, step_that_says("each on their own phone"))
    held, before = stage.clock.now(), await everything(stage)
    await stage.moving.advance(timedelta())
    assert (stage.clock.now(), await everything(stage)) == (held, before)


async def test_whoever_takes_over_finds_everything_as_it_is_and_working(stage: Stage) -> None:
    await at_step(stage, step_that_says("Mr Lee, a senior leader, is asked"))
    before = await everything(stage)
    await stage.teller.take()
    assert stage.teller.shown()["mode"] == "taken"
    assert not stage.clock.is_held
    assert await everything(stage) == before
    await stage.teller.next()
    assert await everything(stage) == before
    (button,) = (
        button
        for _, card in (await stage.channel.cards("lee"))[:1]
        for button in card.buttons
        if button.label == "I'm on it"
    )
    press = Press(button.action, button.visit, button.version, button.args)
    await stage.handle(Inbound("web", "by-hand-1", "lee", press))
    await stage.moving.advance(timedelta())
    cards = await stage.channel.cards("office")
    assert any("Mr Lee has it" in word for _, card in cards for word in card.words)


async def test_a_stage_that_was_played_on_is_wiped_only_after_asking(stage: Stage) -> None:
    await at_step(stage, 2)
    await stage.teller.take()
    before = await everything(stage)
    assert not await stage.teller.start(wipe=False)
    assert stage.teller.shown()["mode"] == "taken"
    assert await everything(stage) == before
    assert await stage.teller.start(wipe=True)
    assert stage.teller.shown()["step"] == f"Step 1 of {LAST}"
    assert not any("approved" in title for title in await titles(stage, "ana"))


async def test_the_story_itself_starts_again_without_asking(stage: Stage) -> None:
    await at_step(stage, 3)
    assert await stage.teller.start(wipe=False)
    assert stage.teller.shown()["step"] == f"Step 1 of {LAST}"
    assert not any("Out:" in title for title in await titles(stage, "office"))


async def test_after_a_restart_the_story_waits_where_it_was_and_goes_on(tmp_path: Path) -> None:
    first = a_stage(tmp_path)
    await first.open()
    first.teller.open()
    await at_step(first, 5)
    stood, before = first.clock.now(), await everything(first)
    await first.teller.close()
    await first.close()

    again = a_stage(tmp_path)
    await again.open()
    again.teller.open()
    try:
        assert again.teller.shown()["mode"] == "paused"
        assert str(again.teller.shown()["says"]).startswith("Doorstep was started again.")
        assert (again.clock.now() - stood).total_seconds() <= 1
        assert await everything(again) == before
        while again.teller.shown()["mode"] == "paused":
            await again.teller.next()
        assert again.teller.shown()["mode"] == "ended"
    finally:
        await again.teller.close()
        await again.close()


async def test_it_plays_by_itself_while_somebody_looks_and_waits_when_nobody_does(
    stage: Stage,
) -> None:
    stage.teller._pace = lambda says: 0.0
    with stage.channel.hub.listening() as listener:
        await stage.teller.start(wipe=False)
        while stage.teller.shown()["step"] != f"Step 4 of {LAST}":
            await listener.next(5)
    while stage.teller.shown()["mode"] == "playing":  # noqa: ASYNC110 - the timers' turn
        await asyncio.sleep(0)
    assert stage.teller.shown()["step"] != f"Step {LAST} of {LAST}"
    assert stage.teller.shown()["mode"] == "paused"
    with stage.channel.hub.listening() as listener:
        await stage.teller.play()
        while stage.teller.shown()["mode"] != "ended":
            await listener.next(5)
    assert "Back: Ana Teach and Sam Assist" in " ".join(await titles(stage, "office"))


async def test_a_story_that_cannot_go_on_says_so_and_leaves_the_page_to_the_reader(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    await at_step(stage, 1)
    _, card = (await stage.channel.cards("ana"))[0]
    (cancel,) = (button for button in card.buttons if button.label == "Cancel the visit")
    press = Press(cancel.action, cancel.visit, cancel.version, cancel.args)
    await stage.handle(Inbound("web", "by-hand-1", "ana", press))
    await stage.moving.advance(timedelta())
    await stage.teller.next()
    assert stage.teller.shown()["mode"] == "stuck"
    assert not stage.clock.is_held
    assert "the story broke at step 2" in caplog.text
