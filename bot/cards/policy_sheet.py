"""The school's rules for home visits on paper: what a governor reads and signs."""

from collections.abc import Iterator
from textwrap import fill

from bot.cards.policy_said import said
from bot.domain.policy import Policy

WIDTH = 84
_RULE = "_" * 30


def sheet(policy: Policy, school: str = "") -> str:
    """The whole text, every value and every clause in it, with lines to sign on."""
    return "\n".join(_lines(policy, school)) + "\n"


def _lines(policy: Policy, school: str) -> Iterator[str]:
    yield from _underlined(policy.title, "=")
    where = f"How {school} keeps it" if school else "How it is kept"
    yield fill(f"{where} with Doorstep. Settings name it “{policy.name}”.", WIDTH)
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
    yield ""
    yield f"Name       {_RULE}    Role  {_RULE}"
    yield ""
    yield f"Signature  {_RULE}    Date  {_RULE}"


def _underlined(words: str, line: str) -> Iterator[str]:
    yield words
    yield line * len(words)
