"""Visits whose waking fails: when each is tried again, and for how long nobody has watched it.

Putting a visit off moves the moment at which it is due, and must not hide how long it has waited.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

PUSH_BACK, LONGEST_PUSH_BACK = timedelta(seconds=1), timedelta(seconds=30)
"""One that fails is tried again after a second, then after twice as long each time."""
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Failing:
    since: datetime
    last: datetime
    times: int


class Unwoken:
    """What this process has tried in vain. Where there are several, another may have woken it
    meanwhile: what was not tried again for a while is no trouble any more.
    """

    def __init__(self) -> None:
        self._failing: dict[Key, _Failing] = {}

    def failed(self, visit: Key, now: datetime) -> datetime:
        """Note it, and give the moment at which it is tried again."""
        known = self._failing.get(visit)
        if known is None or _is_over(known, now):
            known = _Failing(now, now, 0)
        self._failing[visit] = _Failing(known.since, now, known.times + 1)
        return now + min(LONGEST_PUSH_BACK, PUSH_BACK * (1 << min(known.times, 10)))

    def woken(self, visit: Key) -> None:
        """It is watched."""
        self._failing.pop(visit, None)

    def longest(self, now: datetime) -> timedelta:
        """How long the one that has waited longest has waited."""
        trying = [each.since for each in self._failing.values() if not _is_over(each, now)]
        return now - min(trying, default=now)


def _is_over(failing: _Failing, now: datetime) -> bool:
    return now - failing.last > 2 * LONGEST_PUSH_BACK
