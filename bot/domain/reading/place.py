"""Whether words are an address by their look. The office sees an address, and must never read there
whom somebody visits (P2): what isn't plainly one is asked about.
"""

import re

from bot.domain.reading.words import bag, split_words

_STREETS = bag(
    "road rd street st lane ln close avenue ave drive dr way court ct place gardens gdns crescent",
    "terrace hill grove park walk row square mews view rise green end yard cottage lodge farm",
    "hall villa villas manor barn mill flats house",
)
_PEOPLE = bag(
    "mr mrs ms miss master mx mum mums mam mummy mother mother's mums' mum's dad dads dad's",
    "daddy father father's parent parents parent's family families carer carers gran grandma nan",
    "grandad aunt auntie uncle sister brother pupil pupil's child child's children boy girl son",
    "daughter year baby twins lad see",
)
WRONG_TIME = re.compile(
    r"(yesterday|last (week|night|mon|tue|wed|thu|fri)\w*|\d{1,2}:\d\d|"
    r"(3[01]|30)(st|th)? (of )?feb\w*|\d{1,2}(st|nd|rd|th)? "
    r"(jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]*) "
)
"""Written as a time or a day. Where none could be read of it, it is none."""


def is_an_address(text: str) -> bool:
    """Whether it has a number, or a word of streets and houses, and nobody in it."""
    words = [word.text for word in split_words(text)]
    if _PEOPLE & {*words} or any(word.endswith(("'s", "s'")) for word in words):
        return False
    return any(word[:1].isdigit() for word in words) or bool(_STREETS & {*words})
