"""The same post twice is one post: for a channel whose vendor doesn't see to it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from bot.ports import TryLater

REMEMBERED = 2000
Which = tuple[str, str]
"""An address, and the key of a post."""


class Once:
    """Remembers references by address and key. Whoever asks meanwhile waits for the first."""

    def __init__(self) -> None:
        self._posts: OrderedDict[Which, asyncio.Future[str]] = OrderedDict()

    async def post(self, which: Which, make: Callable[[], Awaitable[str]]) -> str:
        """Give the reference that ``make`` gives; that of the first time, if there was one."""
        known = self._posts.get(which)
        if known is not None:
            return await asyncio.shield(known)
        self._posts[which] = future = asyncio.get_running_loop().create_future()
        future.add_done_callback(_looked_at)
        while len(self._posts) > REMEMBERED:
            self._posts.popitem(last=False)
        try:
            reference = await make()
        except BaseException as problem:
            self._posts.pop(which, None)
            stopped = isinstance(problem, asyncio.CancelledError)
            future.set_exception(TryLater("the first try was stopped") if stopped else problem)
            raise
        future.set_result(reference)
        return reference


def _looked_at(future: "asyncio.Future[str]") -> None:
    """An error that nobody else waited for has been told to whoever posted."""
    if not future.cancelled():
        future.exception()
