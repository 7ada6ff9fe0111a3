"""Visits, parcels and moments to store. Every text that must stay sealed is a canary."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.plan import Details, External, Note, Plan
from bot.domain.policy import Clause, Policy, Rung
from bot.domain.visit import Earlier, Ended, Finished, InAlarm, Out, Requested, Visit, Vote
from bot.domain.watch import Alarm, ClosedAlarm, Due, Owner, Prompt, Visitor, Watch
from bot.ports import Parcel

NOW = datetime(2026, 11, 24, 13, 5, 0, 123456, tzinfo=UTC)
KEY = "a-key-for-tests-of-at-least-32-characters"
OTHER_KEY = "another-key-for-tests-of-32-characters-and-more"


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def details(**changes: Any) -> Details:
    texts: dict[str, Any] = {f.name: f"canary-{f.name}" for f in fields(Details) if f.type is str}
    full = Details(
        **texts,
        external=External("canary-external", "canary-organisation", "canary-external-phone"),
        notes=(Note(NOW, "priya", "declined", "canary-note"),),
        earlier=Details(place="canary-earlier-place", purpose="canary-earlier-purpose"),
    )
    return replace(full, **changes)


def visitor(person: str = "sam", **changes: Any) -> Visitor:
    fresh = Visitor(person, f"{person.title()} Reed", "+44 7700 900111", NOW, "left")
    return replace(fresh, **changes)


def watch(*visitors: Visitor) -> Watch:
    return Watch(NOW, after(60), after(60), visitors or (visitor(due=Due(after(30), "routine")),))


def policy() -> Policy:
    rungs = (Rung(timedelta(), ("visitors", "office")), Rung(timedelta(minutes=5), ("head",)))
    clauses = {"approval": Clause("Visits are approved.", "4.1")}
    return Policy("slps", "SLPS", (("head", "senior_leader"),), rungs, clauses=clauses)


def visit(number: int = 1001, **changes: Any) -> Visit:
    fresh = Visit(
        school="st-example",
        id=f"visit-{number}",
        reference=f"V-{number}",
        lead="sam",
        created_at=NOW,
        plan=Plan(after(10), after(70), ("ali",), "kim"),
        details=details(),
        phase=Requested(NOW, (("head",),)),
        earlier=Earlier("kim", Plan(after(5), after(65)), NOW, (Vote(0, "priya", NOW),)),
    )
    return replace(fresh, **changes)


def in_alarm(number: int = 1001, **changes: Any) -> Visit:
    prompt = Prompt(2, "routine", after(30), after(35), after(33))
    silent = visitor(prompt=prompt, silent_since=after(35))
    alarm = Alarm(
        number=1,
        opened_at=after(35),
        since=after(35),
        base=after(35),
        rung=0,
        told=("office", "kim"),
        holders=("kim",),
        owner=Owner("kim", after(36), after(46)),
        lapsed=("priya",),
    )
    closed = ClosedAlarm(alarm, (silent,), after(20), "kim", after(35))
    out = replace(watch(silent, visitor("ali", back_at=after(40))), closed=closed)
    return visit(number, phase=InAlarm(out, alarm), policy=policy(), **changes)


def out(number: int = 1001, **changes: Any) -> Visit:
    return replace(visit(number, phase=Out(watch()), policy=policy()), **changes)


def finished(number: int = 1001, **changes: Any) -> Visit:
    return visit(number, phase=Finished(watch(), after(60)), policy=policy(), **changes)


def ended(number: int = 1001, **changes: Any) -> Visit:
    return visit(number, phase=Ended("cancelled", NOW, "sam"), **changes)


def parcel(number: int = 1, **changes: Any) -> Parcel:
    fresh = Parcel(
        id=f"parcel-{number}",
        school="st-example",
        visit="visit-1001",
        slot="alarm",
        recipient="kim",
        channel="slack",
        address="U0KIM",
        card="alarm_card",
        key=f"key-{number}",
        created_at=NOW,
        due_at=NOW,
        args={"visitor": "sam"},
    )
    return replace(fresh, **changes)
