"""A check of one example becomes a test of all that stand alike: out, silent, owned and so on."""

from tests.domain.examples import ALL, EXAMPLES
from tests.each import each


def _stands(name: str) -> str:
    return name.partition(",")[0]


every = each(ALL, named=str, group=_stands)
every_readable = each(EXAMPLES, named=str, group=_stands)
"""Without those whose details can't be read."""
