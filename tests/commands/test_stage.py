"""The demo starts again where it was killed."""

from datetime import timedelta
from importlib.resources import files
from pathlib import Path

from adapters.commands.stage import Stage
from bot.ports import UnitOfWork
from bot.settings import read_school, shipped
from storage import Keyring
from tests.storage.samples import parcel


async def test_S8_what_was_being_sent_when_the_demo_was_killed_is_sent_at_once(
    tmp_path: Path,
) -> None:
    school = files("adapters.web").joinpath("school.toml").read_text("utf-8")
    settings = read_school(school, policies=shipped)
    first = Stage(tmp_path, settings, Keyring("k" * 40))
    await first.open()
    now = first.clock.now()

    def killed(uow: UnitOfWork) -> None:
        uow.outbox.put([parcel(due_at=now, channel="web", address="office")])
        assert uow.outbox.lease(now, 9, now + timedelta(seconds=60))

    await first.store.transact(killed)
    await first.close()
    again = Stage(tmp_path, settings, Keyring("k" * 40))
    await again.open()
    try:
        async with again._metronome.paused():
            moment = await again.engine.next_moment()
    finally:
        await again.close()
    assert moment is None or moment <= now
