"""What is asked about a plan before anybody leaves: why not, who leads it, who stands by."""

from collections.abc import Mapping

from bot.cards.forms.request import BACKUP
from bot.cards.model import Choice, Form, Line
from bot.cards.view import View
from bot.domain.asking import PARAGRAPH
from bot.domain.namesakes import told_apart
from bot.domain.roles import Audience
from bot.domain.standby import Part

Values = Mapping[str, str]
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
    """Somebody else as contact or backup. It asks for no new approval. Whom the visit is kept from
    is for those who see everything of it to know.
    """
    part = part_meant(view.args)
    visit, school = view.visit, view.facts.school
    everything = view.audience is Audience.ALL
    people = [
        (p.id, p.name)
        for p in school.people
        if p.id not in visit.visitors
        and p.id != visit.plan.named(part)
        and (everything or p.id not in visit.plan.kept_from)
    ]
    label = BACKUP if part == "backup" else "Who knows you are going?"
    if visit.watch:
        label = "Who is the backup now?" if part == "backup" else "Who can be reached now?"
    return Form(
        name="name_stand_by",
        title=f"Somebody else for {visit.reference}",
        submit="Ask them",
        visit=visit.id,
        version=visit.version,
        args={"part": part},
        intro=() if visit.watch else ("I ask them at once. The approval stays as it is.",),
        fields=(Choice("person", label, told_apart(people, school), required=True, people=True),),
        values=values or {},
        errors=errors or {},
    )
