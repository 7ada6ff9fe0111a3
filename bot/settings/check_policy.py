"""Checks a policy by itself: values that are absurd, and rules that cancel each other out."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.duration import write_duration
from bot.domain.policy import Policy
from bot.domain.school import ROLES
from bot.settings.contradictions import contradictions
from bot.settings.mistakes import Mistake, one_of, quote
from bot.settings.policy_keys import (
    ALERTED,
    CONFIDED,
    KEYS,
    RUNG_AFTER,
    STAGE_WORDS,
    TELL_WORDS,
    Key,
)
from bot.settings.values import out_of_bounds

# Whom a visit names, or doesn't: a rung of these alone may turn out to tell nobody.
_UNSURE = {"visitors", "contact", "backup"}


def check_policy(policy: Policy, *, file: str = "") -> tuple[Mistake, ...]:
    """Give all mistakes and warnings, by key."""
    checks = (_lengths, _prompts, _roles, _ladder, _clauses, contradictions)
    found = (mistake for check in checks for mistake in check(policy))
    return tuple(replace(each, file=file) for each in found)


def _lengths(policy: Policy) -> Iterator[Mistake]:
    for key in KEYS:
        value = getattr(policy, key.field)
        if isinstance(value, timedelta):
            yield from _length(key.path, value, key)


def _length(where: str, length: timedelta, key: Key) -> Iterator[Mistake]:
    problem_and_remedy = out_of_bounds(length, key.least, key.most)
    if problem_and_remedy:
        yield Mistake(where, *problem_and_remedy)


def _prompts(policy: Policy) -> Iterator[Mistake]:
    """A prompt close to the return is dropped, so the first must fit before that (S9)."""
    every, close = policy.check_in_every, policy.check_in_not_within
    longest = policy.visit_at_most - close
    if every > longest:
        problem = (
            f"no prompt could ever come: the first comes {write_duration(every)} after departure, "
            f"and a visit of at most {write_duration(policy.visit_at_most)} has none in its last "
            f"{write_duration(close)}"
        )
        least = timedelta(seconds=1)
        remedy = (
            f"at most {write_duration(longest)} would be right"
            if longest > least
            else "a check_in.not_within much shorter than visit.at_most would be right"
        )
        yield Mistake("check_in.every", problem, remedy)


def _roles(policy: Policy) -> Iterator[Mistake]:
    if not policy.approval_stages:
        problem = "no stage is named, so nobody would be asked"
        yield Mistake("approval.stages", problem, 'stages = [["head"]] would be right')
    for index, stage in enumerate(policy.approval_stages):
        where = f"approval.stages[{index}]"
        if not stage:
            yield Mistake(where, "this stage names nobody", '["head"] would be right')
        yield from _unknown(where, stage, STAGE_WORDS)
    yield from _unknown("approval.then", policy.approval_then, STAGE_WORDS)
    yield from _unknown("flags.by", policy.flags_by, ROLES)
    yield from _unknown("uneasy.tell", policy.uneasy_tell, ALERTED)
    yield from _unknown("concern.tell", policy.concern_tell, CONFIDED)
    yield from _unknown("concern.then", policy.concern_then, CONFIDED)
    if not policy.concern_tell:
        problem = "nobody is named, so nobody would hear of a concern at once"
        yield Mistake("concern.tell", problem, 'tell = ["head", "dsl"] would be right')


def _unknown(where: str, words: Iterable[str], known: tuple[str, ...]) -> Iterator[Mistake]:
    for word in words:
        if word not in known:
            yield Mistake(where, f"{quote(word)} is unknown", one_of(word, known))


def _ladder(policy: Policy) -> Iterator[Mistake]:
    if not policy.ladder:
        problem = "the ladder has no rung"
        yield Mistake("ladder", problem, "at least one [[ladder]] would be right")
        return
    before = None
    for index, rung in enumerate(policy.ladder):
        where = f"ladder[{index}]"
        yield from _length(f"{where}.after", rung.after, RUNG_AFTER)
        if before is not None and rung.after <= before:
            problem = f"{write_duration(rung.after)} is not later than the rung before it"
            remedy = f"more than {write_duration(before)} would be right"
            yield Mistake(f"{where}.after", problem, remedy)
        before = rung.after
        yield from _unknown(f"{where}.tell", rung.tell, TELL_WORDS)
        yield from _nobody(f"{where}.tell", rung.tell, last=rung is policy.ladder[-1])


def _clauses(policy: Policy) -> Iterator[Mistake]:
    """What is shown beside a tick, or a rule of one kind, must be there."""
    named = [(f"departure.kit[{i}]", tick.clause) for i, tick in enumerate(policy.departure_kit)]
    for name, rules in policy.kinds.items():
        named.append((f"kinds.{name}", rules.clause))
        if rules.unannounced:
            named.append((f"kinds.{name}.unannounced", rules.unannounced.clause))
    for where, clause in named:
        if clause and clause not in policy.clauses:
            problem = f"no clause is called {quote(clause)}"
            known = tuple(policy.clauses)
            remedy = f"[clauses.{clause}] with its text and source would be right"
            yield Mistake(f"{where}.clause", problem, one_of(clause, known) if known else remedy)


def _nobody(where: str, tell: tuple[str, ...], *, last: bool) -> Iterator[Mistake]:
    remedy = "a role such as senior_leader besides would be right"
    if not tell:
        yield Mistake(where, "this rung tells nobody", 'tell = ["senior_leader"] would be right')
    elif last and set(tell) <= _UNSURE:
        problem = "the last rung may reach nobody, and it is the one that repeats"
        yield Mistake(where, problem, remedy)
    elif last and set(tell) <= _UNSURE | {"office"}:
        problem = "outside the office's hours the last rung would reach nobody"
        yield Mistake(where, problem, remedy, "warning")
    elif set(tell) == {"visitors"}:
        problem = "visitors never count as reached for their own alarm, so this rung is empty"
        yield Mistake(where, problem, remedy, "warning")
