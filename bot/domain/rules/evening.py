"""Evenings, weekends and holidays: while nobody is at school, nobody goes alone without a backup
who has said yes to all of it (``evening.alone``). Somebody from outside completes a pair, and takes
no backup's place: they report to nobody.

A school without hours in its file has nothing outside them: then only a closed day counts.
"""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.rules.case import Case, Gate, Shortfall
from bot.domain.standby import PARTS

_ALL: frozenset[Gate] = frozenset({"asking", "approval", "leaving"})
_ASKING: frozenset[Gate] = frozenset({"asking"})
_LEAVING: frozenset[Gate] = frozenset({"leaving"})


def evening(case: Case) -> Iterator[Shortfall]:
    """Alone while nobody is at school: with whom behind them?"""
    start, end = _times(case)
    if case.until is None and not case.plan.fixed:
        return  # the time is still to be agreed
    if len(case.going) > 1 or case.facts.school.all_inside(start, end):
        return
    name, backup = case.name(case.lead), case.plan.backup
    alone = f"{name} would be alone while the school is closed"
    if case.paired:
        alone = f"{name} would go with nobody else from school while it is closed"
    if case.policy.evening_alone == "never" and not case.paired:
        words = f"{alone}, and nobody may be. Who goes along?"
        yield Shortfall("evening", words, "companions", _ALL)
    elif case.policy.evening_alone == "free":
        known = f", with {case.name(backup)} as backup" if backup else ", with no backup"
        yield Shortfall("evening", f"{alone}{known}.")
    elif backup is None:
        ask = (
            "The school is closed then, and nobody goes alone without a backup. Who will be there "
            "until you are back?"
        )
        yield Shortfall("evening", f"{alone}, and no backup is named.", "backup", _LEAVING, ask)
    else:
        yield from _says(case, backup, alone, start, end)


def _says(
    case: Case, backup: str, alone: str, start: datetime, end: datetime
) -> Iterator[Shortfall]:
    """Named: what have they said, and can they?"""
    name, word = case.name(backup), case.visit.word("backup") if case.visit else None
    missing = ""
    if case.visit and case.visit.is_live:
        if word is None:
            missing = f"{name} hasn't said yet whether they will be the backup."
        elif word.said != "yes":
            missing = f"{name} can't be the backup."
        elif not word.covers(min(start, case.plan.leaving_at), end):
            missing = f"{name} has not said yes to so long: name another backup."
        elif backup in case.facts.out and case.now >= start:
            missing = f"{name} can't be the backup now."
    if missing:
        yield Shortfall("evening", f"{alone}. {missing}", "backup", _LEAVING)
    for each in case.facts.engaged:
        if each.person == backup and not each.goes and each.clashes(start, end):
            words = f"{name} is the backup for another visit at that time too."
            yield Shortfall("evening", words, "backup", hidden=frozenset(each.kept_from))


def standing_by(case: Case) -> Iterator[Shortfall]:
    """Whoever is named is there that day, and can be written to."""
    school = case.facts.school
    for part in PARTS:
        named = case.plan.named(part)
        person = school.person(named)
        if person is None or (case.visit and case.visit.word(part)):
            continue
        if school.is_away(person.id, case.plan.leaving_at):
            words = f"{person.name} is away that day. Who else can stand by?"
            stops = _ASKING if part == "backup" else frozenset[Gate]()
            yield Shortfall("standing_by", words, part, stops, words)
        elif not (person.addresses or person.email):
            words = f"I have no way to write to {person.name}. Who else can stand by?"
            yield Shortfall("standing_by", words, part, _ASKING)


def _times(case: Case) -> tuple[datetime, datetime]:
    """As planned, or at the door as it really will be."""
    if case.until is None:
        return case.plan.leaving_at, case.plan.return_at
    return case.now, case.until
