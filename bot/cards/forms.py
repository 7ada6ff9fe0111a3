"""The forms, with the labels that stay fixed on the outside."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.cards import by_kind, conditions, standby
from bot.cards.appointment import RECORD, days
from bot.cards.clauses import in_a_hint, join_hints
from bot.cards.kit import to_have
from bot.cards.model import Choice, Form, Line, Moment
from bot.cards.view import View, join_names
from bot.domain.asking import PARAGRAPH, write_homes
from bot.domain.covered import as_planned, late
from bot.domain.duration import say_duration
from bot.domain.moments import likely_start, write_moment
from bot.domain.namesakes import told_apart
from bot.domain.plan import KINDS
from bot.domain.policy import Policy
from bot.domain.roles import left_behind
from bot.domain.school import School
from bot.domain.standby import Part
from bot.domain.visit import Approved, Visit
from bot.domain.watch import Visitor

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
            Choice("kind", "Kind of visit", tuple((k, k) for k in KINDS)),
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
            Line("appointment", "How was the appointment made?"),
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
                "Somebody who knows the family, say. They are left out of everything about it.",
                people=True,
                by_name=True,
            ),
        ),
    )


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


def hand_over(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """Who leads from now on. A companion can only take over."""
    visit, school = view.visit, view.facts.school
    takes_over = view.reader in visit.plan.companions
    people = [
        (p.id, p.name)
        for p in school.people
        if p.phone and p.id != visit.lead and (p.id == view.reader or not takes_over)
    ]
    return Form(
        name="hand_over",
        title=f"{'Take over' if takes_over else 'Hand over'} {visit.reference}",
        submit="Take over" if takes_over else "Hand over",
        visit=visit.id,
        version=visit.version,
        args={"revision": str(visit.revision)},
        intro=(
            f"{view.lead} is off the visit then, and it is asked for again.",
            "Whoever leads it sees everything about it.",
        ),
        fields=(Choice("to", "Who leads it now?", told_apart(people, school), required=True),),
        values=({"to": view.reader} if takes_over else {}) if values is None else values,
        errors=errors or {},
    )


def part_meant(args: Mapping[str, str]) -> Part:
    """Whom a button or a form is about: the contact, where it doesn't say."""
    return "backup" if args.get("part") == "backup" else "contact"


def name_stand_by(
    view: View, *, values: Values | None = None, errors: Values | None = None
) -> Form:
    """Somebody else as contact or backup. It asks for no new approval."""
    part = part_meant(view.args)
    visit, school = view.visit, view.facts.school
    people = [
        (p.id, p.name)
        for p in school.people
        if p.id not in visit.visitors and p.id != visit.plan.named(part)
    ]
    label = BACKUP if part == "backup" else "Who knows you are going?"
    return Form(
        name="name_stand_by",
        title=f"Somebody else for {visit.reference}",
        submit="Ask them",
        visit=visit.id,
        version=visit.version,
        args={"part": part},
        intro=("I ask them at once. The approval stays as it is.",),
        fields=(Choice("person", label, told_apart(people, school), required=True, people=True),),
        values=values or {},
        errors=errors or {},
    )


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


_REASONS = {
    "decline": ("Decline {reference}", "Decline"),
    "ask_for_changes": ("Ask for changes to {reference}", "Ask for changes"),
    "withdraw": ("Withdraw approval of {reference}", "Withdraw approval"),
}


def reason(
    view: View, name: str, *, values: Values | None = None, errors: Values | None = None
) -> Form:
    """Decline, ask for changes, withdraw: one field."""
    title, submit = _REASONS[name]
    return Form(
        name=name,
        title=title.format(reference=view.visit.reference),
        submit=submit,
        visit=view.visit.id,
        version=view.visit.version,
        args=view.args,
        fields=(
            Line(
                "reason",
                "Reason",
                f"{view.visitors} {'sees' if len(view.visit.visitors) == 1 else 'see'} this.",
                several_lines=True,
                required=True,
                longest=PARAGRAPH,
            ),
        ),
        values=values or {},
        errors=errors or {},
    )


GUEST = "+outside"
"""Somebody from outside among those who really go: no id of a person looks like this."""


def _guest(view: View) -> tuple[tuple[str, str], ...]:
    """They complete a pair only if they come (S10)."""
    guest = view.details.external if view.details else None
    if guest is None or view.visit.watch or view.reader not in view.visit.visitors:
        return ()
    return ((GUEST, f"{guest.name[:50]}, from outside"),)


