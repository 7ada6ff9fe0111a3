"""Visits of every phase and mood, made from a request by the real ``decide`` and ``evolve``.

A ``Play`` is one visit with a clock in the test's hand. ``wait`` lets time pass as the engine
would, waking whenever the visit needs it; ``sleep`` is an outage. The day is a Tuesday in winter,
so that London and UTC agree; ``at("14:05")`` is a moment of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.conditions import ticks
from bot.domain.covered import window_of
from bot.domain.decide import decide, next_wake
from bot.domain.evolve import evolve
from bot.domain.facts import Elsewhere, Facts
from bot.domain.plan import Details, External, Plan
from bot.domain.policy import Clause, Policy, Rung
from bot.domain.react import react
from bot.domain.refused import Refused
from bot.domain.school import Absence, Days, Duty, Emergency, Opening, Person, School
from bot.domain.shows import Show
from bot.domain.visit import InAlarm, Requested, Visit
from bot.domain.watch import Alarm, Visitor, Watch

DAY = date(2026, 11, 3)
OFFICE = "office"


def at(clock: str, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), UTC)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def shifted(plan: Plan, by: float) -> Plan:
    """The same plan, so many minutes later."""
    later = minutes(by)
    return replace(plan, leaving_at=plan.leaving_at + later, return_at=plan.return_at + later)


def person(id_: str, name: str, *roles: str, leader: str | None = None) -> Person:
    return Person(
        id_,
        name,
        frozenset(roles),
        phone=f"+44 7700 9{len(name):02}{ord(id_[0]):03}",
        leader=leader,
        emergency=Emergency(f"{name}'s kin", "+44 7700 900999"),
        car=f"{name}'s car",
        addresses={"web": id_},
    )


PEOPLE = (
    person("ana", "Ana Teach", "staff"),
    person("sam", "Sam Assist", "staff"),
    # Whoever goes along may hold roles; they count for nothing on their own visit (S7).
    person("kit", "Kit Many", "office", "senior_leader", "dsl", "admin"),
    person("priya", "Priya Shah", "head"),
    person("lee", "Dan Lee", "senior_leader"),
    person("okoro", "Ada Okoro", "dsl"),
    person("nadia", "Nadia Deputy", "deputy_dsl"),
    person("olu", "Olu Desk", "office"),
    person("bo", "Bo Buddy", "staff"),
    person("tom", "Tom Outsider", "staff"),
)
EVERYBODY = (*(p.id for p in PEOPLE), "a-stranger")
SCHOOL = School(
    "st-example",
    "St Example Primary",
    "Europe/London",
    PEOPLE,
    office={"web": OFFICE},
    hours=tuple(Opening(day, time(8), time(18)) for day in range(5)),
)
LADDER = (
    Rung(timedelta(0), ("visitors", "contact", "office")),
    Rung(minutes(5), ("senior_leader",)),
    Rung(minutes(10), ("head", "dsl")),
)
SLPS = Policy(
    "slps",
    "SLPS Home Visits Policy",
    (("head", "senior_leader"),),
    LADDER,
    clauses={"approval": Clause("All home visits must be authorised.", "SLPS")},
)
PASTORAL = replace(SLPS, name="pastoral", approval_stages=(("leader",), ("dsl",)))
BEFORE = replace(
    PASTORAL,
    approval_before_appointment=True,
    appointment_needed="always",
    help_before_leaving=timedelta(hours=4),
)
"""Approval comes before the appointment, and nobody leaves without one."""
DETAILS = Details(
    place="14 Oak Road",
    kind="Welfare",
    family="The Brown family",
    purpose="Attendance of their son",
    risks="A large dog",
    external=External("Ed Welfare", "the county", "07700 900777"),
)


def away(person_id: str, instead: str | None = None) -> Absence:
    return Absence(person_id, Days(DAY, DAY), instead)


def school(
    *gone: Absence, without: tuple[str, ...] = (), duty: str = "", leader: str = ""
) -> School:
    """The school with some people away, gone from the file, on duty, or as Ana's own leader."""
    people = tuple(p for p in PEOPLE if p.id not in without)
    if leader:
        people = tuple(replace(p, leader=leader) if p.id == "ana" else p for p in people)
    return replace(
        SCHOOL,
        people=people,
        away=gone,
        duty=(Duty(DAY.weekday(), duty),) if duty else (),
    )


