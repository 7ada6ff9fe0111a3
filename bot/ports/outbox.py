"""What is still to be shown, and how it fared."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, Protocol

from bot.ports.channel import Parcel

Standing = Literal["pending", "sent", "failed"]
Buzzed = tuple[str, str, str, str, bool]
"""A slot and the card in it, its recipient, their channel, and whether it was urgent."""


class Outbox(Protocol):
    """What is still to be shown. The outbox is the retry; nothing else retries sends."""

    def put(self, parcels: Sequence[Parcel]) -> None:
        """Add rows; one whose key is there already for the same channel is left out."""
        ...

    def lease(
        self, now: datetime, limit: int, until: datetime, *, urgent: bool = False
    ) -> list[Parcel]:
        """Take pending rows that are due (or whose lease ran out), urgent first, then oldest; or
        none but the urgent ones.
        """
        ...

    def free_leases(self) -> None:
        """Make due at once whatever is leased to a process that was stopped while sending.

        For the start. Leases of another replica that lives are left alone; where only one process
        can work on the rows, whatever is leased when it starts was left behind. What had been sent
        without being settled is sent again, under the same key.
        """
        ...

    def sent(self, parcel: Parcel, reference: str, at: datetime) -> None:
        """Settle as sent; remember the reference for the slot where one is given."""
        ...

    def retry(self, parcel: Parcel, at: datetime, why: str) -> None:
        """Settle as pending again, due at this moment."""
        ...

    def failed(self, parcel: Parcel, at: datetime, why: str) -> None:
        """Settle as failed for good."""
        ...

    def drop(self, parcel: Parcel) -> None:
        """Forget the row; its key is free again. For what is shown over and over."""
        ...

    def forget_before(self, moment: datetime, limit: int) -> int:
        """Drop rows settled before this, so many at the most, but for those of live visits, whose
        alarms ask how they fared; give how many. What stands in the slots is still known.
        """
        ...

    def next_due(self, now: datetime, *, but: str = "") -> datetime | None:
        """When the next row is due (a leased one: when its lease runs out), or None; rows of the
        slot ``but`` left out.
        """
        ...

    def reference(self, parcel: Parcel) -> str | None:
        """The message now in this parcel's slot for its recipient on its channel, or None."""
        ...

    def shown(self, school: str, channel: str, reference: str) -> Parcel | None:
        """The latest showing, sent or not, in the slot whose message this is; None where it is no
        slot's message any more.
        """
        ...

    def sharing(self, parcel: Parcel, reference: str) -> list[str]:
        """Ids of the visits whose slot, for this parcel's recipient and channel, is this message.

        Alarms told to one address at one time are one list (S9), so there may be several.
        """
        ...

    def recipients(self, school: str, visit_id: str) -> Mapping[str, Sequence[str]]:
        """By slot, whoever has a message in it, or is about to have one (a fresh row waits)."""
        ...

    def standing(
        self, school: str, visit_id: str, slot: str, since: datetime, *, by: datetime | None = None
    ) -> Mapping[str, Standing]:
        """How urgent showings in a slot since then fared, by recipient; the best of several. Where
        none was sent, and one is as old as ``by``, that counts as failed (S8).
        """
        ...

    def buzzes(
        self, school: str, visit_id: str, deed: str, since: datetime
    ) -> Mapping[Buzzed, Sequence[datetime]]:
        """When this deed made each phone buzz since then, or is still to: fresh showings, but for
        failed ones, earliest first.
        """
        ...

    def oldest_urgent(self) -> datetime | None:
        """When the oldest urgent row that is still pending fell due, or None."""
        ...
