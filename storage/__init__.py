"""What is kept: visits, the audit, what came in and what is still to go out.

Knows the core, and no channel. ``storage.migrate`` brings the schema up to date first.
"""

from storage.crypto import BadKey, Keyring
from storage.engine import BadUrl
from storage.store import SqlStore

__all__ = ["BadKey", "BadUrl", "Keyring", "SqlStore", "open_store"]


def open_store(url: str, keyring: Keyring) -> SqlStore:
    """Open the store behind a ``DATABASE_URL``; its schema must be up to date."""
    return SqlStore(url, keyring)
