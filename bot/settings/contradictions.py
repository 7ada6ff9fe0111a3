"""Rules of a policy that cancel each other out. Each works by itself, so that these are warnings:
what a school wrote is kept, and a rule that never comes to bear is told by its key.
"""

from collections.abc import Iterator
from datetime import timedelta

from bot.domain.duration import write_duration
from bot.domain.policy import Policy
from bot.domain.rules.pairs import STRICTNESS
from bot.domain.schedule import from_an_answer
from bot.settings.mistakes import Mistake
from bot.settings.policy_keys import BY_PATH

SHORTER = (
    ("check_in.reply_within", "check_in.every", "they are asked again before their time is up"),
    ("return.remind_before", "visit.at_most", "the reminder could never come"),
    ("departure.nudge_after", "approval.valid_for", "the approval lapses before they are asked"),
    ("approval.small_change", "approval.valid_for", "a small change may outlast the approval"),
    ("flags.review_every", "flags.at_most", "a flag ends before anybody looks at it again"),
    ("approval.valid_for", "approval.window", "the yes to one time outlasts the yes to all"),
)
"""The first is to be shorter than the second, or what the third says comes of it."""


def contradictions(policy: Policy) -> Iterator[Mistake]:
    """Give all of them, by key."""
    for path, than, therefore in SHORTER:
        if BY_PATH[than].field == "approval_window" and not policy.approval_before_appointment:
            continue
        length, longest = _length(policy, path), _length(policy, than)
        if length >= longest:
            problem = f"{write_duration(length)} is not shorter than {than}, so {therefore}"
            yield _warning(path, problem, f"less than {write_duration(longest)}")
    yield from _prompts(policy)
    yield from _ladder(policy)
    yield from _appointment(policy)
    yield from _kinds(policy)


def _prompts(policy: Policy) -> Iterator[Mistake]:
    """A prompt too close to the last answer is dropped: then ``check_in.every`` isn't so."""
    every, close = policy.check_in_every, policy.check_in_not_within
    if close > every:
        problem = (
            f"{write_duration(close)} is longer than check_in.every, so after an answer they are "
            f"asked again only {write_duration(from_an_answer(policy))} later"
        )
        yield _warning("check_in.not_within", problem, f"at most {write_duration(every)}")


def _ladder(policy: Policy) -> Iterator[Mistake]:
    """The last rung repeats: one that is told at once takes as long as it waits for that."""
    if not policy.ladder:
        return
    whole = policy.ladder[-1].after or policy.alarm_repeat
    for path in ("return.grace", "check_in.reply_within", "alarm.unreached_after"):
        if (length := _length(policy, path)) > whole:
            problem = (
                f"{write_duration(length)} is longer than the whole ladder, which takes "
                f"{write_duration(whole)}"
            )
            yield _warning(path, problem, f"at most {write_duration(whole)}")
    known: set[str] = set()
    for index, rung in enumerate(policy.ladder):
        if set(rung.tell) <= known and index < len(policy.ladder) - 1:
            problem = "this rung tells nobody whom an earlier one hasn't told"
            yield _warning(f"ladder[{index}].tell", problem, "somebody else besides, or no rung,")
        known |= set(rung.tell)


def _appointment(policy: Policy) -> Iterator[Mistake]:
    if policy.approval_before_appointment and policy.appointment_needed == "no":
        problem = "approval comes before an appointment, and no appointment is needed"
        yield _warning("approval.before_appointment", problem, 'appointment.needed = "always"')
    exceptions = {
        "always": (
            "nobody leaves without an appointment, but on this kind of visit: that wins",
            "",
        ),
        "no": (
            "no visit needs an appointment, so this holds only where they say that they go so",
            'appointment.needed = "whenever_possible", ',
        ),
    }
    if policy.appointment_needed not in exceptions:
        return
    problem, mend = exceptions[policy.appointment_needed]
    for name, rules in policy.kinds.items():
        if rules.unannounced:
            remedy = f"{mend}no [kinds.{name}.unannounced], or that it is meant so,"
            yield _warning(f"kinds.{name}.unannounced", problem, remedy)


def _kinds(policy: Policy) -> Iterator[Mistake]:
    """What a kind, or a risk, asks for counts where it is stricter than what every visit asks."""
    strictest = STRICTNESS.index(policy.pairs_alone)
    for path in ("pairs.with_risks", "pairs.after_trouble", "pairs.flagged"):
        value = getattr(policy, BY_PATH[path].field)
        if value != "free" and STRICTNESS.index(value) < strictest:
            problem = f"{value} is less strict than pairs.alone, which counts"
            yield _warning(path, problem, f"{policy.pairs_alone}, or free,")
    for name, rules in policy.kinds.items():
        where = f"kinds.{name}"
        if rules.alone and STRICTNESS.index(rules.alone) < strictest:
            problem = f"{rules.alone} is less strict than pairs.alone, which counts"
            yield _warning(f"{where}.alone", problem, f"{policy.pairs_alone}, or nothing,")
        if (rules.party.staff > 1 or rules.alone == "never") and rules.unannounced:
            least = max(rules.party.staff, 2 if rules.alone == "never" else 1)
            if rules.unannounced.party.staff < least and rules.unannounced.party.staff > 1:
                problem = f"every visit of this kind takes {least} from school"
                yield _warning(f"{where}.unannounced.staff", problem, f"{least} or more")
        if rules.alone == "never" == policy.pairs_alone and rules.party.staff == 1:
            problem = "nobody goes alone on any visit, so that this says nothing"
            yield _warning(f"{where}.alone", problem, "leaving it out")


def _length(policy: Policy, path: str) -> timedelta:
    value = getattr(policy, BY_PATH[path].field)
    assert isinstance(value, timedelta)
    return value


def _warning(where: str, problem: str, fits: str) -> Mistake:
    return Mistake(where, problem, f"{fits} would be right", "warning")
