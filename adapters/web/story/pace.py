"""How long a sentence stands before the next step: time to read it, and to look at the panes."""

_TO_LOOK = 3.5
_A_WORD = 0.28
"""Seconds: a little over two hundred words a minute, since the reader also looks elsewhere."""


def seconds_to_read(says: str) -> float:
    """Between six and sixteen seconds."""
    return min(max(_TO_LOOK + _A_WORD * len(says.split()), 6.0), 16.0)
