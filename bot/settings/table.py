"""One table of a file, read key by key. Each method gives a value, or None and a note why not."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

from bot.domain.duration import parse_duration
from bot.settings.mistakes import Notes, one_of, quote
from bot.settings.values import kind_of, known_words, out_of_bounds, unseen

T = TypeVar("T")

_BARE = re.compile(r"[A-Za-z0-9_-]+")


class Table:
    """A table at a place of the file. Unknown keys are noted as soon as it is opened."""

    def __init__(self, notes: Notes, where: str, data: object, keys: Iterable[str] | None) -> None:
        self.notes = notes
        self.where = where
        self.data: Mapping[str, object] = {}
        if not isinstance(data, dict):
            row = where.endswith("]")
            fits = f"[[{where.rpartition('[')[0]}]]" if row else f"[{where}]"
            notes.wrong(where, f"this is {kind_of(data)}, not a table", f"{fits} would be right")
            return
        self.data = data
        if keys is None:
            return
        known = tuple(keys)
        for key in data:
            if key not in known:
                notes.wrong(self.at(key), "this key is unknown", one_of(key, known))

    def at(self, key: str) -> str:
        """The full path of one of this table's keys."""
        name = key if _BARE.fullmatch(key) else quote(key)
        return f"{self.where}.{name}" if self.where else name

    def wrong(self, key: str, problem: str, remedy: str) -> None:
        """Note a mistake at a key."""
        self.notes.wrong(self.at(key), problem, remedy)

    def given(self, key: str, kind: type[T], example: str, *, required: bool) -> T | None:
        """Give a value of this kind; ``example`` is how it is written in the file."""
        value = self.data.get(key)
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        if key not in self.data:
            if required:
                self.wrong(key, "this is missing", f"{key} = {example} would be right")
            return None
        self.wrong(key, f"this is {kind_of(value)}", f"{key} = {example} would be right")
        return None

    def text(
        self, key: str, example: str, *, required: bool = False, most: int = 200
    ) -> str | None:
        """Give a text of one line that isn't empty."""
        value = self.given(key, str, f'"{example}"', required=required)
        if value is None:
            return None
        if not value.strip():
            self.wrong(key, "this is empty", f'{key} = "{example}" would be right')
        elif len(value) > most:
            self.wrong(key, f"this has {len(value):,} characters", f"at most {most} would be right")
        elif unseen(value):
            problem = "this holds a character that can't be seen, such as a line break"
            self.wrong(key, problem, f'one line, as in {key} = "{example}", would be right')
        else:
            return value.strip()
        return None

    def parsed(
        self, key: str, example: str, read: Callable[[str], T], *, required: bool = False
    ) -> T | None:
        """Give what ``read`` makes of a text; its ValueError says what isn't so."""
        value = self.text(key, example, required=required)
        if value is None:
            return None
        try:
            return read(value)
        except ValueError as error:
            self.wrong(key, str(error), f'{key} = "{example}" would be right')
            return None

    def flag(self, key: str) -> bool | None:
        """Give true or false."""
        return self.given(key, bool, "true or false", required=False)

    def duration(self, key: str, example: str, least: str, most: str) -> timedelta | None:
        """Give a duration inside these bounds."""
        value = self.given(key, str, f'"{example}"', required=False)
        if value is None:
            return None
        try:
            length = parse_duration(value)
        except ValueError:
            problem = f"{quote(value)} is not a duration"
            self.wrong(key, problem, "one like 90s, 30m, 2h, 1h30m or 3d would be right")
            return None
        problem_and_remedy = out_of_bounds(length, least, most)
        if problem_and_remedy:
            self.wrong(key, *problem_and_remedy)
            return None
        return length

    def words(self, key: str, choices: Sequence[str], example: str) -> tuple[str, ...] | None:
        """Give a list of known words, each once."""
        value = self.given(key, list, example, required=True)
        return None if value is None else known_words(self.notes, self.at(key), value, choices)

    def choice(self, key: str, words: Sequence[str]) -> str | None:
        """Give one of these words."""
        value = self.text(key, words[0])
        if value is None or value in words:
            return value
        self.wrong(key, f"{quote(value)} is unknown", one_of(value, words))
        return None

    def texts(self, key: str, example: str) -> tuple[str, ...] | None:
        """Give a list of sentences, each on one line."""
        value = self.given(key, list, example, required=True)
        if value is None:
            return None
        place, before = self.at(key), len(self.notes.found)
        rows = Table(self.notes, place, {str(i): each for i, each in enumerate(value)}, None)
        read = [rows.text(str(i), "a sentence", required=True) for i in range(len(value))]
        return None if len(self.notes.found) > before else tuple(each or "" for each in read)

    def tables(self, key: str) -> list[object]:
        """Give the tables of a [[list]]; without the key, none."""
        value = self.data.get(key, [])
        if isinstance(value, list):
            return value
        self.wrong(key, f"this is {kind_of(value)}", f"[[{self.at(key)}]] would be right")
        return []