@dataclass(slots=True)
class Play:
    """One visit since it was born, its school, and the clock.

    ``delivers``: channels confirm what an alarm sends.
    """

    born: Visit
    visit: Visit
    now: datetime
    school: School = SCHOOL
    policy: Policy = SLPS
    delivers: bool = True
    failed: tuple[str, ...] = ()
    out_elsewhere: frozenset[str] = frozenset()
    others: tuple[Elsewhere, ...] = ()
    events: list[e.Event] = field(default_factory=list)
    shows: list[Show] = field(default_factory=list)

    def copy(self) -> "Play":
        return replace(self, events=list(self.events), shows=list(self.shows))

    @property
    def facts(self) -> Facts:
        alarm = self.visit.alarm
        standing = dict.fromkeys(alarm.counting, "sent") if alarm and self.delivers else {}
        watch = self.visit.watch
        out = {v.id for v in watch.out} if watch and self.visit.is_out else set()
        return Facts(
            self.school,
            self.policy,
            self.others,
            self.out_elsewhere | out,
            standing | dict.fromkeys(self.failed, "failed"),
            fares=self._fares(),
        )

    def _fares(self) -> dict[str, dict[str, str]]:
        """How the alerts and concerns fared: as what an alarm sends does."""
        watch = self.visit.watch
        known = (watch.amber, *watch.concerns) if watch else ()
        return {
            tidings.slot: {
                who: "failed" if who in self.failed else "sent" if self.delivers else "pending"
                for who in tidings.told
            }
            for tidings in known
            if tidings
        }

    @property
    def watch(self) -> Watch:
        assert self.visit.watch is not None
        return self.visit.watch

    @property
    def alarm(self) -> Alarm:
        assert self.visit.alarm is not None
        return self.visit.alarm

    def visitor(self, person_id: str) -> Visitor:
        found = self.watch.visitor(person_id)
        assert found is not None
        return found

    @property
    def next_wake(self) -> datetime | None:
        return next_wake(self.visit, self.facts.policy_of(self.visit))

    def does(self, command: c.Command) -> tuple[e.Event, ...]:
        """Carry out a command that must not be refused."""
        outcome = decide(self.visit, command, self.facts, self.now)
        assert not isinstance(outcome, Refused), outcome.why
        facts = self.facts
        self.shows = []
        for event in outcome:
            after = evolve(self.visit, event)
            self.shows.extend(react(self.visit, event, after, facts))
            self.visit = after
        self.events.extend(outcome)
        if outcome:
            self.visit = replace(self.visit, version=self.visit.version + 1)
        return outcome

    def is_refused(self, command: c.Command) -> Refused:
        outcome = decide(self.visit, command, self.facts, self.now)
        assert isinstance(outcome, Refused), outcome
        return outcome

    def wake(self) -> tuple[e.Event, ...]:
        return self.does(c.Wake())

    def wait(self, for_: float = 0, *, until: str = "") -> tuple[e.Event, ...]:
        """Let time pass, as the engine would; gives what the clock brought about."""
        end = at(until) if until else self.now + minutes(for_)
        seen: list[e.Event] = []
        for _ in range(1000):
            due = self.next_wake
            if due is None or due > end:
                self.now = end
                return tuple(seen)
            self.now = max(self.now, due)
            seen.extend(self.wake())
        raise AssertionError("the clock does not advance")

    def sleep(self, *, until: str) -> None:
        """Nobody wakes the visit until then."""
        self.now = at(until)

    def told(self, card: str) -> set[str]:
        """Who was shown this card anew by the last command."""
        return {show.recipient for show in self.shows if show.card == card and show.fresh}

    def approve(self) -> "Play":
        phase = self.visit.phase
        assert isinstance(phase, Requested)
        for by in ("lee", "okoro")[: len(phase.stages)]:
            self.does(c.Approve(by, self.visit.revision))
        return self

    def leave(self, *, watched: bool = True) -> "Play":
        """``watched``: the office says at once that it is watching."""
        self.wait(until="14:00")
        self.does(c.Depart("ana", self.visit.visitors))
        busy = {*self.visit.visitors, *self.out_elsewhere}
        if watched and self.school.person("olu") and "olu" not in busy:
            self.does(c.ConfirmWatching("olu"))
        return self

    def raise_silently(self) -> "Play":
        """Nobody answers the prompt of 14:30; Sam and Kit, if they are there, do."""
        self.wait(until="14:32")
        for other in ("sam", "kit"):
            if other in self.visit.visitors:
                self.does(c.CheckIn(other))
        self.wait(until="14:35")
        assert isinstance(self.visit.phase, InAlarm)
        return self

    def stand_down(self, by: str = "lee", *, over: bool = False) -> "Play":
        alarm = self.alarm
        who = self.visit.visitors if over else ()
        self.does(c.StandDown(by, alarm.number, alarm.calls, "I spoke to her", over, who))
        return self


