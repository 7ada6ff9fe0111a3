"""Reading a request: from a form's values to a plan and its details, or what is wrong with them.

Nothing typed is lost: the caller shows the form again with everything in it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.agreed import says_none
from bot.domain.covered import window_of
from bot.domain.duration import say_duration
from bot.domain.moments import BadMoment, read_moment
from bot.domain.plan import KINDS, Details, External, Home, Plan
from bot.domain.policy import Policy
from bot.domain.school import School
from bot.domain.standby import PARTS, Part

FURTHEST = timedelta(days=92)
MOST_COMPANIONS = 9
MOST_HOMES = 8
LINE, PARAGRAPH = 200, 2000
NEEDED = {
    "kind": "What kind of visit is it? If none of them fits, choose Other.",
    "place": "Where are you going? The office needs an address.",
    "purpose": "Please say why, in a sentence: whoever approves needs to know.",
}
LONGEST = {
    "family": LINE,
    "place": LINE,
    "purpose": PARAGRAPH,
    "why_not_in_school": PARAGRAPH,
    "to_see": LINE,
    "discussion": PARAGRAPH,
    "external_name": LINE,
    "external_organisation": LINE,
    "external_phone": 40,
    "who_does_what": PARAGRAPH,
    "why_alone": PARAGRAPH,
    "appointment": PARAGRAPH,
    "risks": PARAGRAPH,
    "needs": PARAGRAPH,
    "follow_up": PARAGRAPH,
    "more_help": PARAGRAPH,
}
_OF_A_GUEST = ("external_organisation", "external_phone")
ONE_LINE = frozenset(name for name, most in LONGEST.items() if most <= LINE)


@dataclass(frozen=True, slots=True)
class Asking:
    """A request that can be sent."""

    plan: Plan
    details: Details


_MARK = "[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]"
_FLOOD = re.compile(f"({_MARK}{{4}}){_MARK}+")
"""More marks on one letter than any language has: they would run over the lines around it."""


def tidy(text: str) -> str:
    """What can be read: no control, direction or invisible characters but line breaks, no half
    surrogates, no floods of marks, and no space around it.
    """
    readable = "".join(c for c in text if c in "\n\t" or c.isprintable())
    return _FLOOD.sub(r"\1", readable).strip()


def read_request(
    values: Mapping[str, str], asker: str, school: School, policy: Policy, now: datetime
) -> Asking | dict[str, str]:
    """Give the request, or errors by field name. Times are in the school's zone (S13)."""
    typed = {name: tidy(value) for name, value in values.items()}
    typed |= {name: " ".join(value.split()) for name, value in typed.items() if name in ONE_LINE}
    errors = {
        name: f"That is longer than {most} characters. Please shorten it."
        for name, most in LONGEST.items()
        if len(typed.get(name, "")) > most
    }
    errors |= {name: missing for name, missing in NEEDED.items() if not typed.get(name)}
    kind = typed.get("kind", "")
    if kind and kind not in KINDS:
        errors["kind"] = "Please choose one of the kinds in the list."
    if typed.get("unannounced", "") not in {"", "yes", "no"}:
        errors["unannounced"] = "Please choose yes or no."
    if school.person(authorised := typed.get("authorised_by", "")) is None and authorised:
        errors["authorised_by"] = "Please choose one of the people of the school."
    companions = tuple(dict.fromkeys(p for p in typed.get("companions", "").split(",") if p))
    kept = tuple(dict.fromkeys(p for p in typed.get("kept_from", "").split(",") if p))
    errors |= _people(asker, companions, school)
    errors |= _homes(typed.get("more_homes", ""))
    if not typed.get("external_name") and any(typed.get(name) for name in _OF_A_GUEST):
        errors["external_name"] = "Who is it? Without a name I can't say who goes along."
    for part in PARTS:
        errors |= _stands_by(part, typed.get(part, ""), (asker, *companions), school)
    named = (asker, *companions, *(typed.get(part, "") for part in PARTS))
    errors |= _kept_from(kept, named, school)
    times = read_times(typed, school, policy, now)
    if isinstance(times, dict):
        errors |= times
    if errors or isinstance(times, dict):
        return errors
    outside, further = typed.get("external_name", ""), read_homes(typed.get("more_homes", ""))
    unannounced = typed.get("unannounced") == "yes"
    plan = Plan(
        times[0],
        times[1],
        companions,
        contact=typed.get("contact") or None,
        kept_from=kept,
        homes=1 + len(further),
        backup=typed.get("backup") or None,
    )
    appointment = "" if policy.records_appointments else typed.get("appointment", "")
    if policy.approval_before_appointment and not unannounced:
        window = window_of(plan, policy.approval_window, school.zone)
        plan = replace(plan, window=window, fixed=False)
    return Asking(
        plan,
        Details(
            place=typed["place"],
            kind=kind,
            family=typed.get("family", ""),
            purpose=typed["purpose"],
            why_not_in_school=typed.get("why_not_in_school", ""),
            to_see=typed.get("to_see", ""),
            discussion=typed.get("discussion", ""),
            appointment=appointment,
            risks=typed.get("risks", ""),
            needs=typed.get("needs", ""),
            who_does_what=typed.get("who_does_what", ""),
            why_alone=typed.get("why_alone", ""),
            further=further,
            follow_up=typed.get("follow_up", ""),
            more_help=typed.get("more_help", ""),
            unannounced=unannounced,
            authorised_by=authorised if unannounced or says_none(appointment) else "",
            external=External(
                outside,
                typed.get("external_organisation", ""),
                typed.get("external_phone", ""),
            )
            if outside
            else None,
        ),
    )


