"""Reads the school file: text in, ``Settings`` or every mistake out."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.domain.policy import Policy
from bot.domain.school import School
from bot.settings.addresses import CHANNELS, read_office
from bot.settings.check_policy import check_policy
from bot.settings.days import read_away, read_closed, read_duty
from bot.settings.hours import read_hours
from bot.settings.mistakes import SCHOOL_FILE, BadSettings, Mistake, Notes, nearest, quote
from bot.settings.people import read_people
from bot.settings.policy_file import Values, build, keys_of, merge, note_missing, read_values
from bot.settings.shipped import SHIPPED
from bot.settings.table import Table
from bot.settings.toml import parse_toml
from bot.settings.values import unseen
from bot.settings.words import read_id, read_zone

TABLES = ("school", "office", "people", "closed", "duty", "away", "policy")
Data = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Settings:
    """A school and its policy, as found good. The warnings are worth mending all the same.

    ``overridden`` are the keys that the school file (``file``) says itself, under [policy].
    """

    school: School
    policy: Policy
    warnings: tuple[Mistake, ...] = ()
    overridden: frozenset[str] = field(default=frozenset(), compare=False)
    file: str = field(default=SCHOOL_FILE, compare=False)

    def of_policy(self, each: Mistake) -> Mistake:
        """A mistake by a key of the policy, as one of the file that says the key."""
        if any(re.match(rf"{re.escape(key)}(?![\w])", each.where) for key in self.overridden):
            return replace(each, where=f"policy.{each.where}", file=self.file)
        return replace(each, file=f"policy {quote(self.policy.name)}")


def read_school(text: str, *, policies: Callable[[str], str], file: str = SCHOOL_FILE) -> Settings:
    """Read a school file, or raise BadSettings with all its mistakes.

    ``policies`` gives the text of a policy by name or path; an OSError or a LookupError of it
    says that there is none.
    """
    data = parse_toml(text, file)
    notes = Notes(file)
    return read_data(data, find_policy(data, policies, notes), notes)


def find_policy(data: Data, policies: Callable[[str], str], notes: Notes) -> Data | None:
    """Give the tables of the policy that the school file names, or None with a note why not."""
    school = data.get("school")
    name = school.get("policy") if isinstance(school, dict) else None
    if not isinstance(name, str) or not name.strip() or unseen(name):
        return None  # noted where the key is read
    try:
        return parse_toml(policies(name.strip()), policy_label(data))
    except BadSettings as bad:
        notes.found.extend(bad.mistakes)
    except (OSError, LookupError):
        near = nearest(name, SHIPPED)
        remedy = (
            f'policy = "{near}" would be right'
            if near
            else f"{' or '.join(SHIPPED)}, or a path seen from the school file, would be right"
        )
        notes.wrong("school.policy", f"no policy {quote(name)} can be read", remedy)
    return None


def policy_label(data: Data) -> str:
    """How mistakes in the policy's own file name it."""
    school = data.get("school")
    name = str(school.get("policy")).strip() if isinstance(school, dict) else ""
    return name if name.endswith(".toml") else f"{name}.toml"


def read_data(data: Data, policy_data: Data | None, notes: Notes) -> Settings:
    """Read tables that were parsed already; the same for a file and for what was kept of one."""
    top = Table(notes, "", dict(data), TABLES)
    school = _school(top)
    policy, overridden = _policy(top, policy_data, policy_label(data))
    if notes.errors or policy is None:
        raise BadSettings(notes.errors)
    return Settings(school, policy, notes.warnings, overridden, notes.file)


def _school(top: Table) -> School:
    keys = ("id", "name", "timezone", "policy", "hours")
    about = Table(top.notes, "school", top.data.get("school", {}), keys)
    office = Table(top.notes, "office", top.data.get("office", {}), (*CHANNELS, "public"))
    about.text("policy", "slps", required=True)
    school = School(
        id=about.parsed("id", "st-example", read_id, required=True) or "",
        name=about.text("name", "St Example Primary", required=True) or "",
        timezone=about.parsed("timezone", "Europe/London", read_zone, required=True) or "",
        people=read_people(top),
        office={
            channel: address for channel in CHANNELS if (address := read_office(office, channel))
        },
        office_public=bool(office.flag("public")),
        hours=read_hours(about),
        closed=read_closed(top),
    )
    known = {person.id for person in school.people} - {""}
    return replace(school, away=read_away(top, known), duty=read_duty(top, known))


def _policy(top: Table, data: Data | None, label: str) -> tuple[Policy | None, frozenset[str]]:
    """Read the named policy, lay the [policy] table over it and check what comes of both. Given
    with the keys that the table says.
    """
    own = Notes(label)
    base: Values = {} if data is None else read_values(data, own)
    here = Notes(top.notes.file)
    overrides: Values = {}
    if "policy" in top.data:
        table = Table(here, "policy", top.data["policy"], None)
        overrides = read_values(table.data, here, "policy")
    values = merge(base, overrides)
    if data is not None:
        note_missing(values, own)
    top.notes.found.extend((*own.found, *here.found))
    overridden = keys_of(overrides)
    if data is None or own.errors or here.errors:
        return None, overridden
    policy = build(values)
    if overrides:
        found = [
            replace(each, where=f"policy.{each.where}", file=here.file)
            for each in check_policy(policy)
        ]
    else:
        found = list(check_policy(policy, file=label))
    top.notes.found.extend(found)
    return policy, overridden
