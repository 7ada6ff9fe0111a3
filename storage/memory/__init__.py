"""The in-memory twin of the store, for tests and tours: the same contract, nothing written down.

It encrypts nothing, and verifies no hashes: whoever can read it could read the process anyway.
"""

from storage.memory.kept import Kept
from storage.memory.store import MemoryStore

__all__ = ["Kept", "MemoryStore"]