def read_homes(text: str) -> tuple[Home, ...]:
    """One home a line: the address, and after a semicolon the pupil or family."""
    lines = (line.partition(";") for line in text.splitlines() if line.strip(" ;"))
    return tuple(Home(place.strip(), family.strip()) for place, _, family in lines)


def write_homes(homes: tuple[Home, ...]) -> str:
    """The lines that are read as these homes."""
    return "\n".join(
        f"{home.place}; {home.family}" if home.family else home.place for home in homes
    )


def _homes(text: str) -> dict[str, str]:
    homes = read_homes(text)
    if len(homes) >= MOST_HOMES:
        return {"more_homes": f"A round has at most {MOST_HOMES} homes. Please plan another visit."}
    for number, home in enumerate(homes, 2):
        if not home.place:
            return {"more_homes": f"Home {number} has no address. The office needs one."}
        if max(len(home.place), len(home.family)) > LINE:
            why = f"Home {number} is longer than {LINE} characters. Please shorten it."
            return {"more_homes": why}
    return {}


def _people(asker: str, companions: tuple[str, ...], school: School) -> dict[str, str]:
    errors: dict[str, str] = {}
    lead = school.person(asker)
    if lead is None or not lead.phone:
        errors[""] = (
            "The school has no phone number for you, and nobody goes on a visit without one. "
            "Please ask the office to add it."
        )
    if asker in companions:
        errors["companions"] = "You are going anyway: choose who goes with you."
    elif len(companions) > MOST_COMPANIONS:
        errors["companions"] = f"At most {MOST_COMPANIONS} colleagues can go along."
    for person_id in companions:
        person = school.person(person_id)
        if person is None:
            errors["companions"] = "Please choose from the people of the school."
        elif not person.phone:
            errors["companions"] = (
                f"The school has no phone number for {person.name}. Ask the office to add it."
            )
    return errors


def _stands_by(part: Part, named: str, going: tuple[str, ...], school: School) -> dict[str, str]:
    if named and school.person(named) is None:
        return {part: "Please choose one of the people of the school."}
    if named in going:
        return {part: "Choose somebody who stays behind, whom you can reach."}
    return {}


def _kept_from(kept: tuple[str, ...], on_it: tuple[str, ...], school: School) -> dict[str, str]:
    """Nobody can be left out of what they go on, or stand by for."""
    if any(school.person(person) is None for person in kept):
        return {"kept_from": "Please choose from the people of the school."}
    both = [school.name_of(person) for person in kept if person in on_it]
    if both:
        return {"kept_from": f"{both[0]} is on the visit, or knows of it. Choose one or the other."}
    return {}


def read_times(
    typed: Mapping[str, str], school: School, policy: Policy, now: datetime
) -> tuple[datetime, datetime] | dict[str, str]:
    """When they leave and will be back, or what is wrong with it, by field."""
    errors: dict[str, str] = {}
    moments: dict[str, datetime] = {}
    for name in ("leaving_at", "return_at"):
        if not typed.get(name):
            errors[name] = "Please give a date and a time."
            continue
        try:
            moments[name] = read_moment(typed[name], school.zone)
        except BadMoment as bad:
            errors[name] = str(bad)
        except OverflowError:
            errors[name] = "Please give a date near today."
    leaving, back = moments.get("leaving_at"), moments.get("return_at")
    if leaving and leaving < now - policy.approval_small_change:
        errors["leaving_at"] = "That is past already. When are you leaving?"
    elif leaving and leaving > now + FURTHEST:
        errors["leaving_at"] = "That is more than three months ahead. Please check the date."
    if back and leaving and back <= leaving:
        errors["return_at"] = "That is before you leave. When will you be back?"
    elif back and back <= now:
        errors["return_at"] = "That is past already. When will you be back?"
    elif back and leaving and back - leaving > policy.visit_at_most:
        longest = say_duration(policy.visit_at_most)
        errors["return_at"] = f"A visit takes at most {longest} at this school."
    if errors or leaving is None or back is None:
        return errors
    return leaving, back
