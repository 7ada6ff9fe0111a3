"""The signing keys as they were last published, kept for a day: after a restart whoever is out is
heard, though the key server isn't there.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.ports import Clock, Contact, Store

NAME = "teams.keys"
PUBLISHED = "published"
KEPT = timedelta(days=1)
AGAIN = timedelta(hours=1)
"""The same keys are kept again once what is kept is so old."""
READ = ("kid", "kty", "n", "e", "endorsements")


class KeptKeys:
    """``recall`` after a restart, ``keep`` what was fetched. They are public, no secrets."""

    def __init__(self, store: Store, clock: Clock, school: Callable[[], str]) -> None:
        self._store, self._clock, self._school = store, clock, school
        self._kept: tuple[str, datetime] | None = None

    async def recall(self) -> Sequence[Any]:
        """As they were published; nothing where it is longer than a day ago."""
        school = self._school()
        found = await self._store.transact(lambda uow: uow.contacts.get(school, NAME, PUBLISHED))
        if found is None:
            return ()
        at = datetime.fromisoformat(found.data["at"])
        self._kept = found.data["keys"], at
        keys: Sequence[Any] = json.loads(found.data["keys"])
        return keys if at + KEPT > self._clock.now() else ()

    async def keep(self, published: Sequence[Any]) -> None:
        """Only what a key is read from, and only where it is news."""
        now, school = self._clock.now(), self._school()
        usable = [
            {name: each[name] for name in READ if name in each}
            for each in published
            if isinstance(each, Mapping)
        ]
        text = json.dumps(usable, sort_keys=True)
        if self._kept and self._kept[0] == text and self._kept[1] + AGAIN > now:
            return
        contact = Contact(NAME, PUBLISHED, {"keys": text, "at": now.isoformat()})
        await self._store.transact(lambda uow: uow.contacts.keep(school, contact, now))
        self._kept = text, now
