"""A state machine over whole visits: random people, random commands, clock jumps, crashes and
duplicates. Somebody is always watching a visit that is out, and nothing said for safety is lost.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.decide import decide
from bot.domain.evolve import evolve
from bot.domain.plan import Plan
from bot.domain.react import react
from bot.domain.refused import Refused
from bot.domain.school import School
from bot.domain.visit import Approved, Requested, Visit
from tests.domain.examples import (
    DETAILS,
    EVERYBODY,
    EXAMPLES,
    Play,
    away,
    commands,
    minutes,
    school,
    shifted,
)
from tests.domain.invariants import follows, holds

NAMES = sorted(EXAMPLES)
LIVELY = [name for name in NAMES if EXAMPLES[name].visit.is_live]
SCHOOLS = (
    school(),
    school(away("okoro"), away("lee", "priya")),
    school(away("olu"), duty="kit"),
    school(without=("ana", "bo", "lee"), leader="kit"),
    replace(school(), hours=(), office={}),
)
SECONDS = st.one_of(
    st.sampled_from((0, 1, 59, 60, 61, 299, 300, 301, 599, 600, 1799, 1800)),
    st.integers(0, 7200),
    st.sampled_from((86_400, 7 * 86_400, 400 * 86_400)),
)


class Machine(RuleBasedStateMachine):
    """Any example visit, and whatever may come."""

    def __init__(self) -> None:
        super().__init__()
        self.play: Play = EXAMPLES["out, a pair"].copy()
        self.origin: Visit = self.play.visit
        self.log: list[e.Event] = []
        self.last: c.Command = c.Wake()
        self.went_through = False
        self.agreed: Plan = self.play.visit.agreed

    @initialize(
        name=st.one_of(st.sampled_from(LIVELY), st.sampled_from(NAMES)),
        where=st.sampled_from(SCHOOLS),
        delivers=st.booleans(),
    )
    def begin(self, name: str, where: School, *, delivers: bool) -> None:
        self.play = EXAMPLES[name].copy()
        self.play.school, self.play.delivers = where, delivers
        self.origin = self.play.visit
        self.agreed = self.play.visit.agreed

    def do(self, command: c.Command) -> tuple[e.Event, ...]:
        play, self.last = self.play, command
        outcome = decide(play.visit, command, play.facts, play.now)
        self.went_through = not isinstance(outcome, Refused)
        if isinstance(outcome, Refused):
            return ()
        for event in outcome:
            after = evolve(play.visit, event)
            follows(play.visit, event, after, play.now)
            react(play.visit, event, after, play.facts)
            again = isinstance(play.visit.phase, Requested) and play.visit.phase.reasked
            if isinstance(event, e.FullyApproved) and not again:
                self.agreed = after.plan
            if isinstance(event, e.AppointmentMade) and after.plan.window:
                self.agreed = after.plan
            play.visit = after
        self.log.extend(outcome)
        return outcome

    @rule(by=st.sampled_from(EVERYBODY), which=st.integers(0, 99))
    def somebody_does_something(self, by: str, which: int) -> None:
        choices = commands(self.play, by)
        self.do(choices[which % len(choices)])

    @rule(who=st.integers(0, 9), which=st.sampled_from(("ok", "back", "help", "more", "arrived")))
    def a_visitor_says(self, who: int, which: str) -> None:
        by = self.play.visit.visitors[who % len(self.play.visit.visitors)]
        said: dict[str, c.Command] = {
            "ok": c.CheckIn(by),
            "back": c.ComeBack(by),
            "help": c.AskForHelp(by, sure=True),
            "more": c.TakeMoreTime(by, self.play.now + minutes(10 * who + 1)),
            "arrived": c.Arrive(by),
        }
        self.do(said[which])

    @rule(by=st.sampled_from(("lee", "priya", "okoro", "olu")), over=st.booleans())
    def a_responder_acts(self, by: str, *, over: bool) -> None:
        alarm = self.play.visit.alarm
        if alarm:
            self.do(c.StandDown(by, alarm.number, alarm.calls, "I spoke to her", over))
        elif self.play.visit.watch and self.play.visit.watch.closed:
            self.do(c.Reopen(by, self.play.visit.watch.closed.alarm.number))

    @rule(
        later=st.sampled_from((-15, -10, -5, 5, 10, 15, 16, 40)),
        stretch=st.sampled_from((0, 5, 15)),
    )
    def the_lead_shifts_the_times(self, later: int, stretch: int) -> None:
        visit = self.play.visit
        plan = shifted(visit.plan, later)
        plan = replace(plan, return_at=plan.return_at + minutes(stretch))
        details = visit.details.written if visit.details else DETAILS
        self.do(c.Ask(visit.lead, plan, details, visit.revision))

    @rule(seconds=SECONDS)
    def time_passes_unwatched(self, seconds: int) -> None:
        self.play.now += timedelta(seconds=seconds)

    @rule(steps=st.integers(1, 6))
    def the_clock_wakes_it(self, steps: int) -> None:
        for _ in range(steps):
            due = self.play.next_wake
            if due is None:
                return
            self.play.now = max(self.play.now, due)
            events = self.do(c.Wake())
            assert events or (self.play.next_wake or due) > self.play.now, "stuck"

    @rule()
    def the_same_again(self) -> None:
        """A delivery comes twice: nobody is told of an approval, a departure, a return twice."""
        once = (c.Approve, c.Depart, c.AlreadyLeft, c.ComeBack, c.StandDown, c.Cancel)
        went_through = self.went_through
        events = self.do(self.last)
        if went_through and isinstance(self.last, once):
            asked_again = (isinstance(event, e.ApproversReminded) for event in events)
            assert all(asked_again), "a delivery that came twice did something twice"

    @rule()
    def the_engine_crashes_and_replays(self) -> None:
        visit = self.origin
        for event in self.log:
            visit = evolve(visit, event)
        assert visit == self.play.visit

    @rule(delivers=st.booleans())
    def a_channel_fails_or_mends(self, *, delivers: bool) -> None:
        self.play.delivers = delivers

    @rule(where=st.sampled_from(SCHOOLS))
    def the_school_file_changes(self, where: School) -> None:
        self.play.school = where

    @rule()
    def the_key_is_lost(self) -> None:
        self.play.visit = replace(self.play.visit, details=None)
        self.origin, self.log = self.play.visit, []

    @invariant()
    def somebody_is_watching(self) -> None:
        holds(self.play.visit, self.play.facts)

    @invariant()
    def what_was_approved_is_what_somebody_approved(self) -> None:
        visit = self.play.visit
        if isinstance(visit.phase, Approved):
            assert visit.agreed == self.agreed, "measured against what nobody approved"


Machine.TestCase.settings = settings(
    max_examples=250,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
test_random_walks_keep_every_rule = Machine.TestCase
