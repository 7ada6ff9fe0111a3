"""Frozen policies, each kept once, under the hash of its text; a visit's row carries the hash.

A policy is nine tenths of what is known of a visit, and one serves many: it outlives each of them.
A row that is missing, or whose text is not what its hash says, is an error for whoever reads it and
is never taken for another policy.
"""

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from bot.domain.policy import Policy
from storage.codec import read_policy, write_policy
from storage.tables import policies, visits
from storage.upsert import insert_new

MOST = 256
_TEXT = select(policies.c.text).where(
    (policies.c.school == bindparam("b_school")) & (policies.c.hash == bindparam("b_hash"))
)
_KEPT = select(policies.c.school, policies.c.hash, policies.c.text)
_VISITS = select(visits.c.school, visits.c.id, visits.c.policy).where(visits.c.policy.is_not(None))


class PolicyLost(Exception):
    """The policy that was frozen into a visit is not there any more as it was then."""


@dataclass(frozen=True, slots=True)
class Known:
    """A policy, its text as it is kept, and the hash of that."""

    policy: Policy
    text: str
    hash: str


class KnownPolicies:
    """Policies read or written lately, by hash and by identity; safe to ask from any thread.

    Whatever has a hash is the same for ever, so that nothing here can be out of date.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._by_hash: OrderedDict[str, Known] = OrderedDict()
        self._by_identity: OrderedDict[int, Known] = OrderedDict()
        self._lock = threading.Lock()

    def of_hash(self, hashed: str) -> Known | None:
        """The policy of this hash, if it is known."""
        return self._by_hash.get(hashed)

    def of(self, policy: Policy) -> Known:
        """This policy's text and hash; of one that was read, as they were then."""
        known = self._by_identity.get(id(policy))
        if known is None or known.policy is not policy:
            text = write_policy(policy)
            known = self.keep(Known(policy, text, hash_of(text)))
        return known

    def keep(self, known: Known) -> Known:
        """Remember it; the first object of a hash is the one that serves all visits."""
        with self._lock:
            self._by_hash.setdefault(known.hash, known)
            self._by_identity[id(known.policy)] = known
            for kept in (self._by_hash, self._by_identity):
                if len(kept) > self._most:
                    kept.popitem(last=False)
        return known


class SqlPolicies:
    """The table, inside one transaction."""

    __slots__ = ("_connection", "_known")

    def __init__(self, connection: Connection, known: KnownPolicies) -> None:
        self._connection = connection
        self._known = known

    def read(self, school: str, hashed: str) -> Policy:
        """Give the policy of this hash; ``PolicyLost`` where it is missing or was altered."""
        if known := self._known.of_hash(hashed):
            return known.policy
        text = self._connection.execute(_TEXT, {"b_school": school, "b_hash": hashed}).scalar()
        if text is None or hash_of(text) != hashed:
            what = "is missing" if text is None else "was altered"
            raise PolicyLost(f"policy {hashed} of {school} {what}")
        return self._known.keep(Known(read_policy(text), text, hashed)).policy

    def keep(self, school: str, policy: Policy, stands: str | None) -> str:
        """Give the policy's hash, for the row of a visit; write the policy unless its hash
        ``stands`` there already. What this transaction wrote may be rolled back, so that nothing
        but what stands is a reason not to write.
        """
        known = self._known.of(policy)
        if known.hash != stands:
            row = {"school": school, "hash": known.hash, "text": known.text}
            self._connection.execute(insert_new(self._connection, policies), row)
        return known.hash

    def broken(self) -> list[tuple[str, str]]:
        """(school, visit) of each visit whose policy is missing or was altered."""
        kept = self._connection.execute(_KEPT)
        sound = {(row.school, row.hash) for row in kept if hash_of(row.text) == row.hash}
        found = self._connection.execute(_VISITS)
        return [(row.school, row.id) for row in found if (row.school, row.policy) not in sound]


def hash_of(text: str) -> str:
    """What a policy's text is kept under."""
    return hashlib.sha256(text.encode()).hexdigest()
