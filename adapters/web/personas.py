"""Who can be played on the page, as data that main.py hands over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame"})


@dataclass(frozen=True, slots=True)
class Persona:
    """A person with a phone, or the office channel. ``id`` is the address on this channel.

    ``above_staff`` people are offered first for acting in the office channel. A ``spare`` phone
    stays in the drawer until a message comes: so somebody can act in the office without a pane
    of their own, and still no message to them is lost.
    """

    id: str
    name: str
    caption: str
    kind: Literal["person", "office"] = "person"
    above_staff: bool = False
    spare: bool = False

    @property
    def short(self) -> str:
        """What fits under a small picture: ``Ana``, ``Mrs Shah``, ``Office``."""
        first, _, rest = self.name.partition(" ")
        return self.name if first.rstrip(".").lower() in _TITLES and rest else first

    @property
    def initials(self) -> str:
        """One or two letters; the office, being a channel, gets its hash sign."""
        if self.kind == "office":
            return "#"
        words = [w for w in self.name.split() if w.rstrip(".").lower() not in _TITLES]
        return "".join(word[0] for word in (words or [self.name or "?"])[:2]).upper()


class Cast:
    """The personas by id, and who may act where."""

    def __init__(self, personas: Sequence[Persona], at_desk: str = "") -> None:
        self.everybody = tuple(personas)
        self._by_id = {persona.id: persona for persona in personas}
        if len(self._by_id) != len(self.everybody):
            raise ValueError("two personas of the demo page have the same id")
        self.people = tuple(p for p in personas if p.kind == "person")
        self.offices = tuple(p for p in personas if p.kind == "office")
        first = next((p for p in self.people if p.above_staff), None)
        fallback = first or (self.people[0] if self.people else None)
        self.at_desk = at_desk or (fallback.id if fallback else "")
        """Who acts in the office channel until the newcomer chooses somebody else."""

    def get(self, address: str) -> Persona | None:
        """Whoever has this address, or None."""
        return self._by_id.get(address)

    def name_of(self, address: str) -> str:
        """The name for an address; somebody who has left the cast keeps their id."""
        persona = self._by_id.get(address)
        return persona.name if persona else address
