"""The times that a story's sentences name: what the policy makes of this moment, for the reader."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.policy import Policy


def times(policy: Policy, zone: ZoneInfo, now: datetime) -> Mapping[str, str]:
    """Each by its name, as a time of day."""
    first, *later = (rung.after for rung in policy.ladder)
    second = later[0] if later else first + policy.alarm_repeat
    third = later[1] if len(later) > 1 else second + policy.alarm_repeat
    after = {
        "now": timedelta(),
        "reminded_at": policy.approval_remind,
        "asked_at": policy.check_in_every,
        "reply_by": policy.check_in_reply_within,
        "second_rung_at": second - first,
        "third_rung_at": third - second,
        "repeated_at": policy.alarm_repeat,
        "held_until": policy.alarm_owner_holds,
        "asked_again_at": policy.alarm_prompt_after_stand_down,
        "grace_ends": policy.return_remind_before + policy.return_grace,
    }
    return {name: f"{(now + length).astimezone(zone):%H:%M}" for name, length in after.items()}
