"""Visits read or saved lately, by what stands in their rows: reading them again needs no decoding.

A visit is frozen, and is given only for the very text, policy, ciphertext and wrapped keys that it
was made from, so that nothing here can be out of date, or outlive a key that was destroyed. What
could not be decrypted is never kept.
"""

import threading
from collections import OrderedDict

from bot.domain.visit import Visit

MOST = 512
Key = tuple[str, str]
Rest = tuple[str | None, bytes | None, bytes | None]
"""The hash of the policy, the sealed details, and the visit's data keys as they are wrapped."""
Content = tuple[str, *Rest]
"""The state's text, and the rest."""


class Seen:
    """Safe to ask from any thread; holds a bounded number, the latest."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Key, tuple[Content, Visit]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key, content: Content) -> Visit | None:
        """The visit, if its row was the same when it was kept."""
        kept = self._kept.get(key)
        return kept[1] if kept and kept[0] == content else None

    def keep(self, key: Key, content: Content, visit: Visit) -> None:
        """Remember what a row means."""
        with self._lock:
            self._kept[key] = (content, visit)
            self._kept.move_to_end(key)
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