def asked(
    *companions: str,
    policy: Policy = SLPS,
    where: School = SCHOOL,
    leaving: datetime | None = None,
    back: datetime | None = None,
    now: datetime | None = None,
    contact: str | None = "bo",
    backup: str | None = None,
) -> Play:
    """Ana asked at 13:30 for a visit from 14:00 to 15:30."""
    now = now or at("13:30")
    plan = Plan(leaving or at("14:00"), back or at("15:30"), companions, contact, backup=backup)
    born = Visit(
        school=where.id,
        id="v1",
        reference="V-1042",
        lead="ana",
        created_at=now,
        plan=plan,
        details=DETAILS,
        phase=Requested(now, policy.approval_stages),
    )
    event = e.Asked(now, "ana", plan, DETAILS, policy.approval_stages, 1)
    return Play(born, evolve(born, event), now, where, policy, events=[event])


def open_ended(*companions: str, policy: Policy = BEFORE) -> Play:
    """Ana asked for the same before she agreed a time with the family."""
    play = asked(*companions, policy=policy)
    plan = play.visit.plan
    window = window_of(plan, policy.approval_window, SCHOOL.zone)
    plan = replace(plan, window=window, fixed=False)
    event = e.Asked(play.now, "ana", plan, DETAILS, policy.approval_stages, 1)
    born = replace(play.born, plan=plan)
    return replace(play, born=born, visit=evolve(born, event), events=[event])


def appointment(
    play: Play, leaving: str = "15:00", back: str = "15:45", day: date = DAY
) -> c.RecordAppointment:
    """By phone, with the mother."""
    return c.RecordAppointment(
        play.visit.lead, play.visit.revision, at(leaving, day), at(back, day), "phone", "Mrs Brown"
    )


def recorded(*companions: str) -> Play:
    """Approved, and the appointment is at 15:00."""
    play = open_ended(*companions).approve()
    return _then(play, appointment(play))


def approved(*companions: str, policy: Policy = SLPS, where: School = SCHOOL) -> Play:
    return asked(*companions, policy=policy, where=where).approve()


def out(*companions: str, policy: Policy = SLPS, where: School = SCHOOL) -> Play:
    """Left at 14:00, due back at 15:30, asked at 14:30 and 15:00."""
    return approved(*companions, policy=policy, where=where).leave()


def silent(*companions: str, policy: Policy = SLPS, where: School = SCHOOL) -> Play:
    """No answer from Ana: the alarm of 14:35."""
    return out(*companions, policy=policy, where=where).raise_silently()


def helped(*companions: str, policy: Policy = SLPS, where: School = SCHOOL) -> Play:
    """Ana asked for help at 14:10."""
    play = out(*companions, policy=policy, where=where)
    play.wait(until="14:10")
    play.does(c.AskForHelp("ana"))
    return play


def owned(*companions: str, where: School = SCHOOL) -> Play:
    """Dan Lee has had the silent alarm since 14:36."""
    play = silent(*companions, where=where)
    play.wait(1)
    play.does(c.Acknowledge("lee"))
    return play


def born_in_danger() -> Play:
    now = at("14:00")
    plan = Plan(now, now + timedelta(hours=1))
    visit = Visit(
        SCHOOL.id, "v2", "V-1043", "ana", now, plan, Details(place=""), Requested(now, ())
    )
    play = Play(visit, visit, now)
    play.does(c.AskForHelp("ana", sure=True))
    return play


def _then(play: Play, *commands: c.Command, wait: float = 0) -> Play:
    for command in commands:
        play.does(command)
        play.wait(wait)
    return play


