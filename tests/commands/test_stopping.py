"""``doorstep run`` is stopped while an alarm is being sent."""

import asyncio
from types import SimpleNamespace

from adapters.commands.service import Service


async def test_what_is_being_sent_is_finished_before_the_channels_are_closed() -> None:
    order: list[str] = []

    def part(name: str) -> SimpleNamespace:
        async def stop() -> None:
            await asyncio.sleep(0)
            order.append(name)

        return SimpleNamespace(stop=stop, close=stop)

    service = object.__new__(Service)
    service.__dict__.update(
        _tasks=set(),
        _plugged={"slack": part("slack"), "teams": part("teams")},
        _metronome=part("sending"),
        _heartbeat=None,
        _store=part("database"),
    )
    await service.stop()
    assert order == ["sending", "slack", "teams", "database"]
