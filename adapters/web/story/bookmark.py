"""How far a story has come, in a small file, so that it can go on after a restart."""

import json
import logging
from pathlib import Path

log = logging.getLogger(__name__)


class Bookmark:
    """Holds the number of steps that have been told, or None where no story is under way."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> int | None:
        """None also for a file that can't be read: then there is no story to go on with."""
        try:
            told = json.loads(self._path.read_text())["told"]
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            log.warning("the story's bookmark can't be read; no story is under way")
            return None
        return told if isinstance(told, int) else None

    def put(self, told: int) -> None:
        """Remember how far it has come."""
        beside = self._path.with_name(self._path.name + ".new")
        beside.write_text(json.dumps({"told": told}))
        beside.replace(self._path)

    def take_out(self) -> None:
        """No story is under way any more."""
        self._path.unlink(missing_ok=True)