def _past_return(*companions: str) -> Play:
    """Everybody answered the routine prompts; at 15:31 the return is being asked about."""
    play = out(*companions)
    for clock in ("14:31", "15:02"):
        play.wait(until=clock)
        for visitor in play.visit.visitors:
            play.does(c.CheckIn(visitor))
    play.wait(until="15:31")
    return play


def _lapsed() -> Play:
    play = owned("sam")
    play.wait(10)
    return play


def _last_rung() -> Play:
    play = silent()
    play.wait(11)
    return play


def _one_made_sure_of(*, over: bool) -> Play:
    """Ana and Sam are silent, Kit is not; Dan Lee made sure of Sam alone."""
    play = out("sam", "kit")
    play.wait(until="14:32")
    play.does(c.CheckIn("kit"))
    play.wait(until="14:36")
    number, calls = play.alarm.number, play.alarm.calls
    play.does(c.StandDown("lee", number, calls, "I spoke to him", over, ("sam",)))
    return play


def _one_left_behind() -> Play:
    """Sam and Kit were not ticked when Ana left."""
    play = approved("sam", "kit")
    play.wait(until="14:00")
    play.does(c.Depart("ana", ("ana",)))
    return play


def _extension() -> Play:
    play = out("sam")
    play.does(c.TakeMoreTime("sam", at("17:45")))
    return play


def _renewed() -> Play:
    return _then(owned(), c.Acknowledge("lee", "driving there"))


def _finished(*companions: str) -> Play:
    play = out(*companions)
    return _then(play, *(c.ComeBack(v) for v in play.visit.visitors))


def _changes(play: Play, *, later: float = 0, **what: Any) -> c.Ask:
    """The lead changes this request: the times, and whatever else."""
    visit = play.visit
    return c.Ask("ana", shifted(visit.plan, later), replace(DETAILS, **what), visit.revision)


def _waited(play: Play, until: str) -> Play:
    play.wait(until=until)
    return play


ON_CONDITIONS = c.Approve(
    "lee", 1, only_if=True, conditions=("along", "ring"), words="Be back before 4"
)


def _leaving_on_conditions() -> Play:
    play = _waited(_then(asked("sam"), ON_CONDITIONS), "14:00")
    met = tuple(name for name, _ in ticks(play.visit))
    return _then(play, c.Depart("ana", ("ana", "sam"), ticked=met))


