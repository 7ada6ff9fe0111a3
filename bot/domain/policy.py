"""A school's rules for home visits, as data. Each rule may carry the clause it implements.

The field ``approval_valid_for`` is the key ``approval.valid_for`` of a policy file, and so on.
A policy is frozen into a visit at departure (S15).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.kinds import NO_RULES, KindRules, kind_key


@dataclass(frozen=True, slots=True)
class Rung:
    """Whom to tell, ``after`` so long since the visit became overdue."""

    after: timedelta
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence of the written policy, and where it stands there."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to have with you when you leave, and the rule whose clause asks for it, if one
    does.
    """

    text: str
    clause: str = ""

    @property
    def name(self) -> str:
        """How a form calls it: ``a_plan_for_poor_signal``."""
        words = "".join(c if c.isalnum() else " " for c in self.text.casefold())
        return "_".join(words.split())


def _days(number: int) -> timedelta:
    return timedelta(days=number)


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


@dataclass(frozen=True, slots=True)
class Policy:
    """All values of a policy; the defaults are those of ``contract.md``, for a home-made file."""

    name: str
    title: str
    approval_stages: tuple[tuple[str, ...], ...]
    ladder: tuple[Rung, ...]
    approval_remind: timedelta = _minutes(10)
    approval_then: tuple[str, ...] = ("head",)
    approval_valid_for: timedelta = _minutes(60)
    approval_small_change: timedelta = _minutes(15)
    approval_same_person: bool = False
    approval_before_appointment: bool = False
    approval_window: timedelta = _days(14)
    appointment_needed: str = "no"
    pairs_alone: str = "asked"
    pairs_with_risks: str = "free"
    pairs_after_trouble: str = "free"
    pairs_flagged: str = "free"
    request_asks: tuple[str, ...] = ()
    request_needs: tuple[str, ...] = ()
    check_in_every: timedelta = _minutes(30)
    check_in_reply_within: timedelta = _minutes(5)
    check_in_not_within: timedelta = _minutes(10)
    return_remind_before: timedelta = _minutes(5)
    return_grace: timedelta = _minutes(5)
    return_extend_at_most: timedelta = _minutes(120)
    return_nudge: bool = True
    return_nudge_from: timedelta = _minutes(10)
    arrival_reminder: tuple[str, ...] = ()
    uneasy_tell: tuple[str, ...] = ("contact", "duty_leader")
    uneasy_ask_after: timedelta = _minutes(5)
    concern_tell: tuple[str, ...] = ("head", "dsl")
    concern_then: tuple[str, ...] = ("deputy_dsl", "senior_leader")
    concern_seen_within: timedelta = _minutes(10)
    concern_after_return: timedelta = _minutes(24 * 60)
    alarm_owner_holds: timedelta = _minutes(10)
    alarm_unreached_after: timedelta = _minutes(1)
    alarm_repeat: timedelta = _minutes(5)
    alarm_resume_after: timedelta = _minutes(5)
    alarm_prompt_after_stand_down: timedelta = _minutes(10)
    alarm_undo_for: timedelta = _minutes(15)
    help_before_leaving: timedelta = _minutes(240)
    departure_nudge_after: timedelta = _minutes(10)
    departure_kit: tuple[Tick, ...] = (
        Tick("Identification"),
        Tick("Charged phone"),
        Tick("Emergency numbers"),
    )
    visit_rounds: bool = True
    visit_at_most: timedelta = _minutes(180)
    evening_alone: str = "backup"
    evening_backup_stays: timedelta = _minutes(60)
    watch_confirm_within: timedelta = _minutes(10)
    board_refresh: timedelta = _minutes(5)
    flags_by: tuple[str, ...] = ("dsl", "head", "senior_leader")
    flags_at_most: timedelta = _days(365)
    flags_review_every: timedelta = _days(90)
    flags_shown_after: timedelta = _days(30)
    flags_trouble_counts: timedelta = _days(365)
    reading_every: timedelta = _days(120)
    kinds: Mapping[str, KindRules] = field(default_factory=dict)
    clauses: Mapping[str, Clause] = field(default_factory=dict)

    def clause(self, rule: str) -> Clause | None:
        """The clause behind a rule (``approval``, ``pairs``, ...), if the file names one."""
        return self.clauses.get(rule)

    @property
    def records_appointments(self) -> bool:
        """Whether only an appointment that is recorded after the yes counts as one, and what is
        typed into a request doesn't.
        """
        return self.approval_before_appointment or self.appointment_needed == "always"

    def kind(self, kind: str) -> KindRules:
        """The rules of this kind of visit alone; mostly there are none."""
        return self.kinds.get(kind_key(kind), NO_RULES)
