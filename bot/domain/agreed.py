"""Whether a visit is agreed with the family: by what is typed into a request or, where the policy
wants the appointment recorded after the yes, by that alone.
"""

import re

from bot.domain.plan import Details
from bot.domain.policy import Policy

_WHOLE = frozenset({"", "na", "x", "nope"})
_BEGINS = re.compile(
    r"(no(?! (problems?|worries|trouble|objections?)\b)|none|nil|nothing|nobody|never|not|n a|"
    r"tb[acd]|to (be|follow)|yet to|still to|unknown|unsure|unannounced|unable|without|"
    r"could ?n ?t|could not|can ?t|can ?not|did ?n ?t|did not|ha(ve|s) ?n ?t|ha(ve|s) not|wo ?n ?t|"
    r"will (be|ring|call|phone|text|write|make|arrange|ask|contact|try)|tried|trying|a?waiting|"
    r"pending|left (a )?(voice ?mail|message))\b"
)
_ANYWHERE = re.compile(
    r"\b(no appointment|no answer|no reply|not (yet|made|agreed|arranged|booked)|unannounced|"
    r"without (an? )?appointment|to be (made|agreed|arranged|booked))\b"
)


def says_none(words: str) -> bool:
    """Whether what was typed about an appointment says that there is none, or none yet. In doubt it
    does: an appointment that isn't believed in is asked about, and nobody goes because of it.
    """
    plain = " ".join(re.findall(r"\w+", words.casefold().replace("_", " ")))
    return plain in _WHOLE or bool(_BEGINS.match(plain) or _ANYWHERE.search(plain))


def is_agreed(details: Details | None, policy: Policy) -> bool:
    """Whether there is an appointment that counts under this policy. What can't be read is none."""
    if details is None or says_none(details.appointment):
        return False
    return details.recorded or not policy.records_appointments
