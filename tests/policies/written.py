"""The two written policies, sentence by sentence, with the heading that each stands under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEXTS = {
    "slps": Path(__file__).parent / "slps-home-visits-policy.txt",
    "pastoral": Path(__file__).parent / "pastoral-home-visits-sop.txt",
}
_MARKS = re.compile(r"[#*]+|^- ?")
_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
_COVER = re.compile(r"\t|^(SLPS|Home Visits Policy|EDUCATE.*|HOME VISITS|STANDARD OPERATING.*)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """``under`` is the nearest heading."""

    under: str
    text: str


def sentences(policy: str) -> Iterator[Sentence]:
    """Every sentence of a written policy, in order; headings and the cover are no sentences."""
    under = ""
    for line in TEXTS[policy].read_text(encoding="utf-8").splitlines():
        words = " ".join(_MARKS.sub("", line).split())
        if not words or _COVER.search(line.strip("#* ")):
            continue
        if line.startswith("#") or _is_heading(line):
            under = words.rstrip(":")
            continue
        for each in _END.split(words):
            yield Sentence(under, each)


def _is_heading(line: str) -> bool:
    """Of the policy that has no marks for them: a short line alone, without a full stop."""
    return (
        not line.startswith("-")
        and len(line.split()) < 7
        and not line.rstrip().endswith((".", ":"))
    )
