"""A check-in by Action.Execute on Teams, durable before it is answered, beside a bare bot on the
Bot Framework's SDK that answers the same activities under the same authentication.

Both are processes of their own, and take turns: while one is measured the other is quiet, and so is
everything that its presses brought about. Each press has a token of its own, signed beforehand.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import aiohttp
import pytest

from adapters.teams.answering import CARD
from tests.bench.measured import p50, p99, report
from tests.bench.teams_school import AtWork, Press, at_work

TURNS, EACH = 10, 40
ROUNDS, PEOPLE, IN_FLIGHT = 6, 320, 32
Measure = Callable[[aiohttp.ClientSession, str, Sequence[Press]], Awaitable[list[float]]]


async def pressed(session: aiohttp.ClientSession, url: str, press: Press) -> float:
    """Milliseconds until the answer, which must be a card."""
    body, headers = press
    start = time.perf_counter()
    async with session.post(url, data=body, headers=headers) as answer:
        said = await answer.json()
    taken = (time.perf_counter() - start) * 1000
    assert (answer.status, said["type"]) == (200, CARD), said
    return taken


async def one_by_one(
    session: aiohttp.ClientSession, url: str, presses: Sequence[Press]
) -> list[float]:
    """Milliseconds of each."""
    return [await pressed(session, url, press) for press in presses]


async def together(
    session: aiohttp.ClientSession, url: str, presses: Sequence[Press]
) -> list[float]:
    """Presses a second, many in flight."""
    left = iter(presses)

    async def some() -> None:
        for press in left:
            await pressed(session, url, press)

    start = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(IN_FLIGHT)))
    return [len(presses) / (time.perf_counter() - start)]


async def in_turns(
    there: AtWork, session: aiohttp.ClientSession, measure: Measure, turns: int, each: int
) -> Mapping[str, list[float]]:
    """The same people press on both; who goes first changes."""
    found: dict[str, list[float]] = {url: [] for url in there.both}
    people = cycle(there.people)
    for turn in range(turns):
        who = list(islice(people, each))
        for url in there.both if turn % 2 else reversed(there.both):
            presses = [there.press(person) for person in who]
            found[url] += await measure(session, url, presses)
            await there.quiet()
    return found


async def turned_away(there: AtWork, session: aiohttp.ClientSession) -> None:
    """Nobody is measured who believes everything."""
    body, headers = there.press(there.people[0])
    forged = {**headers, "Authorization": headers["Authorization"][:-8] + "AAAAAAAA"}
    for url, status in zip(there.both, (500, 401), strict=True):  # 500 is the SDK's way to say it
        async with session.post(url, data=body, headers=forged) as answer:
            assert answer.status == status, f"{url} answers {answer.status} to a forged token"


@pytest.mark.timeout(900)
async def test_a_check_in_beside_a_bare_bot(tmp_path: Path, share: float) -> None:
    each, people = max(8, int(EACH * share)), max(IN_FLIGHT, int(PEOPLE * share))
    turns, rounds = (TURNS, ROUNDS) if share == 1 else (2, 2)
    async with at_work(tmp_path, people) as there, aiohttp.ClientSession() as session:
        await turned_away(there, session)
        await in_turns(there, session, one_by_one, 2, each)  # to warm up
        times = await in_turns(there, session, one_by_one, turns, each)
        rates = await in_turns(there, session, together, rounds, people)
        kept = await there.check_ins()
    pressed_on_ours = (2 + turns) * each + rounds * people
    assert kept == pressed_on_ours, f"{kept} kept of {pressed_on_ours} answered"
    bare, ours = (times[url] for url in there.both)
    ratio = p50(ours) / p50(bare)
    report(
        "a check-in on Teams beside a bare bot",
        f"p50 {p50(ours):.2f} and {p50(bare):.2f} ms, {ratio:.2f} times; "
        f"p99 {p99(ours):.1f} and {p99(bare):.1f} ms of {len(ours)}",
        "p50 <= 1.5 times",
        met=ratio <= 1.5,
    )
    bare_rate, our_rate = (median(rates[url]) for url in there.both)
    report(
        f"the same, {IN_FLIGHT} in flight",
        f"{our_rate:.0f} and {bare_rate:.0f} a second, {our_rate / bare_rate:.2f} times",
        ">= 0.6 times",
        met=our_rate >= 0.6 * bare_rate,
    )
