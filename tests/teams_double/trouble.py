"""How Teams can be told to misbehave: for the next calls of some kind, or for a share of all."""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Trouble:
    """What goes wrong, for the next ``times`` calls that ``meets`` says yes to.

    ``hangs`` does nothing and answers nobody in time; ``drops`` cuts the line before anything is
    done; ``lost`` does what was asked, and then cuts it.
    """

    status: int = 0
    code: str = ""
    retry_after: str = ""
    hangs: bool = False
    drops: bool = False
    lost: bool = False
    times: int = 1
    meets: Callable[[str, str], bool] = field(default=lambda method, path: True)


EVERY_WAY: dict[str, dict[str, Any]] = {
    "429 and when": {"status": 429, "code": "TooManyRequests", "retry_after": "1"},
    "429": {"status": 429, "code": "TooManyRequests"},
    "412": {"status": 412, "code": "PreconditionFailed"},
    "502": {"status": 502, "code": "BadGateway"},
    "504": {"status": 504, "code": "GatewayTimeout"},
    "no answer": {"hangs": True},
    "cut off": {"drops": True},
    "answer lost": {"lost": True},
}


@dataclass
class Troubles:
    """``suffered`` is every call that went wrong: method, path, and the way it did."""

    planned: list[Trouble] = field(default_factory=list)
    suffered: list[tuple[str, str, str]] = field(default_factory=list)
    _chance: Callable[[], float] | None = None
    _share: float = 0.0
    _ways: "itertools.cycle[str]" = field(default_factory=lambda: itertools.cycle(EVERY_WAY))

    def share(self, share: float, seed: int) -> None:
        """This share of all calls fails, in every way by turns; the same ones for the same seed."""
        self._share, self._chance = share, random.Random(seed).random

    def next(self, method: str, path: str) -> Trouble | None:
        """What becomes of this call, if not what should."""
        for each in self.planned:
            if each.times > 0 and each.meets(method, path):
                each.times -= 1
                return each
        if self._chance and self._chance() < self._share:
            way = next(self._ways)
            self.suffered.append((method, path, way))
            return Trouble(**EVERY_WAY[way])
        return None
