"""From a file's bytes to its tables. What can't be read as TOML is told by its line."""

import re
import tomllib
from collections.abc import Mapping

from bot.settings.mistakes import SCHOOL_FILE, BadSettings, Mistake

MOST_CHARACTERS = 10_000_000

_LINE = re.compile(
    r"^(?P<what>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL
)
_REMEDIES = {
    "Invalid value": 'text in quotes, as in name = "St Example", would be right',
    "Expected '=' after a key": 'key = "value" would be right',
    "Cannot overwrite": "writing each key once would be right",
    "Cannot declare": "writing each [table] once, and lists of tables as [[table]], would be right",
    "Cannot mutate": "writing each table in one place would be right",
    "Duplicate": "writing each key once would be right",
    "Unclosed": "closing every bracket and quotation mark would be right",
    "Unterminated": "closing every quotation mark would be right",
    "Illegal character '\\n'": "closing the quotation mark on the same line would be right",
    "Expected newline": "one key on each line would be right",
}


def decode(data: bytes, file: str = SCHOOL_FILE) -> str:
    """Turn a file's bytes into text, with or without the mark that Windows puts in front."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = "this isn't UTF-8 text"
        remedy = "saving the file with the encoding UTF-8 would be right"
        raise BadSettings([Mistake(f"line {line}", problem, remedy, file=file)]) from None


def parse_toml(text: str, file: str = SCHOOL_FILE) -> Mapping[str, object]:
    """Give the tables of a TOML text, or raise BadSettings with the line of the mistake."""
    if len(text) > MOST_CHARACTERS:
        problem = f"the file has {len(text):,} characters"
        remedy = f"at most {MOST_CHARACTERS:,} would be right"
        raise BadSettings([Mistake("", problem, remedy, file=file)])
    try:
        return tomllib.loads(text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    except tomllib.TOMLDecodeError as error:
        raise BadSettings([_syntax(str(error), text, file)]) from None
    except (ValueError, RecursionError):
        problem = "the file holds a number too long, or brackets too deep, to be meant"
        remedy = "the keys that the example file shows would be right"
        raise BadSettings([Mistake("", problem, remedy, file=file)]) from None


def _syntax(said: str, text: str, file: str) -> Mistake:
    found = _LINE.match(said)
    what = found["what"] if found else said
    last = len(text.rstrip().splitlines()) or 1
    line = (found["line"] if found else None) or str(last)
    starts = what if found and found["line"] else "Unclosed"
    remedy = next(
        (fits for start, fits in _REMEDIES.items() if starts.startswith(start)),
        'lines like [school] and name = "St Example" would be right',
    )
    return Mistake(f"line {line}", f"this can't be read as TOML ({what})", remedy, file=file)
