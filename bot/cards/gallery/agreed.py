"""Situations in which a time is still to be agreed with the family."""

from dataclasses import replace

from bot.cards.gallery.played import Scene, asked
from bot.cards.gallery.school import ALONE, PLAN, TWO_STAGES, at
from bot.domain import commands as c
from bot.domain.conditions import ticks
from bot.domain.covered import window_of
from bot.domain.plan import Details
from bot.domain.policy import Clause
from bot.domain.school import School

APPOINTMENT = c.RecordAppointment("ana", 1, at("15:00"), at("15:45"), "phone", "Mrs Example")


ON_CONDITIONS = c.Approve(
    "lee",
    1,
    only_if=True,
    conditions=("along", "ring"),
    words="Sit near the door, and come back before it is dark: this month that is by 16:00.",
)


def agreed(details: Details, school: School) -> dict[str, Scene]:
    """Approval first, then the appointment; and going without one."""
    clause = Clause("Visits never occur without prior notice.", TWO_STAGES.title)
    policy = replace(
        TWO_STAGES,
        approval_before_appointment=True,
        appointment_needed="always",
        clauses={**TWO_STAGES.clauses, "unannounced": clause},
    )
    window = window_of(PLAN, policy.approval_window, school.zone)
    plan = replace(PLAN, window=window, fixed=False)
    blank = replace(details, appointment="")
    first = asked(plan=plan, details=blank, policy=policy, school=school)
    yes = first.does("13:25", c.Approve("lee", 1)).does("13:26", c.Approve("okoro", 1))
    possible = replace(policy, appointment_needed="whenever_possible")
    alone = asked(plan=ALONE, details=replace(details, external=None), school=school)
    if_ = alone.does("13:25", ON_CONDITIONS)
    pair = asked(details=details, school=school).does("13:25", ON_CONDITIONS)
    met = tuple(name for name, _ in ticks(pair.visit))
    gone = pair.does("13:52", c.Depart("ana", ("ana", "sam"), ticked=met))
    found = c.Ask("ana", replace(ALONE, companions=("sam",)), replace(details, external=None), 1)
    two = asked(details=details, school=school, policy=TWO_STAGES).does("13:25", ON_CONDITIONS)
    none = asked(details=blank, policy=possible, school=school)
    return {
        "asked, no appointment yet": first,
        "approved, no appointment yet": yes,
        "approved, no appointment yet, nudged": yes.until("14:11"),
        "approved, an appointment recorded": yes.does("13:40", APPOINTMENT),
        "asked, one of two approves if": two,
        "approved if": if_,
        "approved, and the policy asks for more": alone.does("13:25", c.Approve("lee", 1)).under(
            replace(alone.facts.policy, pairs_alone="never")
        ),
        "approved if, details unreadable": if_.unreadable(),
        "approved if, somebody found": if_.does("13:30", found),
        "approved if, a pair": pair,
        "out, to ring on arrival": gone,
        "out, to ring now": gone.does("14:02", c.Arrive("ana")),
        "asked, no appointment": none,
        "approved, no appointment": none.does("13:25", c.Approve("lee", 1)).does(
            "13:26", c.Approve("okoro", 1)
        ),
        "left without an appointment": yes.does("13:55", c.AlreadyLeft("ana")),
    }
