"""``doorstep audit verify``: every visit's chain, entry by entry."""

from collections.abc import Mapping

from adapters.commands.files import environment, keyring
from adapters.commands.outcome import Mend
from storage import BadUrl, open_store
from storage.migrate import is_current


async def verify(environ: Mapping[str, str]) -> int:
    """Exit 0 when every chain verifies, or 1 naming each entry that does not."""
    env = environment(environ)
    try:
        current = is_current(env.database_url)
    except BadUrl as problem:
        raise Mend(str(problem)) from None
    except Exception as problem:  # noqa: BLE001 - the driver's own words may hold the password
        msg = f"The database of DATABASE_URL does not answer ({type(problem).__name__})."
        raise Mend(msg) from None
    if not current:
        raise Mend("There is no database that is up to date; `doorstep migrate` would be right.")
    store = open_store(env.database_url, keyring(env))
    try:
        broken = await store.transact(lambda uow: uow.audit.broken())
    finally:
        await store.close()
    for school, visit, seq in broken:
        print(f"does not verify: school {school}, visit {visit}, entry {seq}")
    print("Every chain verifies." if not broken else f"{len(broken)} do not verify.")
    return 1 if broken else 0
