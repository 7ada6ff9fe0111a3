"""Rich text, in which words stay words: Slack reads no markup, mention, link or emoji out of it."""

from collections.abc import Sequence
from typing import Any

from adapters.shortened import cut
from bot.cards.model import Tone

Block = dict[str, Any]
SIGNS: dict[Tone, str] = {
    "alarm": "red_circle",
    "amber": "large_orange_circle",
    "done": "white_check_mark",
}
"""An emoji repeats what the words say, before those who see it at a glance."""


def escape(text: str) -> str:
    """For the one place that Slack reads as markup: ``text``, which the phone shows."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def run(text: str, *, bold: bool = False) -> Block:
    """A stretch of words."""
    return {"type": "text", "text": text, **({"style": {"bold": True}} if bold else {})}


def sign(tone: Tone) -> list[Block]:
    """The emoji of a tone, if it has one."""
    name = SIGNS.get(tone)
    return [{"type": "emoji", "name": name}] if name else []


def rich(*elements: Block) -> Block:
    """A block of rich text."""
    return {"type": "rich_text", "elements": list(elements)}


def line(*runs: Block) -> Block:
    """One paragraph of it."""
    return {"type": "rich_text_section", "elements": list(runs)}


def paragraph(text: str, *, bold: bool = False) -> list[Block]:
    """A block for a paragraph; none for an empty one, which Slack refuses."""
    return [rich(line(run(text, bold=bold)))] if text else []


def facts(rows: Sequence[tuple[str, str]]) -> list[Block]:
    """Labels in bold, each before its value."""
    lines = [
        line(*([run(f"{label}  ", bold=True)] if label else []), *([run(value)] if value else []))
        for label, value in rows
        if label or value
    ]
    return [rich(*stacked(lines))] if lines else []


def stacked(elements: Sequence[Block]) -> list[Block]:
    """Paragraphs that follow one another as one, a line each, as Slack's own writing field makes
    them: no client is left to decide whether the next begins on a new line.
    """
    made: list[Block] = []
    for element in elements:
        if made and element["type"] == made[-1]["type"] == "rich_text_section":
            made[-1] = line(*made[-1]["elements"], run("\n"), *element["elements"])
        else:
            made.append(element)
    return made


def items(texts: Sequence[str], *, numbered: bool) -> list[Block]:
    """A list, numbered where the order is an instruction."""
    lines = [line(run(text)) for text in texts if text]
    style = "ordered" if numbered else "bullet"
    listed: Block = {"type": "rich_text_list", "style": style, "elements": lines}
    return [rich(listed)] if lines else []


def aside(text: str) -> list[Block]:
    """Small and grey."""
    return [{"type": "context", "elements": [plain(text)]}] if text else []


def plain(text: str, longest: int = 3000) -> Block:
    """A text object that Slack reads no markup out of."""
    return {"type": "plain_text", "text": cut(text, longest) or " ", "emoji": False}


def mention(people: Sequence[str]) -> list[Block]:
    """Light up their phones, in a channel that wouldn't."""
    if not people:
        return []
    runs: list[Block] = [run("For ")]
    for number, person in enumerate(people):
        runs += [run(", ")] if number else []
        runs.append({"type": "user", "user_id": person})
    return [rich(line(*runs))]
