"""The parts of a policy that are more than one value: stages, the ladder, the clauses."""

import re
from datetime import timedelta

from bot.domain.policy import Clause, Rung, Tick
from bot.settings.policy_keys import (
    LONGEST_TICK,
    MOST_RUNGS,
    MOST_TICKS,
    RUNG_AFTER,
    STAGE_WORDS,
    TELL_WORDS,
    Key,
)
from bot.settings.table import Table
from bot.settings.values import kind_of, known_words

_RULE = re.compile(r"[a-z][a-z0-9_]{0,39}")


def read_stages(table: Table, key: Key) -> tuple[tuple[str, ...], ...] | None:
    """Read the stages of the approval, each a list of roles."""
    given = table.given(key.leaf, list, key.example, required=True)
    if given is None:
        return None
    remedy = f"{key.leaf} = {key.example} would be right"
    if not given:
        table.wrong(key.leaf, "no stage is named, so nobody would be asked", remedy)
    stages = []
    for index, stage in enumerate(given):
        place = f"{table.at(key.leaf)}[{index}]"
        if not isinstance(stage, list):
            table.notes.wrong(place, f"this is {kind_of(stage)}, not a list of roles", remedy)
        elif not stage:
            table.notes.wrong(place, "this stage names nobody", remedy)
        else:
            stages.append(known_words(table.notes, place, stage, STAGE_WORDS))
    return tuple(stages)


def read_ladder(table: Table) -> tuple[Rung, ...]:
    """Read the rungs; whether they make a ladder is for ``check_policy``."""
    notes, place = table.notes, table.at("ladder")
    before = len(notes.found)
    rungs = []
    given = table.tables("ladder")
    if not given and len(notes.found) == before:
        notes.wrong(place, "the ladder has no rung", f"at least one [[{place}]] would be right")
    if len(given) > MOST_RUNGS:
        notes.wrong(place, f"the ladder has {len(given)} rungs", f"at most {MOST_RUNGS} are right")
    for index, data in enumerate(given):
        rung = Table(notes, f"{place}[{index}]", data, ("after", "tell"))
        after = rung.duration("after", RUNG_AFTER.example, RUNG_AFTER.least, RUNG_AFTER.most)
        if rung.data and "after" not in rung.data:
            rung.wrong("after", "this is missing", f'after = "{RUNG_AFTER.example}" would be right')
        tell = rung.words("tell", TELL_WORDS, '["senior_leader"]')
        rungs.append(Rung(after or timedelta(), tell or ()))
    return tuple(rungs)


def read_kit(table: Table, key: Key) -> tuple[Tick, ...] | None:
    """Read what to have with you at departure; an empty list asks for nothing."""
    given = table.given(key.leaf, list, key.example, required=True)
    if given is None:
        return None
    notes, place = table.notes, table.at(key.leaf)
    if len(given) > MOST_TICKS:
        problem = f"there are {len(given)} things to tick"
        notes.wrong(place, problem, f"at most {MOST_TICKS} are right")
    found: dict[str, Tick] = {}
    for index, data in enumerate(given):
        row = Table(notes, f"{place}[{index}]", data, ("tick", "clause"))
        text = row.text("tick", "Charged phone", required=bool(row.data), most=LONGEST_TICK)
        tick = Tick(text or "", row.text("clause", "phone") or "")
        if text and (not tick.name or tick.name in found):
            problem = "this has no letter" if not tick.name else "this stands there already"
            row.wrong("tick", problem, 'tick = "Charged phone" would be right')
        found[tick.name] = tick
    return tuple(found.values())


def read_clauses(table: Table) -> dict[str, Clause]:
    """Read the sentences of the written policy, by rule."""
    clauses = Table(table.notes, table.at("clauses"), table.data["clauses"], None)
    found = {}
    for rule, data in clauses.data.items():
        if not _RULE.fullmatch(rule):
            problem = "a rule's name is like approval or report_back"
            clauses.wrong(rule, problem, "small letters, digits and _ would be right")
        clause = Table(table.notes, clauses.at(rule), data, ("text", "source"))
        text = clause.text("text", "the sentence, to the letter", required=True, most=1000)
        source = clause.text("source", "Our Policy, Before the visit", required=True)
        found[rule] = Clause(text or "", source or "")
    return found
