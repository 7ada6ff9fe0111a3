"""What stands in a modal's fields, as the core's values: text by field name. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from adapters.slack.modal import DATE, TIME

Who = Callable[[str], str]


def typed(state: object, who: Who) -> dict[str, str]:
    """Every field's value; a date and its time become one moment. ``who`` gives the person with
    a Slack id, or the id back where it is nobody's of the school.
    """
    found: dict[str, str] = {}
    days: dict[str, str] = {}
    clocks: dict[str, str] = {}
    for actions in (state if isinstance(state, dict) else {}).values():
        for name, held in (actions if isinstance(actions, dict) else {}).items():
            value = _value(held, who) if isinstance(held, dict) else ""
            if name.endswith(DATE):
                days[name.removesuffix(DATE)] = value
            elif name.endswith(TIME):
                clocks[name.removesuffix(TIME)] = value
            else:
                found[name] = value
    for name in days.keys() | clocks.keys():
        day, clock = days.get(name, ""), clocks.get(name, "")
        found[name] = f"{day}T{clock}" if day or clock else ""
    return found


def _value(held: Mapping[str, Any], who: Who) -> str:
    """One element's value; several choices joined by commas."""
    one = held.get("selected_option")
    if isinstance(one, dict):
        return str(one.get("value", ""))
    several = held.get("selected_options")
    if isinstance(several, list):
        return ",".join(str(each.get("value", "")) for each in several if isinstance(each, dict))
    people = held.get("selected_users")
    if isinstance(people, list):
        return ",".join(who(str(each)) for each in people)
    if isinstance(held.get("selected_user"), str):
        return who(held["selected_user"])
    for name in ("value", "selected_date", "selected_time"):
        if isinstance(held.get(name), str):
            return str(held[name])
    return ""
