"""Teams on a port of its own, with its people."""

import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.teams_double.connector import Connector
from tests.teams_double.issuer import Issuer
from tests.teams_double.tenant import Json, Tenant
from tests.teams_double.trouble import Trouble
from tests.teams_double.user import Taken, User


@dataclass
class Double:
    """``target`` is the bot's address. ``twice``: Teams loses its own answer to each activity, and
    sends it once more.
    """

    tenant: Tenant
    issuer: Issuer
    connector: Connector
    session: aiohttp.ClientSession
    address: str = ""
    target: str = ""
    twice: bool = False
    took: list[float] = field(default_factory=list)
    """Seconds that each answer took."""
    users: dict[str, User] = field(default_factory=dict)

    @property
    def service_url(self) -> str:
        return f"{self.address}/{self.connector.at}/"

    def user(self, name: str) -> User:
        """``ana``, or ``29:ana``."""
        known = name if ":" in name else f"29:{name}"
        if known not in self.users:
            self.users[known] = User(self.tenant, self, self.tenant.people[known])
        return self.users[known]

    def trouble(self, **what: object) -> Trouble:
        made = Trouble(**what)  # type: ignore[arg-type]
        self.connector.troubles.planned.append(made)
        return made

    async def send(self, activity: Json, *, header: str | None = None) -> Taken:
        """Hand it over, with a good token unless another header is given."""
        if header is None:
            header = f"Bearer {self.issuer.token(activity['serviceUrl'])}"
        if self.twice:
            await self._hand_over(activity, header)
        return await self._hand_over(activity, header)

    async def _hand_over(self, activity: Json, header: str) -> Taken:
        headers = {"Authorization": header} if header else {}
        began = time.monotonic()
        async with self.session.post(self.target, json=activity, headers=headers) as answer:
            text = await answer.text()
            self.took.append(time.monotonic() - began)
            return Taken(answer.status, await answer.json() if text else None)


@asynccontextmanager
async def teams(people: Iterable[str] = ()) -> AsyncIterator[Double]:
    """Open a tenant with these people. Nobody has added the app yet."""
    tenant, issuer = Tenant(), Issuer()
    for name in people:
        tenant.person(name)
    connector = Connector(tenant, issuer)
    app = web.Application(client_max_size=4 * 2**20)
    connector.add_to(app)
    issuer.add_to(app)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    issuer.base = f"http://127.0.0.1:{server.port}"
    async with aiohttp.ClientSession() as session:
        try:
            yield Double(tenant, issuer, connector, session, issuer.base)
        finally:
            await server.close()
