"""The school's rules for home visits on paper: what a governor reads and signs."""

from collections.abc import Iterator
from datetime import date
from textwrap import fill

from bot.cards.policy_said import said, version
from bot.domain.policy import Policy

WIDTH = 84
_RULE = "_" * 30


def sheet(policy: Policy, day: date, school: str = "") -> str:
    """The whole text as it is on this day, every value and every clause in it, with lines to sign
    on. Its version ties a signature to these words, and to no others.
    """
    return "\n".join(_lines(policy, f"{day.day} {day:%B %Y}", school)) + "\n"


def _lines(policy: Policy, day: str, school: str) -> Iterator[str]:
    yield from _underlined(policy.title, "=")
    where = f"How {school} keeps it" if school else "How it is kept"
    yield fill(f"{where} with Doorstep, as of {day}. Its short name is “{policy.name}”.", WIDTH)
    yield fill(
        f"Version {version(policy)}. As soon as a word of it changes, so does the version; the "
        "policy in chat shows its own at the end.",
        WIDTH,
    )
    for section in said(policy):
        yield ""
        yield from _underlined(section.heading, "-")
        for sentence in section.sentences:
            yield fill(sentence, WIDTH, initial_indent="- ", subsequent_indent="  ")
        for clause in section.clauses:
            yield ""
            for line in (f"“{clause.text}”", f"({clause.source})"):
                yield fill(line, WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield ""
    yield from _underlined("Read and agreed", "-")
    yield fill(f"{policy.title}, version {version(policy)}, as of {day}", WIDTH)
    yield ""
    yield f"Name       {_RULE}    Role  {_RULE}"
    yield ""
    yield f"Signature  {_RULE}    Date  {_RULE}"


def _underlined(words: str, line: str) -> Iterator[str]:
    yield words
    yield line * len(words)
