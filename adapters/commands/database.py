"""Opening the database that ``doorstep run`` works on, brought up to date where that is its job."""

from adapters.commands.outcome import Mend
from storage import BadUrl, Keyring, SqlStore, open_store
from storage.engine import sqlite_file
from storage.migrate import DatabaseTooNew, is_current, upgrade


def has_database(url: str) -> bool:
    """Whether there may be visits in it: an SQLite file that isn't there holds none."""
    try:
        path = sqlite_file(url)
    except BadUrl as bad:
        raise Mend(str(bad)) from None
    return path is None or path.exists()


def open_database(url: str, keys: Keyring) -> SqlStore:
    """Open it. An SQLite file is copied and upgraded first; PostgreSQL is only asked."""
    try:
        ready = _made_ready(url)
    except (BadUrl, DatabaseTooNew) as problem:
        raise Mend(str(problem)) from None
    except Exception as problem:  # noqa: BLE001 - the driver's own words may hold the password
        raise Mend(no_answer(problem)) from None
    if not ready:
        raise Mend("The database is not up to date; `doorstep migrate` would be right.")
    return open_store(url, keys)


def _made_ready(url: str) -> bool:
    if sqlite_file(url):
        upgrade(url)
        return True
    return is_current(url)


def no_answer(problem: Exception) -> str:
    """The sentence about a database that can't be used, without the driver's own words."""
    return f"The database of DATABASE_URL does not answer ({type(problem).__name__})."
