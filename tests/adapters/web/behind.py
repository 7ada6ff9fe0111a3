"""What lies behind the page in these tests: a small school that a test can see and set."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from aiohttp.test_utils import TestClient

from adapters.web.channel import WebChannel
from adapters.web.clock import DemoClock
from adapters.web.moving import Moving
from adapters.web.personas import Persona
from adapters.web.server import build_app
from adapters.web.story.bookmark import Bookmark
from adapters.web.story.hands import Hands
from adapters.web.story.steps import Step, Story, TimePasses
from adapters.web.story.teller import Teller
from bot.cards.model import Button
from bot.ports import Answer, Inbound

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)
PEOPLE = (
    Persona("ana", "Ana Teach", "teacher"),
    Persona("shah", "Mrs Shah", "Head", above_staff=True),
    Persona("pat", "Pat Desk", "office manager", above_staff=True, spare=True),
    Persona("office", "Office channel", "the school office", kind="office"),
)

STORY = Story(
    title="What happens?",
    steps=tuple(
        Step(f"{{now}}. {what}.", (), (TimePasses(timedelta(minutes=7)),)) for what in "ABC"
    ),
    end="That is all.",
)


def flip(data: bytes) -> bytes:
    """Stands in for encryption: nothing stays readable, and twice gives it back."""
    return bytes(byte ^ 0x5A for byte in data)


@dataclass
class School:
    """What lies behind the page, as a test sees and sets it."""

    clock: DemoClock
    channel: WebChannel
    answer: Answer = field(default_factory=Answer)
    broken: Exception | None = None
    heard: list[Inbound] = field(default_factory=list)
    skips: list[timedelta | None] = field(default_factory=list)
    resets: int = 0
    moving: int = 0

    async def handle(self, inbound: Inbound) -> Answer:
        self.heard.append(inbound)
        if self.broken:
            raise self.broken
        return self.answer

    async def advance(self, length: timedelta | None) -> str:
        self.skips.append(length)
        await self._alone()
        self.clock.skip(length or timedelta(minutes=7))
        return "Ana is asked whether she is OK."

    async def _alone(self) -> None:
        self.moving += 1
        for _ in range(20):  # let whatever else is under way come in, if it can
            await asyncio.sleep(0)
        assert self.moving == 1
        self.moving -= 1

    async def is_fresh(self) -> bool:
        return not self.heard

    async def reset(self) -> None:
        self.resets += 1
        await self._alone()
        await self.channel.clear()
        self.clock.restart(START)


def app_of(school: School, folder: Path, shortcuts: Sequence[Button] = ()) -> web.Application:
    """The page with this school behind it."""
    channel, clock = school.channel, school.clock
    moving = Moving(school.advance, school.reset, clock, channel.hub)
    teller = Teller(
        STORY,
        channel,
        Hands(channel, school.handle, moving, clock, shortcuts),
        moving,
        clock,
        lambda now: {"now": f"{now:%H:%M}"},
        Bookmark(folder / "story.json"),
        school.is_fresh,
    )
    return build_app(
        channel=channel,
        handle=school.handle,
        moving=moving,
        teller=teller,
        school="St Example Primary",
        shortcuts=shortcuts,
    )


Client = TestClient[web.Request, web.Application]

OURS = {"X-Doorstep": "1"}
PRESS = {
    "who": "ana",
    "kind": "press",
    "action": "depart",
    "visit": "v-1",
    "version": 4,
    "args": {"alarm": "2"},
    "delivery": "11111111-2222",
}


async def act(client: Client, **deed: Any) -> tuple[int, Any]:
    async with client.post("/api/act", json={**PRESS, **deed}, headers=OURS) as response:
        return response.status, await response.json()
