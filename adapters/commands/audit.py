"""``doorstep audit verify``: every chain, entry by entry. ``doorstep audit changes``: what happened
to the school itself: its settings, flags on addresses, who has read the policy.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from adapters.commands.files import environment, keyring
from adapters.commands.outcome import Mend
from bot.ports import Entry, UnitOfWork
from storage import BadUrl, open_store
from storage.migrate import is_current

T = TypeVar("T")


async def verify(environ: Mapping[str, str]) -> int:
    """Exit 0 when every chain verifies, and every frozen policy; or 1 naming what does not."""
    broken = await _read(environ, lambda uow: uow.audit.broken())
    for school, visit, seq in broken:
        whose = f"visit {visit}" if visit else "its own chain"
        what = f"entry {seq}" if seq else "the policy that it is watched by"
        print(f"does not verify: school {school}, {whose}, {what}")
    print("Every chain verifies." if not broken else f"{len(broken)} do not verify.")
    return 1 if broken else 0


async def changes(environ: Mapping[str, str]) -> int:
    """Print each school's own chain, oldest first. Neither a flag's address nor its reason is in
    it; of people, who they are and what they may do, and nothing that is their own.
    """

    def work(uow: UnitOfWork) -> list[tuple[str, list[Entry]]]:
        return [(each, uow.audit.entries(each, "")) for each in uow.settings.schools()]

    for school, entries in await _read(environ, work):
        print(f"{school}: {len(entries) or 'no'} {'entry' if len(entries) == 1 else 'entries'}")
        for entry in entries:
            for line in _lines(entry):
                print(f"{entry.at:%Y-%m-%d %H:%M} UTC  {line}")
    return 0


def _lines(entry: Entry) -> Iterator[str]:
    detail = entry.detail
    if detail is None:
        yield f"{entry.kind}: can't be read under this DOORSTEP_KEY"
        return
    if entry.kind == "SettingsChanged":
        found = detail["changes"]
        assert isinstance(found, list)
        for change in found:
            values = f": {change['old'] or 'nothing'} -> {change['new'] or 'nothing'}"
            said = change["old"] or change["new"]
            yield f"{change['key']}{values if said else ' has changed'}"
        return
    what = str(detail.get("flag") or detail.get("text", ""))[:12]
    words = _SAID.get(entry.kind, entry.kind)
    yield f"{words.format(by=entry.by, what=what, until=str(detail.get('until', ''))[:10])}"


_SAID = {
    "FlagSet": "{by} flagged an address until {until} (flag {what})",
    "FlagConfirmed": "{by} confirmed flag {what}",
    "FlagLifted": "{by} lifted flag {what}",
    "PolicyRead": "{by} has read the policy (text {what})",
}


async def _read(environ: Mapping[str, str], work: Callable[[UnitOfWork], T]) -> T:
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
        return await store.transact(work)
    finally:
        await store.close()
