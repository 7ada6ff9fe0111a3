"""What happens to the school as a whole, for its own audit chain: past tense, like events of a
visit. What is said of an address or a person is sealed there, and a flag's reason isn't said at
all: it goes when the flag goes.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FlagSet:
    """A known risk at an address was flagged, maybe on the card of a visit."""

    at: datetime
    by: str
    flag: str
    until: datetime
    review_at: datetime
    visit: str = ""


@dataclass(frozen=True, slots=True)
class FlagConfirmed:
    """Somebody looked at it again: it still holds."""

    at: datetime
    by: str
    flag: str
    review_at: datetime


@dataclass(frozen=True, slots=True)
class FlagLifted:
    """It no longer counts."""

    at: datetime
    by: str
    flag: str


@dataclass(frozen=True, slots=True)
class PolicyRead:
    """Somebody said that they have read the policy: the text of this hash."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One key of the settings: what it was, and is. Both empty where they are somebody's own."""

    key: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class SettingsChanged:
    """The school file, or the policy that it names, was read and is in use."""

    at: datetime
    changes: tuple[Change, ...]
