"""What a channel is given, written for the eye: one file a card or form, each with its examples.

Written anew by ``Golden.command``; the difference is what a reviewer reads.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from bot.cards.gallery import Example, gallery
from tests.gallery import named

SHOWN = 200
"""So many lines of a difference are enough to see what it is."""


@dataclass(frozen=True, slots=True)
class Golden:
    package: str
    written: Callable[[Example], Iterable[str]]
    """An example as lines."""

    @property
    def folder(self) -> Path:
        return Path(__file__).parent / self.package / "golden"

    @property
    def command(self) -> str:
        return f".venv/bin/python -m tests.{self.package}.golden"

    def texts(self) -> dict[str, str]:
        """Each file's name and text."""
        found: dict[str, list[str]] = {}
        for example in gallery():
            head = f"=== {named(example).removeprefix(example.of).lstrip(', ')}"
            lines = "\n".join([head, *self.written(example)])
            found.setdefault(f"{example.of}.txt", []).append(lines)
        return {name: "\n\n".join(parts) + "\n" for name, parts in sorted(found.items())}

    def write(self) -> None:
        """Write every file, and remove those of cards that are no more."""
        self.folder.mkdir(exist_ok=True)
        made = self.texts()
        for old in self.folder.glob("*.txt"):
            if old.name not in made:
                old.unlink()
        for name, text in made.items():
            (self.folder / name).write_text(text, "utf-8")

    def is_what_was_read(self) -> None:
        """Fail where anything differs from what a reviewer has read."""
        made = self.texts()
        kept = {path.name: path.read_text("utf-8") for path in self.folder.glob("*.txt")}
        lines = [
            line
            for name in sorted(made.keys() | kept.keys())
            for line in unified_diff(
                kept.get(name, "").splitlines(),
                made.get(name, "").splitlines(),
                f"{name} as read",
                f"{name} as it is now",
                lineterm="",
            )
        ]
        shown = "\n".join(lines[:SHOWN])
        assert not lines, (
            f"The channel is given something else now; if it is meant: {self.command}\n{shown}"
        )
