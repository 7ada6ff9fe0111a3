"""Words that stand on more than one card."""

from collections.abc import Mapping

from bot.cards.clauses import quoted
from bot.cards.model import Button, Text
from bot.cards.view import View, join_names
from bot.domain.agreed import is_agreed
from bot.domain.covered import covered_until
from bot.domain.facts import Elsewhere, Telling, telling
from bot.domain.roles import OFFICE
from bot.domain.visit import (
    Approved,
    ChangesAsked,
    Ended,
    Finished,
    InAlarm,
    Out,
    Requested,
)
from bot.domain.watch import Alarm, Visitor

POLICY_CHANGED = "The school's policy has changed since it was approved, so it is asked again."
HEARD = {
    "left": "leaving",
    "taken_along": "only that they left too",
    "arrived": "arriving",
    "ok": "saying OK",
    "more_time": "asking for more time",
    "moved": "saying that they had gone somewhere else",
    "phoned": "on the phone",
    "wrote": "by message",
    "help": "asking for help",
    "uneasy": "uneasy and leaving",
    "back": "saying that they are back",
    "safe": "reported safe",
}
_CAME_TO_NOTHING = {
    "declined": "is declined",
    "withdrawn": "is no longer approved",
    "cancelled": "is cancelled",
    "expired": "has lapsed",
}

TELLING: Mapping[Telling, str] = {
    "telling": "I'm telling your colleagues",
    "told": "Your colleagues have been told",
    "nobody": "I haven't reached anybody yet",
}


def colleagues(view: View) -> str:
    """What a visitor may rely on: nobody is said to know before a channel has confirmed it (S8)."""
    return TELLING[telling(view.visit, view.facts.reached)]


def last_heard(view: View, visitor: Visitor) -> str:
    """``Last heard from Ana Teach at 13:52, leaving``."""
    at = view.clock(visitor.last_heard)
    if visitor.heard == "taken_along":
        return f"Nothing heard from {visitor.name} yet; said by others to have left at {at}."
    by = f", says {view.name(visitor.vouched_by)}" if visitor.vouched_by else ""
    return f"Last heard from {visitor.name} at {at}, {HEARD[visitor.heard]}{by}."


def nothing_said(view: View) -> str:
    """Of risks, where the field was left empty: never that there are none."""
    return f"Nothing said about risks by {view.lead}"


def alarm_line(view: View) -> tuple[Text, ...]:
    """On cards beside the alarm's own message: what it is about, for whoever has only these."""
    if view.alarm is None:
        return ()
    calls = [v for v in view.watch.visitors if v.help_at]
    said = [f"{v.name} asked for help at {view.clock(v.help_at)}." for v in calls if v.help_at]
    silent = join_names(v.name for v in sought(view))
    about = " ".join(said) or f"No answer from {silent}."
    return (Text(f"An alarm is open. {about}", "strong"),)


def votes_said(view: View) -> tuple[str, ...]:
    """Who approved, and when."""
    phase = view.visit.phase
    if not isinstance(phase, Requested | Approved):
        return ()
    return tuple(f"Approved by {view.name(v.by)} at {view.clock(v.at)}." for v in phase.votes)


def on_a_condition(view: View) -> str:
    """For whoever may know that there is one, and not what it is."""
    phase = view.visit.phase
    votes = phase.votes if isinstance(phase, Requested | Approved) else ()
    return ", on a condition" if any(vote.conditional for vote in votes) else ""


def unannounced(view: View) -> tuple[Text, ...]:
    """Who put their name to going without an appointment; nothing once there is one."""
    phase = view.visit.phase
    if not isinstance(phase, Requested | Approved) or is_agreed(view.details, view.policy):
        return ()
    names = join_names(dict.fromkeys(view.name(v.by) for v in phase.votes if v.unannounced))
    return (Text(f"{names} authorised going without an appointment."),) if names else ()


