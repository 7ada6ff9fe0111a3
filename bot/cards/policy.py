"""The school's rules for home visits as a card, in as many parts as messages can carry."""

from collections.abc import Iterator

from bot.cards.fit import Room
from bot.cards.general import HOW, PLAN
from bot.cards.model import Block, Button, Buttons, Card, Items, Text
from bot.cards.policy_said import Said, fingerprint, said, version
from bot.domain.policy import Policy

SHARE = 0.8
"""Of a message: the rest is for the title and the buttons."""
TOGETHER = 6
"""Sentences in one list, which is kept whole."""


def in_plain_english(policy: Policy, wanted: str = "") -> Card:
    """One part of it, counted from 1; one that isn't there is the first."""
    parts = tuple(_parts(policy))
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 5 else 1
    part = number if 1 <= number <= len(parts) else 1
    blocks = list(parts[part - 1])
    onward: tuple[Button, ...] = ()
    if part < len(parts):
        onward = (Button("Read on", "policy", args={"part": str(part + 1)}),)
    elif policy.reading_every:
        read = {"text": fingerprint(policy)}
        onward = (Button("I have read it", "policy_read", args=read, style="primary"),)
    if part == len(parts):
        blocks.append(Text(f"Version {version(policy)}", "quiet"))
    blocks.append(Buttons((*onward, PLAN, HOW)))
    where = f" ({part} of {len(parts)})" if len(parts) > 1 else ""
    return Card(
        notification="The policy for home visits",
        title=f"{policy.title}: how it works here{where}.",
        blocks=tuple(blocks),
    )


def _parts(policy: Policy) -> Iterator[tuple[Block, ...]]:
    """Paragraphs are kept whole, and a heading with what follows it."""
    room, blocks = Room(SHARE), list[Block]()
    for section in said(policy):
        heading = Text(section.heading, "strong")
        for index, paragraph in enumerate(_paragraphs(section)):
            more: tuple[Block, ...] = (paragraph,) if index else (heading, paragraph)
            if not room.fits(more):
                yield tuple(blocks)
                room, blocks = Room(SHARE), []
                more = (heading, paragraph)
                room.fits(more)
            blocks += more
    yield tuple(blocks)


def _paragraphs(section: Said) -> Iterator[Block]:
    for number in range(0, len(section.sentences), TOGETHER):
        yield Items(section.sentences[number : number + TOGETHER])
    for clause in section.clauses:
        yield Text(f"“{clause.text}” ({clause.source})", "quiet")
