"""How the workspace can be told to misbehave, by method and for a number of calls."""

import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["error", "status", "limit", "drop", "lose", "hang", "page"]
EVERY_WAY: tuple[Kind, ...] = ("error", "status", "limit", "drop", "lose", "page")


@dataclass(frozen=True, slots=True)
class Trouble:
    """``error``: Slack's own word. ``status``: an HTTP status. ``limit``: 429. ``drop``: the line
    is cut before anything is done. ``lose``: it is done, then the line is cut. ``hang``: late.
    ``page``: a proxy answers in Slack's place, with HTTP 200 and a page.
    """

    kind: Kind
    error: str = "internal_error"
    status: int = 503
    after: float = 1.0
    seconds: float = 0.0


@dataclass(slots=True)
class Troubles:
    """``once`` and ``always`` by method (``*`` for any); ``share`` makes a share of calls fail."""

    planned: list[tuple[str, Trouble]] = field(default_factory=list)
    standing: dict[str, Trouble] = field(default_factory=dict)
    suffered: list[tuple[str, Kind]] = field(default_factory=list)
    _chance: Callable[[], float] | None = None
    _share: float = 0.0
    _ways: "itertools.cycle[Kind]" = field(default_factory=lambda: itertools.cycle(EVERY_WAY))

    def once(self, method: str, kind: Kind, **more: object) -> None:
        self.planned.append((method, Trouble(kind, **more)))  # type: ignore[arg-type]

    def always(self, method: str, kind: Kind, **more: object) -> None:
        self.standing[method] = Trouble(kind, **more)  # type: ignore[arg-type]

    def over(self) -> None:
        self.planned.clear()
        self.standing.clear()
        self._chance = None

    def share(self, share: float, seed: int) -> None:
        """This share of all calls fails, in every way by turns; the same ones for the same seed."""
        self._share, self._chance = share, random.Random(seed).random

    def next(self, method: str) -> Trouble | None:
        found = self._next(method)
        if found:
            self.suffered.append((method, found.kind))
        return found

    def _next(self, method: str) -> Trouble | None:
        for number, (of, trouble) in enumerate(self.planned):
            if of in {method, "*"}:
                del self.planned[number]
                return trouble
        if standing := self.standing.get(method) or self.standing.get("*"):
            return standing
        if self._chance and self._chance() < self._share:
            return Trouble(next(self._ways), after=0.2)
        return None
