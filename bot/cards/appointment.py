"""The appointment, before whoever leads the visit, goes along, or approves it: what a yes covers
that comes before it, and the form that records it.
"""

from collections.abc import Mapping

from bot.cards.clauses import in_a_hint, quoted
from bot.cards.model import Button, ButtonStyle, Choice, Form, Line, Moment, Text
from bot.cards.view import View
from bot.domain.decide.appointment import may_record
from bot.domain.moments import write_moment
from bot.domain.plan import Window
from bot.domain.visit import Approved

Values = Mapping[str, str]
RULES = ("appointment", "phone_or_letter", "purpose_told", "know_whom", "convenient")
RECORD = "Record the appointment"


def still_open(view: View) -> Window | None:
    """The days that were, or would be, approved, while no appointment is recorded."""
    plan = view.visit.plan
    return None if plan.fixed else plan.window


def days(view: View, window: Window) -> str:
    """``today to Tue 8 Dec``; a window of less than a day to the minute."""
    school = view.facts.school
    first, last = school.local(window.first), school.local(window.last)
    if (first.hour, first.minute) != (0, 0):
        return f"{view.clock(window.first)} to {view.clock(window.last)}"
    today = school.local(view.now).date()
    from_ = "today" if first.date() <= today else f"{first:%a} {first.day} {first:%b}"
    until = "today" if last.date() == today else f"{last:%a} {last.day} {last:%b}"
    return from_ if from_ == until else f"{from_} to {until}"


def would_cover(view: View) -> tuple[Text, ...]:
    """Plainly, before whoever is asked to say yes to it."""
    window = still_open(view)
    if window is None:
        return ()
    minutes = int(window.length.total_seconds() // 60)
    words = (
        f"A yes covers {days(view, window)}, for about {minutes} minutes. {view.lead} then agrees "
        "a time with the family and records it: inside these days I don't ask you again."
    )
    return (Text(words, "strong"),)


def to_be_recorded(view: View) -> str:
    """Before whoever says yes to a time, where one is recorded after that alone."""
    records = view.policy.records_appointments and view.policy.appointment_needed == "always"
    return "Recorded once this is approved" if records and view.visit.plan.window is None else ""


def wait_for_it(view: View) -> tuple[Text, ...]:
    """To whoever asked, while nobody has said yes."""
    window = still_open(view)
    if window is None or view.reader != view.visit.lead:
        return ()
    clause = quoted(view.policy, "approval")
    words = f"Please agree no time with the family yet. A yes will cover {days(view, window)}."
    return (Text(words, "strong"), *((Text(clause, "quiet"),) if clause else ()))


def to_make(view: View) -> tuple[Text, ...]:
    """To whoever goes, once it is approved: what comes next."""
    window = still_open(view)
    if window is None:
        return ()
    who = "you" if view.reader == view.visit.lead else view.lead
    words = f"It covers {days(view, window)}. Next, {who} {_agree(who)} a time with the family."
    if who != "you":
        return (Text(words),)
    clause = quoted(view.policy, *RULES)
    return (
        Text(f"{words} By phone or by letter; then press {RECORD}.", "strong"),
        *((Text(clause, "quiet"),) if clause else ()),
    )


def _agree(who: str) -> str:
    return "agree" if who == "you" else "agrees"


def to_add(view: View) -> bool:
    """Whether its lead has an appointment to record, or may record another."""
    visit = view.visit
    asked_for = visit.plan.window is not None or view.policy.appointment_needed != "no"
    return view.reader == visit.lead and asked_for and may_record(visit, view.policy)


def record_button(view: View, style: ButtonStyle = "default") -> tuple[Button, ...]:
    """For its lead alone, where there is something to record."""
    return (view.button(RECORD, "appointment", style),) if to_add(view) else ()


def form(view: View, *, values: Values | None = None, errors: Values | None = None) -> Form:
    """When, how, with whom, and that they were told what it is about."""
    visit, school = view.visit, view.facts.school
    plan, window = visit.plan, visit.plan.window
    start: dict[str, str] = {}
    if plan.leaving_at > view.now:
        start["leaving_at"] = write_moment(plan.leaving_at, school.zone)
        start["return_at"] = write_moment(plan.return_at, school.zone)
    if view.details and view.details.to_see and view.reader == visit.lead:
        start["whom"] = view.details.to_see
    intro: tuple[str, ...] = ()
    if window and isinstance(visit.phase, Approved):
        intro = (f"What was approved covers {days(view, window)}. Another day is asked for again.",)
    return Form(
        name="appointment",
        title=f"The appointment for {visit.reference}",
        submit=RECORD,
        visit=visit.id,
        version=visit.version,
        args={"revision": str(visit.revision)},
        intro=intro,
        fields=(
            Moment("leaving_at", "Leaving at", required=True),
            Moment("return_at", "Expected back", required=True),
            Choice(
                "how",
                "How was the appointment made?",
                (("phone", "By phone"), ("letter", "By letter")),
                in_a_hint(view.policy, "phone_or_letter"),
                required=True,
            ),
            Line("whom", "With whom?", "Who will be there.", required=True, longest=200),
            Choice(
                "told",
                "What was agreed?",
                (("purpose", "They know what it is about"), ("suits", "The time suits them")),
                in_a_hint(view.policy, "purpose_told", "convenient"),
                several=True,
                required=True,
            ),
        ),
        values=start if values is None else values,
        errors=errors or {},
    )