def outcome(view: View) -> str:
    """What has become of the visit, in one sentence."""
    match view.visit.phase:
        case Requested():
            return "Waiting for approval."
        case ChangesAsked(by=by, at=at):
            return f"{view.name(by)} asked for changes at {view.clock(at)}."
        case Approved(votes=votes):
            names = join_names(dict.fromkeys(view.name(v.by) for v in votes))
            return f"Approved by {names} at {view.clock(votes[-1].at)}{on_a_condition(view)}."
        case Out(watch=watch):
            due = view.clock(watch.expected_return)
            return f"Out since {view.clock(watch.departed_at)}, due back {due}."
        case InAlarm():
            return "Out, and an alarm is open."
        case Finished(at=at):
            return f"Over since {view.clock(at)}: everybody is back, or known to be safe."
        case Ended(how="expired", at=at):
            return f"Not left in time: the request lapsed at {view.clock(at)}."
        case Ended(how=how, at=at, by=by):
            done = {
                "declined": "declined",
                "withdrawn": "withdrew the approval of",
                "cancelled": "cancelled",
            }[how]
            return f"{view.name(by or '')} {done} this visit at {view.clock(at)}."


def came_to_nothing(how: str, visit: str) -> str:
    """``visit V-1042 has lapsed``: a visit that never left, by how it ended."""
    return f"{visit} {_CAME_TO_NOTHING[how]}"


def policy_says(view: View, *rules: str) -> tuple[Text, ...]:
    """The sentences of the written policy behind what a card asks, quietly."""
    sentences = quoted(view.policy, *rules)
    return (Text(sentences, "quiet"),) if sentences else ()


def hand_over(view: View, label: str = "Hand over") -> Button:
    """Somebody else leads: checked against the plan that the reader sees."""
    return view.button(label, "hand_over", revision=str(view.visit.revision))


def lapses_at(view: View) -> str:
    """When a request that nobody answers, or an approval that nobody uses, is over (S12)."""
    return view.clock(covered_until(view.visit, view.policy))


def without_a_yes(view: View) -> str:
    """What becomes of a request that nobody answers."""
    return f"Without a yes by {lapses_at(view)} it lapses, and nobody may leave."


def _others(view: View) -> tuple[Elsewhere, ...]:
    """The visitors' other visits, but for those that are kept from the reader; the office channel
    counts as everybody who may read it.
    """
    others = view.facts.others
    if view.reader == OFFICE:
        return tuple(other for other in others if not other.kept_from)
    return tuple(other for other in others if view.reader not in other.kept_from)


def elsewhere(view: View) -> tuple[tuple[str, str], ...]:
    """Somebody on two visits at once may be at the other address (S14)."""
    rows = (
        f"{other.place} ({join_names(map(view.name, other.people))}, {other.reference}"
        f"{_along(other)})"
        for other in _others(view)
        if other.place and other.people
    )
    return tuple(("Or at", row) for row in rows)


def _along(other: Elsewhere) -> str:
    """Whoever is on the other visit may be with them, and is worth a call."""
    people = [f"{name} {phone or '(no phone known)'}" for name, phone in other.along]
    return f"; with {join_names(people)}" if people else ""


def with_them(view: View) -> tuple[tuple[str, str], ...]:
    """Somebody from outside on the visit, as a row. The organisation can give the purpose away
    (P2), so the watch sees a name and a phone only (S10).
    """
    outside = view.details.external if view.details else None
    if outside is None:
        return ()
    return (("With them", f"{outside.name}, from outside: {outside.phone or 'no phone known'}"),)


def sought(view: View) -> tuple[Visitor, ...]:
    """Whom an alarm is about."""
    return view.watch.troubled or view.watch.out


def or_you(view: View, person: str) -> str:
    """The reader is "you"."""
    return "you" if person == view.reader else view.name(person)


def who_rings(view: View, open_: Alarm) -> tuple[Text, ...]:
    """Who rings 999; later on, only that they said so: nobody relies on that for ever (S7)."""
    if open_.ringing is None:
        return ()
    who = or_you(view, open_.ringing)
    who = f"{who[0].upper()}{who[1:]}"
    if open_.rings(view.now):
        return (Text(f"{who} {'are' if who == 'You' else 'is'} ringing 999.", "strong"),)
    they = "you" if who == "You" else "they"
    at = f" at {view.clock(open_.ringing_at)}" if open_.ringing_at else ""
    return (Text(f"{who} said{at} that {they} were ringing 999.", "strong"),)


def doubled(view: View) -> tuple[Text, ...]:
    """Who would be on two visits at once: said to whoever goes, and to whoever approves (S14)."""
    plan = view.visit.plan
    return tuple(
        Text(
            f"{join_names(map(view.name, other.people))} would be on two visits at once: another "
            f"is planned {view.clock(other.leaving_at)} to {view.clock(other.return_at)}.",
            "strong",
        )
        for other in _others(view)
        if other.people and other.leaving_at < plan.return_at and plan.leaving_at < other.return_at
    )
