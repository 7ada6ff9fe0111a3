"""Whom Slack has ever identified, kept over restarts: nobody is trusted before it has said who they
are, and it may say nothing at the moment when an alarm is to reach them.
"""

from collections.abc import Iterable, Mapping

from adapters.hashed import hashed
from bot.ports import Clock, Contact, Store, UnitOfWork

NAME = "slack"


class Met:
    """By account, why it can't be a colleague's (empty for one that may be), and whose it is by
    e-mail. ``load`` first; ``keep`` what has changed.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._kept: dict[str, Mapping[str, str]] = {}
        self._said: dict[str, Mapping[str, str]] = {}

    async def load(self, school: str) -> None:
        """Read what was said before; what has been said since stands over it."""
        kept = await self._store.transact(lambda uow: uow.contacts.of(school, NAME))
        self._kept = {each.address: each.data for each in kept}
        self._said = {**self._kept, **self._said}

    def learn(self, user: str, email: str, why_not: str) -> None:
        """Slack said who this is."""
        data = {"email": hashed(email) if email else "", "why_not": why_not, "identified": "yes"}
        self._said[user] = {name: value for name, value in data.items() if value}

    def why_not(self, user: str) -> str | None:
        """Why they are no colleague; None before Slack has ever said who they are."""
        data = self._said.get(user)
        return None if data is None else data.get("why_not", "")

    def by_email(self, email: str) -> str:
        """Whose e-mail address this was last; empty where nobody's."""
        wanted = hashed(email)
        found = (user for user, data in self._said.items() if data.get("email") == wanted)
        return next(found, "")

    async def keep(self, school: str, users: Iterable[str]) -> None:
        """Keep what is new of these accounts."""
        new = {u: self._said[u] for u in users if self._said.get(u) != self._kept.get(u)}
        if not new:
            return
        now = self._clock.now()

        def work(uow: UnitOfWork) -> None:
            for user, data in new.items():
                uow.contacts.keep(school, Contact(NAME, user, data), now)

        await self._store.transact(work)
        self._kept |= new
