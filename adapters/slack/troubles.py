"""What of Slack needs mending while it runs, told once, and once more when all is well again."""

import asyncio
import logging

from adapters.plug import Trouble

log = logging.getLogger(__name__)
SOCKET = "socket"
LONG = 60.0
"""Seconds without a connection that are no mere change of lines."""
UNHEARD = (
    "Slack has not been connected for a minute, so nothing that is pressed or written there "
    "arrives; a network that reaches Slack, and SLACK_APP_TOKEN, would be right."
)


class Troubles:
    """``tell`` by what it is about; whoever listens hears them all in one."""

    def __init__(self, problem: Trouble) -> None:
        self._problem = problem
        self._open: dict[str, str] = {}
        self._waiting: asyncio.TimerHandle | None = None

    def tell(self, about: str, sentence: str) -> None:
        """Say what is wrong, or with an empty sentence that it is well again."""
        before = dict(self._open)
        if sentence:
            self._open[about] = sentence
        else:
            self._open.pop(about, None)
        if self._open != before:
            self._problem(" ".join(self._open.values()), unheard=SOCKET in self._open)

    def token(self, error: str) -> None:
        """Slack refuses the bot token, or takes it (again)."""
        self.tell(
            "token",
            error
            and f"Slack refuses SLACK_BOT_TOKEN ({error}), so nothing is sent there; a new one, "
            "and a restart, would be right.",
        )

    def connected(self, *, now: bool) -> None:
        """Socket Mode has a connection, or none: a short while without one is how it works."""
        log.info("Socket Mode is %s", "connected" if now else "not connected")
        if now:
            self.stop()
            self.tell(SOCKET, "")
        elif self._waiting is None:
            loop = asyncio.get_running_loop()
            self._waiting = loop.call_later(LONG, self.tell, SOCKET, UNHEARD)

    def stop(self) -> None:
        """Wait for nothing any more."""
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None
