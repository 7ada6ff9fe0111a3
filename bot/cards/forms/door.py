"""What is asked at the door."""

from collections.abc import Mapping

from bot.cards import conditions, standby
from bot.cards.clauses import in_a_hint
from bot.cards.kit import to_have
from bot.cards.model import Choice, Form, Moment
from bot.cards.view import View
from bot.domain.covered import as_planned, late
from bot.domain.moments import write_moment
from bot.domain.namesakes import told_apart
from bot.domain.roles import left_behind

Values = Mapping[str, str]
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
