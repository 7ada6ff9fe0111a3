"""A refusal is a value: a sentence for the person, and what they may press instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Offer = Literal["", "already_left", "danger"]


@dataclass(frozen=True, slots=True)
class Refused:
    """``why`` is for the person; ``offer`` names a way on, where there is one (S1).

    ``field`` is the form's field that is wrong, where the refusal is about one; ``card`` is shown
    with the sentence, as it now is, where that says what happened instead. ``rules`` name the
    clauses of the policy behind it.
    """

    why: str
    offer: Offer = ""
    field: str = ""
    card: str = ""
    rules: tuple[str, ...] = ()

    @property
    def behind(self) -> Mapping[str, str]:
        """The clauses behind it, as a card or a form takes them along to show them there."""
        return {"rules": ",".join(self.rules)} if self.rules else {}


NOT_ON_IT = Refused("You are not on this visit.")
