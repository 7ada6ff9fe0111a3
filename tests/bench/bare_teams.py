"""A bare bot on the Bot Framework's SDK, in a process of its own: tokens checked by the SDK, each
press answered with a small card. ``python -m tests.bench.bare_teams PORT``, the settings as
Doorstep's own.
"""

import asyncio
import logging
import os
import sys
from typing import Any

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext, serializer_helper
from botbuilder.integration.aiohttp import (
    CloudAdapter,
    ConfigurationBotFrameworkAuthentication,
    cloud_adapter,
)
from botbuilder.schema import AdaptiveCardInvokeResponse

READY = "the bare bot listens"


class Settings:
    """As the SDK reads them. Where its keys come from is named, so that all must be."""

    def __init__(self) -> None:
        env = os.environ
        self.APP_ID = env["MICROSOFT_APP_ID"]
        self.APP_PASSWORD = env["MICROSOFT_APP_PASSWORD"]
        self.APP_TYPE = "SingleTenant"
        self.APP_TENANTID = env["MICROSOFT_APP_TENANT_ID"]
        self.TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL = env["MICROSOFT_OPENID_METADATA_URL"]
        self.TO_BOT_FROM_EMULATOR_OPENID_METADATA_URL = env["MICROSOFT_OPENID_METADATA_URL"]
        self.TO_BOT_FROM_CHANNEL_TOKEN_ISSUER = "https://api.botframework.com"
        self.TO_CHANNEL_FROM_BOT_LOGIN_URL = env["MICROSOFT_LOGIN_URL"]
        self.TO_CHANNEL_FROM_BOT_OAUTH_SCOPE = "https://api.botframework.com"
        self.OAUTH_URL = "https://token.botframework.com"


class Bot(ActivityHandler):  # type: ignore[misc] # the SDK ships no types
    """Answers a press, and does nothing else."""

    async def on_adaptive_card_invoke(
        self, turn_context: TurnContext, invoke_value: Any
    ) -> AdaptiveCardInvokeResponse:
        del turn_context, invoke_value
        card = {
            "type": "AdaptiveCard",
            "version": "1.5",
            "body": [{"type": "TextBlock", "text": "Thank you."}],
        }
        return AdaptiveCardInvokeResponse(
            status_code=200, type="application/vnd.microsoft.card.adaptive", value=card
        )


def mend_invokes() -> None:
    """The handler has made plain data of its answer; making plain data of that again raises."""

    def once(answer: Any) -> Any:
        return answer if isinstance(answer, dict) else serializer_helper(answer)

    cloud_adapter.serializer_helper = once


async def main(port: int) -> None:
    mend_invokes()
    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(Settings())), Bot()

    async def take(request: web.Request) -> web.StreamResponse:
        answer: web.StreamResponse = await adapter.process(request, bot)
        return answer

    app = web.Application()
    app.router.add_post("/api/messages", take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print(READY, flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    asyncio.run(main(int(sys.argv[1])))
