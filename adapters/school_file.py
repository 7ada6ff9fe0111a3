"""Looks at the school's files. A change counts once it stands still.

Editors replace a file, empty it first, or write it in pieces. What is the same at several looks in
a row is what somebody meant; how long a look is after the one before is the caller's business.
"""

from pathlib import Path

from bot.settings import Files, Found, named_policy

LOOKS = 3
"""Looks in a row at which the content must be the same."""


def look(path: Path) -> Files:
    """Read the school file, and the policy file beside it that it names."""
    school = _read(path)
    policy = named_policy(school)
    return Files(str(path), school, None if policy is None else _read(path.parent / policy))


def _read(path: Path) -> Found:
    try:
        return Found(path.read_bytes())
    except OSError as problem:
        return Found(trouble=problem.strerror or type(problem).__name__)
    except ValueError:  # a path that can't be one
        return Found(trouble="this is no path")


class Settling:
    """Gives each content once, when it has stood still."""

    def __init__(self, known: Files) -> None:
        """``known`` is what has been judged already."""
        self._known = self._last = known
        self._looks = 0

    def settled(self, found: Files) -> Files | None:
        """Take one look; give the content if it is another than the known one, and stands still."""
        self._looks = self._looks + 1 if found == self._last else 1
        self._last = found
        if found == self._known or self._looks < LOOKS:
            return None
        self._known = found
        return found
