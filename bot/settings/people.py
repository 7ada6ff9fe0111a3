"""Reads the [[people]] of a school file."""

from collections.abc import Sequence

from bot.domain.school import ROLES, Emergency, Person
from bot.settings.addresses import CHANNELS, read_address
from bot.settings.mistakes import nearest, quote
from bot.settings.table import Table
from bot.settings.words import read_email, read_id, read_phone

KEYS = ("id", "name", "roles", "phone", *CHANNELS, "email", "leader", "emergency", "car")
EMERGENCY = '{ name = "Jo Shah", phone = "+44 7700 900002" }'
# Somebody who only answers in the office, or only looks after Doorstep, needs no phone.
_STAYS_IN = frozenset({"office", "admin"})
_HELPED = 50


def read_people(top: Table) -> tuple[Person, ...]:
    """Read everybody; names of others in it must be of people in the file."""
    given = top.tables("people")
    if not given and isinstance(top.data.get("people", []), list):
        top.wrong("people", "nobody is named", "at least one [[people]] would be right")
    rows = [Table(top.notes, f"people[{i}]", data, KEYS) for i, data in enumerate(given)]
    known = {value for row in rows if isinstance(value := row.data.get("id"), str)}
    people = tuple(_person(row, known) for row in rows)
    for key in ("id", "email", *CHANNELS):
        _once(rows, key)
    return people


def goes_out(person: Person) -> bool:
    """Whether this person may be expected on visits."""
    return bool(person.roles - _STAYS_IN)


def read_reference(table: Table, key: str, known: set[str], *, required: bool) -> str | None:
    """Read the id of somebody who must be in the file."""
    value = table.text(key, "priya", required=required)
    if value is None or value in known:
        return value
    # In a file full of mistakes, looking for what was meant would take long.
    near = nearest(value, known) if len(table.notes.found) < _HELPED else None
    remedy = f'"{near}" would be right' if near else "the id of one of [[people]] would be right"
    table.wrong(key, f"nobody has the id {quote(value)}", remedy)
    return None


def _person(row: Table, known: set[str]) -> Person:
    addresses = {channel: read_address(row, channel) for channel in CHANNELS}
    person = Person(
        id=row.parsed("id", "priya", _person_id, required=True) or "",
        name=row.text("name", "Priya Shah", required=True) or "",
        roles=_roles(row),
        phone=row.parsed("phone", "+44 7700 900001", read_phone),
        leader=read_reference(row, "leader", known, required=False),
        emergency=_emergency(row),
        car=row.text("car", "blue Fiesta AB12 CDE"),
        email=row.parsed("email", "priya@school.example", read_email),
        addresses={channel: address for channel, address in addresses.items() if address},
    )
    if person.leader and person.leader == person.id:
        remedy = "somebody else, or no leader at all, would be right"
        row.wrong("leader", f"{quote(person.name)} is named as their own leader", remedy)
    if "phone" not in row.data and goes_out(person):
        problem = f"{quote(person.name)} has no phone, so they can't go on visits"
        row.notes.warn(row.at("phone"), problem, 'phone = "+44 7700 900001" would be right')
    return person


def _person_id(text: str) -> str:
    if text.casefold() == "office":
        raise ValueError('"office" is what Doorstep calls the office channel')
    return read_id(text)


def _roles(row: Table) -> frozenset[str]:
    roles = row.words("roles", ROLES, '["staff"]') or ()
    if row.data.get("roles") == []:
        row.wrong("roles", "this is empty", 'roles = ["staff"] would be right')
    return frozenset(roles)


def _emergency(row: Table) -> Emergency | None:
    """Read whom to ring. What stands there is sealed, so no mistake shows any of it."""
    if "emergency" not in row.data:
        return None
    value = row.data["emergency"]
    if not isinstance(value, dict) or set(value) - {"name", "phone"}:
        problem = "this isn't a name and a phone"
        row.wrong("emergency", problem, f"emergency = {EMERGENCY} would be right")
        return None
    table = Table(row.notes, row.at("emergency"), value, None)
    name = table.text("name", "Jo Shah", required=True)
    phone = table.parsed("phone", "+44 7700 900002", read_phone, required=True)
    return Emergency(name or "", phone or "")


def _once(rows: Sequence[Table], key: str) -> None:
    """Note ids and addresses that stand for two people."""
    first: dict[str, str] = {}
    for row in rows:
        value = row.data.get(key)
        if not isinstance(value, str) or not value.strip():
            continue
        same = value.strip().casefold() if key in {"id", "email"} else value.strip()
        if same in first:
            problem = f"{quote(value)} stands at {first[same]} too"
            row.wrong(key, problem, f"a different {key} for each person would be right")
        else:
            first[same] = row.at(key)