MADE: dict[str, Callable[[], Play]] = {
    "requested, alone": asked,
    "requested, a pair": lambda: asked("sam"),
    "requested, three": lambda: asked("sam", "kit"),
    "requested, reminded": lambda: _waited(asked(), "13:41"),
    "requested, passed on": lambda: _waited(asked(), "13:51"),
    "requested, one stage of two": lambda: _then(
        asked("sam", policy=PASTORAL), c.Approve("lee", 1)
    ),
    "changes asked": lambda: _then(asked("sam"), c.AskForChanges("lee", 1, "Go in pairs")),
    "approved": lambda: approved("sam"),
    "approved, two stages": lambda: approved(policy=PASTORAL),
    "approved, the contact said yes": lambda: _then(approved("sam"), c.StandBy("bo")),
    "approved, the contact can't": lambda: _then(approved("sam"), c.CannotStandBy("bo")),
    "approved, another contact": lambda: _then(
        approved("sam"), c.NameStandBy("ana", "contact", "olu")
    ),
    "requested, with a backup": lambda: asked(backup="bo"),
    "approved, with a backup": lambda: _then(asked(backup="nadia"), c.StandBy("nadia")).approve(),
    "out, the backup can't any more": lambda: _then(
        _then(asked(backup="nadia"), c.StandBy("nadia")).approve().leave(), c.CannotStandBy("nadia")
    ),
    "out, nobody has said that they watch": lambda: approved("sam").leave(watched=False),
    "out, a leader is asked to watch": lambda: _waited(
        approved("sam").leave(watched=False), "14:11"
    ),
    "out, nobody says that they watch": lambda: _waited(
        approved("sam").leave(watched=False), "14:31"
    ),
    "out, the school closed meanwhile": lambda: _waited(
        out("sam", where=replace(SCHOOL, hours=(Opening(DAY.weekday(), time(8), time(14, 10)),))),
        "14:12",
    ),
    "approved, nudged": lambda: _waited(approved(), "14:11"),
    "requested, changed": lambda: _then(
        asked("sam"), _changes(asked("sam"), place="20 Elm Street")
    ),
    "requested, changed after one word": lambda: _then(
        asked("sam", policy=PASTORAL), c.Approve("lee", 1), _changes(asked("sam"), risks="Two dogs")
    ),
    "requested, changed after approval": lambda: _then(
        approved("sam"), _changes(asked("sam"), later=40, risks="")
    ),
    "requested, the lead handed over": lambda: _then(approved("sam"), c.HandOver("sam", "sam", 1)),
    "requested, a companion dropped out": lambda: _then(approved("sam", "kit"), c.DropOut("sam")),
    "changes asked, after one word": lambda: _then(
        asked("sam", policy=PASTORAL), c.Approve("lee", 1), c.AskForChanges("okoro", 1, "Later")
    ),
    "changes asked, a companion dropped out": lambda: _then(
        asked("sam"), c.AskForChanges("lee", 1, "Later"), c.DropOut("sam")
    ),
    "requested, no appointment yet": lambda: open_ended("sam"),
    "approved, no appointment yet": lambda: open_ended("sam").approve(),
    "approved, no appointment yet, nudged": lambda: _waited(open_ended().approve(), "14:11"),
    "approved, the appointment recorded": lambda: recorded("sam"),
    "requested, an appointment that was not covered": lambda: _then(
        open_ended("sam").approve(),
        appointment(open_ended("sam").approve(), day=DAY + timedelta(days=20)),
    ),
    "out, left without an appointment": lambda: _then(
        open_ended("sam").approve(), c.AlreadyLeft("ana")
    ),
    "out, by appointment": lambda: _then(
        _waited(recorded("sam"), "15:00"), c.Depart("ana", ("ana", "sam"))
    ),
    "requested, one stage of two on a condition": lambda: _then(
        asked("sam", policy=PASTORAL), ON_CONDITIONS
    ),
    "approved, on conditions": lambda: _then(asked(), ON_CONDITIONS),
    "approved, on conditions, somebody found": lambda: _then(
        asked(),
        ON_CONDITIONS,
        c.Ask("ana", replace(asked().visit.plan, companions=("sam",)), DETAILS, 1),
    ),
    "out, on conditions": _leaving_on_conditions,
    "approved, shifted": lambda: _then(approved("sam"), _changes(asked("sam"), later=10)),
    "approved, changed and approved again": lambda: _then(
        approved("sam"), _changes(asked("sam"), later=40), c.Approve("lee", 2)
    ),
    "out, shifted before": lambda: _then(approved("sam"), _changes(asked("sam"), later=10)).leave(),
    "out, taken off and left all the same": lambda: _then(
        approved("sam"), c.HandOver("sam", "sam", 1), c.AlreadyLeft("ana")
    ),
    "declined": lambda: _then(asked("sam"), c.Decline("lee", 1, "Not today")),
    "withdrawn": lambda: _then(approved("sam"), c.Withdraw("lee", "The family rang")),
    "cancelled": lambda: _then(approved(), c.Cancel("ana")),
    "expired, never approved": lambda: _waited(asked(), "15:01"),
    "expired, approved": lambda: _waited(approved("sam"), "15:01"),
    "out, alone": out,
    "out, a pair": lambda: out("sam"),
    "out, three": lambda: out("sam", "kit"),
    "out, without approval": lambda: _then(asked("sam"), c.AlreadyLeft("sam")),
    "out, after it had ended": lambda: _then(_waited(approved(), "15:01"), c.AlreadyLeft("ana")),
    "out, arrived": lambda: _then(out(), c.Arrive("ana")),
    "out, prompted": lambda: _waited(out("sam"), "14:31"),
    "out, chased": lambda: _waited(out(), "14:33"),
    "out, called back": lambda: _then(out("sam"), c.CallBack("olu")),
    "out, reminded of the return": lambda: _waited(_then(out(), c.CheckIn("ana")), "14:29"),
    "out, more time asked": _extension,
    "out, moved": lambda: _then(out("sam"), c.Move("ana", "20 Elm Street")),
    "out, wrote": lambda: _then(out("sam"), c.Write("ana", "can't get back")),
    "out, one of two back": lambda: _then(out("sam"), c.ComeBack("sam")),
    "out, one of two reported back": lambda: _then(out("sam"), c.Vouch("olu", "sam", "back")),
    "out, past the return": lambda: _past_return("sam"),
    "out, past the return, OK": lambda: _then(_past_return("sam"), c.CheckIn("ana")),
    "out, uneasy": lambda: _then(out("sam"), c.FeelUneasy("ana")),
    "out, uneasy, seen": lambda: _then(
        out("sam"), c.FeelUneasy("ana"), c.OwnUp("bo", "amber", 1), wait=2
    ),
    "out, uneasy, asked again": lambda: _waited(_then(out(), c.FeelUneasy("ana")), "14:06"),
    "out, uneasy, nobody reached": lambda: _waited(
        replace_delivery(_then(out(), c.FeelUneasy("ana")), delivers=False), "14:04"
    ),
    "out, one uneasy, the other OK": lambda: _then(
        out("sam"), c.FeelUneasy("ana"), c.CheckIn("sam"), wait=1
    ),
    "out, one back, the other there": lambda: _then(
        out("sam"), c.ComeBack("sam"), c.CheckIn("ana"), wait=1
    ),
    "out, uneasy no more": lambda: _then(out(), c.FeelUneasy("ana"), c.CheckIn("ana"), wait=1),
    "silent, after uneasy": lambda: _waited(_then(out(), c.FeelUneasy("ana")), "14:11"),
    "silent, then uneasy": lambda: _then(silent("sam"), c.FeelUneasy("ana")),
    "help, after uneasy": lambda: _then(out("sam"), c.FeelUneasy("ana"), c.AskForHelp("ana")),
    "out, a concern": lambda: _then(out("sam"), c.HaveConcern("ana")),
    "out, a concern, with words": lambda: _then(
        out("sam"), c.Arrive("ana"), c.HaveConcern("ana"), c.ExplainConcern("ana", 1, "About Robin")
    ),
    "out, a concern, seen": lambda: _then(
        out("sam"), c.HaveConcern("ana"), c.OwnUp("priya", "concern", 1), wait=2
    ),
    "out, a concern each": lambda: _then(out("sam"), c.HaveConcern("ana"), c.HaveConcern("sam")),
    "out, a concern, nobody reached": lambda: _waited(
        replace_delivery(_then(out(), c.HaveConcern("ana")), delivers=False), "14:03"
    ),
    "silent, a concern": lambda: _then(silent("sam"), c.HaveConcern("ana")),
    "finished, a concern": lambda: _waited(_then(_finished("sam"), c.HaveConcern("ana")), "23:00"),
    "silent": silent,
    "silent, a pair": lambda: silent("sam"),
    "silent, three": lambda: silent("sam", "kit"),
    "silent, two of two": lambda: _waited(out("sam"), "14:36"),
    "silent, nobody reached": lambda: _waited(replace_delivery(silent(), delivers=False), "14:37"),
    "silent, past the return": lambda: _waited(_past_return(), "15:36"),
    "out, after an outage": lambda: _woken(out("sam"), "20:00"),
    "help": helped,
    "help, a pair": lambda: helped("sam"),
    "help, three": lambda: helped("sam", "kit"),
    "help, said back": lambda: _then(helped("sam"), c.ComeBack("ana")),
    "help, said back, alone": lambda: _then(helped(), c.ComeBack("ana")),
    "help, said OK": lambda: _then(helped(), c.CheckIn("ana")),
    "help, by mistake": lambda: _then(helped("sam"), c.ClaimMistake("ana")),
    "help, both": lambda: _then(helped("sam"), c.AskForHelp("sam")),
    "help, before leaving": lambda: _then(approved("sam"), c.AskForHelp("ana")),
    "help, born in danger": born_in_danger,
    "silent, two of three, one made sure of": lambda: _one_made_sure_of(over=False),
    "silent, two of three, one said to be back": lambda: _one_made_sure_of(over=True),
    "silent, one made sure of, and doubted": lambda: _then(
        _one_made_sure_of(over=True), c.Reopen("lee", 1)
    ),
    "stood down, one after the other": lambda: _one_made_sure_of(over=True).stand_down(),
    "out, one left behind": _one_left_behind,
    "out, joined late": lambda: _then(_one_left_behind(), c.AlreadyLeft("sam")),
    "out, joined late, past the return": lambda: _then(
        _waited(_one_left_behind(), "15:33"), c.AlreadyLeft("sam")
    ),
    "silent, joined late by the owner": lambda: _then(
        _waited(_one_left_behind(), "14:41"), c.Acknowledge("kit"), c.AlreadyLeft("kit")
    ),
    "owned": owned,
    "owned, three": lambda: owned("sam", "kit"),
    "owned, renewed": _renewed,
    "owned, ringing 999": lambda: _then(owned(), c.Ring999("lee")),
    "owned, help breaks the hold": lambda: _then(owned("sam"), c.AskForHelp("sam")),
    "lapsed": _lapsed,
    "last rung": _last_rung,
    "last rung, repeated": lambda: _waited(_last_rung(), "14:51"),
    "last rung, ringing 999": lambda: _then(_last_rung(), c.Ring999("okoro")),
    "stood down": lambda: silent().stand_down(),
    "stood down, a pair": lambda: silent("sam").stand_down(),
    "stood down, too late to undo": lambda: _waited(
        _then(_waited(silent().stand_down(), "14:46"), c.CheckIn("ana")), "14:51"
    ),
    "stood down, visit over": lambda: silent("sam").stand_down(over=True),
    "stood down, help": lambda: helped("sam").stand_down(),
    "answered": lambda: _then(silent("sam"), c.CheckIn("ana")),
    "reopened": lambda: _then(silent("sam").stand_down(), c.Reopen("lee", 1)),
    "reopened, help": lambda: _then(helped("sam").stand_down(), c.Reopen("lee", 1)),
    "reopened, after the end": lambda: _then(
        silent("sam").stand_down(over=True), c.Reopen("lee", 1)
    ),
    "reopened, after an answer": lambda: _then(silent("sam"), c.CheckIn("ana"), c.Reopen("lee", 1)),
    "resumed": lambda: _waited(_then(_past_return(), c.CheckIn("ana")), "15:37"),
    "finished, alone": _finished,
    "finished, three": lambda: _finished("sam", "kit"),
    "finished, reported back": lambda: _then(
        out("sam"), c.ComeBack("sam"), c.Vouch("olu", "ana", "back")
    ),
    "out again": lambda: _then(out(), c.Vouch("olu", "ana", "back"), c.CheckIn("ana")),
    "reported back by a helper, help": lambda: _then(helped("sam"), c.Vouch("olu", "ana", "back")),
}


