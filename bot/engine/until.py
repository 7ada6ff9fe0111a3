"""Until when: from what a form or a button carries to a moment, or what is wrong with it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.domain.duration import say_duration
from bot.domain.moments import BadMoment, read_moment
from bot.domain.refused import Refused
from bot.domain.visit import Visit
from bot.engine.scene import Scene

FURTHEST = timedelta(days=1)


def moment(text: str, scene: Scene) -> datetime | Refused | None:
    """A time near now; None where nothing is given."""
    if not text:
        return None
    try:
        found = read_moment(text, scene.setup.school.zone).astimezone(UTC)
    except BadMoment as bad:
        return Refused(str(bad), field="until")
    except OverflowError:
        return Refused("Please give a time near now.", field="until")
    if found - scene.now > FURTHEST:
        return Refused("That is more than a day ahead. Please check the date.", field="until")
    return found


def longer_until(values: Mapping[str, str], visit: Visit, scene: Scene) -> datetime | Refused:
    """A time of day, or minutes. They count from the expected return, or from now when that is
    past.
    """
    until = moment(values.get("until", ""), scene)
    if until is not None:
        return until
    minutes = values.get("minutes", "")
    most = scene.setup.policy.visit_at_most
    if minutes.isdecimal() and timedelta(minutes=int(minutes[:5])) > most:
        why = f"A whole visit takes at most {say_duration(most)}. How much longer?"
        return Refused(why, field="minutes")
    if visit.watch and minutes.isdecimal() and 0 < int(minutes[:5]) <= 24 * 60:
        due = max(visit.watch.expected_return, scene.now)
        return due + timedelta(minutes=int(minutes[:5]))
    return Refused("How much longer? Choose one, or give a time.", field="minutes")
