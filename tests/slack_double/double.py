"""The workspace on a port of its own, with its people."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.slack_double.api import Api
from tests.slack_double.deliver import Delivery
from tests.slack_double.sockets import Sockets
from tests.slack_double.trouble import Troubles
from tests.slack_double.user import User
from tests.slack_double.workspace import Workspace


@dataclass(slots=True)
class Double:
    """``api_url`` is what SLACK_API_URL must be."""

    workspace: Workspace
    sockets: Sockets
    delivery: Delivery
    address: str

    @property
    def api_url(self) -> str:
        return f"{self.address}/api/"

    @property
    def trouble(self) -> Troubles:
        return self.workspace.trouble

    def user(self, id: str) -> User:
        return User(self.workspace, self.delivery, lambda: self.address, id)


@asynccontextmanager
async def slack(people: Mapping[str, str] | None = None) -> AsyncIterator[Double]:
    """Open a workspace with these people, by id and name."""
    workspace, sockets = Workspace(), Sockets()
    for user, name in (people or {}).items():
        workspace.person(user, name)
    app = web.Application(client_max_size=4 * 2**20)
    Api(workspace, sockets).add_to(app)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server()
    sockets.base = f"http://127.0.0.1:{server.port}"
    delivery = Delivery(workspace, sockets)
    try:
        yield Double(workspace, sockets, delivery, sockets.base)
    finally:
        await delivery.close()
        for socket in list(sockets.open):
            await socket.close()
        await server.close()
