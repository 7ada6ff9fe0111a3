"""[kinds.NAME] of a policy file: what a school asks of one kind of visit, read and shown.

``KIND_KEYS`` and ``UNANNOUNCED_KEYS`` are all that such a table may hold.
"""

import json
from collections.abc import Iterator, Mapping, Sequence

from bot.domain.kinds import KIND_OF, KindRules, Party, Unannounced
from bot.domain.questions import ASKABLE
from bot.domain.school import ROLES
from bot.settings.mistakes import one_of, quote
from bot.settings.policy_keys import ALONE, STAGE_WORDS
from bot.settings.table import Table

PARTY_KEYS = ("staff", "with_role")
KIND_KEYS = (*PARTY_KEYS, "alone", "asks", "needs", "clause", "unannounced")
UNANNOUNCED_KEYS = ("when", *PARTY_KEYS, "authorised_by", "clause")
MOST_STAFF = 10


def read_kinds(table: Table) -> dict[str, KindRules]:
    """Read the tables of all kinds."""
    kinds = Table(table.notes, table.at("kinds"), table.data["kinds"], None)
    found = {}
    for name, data in kinds.data.items():
        if name not in KIND_OF:
            kinds.wrong(name, f"{quote(name)} is no kind of visit", one_of(name, tuple(KIND_OF)))
            continue
        found[name] = _kind(Table(table.notes, kinds.at(name), data, KIND_KEYS))
    return found


def _kind(table: Table) -> KindRules:
    exception = None
    if "unannounced" in table.data:
        at = table.at("unannounced")
        exception = _unannounced(
            Table(table.notes, at, table.data["unannounced"], UNANNOUNCED_KEYS)
        )
    return KindRules(
        party=_party(table),
        alone=_if_there(table, "alone", ALONE),
        asks=_words(table, "asks", ASKABLE),
        needs=_words(table, "needs", ASKABLE),
        clause=table.text("clause", "attendance") or "",
        unannounced=exception,
    )


def _unannounced(table: Table) -> Unannounced:
    when = table.text("when", "nobody answered the first-day call", required=bool(table.data))
    return Unannounced(
        when=when or "",
        party=_party(table),
        authorised_by=_words(table, "authorised_by", STAGE_WORDS),
        clause=table.text("clause", "attendance") or "",
    )


def _party(table: Table) -> Party:
    staff = table.given("staff", int, "2", required=False)
    if staff is not None and not 1 <= staff <= MOST_STAFF:
        table.wrong("staff", f"{staff} people", f"1 to {MOST_STAFF} would be right")
    return Party(staff if staff is not None else 1, _words(table, "with_role", ROLES))


def _words(table: Table, key: str, choices: Sequence[str]) -> tuple[str, ...]:
    if key not in table.data:
        return ()
    return table.words(key, choices, f'["{choices[0]}"]') or ()


def _if_there(table: Table, key: str, words: Sequence[str]) -> str:
    return (table.choice(key, words) or "") if key in table.data else ""


def show_kinds(kinds: Mapping[str, KindRules]) -> Iterator[str]:
    """Print them as they are written in a file; what is as for all visits is left out."""
    for name, rules in kinds.items():
        yield ""
        yield f"[kinds.{name}]"
        yield from _show_party(rules.party)
        yield from _show("alone", rules.alone)
        yield from _show("asks", rules.asks)
        yield from _show("needs", rules.needs)
        yield from _show("clause", rules.clause)
        if exception := rules.unannounced:
            yield ""
            yield f"[kinds.{name}.unannounced]"
            yield from _show("when", exception.when)
            yield from _show_party(exception.party)
            yield from _show("authorised_by", exception.authorised_by)
            yield from _show("clause", exception.clause)


def _show_party(party: Party) -> Iterator[str]:
    if party.staff != 1:
        yield f"staff = {party.staff}"
    yield from _show("with_role", party.with_role)


def _show(key: str, value: str | tuple[str, ...]) -> Iterator[str]:
    if value:
        text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        yield f"{key} = {text}"
