"""``doorstep migrate``: bring the database up to date."""

from collections.abc import Mapping

from adapters.commands.files import environment
from adapters.commands.outcome import Mend
from storage import BadUrl
from storage.migrate import DatabaseTooNew, is_current, upgrade


def migrate(environ: Mapping[str, str]) -> int:
    """Upgrade, after copying an SQLite file; say what was done."""
    url = environment(environ).database_url
    try:
        if is_current(url):
            print("The database is up to date.")
            return 0
        copy = upgrade(url)
    except (BadUrl, DatabaseTooNew) as problem:
        raise Mend(str(problem)) from None
    except Exception as problem:  # noqa: BLE001 - the driver's own words may hold the password
        msg = f"The database of DATABASE_URL does not answer ({type(problem).__name__})."
        raise Mend(msg) from None
    print("The database is up to date now." + (f" A copy is kept as {copy}." if copy else ""))
    return 0