def replace_delivery(play: Play, *, delivers: bool, failed: tuple[str, ...] = ()) -> Play:
    play.delivers, play.failed = delivers, failed
    return play


def _woken(play: Play, clock: str) -> Play:
    play.sleep(until=clock)
    play.wake()
    return play


EXAMPLES: dict[str, Play] = {name: make() for name, make in MADE.items()}
UNREADABLE: dict[str, Play] = {
    f"{name}, unreadable": replace(play.copy(), visit=replace(play.visit, details=None))
    for name, play in EXAMPLES.items()
}
ALL: dict[str, Play] = EXAMPLES | UNREADABLE


def commands(play: Play, by: str) -> tuple[c.Command, ...]:
    """Every command, most in several ways: right, stale and absurd."""
    visit, now = play.visit, play.now
    revision = visit.revision
    alarm, watch = visit.alarm, visit.watch
    number, calls = (alarm.number, alarm.calls) if alarm else (1, 0)
    closed = watch.closed.alarm.number if watch and watch.closed else 1
    extension = watch.extension.number if watch and watch.extension else 1
    amber = watch.amber.number if watch and watch.amber else 1
    later, much_later = now + minutes(20), now + timedelta(days=9)
    return (
        c.Ask(by, visit.plan, DETAILS, revision),
        c.Ask(by, shifted(visit.plan, 10), DETAILS, revision),
        c.Ask(by, shifted(visit.plan, -10), DETAILS, revision),
        c.Ask(by, shifted(visit.plan, 40), DETAILS, revision),
        c.Ask(by, replace(visit.plan, companions=("bo",)), DETAILS, revision),
        c.Ask(by, replace(visit.plan, companions=("sam",)), DETAILS, revision),
        c.Ask(by, visit.plan, replace(DETAILS, place="20 Elm Street"), revision),
        c.Ask(by, shifted(visit.plan, 10), DETAILS, revision - 1),
        *(
            replace(appointment(play, clock, back), by=by, revision=revision - stale, how=how)
            for clock, back, stale, how in (
                ("15:00", "15:45", 0, "phone"),
                ("14:05", "15:35", 0, "letter"),
                ("15:00", "19:45", 0, "phone"),
                ("15:00", "15:45", 1, "phone"),
                ("15:00", "15:45", 0, "pigeon"),
            )
        ),
        replace(appointment(play, day=DAY + timedelta(days=20)), by=by),
        replace(appointment(play), by=by, told=False),
        replace(appointment(play), by=by, whom=" "),
        c.DropOut(by),
        c.HandOver(by, by, revision),
        c.HandOver(by, "bo", revision),
        c.HandOver(by, "sam", revision),
        c.HandOver(by, "a-stranger", revision),
        c.HandOver(by, "bo", revision - 1),
        c.StandBy(by),
        c.CannotStandBy(by),
        c.NameStandBy(by, "contact", "olu"),
        c.NameStandBy(by, "backup", "olu"),
        c.NameStandBy(by, "backup", "ana"),
        c.Approve(by, revision),
        c.Approve(by, revision + 1),
        c.Approve(by, revision, only_if=True),
        c.Approve(by, revision, only_if=True, conditions=("along", "ring"), words="Before 4"),
        c.Decline(by, revision, "No"),
        c.Decline(by, revision, " "),
        c.AskForChanges(by, revision, "Go in pairs"),
        c.AskForChanges(by, revision - 1, "Go in pairs"),
        c.Withdraw(by, "The family rang"),
        c.Withdraw(by, ""),
        c.Cancel(by),
        c.Depart(by, visit.visitors),
        c.Depart(by, visit.visitors, later),
        c.Depart(by, visit.visitors, later, ticked=tuple(name for name, _ in ticks(visit))),
        c.Depart(by, ("ana",), now),
        c.Depart(by, (), much_later),
        c.Depart(by, ("tom",)),
        c.AlreadyLeft(by),
        c.Arrive(by),
        c.CheckIn(by),
        c.TakeMoreTime(by, later),
        c.TakeMoreTime(by, much_later),
        c.TakeMoreTime(by, now),
        c.AllowMoreTime(by, extension),
        c.AllowMoreTime(by, 99),
        c.RefuseMoreTime(by, extension),
        c.Move(by, "20 Elm Street"),
        c.Move(by, " "),
        c.ComeBack(by),
        c.AskForHelp(by),
        c.AskForHelp(by, sure=True),
        c.FeelUneasy(by),
        c.HaveConcern(by),
        c.ExplainConcern(by, 1, "About Robin"),
        c.ExplainConcern(by, 1, " "),
        c.ExplainConcern(by, 99, "About Robin"),
        c.OwnUp(by, "amber", amber),
        c.OwnUp(by, "amber", 99),
        c.OwnUp(by, "concern", 1),
        c.OwnUp(by, "concern", 99),
        c.ClaimMistake(by),
        c.Write(by, "can't get back"),
        c.ConfirmWatching(by),
        *(c.Vouch(by, v, "ok") for v in visit.visitors),
        *(c.Vouch(by, v, "back") for v in visit.visitors),
        *(c.TakeBack(by, v) for v in visit.visitors),
        c.Vouch(by, "ana", "ok", later),
        c.Vouch(by, "ana", "ok", now),
        c.Vouch(by, "tom", "ok"),
        c.AskIfOk(by),
        c.CallBack(by),
        c.Acknowledge(by),
        c.Acknowledge(by, "driving there"),
        c.StandDown(by, number, calls, "I spoke to her", over=False),
        c.StandDown(by, number, calls, "I spoke to her", over=True),
        *(c.StandDown(by, number, calls, "Seen", over=True, who=(v,)) for v in visit.visitors),
        *(c.StandDown(by, number, calls, "Seen", over=False, who=(v,)) for v in visit.visitors),
        c.StandDown(by, number, calls, "Seen", over=True, who=visit.visitors),
        c.StandDown(by, number, calls, "Seen", over=True, who=("tom",)),
        c.StandDown(by, number, calls - 1, "I spoke to her", over=True),
        c.StandDown(by, number, calls, " ", over=False),
        c.Reopen(by, closed),
        c.Reopen(by, closed + 1),
        c.ShowRisks(by),
        c.Ring999(by),
        c.Wake(),
    )
