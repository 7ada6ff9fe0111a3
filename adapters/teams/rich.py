"""Rich text, in which words stay words. ``TextBlock`` and ``FactSet`` read markdown out of them;
``RichTextBlock`` doesn't, and so everything that people read is one, but for what inputs and
actions carry.
"""

import re
from collections.abc import Sequence
from typing import Any, Literal

Element = dict[str, Any]
Colour = Literal["default", "attention"]
Spacing = Literal["none", "small", "default", "medium", "large"]
GAP = " "
"""Between a label and its value."""

_MACRO = re.compile(r"\{\{(?=(?:DATE|TIME)\()")
_MARKS = str.maketrans("*_`[]<>\\&~", "∗＿ˋ［］＜＞＼＆∼")
_LINK = re.compile(r"//|(?<=\w)\.(?=[^\W\d])")
_AT_START = re.compile(r"^(?:[-+](?=[\s-])|#+(?=\s)|\d+[.)](?=\s))")
_LOOKALIKE = str.maketrans("-+#.)/", "‐＋＃․）／")


def inert(text: str) -> str:
    """Break what every client takes for a moment, to be told in its reader's zone."""
    return _MACRO.sub("{\N{WORD JOINER}{", text)


def unmarked(text: str) -> str:
    """For the titles of choices, out of which some clients read markdown: its marks become their
    lookalikes, and so they are seen, and mean nothing, in every client.
    """
    text = inert(" ".join(text.split())).translate(_MARKS)
    for found in (_LINK, _AT_START):
        text = found.sub(lambda mark: mark.group().translate(_LOOKALIKE), text)
    return text


def run(
    text: str,
    *,
    bold: bool = False,
    quiet: bool = False,
    large: bool = False,
    colour: Colour = "default",
) -> Element:
    """A stretch of words."""
    return {
        "type": "TextRun",
        "text": inert(text),
        **({"weight": "bolder"} if bold else {}),
        **({"isSubtle": True, "size": "small"} if quiet else {}),
        **({"size": "medium"} if large else {}),
        **({"color": colour} if colour != "default" else {}),
    }


def line(*runs: Element, spacing: Spacing = "default") -> Element:
    """One paragraph."""
    space = {"spacing": spacing} if spacing != "default" else {}
    return {"type": "RichTextBlock", "inlines": list(runs), **space}


def paragraph(text: str, *, bold: bool = False, quiet: bool = False) -> list[Element]:
    """Some words, or nothing where there are none."""
    return [line(run(text, bold=bold, quiet=quiet))] if text else []


def facts(rows: Sequence[tuple[str, str]]) -> list[Element]:
    """Labels in bold, each before its value; rows stand close together."""
    lines: list[Element] = []
    for label, value in rows:
        runs = [run(f"{label}{GAP}", bold=True)] if label else []
        runs += [run(value)] if value else []
        if runs:
            lines.append(line(*runs, spacing="small" if lines else "default"))
    return lines


def items(texts: Sequence[str], *, numbered: bool) -> list[Element]:
    """A list, numbered where the order is an instruction."""
    said = [text for text in texts if text]
    return [
        line(
            run(f"{number}. " if numbered else "• "),
            run(text),
            spacing="small" if number > 1 else "default",
        )
        for number, text in enumerate(said, 1)
    ]
