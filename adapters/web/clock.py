"""The demo's clock: real time plus what was skipped. It never goes back, not even by a restart.

The file holds the offset and a moment that is never before one already given: ``now`` writes a new
such promise, a second ahead, before it passes the old one. So even a computer whose own clock was
turned back while the demo was off starts no earlier than where the newcomer left it. While it is
held it stands still, over a restart too: a story that is being read loses no time.
"""

import json
import logging
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

log = logging.getLogger(__name__)

_AHEAD = timedelta(seconds=1)


def _real_now() -> datetime:
    return datetime.now(UTC)


class DemoClock:
    """A Clock that can be skipped forward. Safe to ask from any thread."""

    def __init__(self, path: Path, real: Callable[[], datetime] = _real_now) -> None:
        self._path, self._real = path, real
        self._lock = threading.Lock()
        self._offset = timedelta()
        self._last: datetime | None = None
        self._promised: datetime | None = None
        self._held: datetime | None = None
        self.is_new = not self._read()
        """No clock was kept here before: ``restart`` may put it where the story begins."""

    def now(self) -> datetime:
        """Give the moment, aware, UTC, never earlier than one given before."""
        with self._lock:
            return self._tick()

    def set_to(self, moment: datetime) -> datetime:
        """Go forward to this moment; one that has passed changes nothing. Give the new now."""
        with self._lock:
            now = self._tick()
            return self._jump(moment) if moment > now else now

    def skip(self, length: timedelta) -> datetime:
        """Go forward by this much; backwards is a ValueError."""
        if length < timedelta():
            raise ValueError("the demo's clock goes forward only")
        with self._lock:
            return self._jump(self._tick() + length)

    @property
    def is_held(self) -> bool:
        """Whether it stands still until it is moved or let go."""
        return self._held is not None

    def hold(self) -> None:
        """Stand still; ``set_to`` and ``skip`` move it all the same."""
        with self._lock:
            self._held = self._tick()
            self._jump(self._held)

    def let_go(self) -> None:
        """Go on from where it stands."""
        with self._lock:
            if self._held is not None:
                moment, self._held = self._held, None
                self._jump(moment)

    def restart(self, at: datetime | None = None) -> datetime:
        """Start afresh, at real time or at ``at``: for a reset, the one way back there is."""
        with self._lock:
            self._last = self._promised = self._held = None
            return self._jump(at or self._real())

    def _jump(self, moment: datetime) -> datetime:
        offset = moment - self._real()
        if self._held is not None:
            self._held = moment
        self._write(offset, moment + _AHEAD, durable=True)
        self._offset, self._promised = offset, moment + _AHEAD
        self._last = moment.astimezone(UTC)
        return self._last

    def _tick(self) -> datetime:
        now = self._held or self._real() + self._offset
        self._last = max(self._last or now, now).astimezone(UTC)
        if self._promised is None or self._last > self._promised:
            self._promised = self._last + _AHEAD
            try:
                self._write(self._offset, self._promised, durable=False)
            except OSError as problem:
                # The time itself is right; only a restart might not know how far it had come.
                log.warning("the demo's clock can't be kept: %s", problem.strerror)
        return self._last

    def _read(self) -> bool:
        try:
            kept = json.loads(self._path.read_text())
            self._offset = timedelta(seconds=float(kept["offset"]))
            self._last = self._promised = datetime.fromisoformat(kept["promised"]).astimezone(UTC)
            if kept.get("held"):
                self._held = self._last
        except FileNotFoundError:
            return False
        except (OSError, ValueError, KeyError, TypeError, OverflowError):
            log.warning("the demo's clock file can't be read; the clock starts at real time")
            self._offset, self._held = timedelta(), None
            return False
        return True

    def _write(self, offset: timedelta, promised: datetime, *, durable: bool) -> None:
        """Write beside it and rename, so that a crash leaves the old file or the new, whole."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_name(self._path.name + ".new")
        text = json.dumps(
            {
                "offset": offset.total_seconds(),
                "promised": promised.isoformat(),
                "held": self.is_held,
            }
        )
        with beside.open("w") as file:
            file.write(text)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        beside.replace(self._path)
