"""The request for a visit, and its changes."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.cards import by_kind
from bot.cards.appointment import RECORD, days
from bot.cards.clauses import in_a_hint, join_hints
from bot.cards.model import Choice, Form, Line, Moment
from bot.cards.view import View, join_names
from bot.domain.asking import PARAGRAPH, write_homes
from bot.domain.duration import say_duration
from bot.domain.moments import likely_start, write_moment
from bot.domain.namesakes import told_apart
from bot.domain.plan import KINDS
from bot.domain.policy import Policy
from bot.domain.school import School
from bot.domain.visit import Approved, Visit

Values = Mapping[str, str]
BACKUP = "Who is your backup while school is closed?"


def plan(
    school: School,
    asker: str,
    *,
    policy: Policy,
    values: Values,
    errors: Values | None = None,
    visit: Visit | None = None,
    intro: tuple[str, ...] = (),
) -> Form:
    """The request; with a visit, a changed plan, which is checked against the one it was."""
    others = [person for person in school.people if person.id != asker]
    people = told_apart(((p.id, p.name) for p in others), school)
    goers = told_apart(((p.id, p.name) for p in others if p.phone), school)
    return Form(
        name="plan",
        title="Plan a visit" if visit is None else f"Change {visit.reference}",
        submit="Send for approval",
        visit=visit.id if visit else "",
        version=visit.version if visit else 0,
        args={"revision": str(visit.revision)} if visit else {},
        intro=intro,
        values=values,
        errors=errors or {},
        fields=(
            Choice("kind", "Kind of visit", tuple((k, k) for k in KINDS), required=True),
            Line("family", "Pupil or family", "The office never sees this."),
            Line("place", "Address", required=True),
            Line(
                "more_homes",
                "More homes on this round",
                "One a line, in order: the address, then ; and the pupil or family.",
                several_lines=True,
                longest=PARAGRAPH,
                by_name=True,
            ),
            Line(
                "purpose",
                "Purpose",
                in_a_hint(policy, "purpose"),
                several_lines=True,
                required=True,
                longest=PARAGRAPH,
            ),
            Line(
                "why_not_in_school",
                "Why can't the parent come in?",
                in_a_hint(policy, "necessary", "before_or_after", "ring_at_break")
                or "Or be seen just before or after school, or ring at break?",
                several_lines=True,
            ),
            *by_kind.afterwards(policy, values),
            Line("to_see", "Who do you need to see?", in_a_hint(policy, "to_see")),
            by_kind.discussion(policy, values),
            Moment("leaving_at", "Leaving at", required=True),
            Moment("return_at", "Expected back", required=True),
            Choice(
                "companions",
                "Going with",
                goers,
                join_hints("In pairs whenever possible.", in_a_hint(policy, "pairs")),
                several=True,
                people=True,
            ),
            Line(
                "why_alone",
                "If you go alone, why?",
                in_a_hint(policy, "alone"),
                several_lines=True,
                by_name=True,
            ),
            Line(
                "external_name",
                "Someone from outside (such as an Education Welfare Officer)",
                in_a_hint(policy, "welfare_officer"),
            ),
            Line("external_organisation", "Their organisation"),
            Line("external_phone", "Their phone"),
            Line(
                "who_does_what",
                "Who does what?",
                in_a_hint(policy, "who_does_what"),
                several_lines=True,
            ),
            *_appointment(policy),
            *by_kind.unannounced(policy, values, school),
            Line("risks", "Known risks", several_lines=True),
            Line(
                "needs",
                "Language or other needs",
                join_hints(
                    "Also whether an interpreter comes, and what to know of religion.",
                    in_a_hint(policy, "needs"),
                ),
            ),
            Choice(
                "contact",
                "Who knows you are going?",
                people,
                "Somebody who stays behind, whom you can reach.",
                people=True,
            ),
            Choice(
                "backup",
                BACKUP,
                people,
                "Evenings, weekends, holidays: somebody who watches until you are back.",
                people=True,
                by_name=True,
            ),
            Choice(
                "kept_from",
                "Who must not know of it?",
                people,
                "Whoever knows the family, say. They are left out of everything about it.",
                several=True,
                people=True,
                by_name=True,
            ),
        ),
    )


def _appointment(policy: Policy) -> tuple[Line, ...]:
    """Only where it may be made before the yes."""
    if policy.records_appointments:
        return ()
    hint = in_a_hint(policy, "phone_or_letter")
    return (Line("appointment", "How was the appointment made?", hint),)


def plan_intro(view: View) -> tuple[str, ...]:
    """What comes of changing an approved plan."""
    if not isinstance(view.visit.phase, Approved):
        return ()
    small = say_duration(view.policy.approval_small_change)
    if (window := view.visit.plan.window) is not None:
        covers = f"What was approved covers {days(view, window)}."
        return (
            f"{covers} For an appointment then, press {RECORD} instead: nobody is asked again.",
            "Anything else is asked for again, and you can't leave until it is approved.",
        )
    return (
        f"A shift of the times alone, by up to {small}, needs no new approval.",
        "Anything else is asked for again, and you can't leave until it is approved.",
    )


def changed_meanwhile(view: View, why: str) -> str:
    """Somebody else changed the plan while this one was being typed: what it is now."""
    others = join_names(view.name(p) for p in view.visit.plan.companions) or "nobody"
    return f"{why} It is now: {view.place}, {view.when()}, with {others}."


def plan_values(view: View | None, school: School, now: datetime) -> dict[str, str]:
    """What stands in the request form at first: likely times, or the visit's present plan."""
    if view is None:
        start = likely_start(now)
        return {
            "leaving_at": write_moment(start, school.zone),
            "return_at": write_moment(start + timedelta(minutes=45), school.zone),
        }
    plan_, details = view.visit.plan, view.details
    values = {
        "leaving_at": write_moment(plan_.leaving_at, school.zone),
        "return_at": write_moment(plan_.return_at, school.zone),
        "companions": ",".join(plan_.companions),
        "contact": plan_.contact or "",
        "kept_from": ",".join(plan_.kept_from),
        "backup": plan_.backup or "",
    }
    if details:
        outside = details.external
        values |= {
            "kind": details.kind,
            "family": details.family,
            "place": details.place,
            "more_homes": write_homes(details.further),
            "purpose": details.purpose,
            "why_not_in_school": details.why_not_in_school,
            "to_see": details.to_see,
            "discussion": details.discussion,
            "appointment": details.appointment,
            "risks": details.risks,
            "needs": details.needs,
            "who_does_what": details.who_does_what,
            "why_alone": details.why_alone,
            "follow_up": details.follow_up,
            "more_help": details.more_help,
            "unannounced": "yes" if details.unannounced else "",
            "authorised_by": details.authorised_by,
            "external_name": outside.name if outside else "",
            "external_organisation": outside.organisation if outside else "",
            "external_phone": outside.phone if outside else "",
        }
    return values
