"""The one table of a policy's keys, for policy files, the school file's [policy] and show_policy.

The key ``approval.valid_for`` is the field ``approval_valid_for`` of ``Policy``. The ladder and the
clauses are tables of their own and stand in ``policy_file``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.domain.questions import ASKABLE
from bot.domain.school import ROLES

# Whom a stage of the approval may name, and whom a rung may tell.
STAGE_WORDS = ("leader", *ROLES)
TELL_WORDS = ("visitors", "contact", "backup", "leader", "duty_leader", *ROLES)

# Whom a quiet alert may go to: never the visitors, on whose own screens nothing shows. And whom a
# concern may: people by what they are trusted with, never a channel, and nobody whom a visit names.
ALERTED = ("contact", "backup", "leader", "duty_leader", *ROLES)
CONFIDED = (
    *("leader", "duty_leader", "senior_leader", "head", "dsl", "deputy_dsl"),
    *("pastoral_head", "attendance_lead"),
)

# What a school asks of somebody who would go alone: nothing, why (shown to whoever approves, or
# else without it no request), or not to.
ALONE = ("free", "asked", "reason", "never")

# Whether there must be an appointment: never left without one, only by an exception that whoever
# approves puts their name to, or nothing is asked.
APPOINTMENT = ("always", "whenever_possible", "no")

# The same as ALONE while nobody is at school: a backup who has said yes, not at all, or nothing.
EVENING = ("backup", "never", "free")

Kind = Literal["text", "texts", "stages", "roles", "flag", "duration", "choice", "words", "ticks"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what kind of value it takes, an example, the bounds of a duration, and the words of
    a choice.
    """

    path: str
    kind: Kind
    example: str = ""
    least: str = ""
    most: str = ""
    words: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The field of ``Policy``."""
        return self.path.replace(".", "_")

    @property
    def group(self) -> str:
        """The table that the key stands in; for a key at the top, nothing."""
        return self.path.rpartition(".")[0]

    @property
    def leaf(self) -> str:
        """The key's own name inside its table."""
        return self.path.rpartition(".")[2]


def _length(path: str, example: str, least: str, most: str) -> Key:
    return Key(path, "duration", example, least, most)


KEYS = (
    Key("name", "text", "our-school"),
    Key("title", "text", "Home Visits Policy"),
    Key("approval.stages", "stages", '[["head", "senior_leader"]]'),
    _length("approval.remind", "10m", "1s", "3d"),
    Key("approval.then", "roles", '["head"]'),
    _length("approval.valid_for", "1h", "1s", "7d"),
    _length("approval.small_change", "15m", "0m", "1d"),
    Key("approval.same_person", "flag"),
    Key("approval.before_appointment", "flag"),
    _length("approval.window", "14d", "1s", "92d"),
    Key("appointment.needed", "choice", "whenever_possible", words=APPOINTMENT),
    Key("pairs.alone", "choice", "asked", words=ALONE),
    Key("pairs.with_risks", "choice", "asked", words=ALONE),
    Key("pairs.after_trouble", "choice", "asked", words=ALONE),
    Key("pairs.flagged", "choice", "reason", words=ALONE),
    Key("request.asks", "words", '["why_not_in_school"]', words=ASKABLE),
    Key("request.needs", "words", '["why_not_in_school"]', words=ASKABLE),
    _length("check_in.every", "30m", "1s", "1d"),
    _length("check_in.reply_within", "5m", "1s", "1h"),
    _length("check_in.not_within", "10m", "0m", "1d"),
    _length("return.remind_before", "5m", "1s", "2h"),
    _length("return.grace", "5m", "1s", "1h"),
    _length("return.extend_at_most", "2h", "0m", "1d"),
    _length("alarm.owner_holds", "10m", "1s", "2h"),
    _length("alarm.unreached_after", "60s", "1s", "15m"),
    _length("alarm.repeat", "5m", "1s", "1h"),
    _length("alarm.resume_after", "5m", "1s", "1h"),
    _length("alarm.prompt_after_stand_down", "10m", "1s", "1h"),
    _length("alarm.undo_for", "15m", "1s", "1d"),
    _length("help.before_leaving", "4h", "0m", "7d"),
    _length("departure.nudge_after", "10m", "1s", "1d"),
    Key("departure.kit", "ticks", '[{ tick = "Identification", clause = "identification" }]'),
    Key("visit.rounds", "flag"),
    _length("visit.at_most", "3h", "1s", "1d"),
    Key("evening.alone", "choice", "backup", words=EVENING),
    _length("evening.backup_stays", "1h", "0m", "1d"),
    _length("watch.confirm_within", "10m", "0m", "1d"),
    _length("board.refresh", "5m", "1s", "1h"),
    Key("return.nudge", "flag"),
    _length("return.nudge_from", "10m", "1s", "3h"),
    Key("arrival.reminder", "texts", '["Introduce yourself.", "Never promise to keep a secret."]'),
    Key("uneasy.tell", "roles", '["contact", "duty_leader"]', words=ALERTED),
    _length("uneasy.ask_after", "5m", "1s", "1h"),
    Key("concern.tell", "roles", '["head", "dsl"]', words=CONFIDED),
    Key("concern.then", "roles", '["deputy_dsl", "senior_leader"]', words=CONFIDED),
    _length("concern.seen_within", "10m", "1s", "1d"),
    _length("concern.after_return", "24h", "0m", "7d"),
    Key("flags.by", "roles", '["dsl", "head", "senior_leader"]'),
    _length("flags.at_most", "365d", "1s", "1095d"),
    _length("flags.review_every", "90d", "1s", "1095d"),
    _length("flags.shown_after", "30d", "0m", "365d"),
    _length("flags.trouble_counts", "365d", "0m", "1095d"),
    _length("reading.every", "120d", "0m", "1095d"),
)
RUNG_AFTER = _length("after", "5m", "0m", "1d")
MOST_RUNGS = 20
MOST_TICKS = 10
"""Of what to have with you: more can't be shown as boxes to tick."""
LONGEST_TICK = 75

BY_PATH: Mapping[str, Key] = {key.path: key for key in KEYS}
GROUPS = tuple(dict.fromkeys(key.group for key in KEYS if key.group))
