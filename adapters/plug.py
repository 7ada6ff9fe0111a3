"""The socket that a channel plugs into: what ``doorstep run`` gives it, and what it gives back.

A channel is added in three steps: a class with the methods of ``Plugged``, made by a function that
takes a ``Wiring`` and nothing else; a line for that function in ``adapters/commands/channels.py``;
and, where it has settings of its own, a name in ``adapters/environment.py``. Nothing here knows
Slack, Teams or the database.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from aiohttp import web
from prometheus_client import CollectorRegistry

from adapters.environment import Environment
from bot.domain.school import School
from bot.engine.setup import Setup
from bot.ports import Answer, Channel, Clock, Inbound, Store

REGISTRY: web.AppKey[CollectorRegistry] = web.AppKey("registry", CollectorRegistry)
"""Where a channel adds figures of its own to ``/metrics``. No personal data."""


class ChannelOff(Exception):
    """A channel can't be used until somebody mends its credentials. The text is the sentence that
    people read: what is wrong and what would be right, without any secret.
    """


class Trouble(Protocol):
    """Told of it. ``unheard`` says that nothing which people do on this channel arrives: then
    Doorstep isn't ready, and the office is told to ring.
    """

    def __call__(self, sentence: str, /, *, unheard: bool = False) -> None: ...


def untold(sentence: str, /, *, unheard: bool = False) -> None:
    """For whoever asks ``check`` instead."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What a channel is given. The callables hold from ``start`` on."""

    env: Environment
    clock: Clock
    store: Store
    """For what the channel must not forget (``UnitOfWork.contacts``), and nothing else."""
    handle: Callable[[Inbound], Awaitable[Answer]]
    """What a person did, durably done when this returns. Never raises."""
    setup: Callable[[], Setup]
    """The school as it is now; it changes when the school file does."""
    problem: Trouble
    """Something of this channel needs mending, in a sentence; ``""`` once all is well again. The
    administrators are told, and ``/readyz`` names the channel.
    """
    learnt: Callable[[], None]
    """This channel can look up more than it could: ``known`` is asked again."""


class Plugged(Protocol):
    """One channel in place. The order of calls: ``add_to``, ``start``, ``known``, ``stop``."""

    @property
    def channel(self) -> Channel:
        """What sends. Its name is that of its line in the table, and the school file's key."""
        ...

    @property
    def lost_after(self) -> timedelta:
        """How long nobody may listen before something that people send is lost for good: the
        vendor's own repeats, if it has any, all come in vain.
        """
        ...

    def add_to(self, app: web.Application) -> None:
        """Mount this channel's addresses, if it has any; the server does not run yet."""
        ...

    async def start(self) -> None:
        """Begin to listen. ChannelOff where the credentials are bad for certain: the others go on
        without this one if somebody is out (S15), and Doorstep refuses to start if nobody is.

        A vendor that doesn't answer is no reason: start all the same, and go on trying.
        """
        ...

    async def known(self, school: School) -> School:
        """Give the school with the addresses that this channel can look up, such as by e-mail.

        Asked each time before settings are adopted, the first time after ``start``. What the vendor
        doesn't say within a few seconds is left out; ``Wiring.learnt`` once it is there.
        """
        ...

    async def check(self) -> tuple[str, ...]:
        """What ``doorstep check`` says: ask the vendor, give a sentence for each thing to mend.

        Called without any other method before or after it.
        """
        ...

    async def stop(self) -> None:
        """Take nothing more in, and finish what is in hand. Also after a ``start`` that raised."""
        ...


Plug = Callable[[Wiring], Plugged]
"""Makes a channel; it does nothing yet, and raises nothing."""
