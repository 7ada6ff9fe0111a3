"""A concern said whole, in one message: ``I have a concern about Robin's arm``. What stands after
it is for those alone who are told of a concern. What sounds like danger is not read as one: that is
for whoever watches, at once (S4).
"""

import re

from bot.domain.alarming import sounds_alarming

_SAID = re.compile(
    r"(?:(?:i have|i[’']?ve(?: got)?|i have got|we have|we[’']?ve(?: got)?)\s+)?(?:a\s+)?"
    r"(?:safeguarding\s+)?concerns?\b(?P<more>\s*[:,.;–-]|\s+(?:about|that|with)\b)(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)


def read_concern(text: str) -> str | None:
    """The words of it as they were written, or None where it is no such message."""
    said = _SAID.fullmatch(text.strip())
    if said is None or not said["words"].strip() or sounds_alarming(text):
        return None
    lead = said["more"].strip(" :,.;–-")
    return f"{lead} {said['words'].strip()}".strip()
