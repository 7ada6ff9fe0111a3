"""Messages that Teams breaks on whenever they are edited (HTTP 500, each time): after a few tries
a fresh one takes their place.

Each try is an edit first, so that an outage, in which posting breaks as well, ends with the edits
that were owed and not with everything posted once more.
"""

from collections import OrderedDict

TRIES = 4
MOST = 2000
BROKEN = 500


class Stuck:
    """``broke`` and ``went`` after each edit."""

    def __init__(self) -> None:
        self._broke: OrderedDict[str, int] = OrderedDict()

    def broke(self, reference: str, status: int) -> bool:
        """Whether this message had better be posted anew."""
        if status != BROKEN:
            return False
        self._broke[reference] = self._broke.pop(reference, 0) + 1
        while len(self._broke) > MOST:
            self._broke.popitem(last=False)
        return self._broke[reference] >= TRIES

    def went(self, reference: str) -> None:
        """It is as it should be."""
        self._broke.pop(reference, None)