def leave(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """At the door: what you carry, who is really going (S10), when you will be back (S12). Where
    the policy refuses who would go, its sentence stands below them.
    """
    visit, school = view.visit, view.facts.school
    people = [p for p in visit.planned if visit.watch is None or left_behind(p, visit)]
    later = late(visit, view.policy, view.now)
    sooner = not as_planned(visit, view.policy, view.now)
    back = view.now + visit.plan.length if later or sooner else visit.plan.return_at
    when = "later" if later else "sooner"
    check = f"You leave {when} than planned: check when you will be back."
    goers = told_apart(((p, view.name(p)) for p in people), school) + _guest(view)
    going = ",".join(who for who, _ in goers)
    start = {"going": going, "until": write_moment(back, school.zone)}
    new = later or sooner
    already = (view.button("I've already left", "already_left"),) if errors else ()
    return Form(
        name="leave",
        title=f"Leaving on {visit.reference}",
        submit="I'm leaving now",
        intro=(
            *((check,) if new else ()),
            *conditions.in_full(view),
            *(f"{label}: {who}." for label, who in standby.rows(view)),
        ),
        visit=visit.id,
        version=visit.version,
        fields=(
            *to_have(
                view.policy,
                conditions.at_the_door(view),
                unread=view.reader in view.facts.unread,
            ),
            Choice(
                "going",
                "Who is really going?",
                goers,
                hint=in_a_hint(view.policy, *view.args.get("rules", "").split(",")),
                several=True,
                required=True,
            ),
            Moment("until", "Expected back", required=True),
        ),
        values=start if values is None else values,
        errors=errors or {},
        extra=already,
    )


def more_time(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """How much longer; or a time of day."""
    return Form(
        name="more_time",
        title="I need more time",
        submit="Send",
        visit=view.visit.id,
        version=view.visit.version,
        intro=(f"You are due back at {view.clock(view.watch.expected_return)}.",),
        fields=(
            Choice(
                "minutes",
                "How much longer?",
                (
                    ("10", "10 minutes"),
                    ("20", "20 minutes"),
                    ("30", "30 minutes"),
                    ("60", "1 hour"),
                ),
            ),
            Moment("until", "Or until when?"),
        ),
        values={"minutes": "20"} if values is None else values,
        errors=errors or {},
    )


def moved(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """Gone somewhere else (S14)."""
    return Form(
        name="moved",
        title="Gone somewhere else",
        submit="Tell the office",
        visit=view.visit.id,
        version=view.visit.version,
        fields=(Line("place", "Address", "Where are you now?", required=True, longest=200),),
        values=values or {},
        errors=errors or {},
    )


def phoned(
    view: View, name: str, *, values: Values | None = None, errors: Values | None = None
) -> Form:
    """The office's word names who phoned (S10); only where one person went need it not ask."""
    out, alone = view.watch.out, len(view.watch.visitors) == 1
    back = ((v.name, v.back_at) for v in view.watch.visitors if v.back_at)
    past = view.now >= view.watch.expected_return
    who = told_apart(((v.id, v.name) for v in out), view.facts.school)
    fields: tuple[Choice | Moment, ...] = (Choice("visitor", "Who phoned?", who, required=True),)
    if name == "phoned_ok" and past:
        fields = (*fields, Moment("until", "When will they be back?"))
    return Form(
        name=name,
        title="They phoned: OK" if name == "phoned_ok" else "They phoned: back",
        submit="Record it",
        intro=tuple(f"{name} is back already, since {view.clock(at)}." for name, at in back),
        visit=view.visit.id,
        version=view.visit.version,
        fields=fields,
        values=({"visitor": out[0].id} if out and alone else {}) if values is None else values,
        errors=errors or {},
    )


def may_be_safe(visit: Visit) -> tuple[Visitor, ...]:
    """Whom a stand-down can speak for: still out, or in trouble."""
    visitors = visit.watch.visitors if visit.watch else ()
    return tuple(v for v in visitors if v.is_out or v.in_trouble)


def safe(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """They are safe: how they know, and whether the visit is over (S2). Where it could be about
    several people, about whom: nobody is safe whom nobody asked about (S6).
    """
    people = may_be_safe(view.visit)
    start = {"over": "no"}
    who: tuple[Choice, ...] = ()
    if len(people) > 1:
        start["who"] = ",".join(v.id for v in people if v.in_trouble)
        names = told_apart(((v.id, v.name) for v in people), view.facts.school)
        who = (Choice("who", "Who is safe?", names, several=True, required=True),)
    return Form(
        name="safe",
        title="They are safe",
        submit="They are safe",
        visit=view.visit.id,
        version=view.visit.version,
        args=view.args,
        fields=(
            *who,
            Line(
                "how",
                "How do you know?",
                "For example: I spoke to her, she is in the car.",
                several_lines=True,
                required=True,
                longest=PARAGRAPH,
            ),
            Choice(
                "over",
                "Is the visit over?",
                (("no", "No, keep watching"), ("yes", "Yes")),
                required=True,
            ),
        ),
        values=start if values is None else values,
        errors=errors or {},
    )


def hold(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """The owner asks to hold the alarm longer, once, with a note (S7)."""
    return Form(
        name="on_it",
        title="I'm still on it",
        submit="Hold it longer",
        visit=view.visit.id,
        version=view.visit.version,
        fields=(Line("note", "What are you doing?", required=True, longest=PARAGRAPH),),
        values=values or {},
        errors=errors or {},
    )


def concern_words(
    view: View, *, values: Values | None = None, errors: Values | None = None
) -> Form:
    """Words to a concern, if they like: for those who were told of it alone."""
    return Form(
        name="concern_words",
        title="Add words",
        submit="Send",
        visit=view.visit.id,
        version=view.visit.version,
        args=view.args,
        private=True,
        fields=(
            Line(
                "words",
                "What would you like to say?",
                "Only those whom I told can read it.",
                several_lines=True,
                required=True,
                longest=PARAGRAPH,
            ),
        ),
        values=values or {},
        errors=errors or {},
    )
