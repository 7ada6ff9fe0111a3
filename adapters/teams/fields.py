"""What stands in a form's fields, as the core's values: text by field name. Pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from adapters.teams.forms import DATE, NAMES, TIME

Named = Callable[[str], str]
_BETWEEN = re.compile(r"\s*(?:[,;&\n]|\band\b)\s*")


def typed(data: Mapping[str, Any], named: Named) -> dict[str, str]:
    """Every field's value; a date and its time become one moment. ``named`` gives the person with
    a name, or the name back where it is nobody's.
    """
    found: dict[str, str] = {}
    days: dict[str, str] = {}
    clocks: dict[str, str] = {}
    for name, held in data.items():
        value = _value(held)
        if name.endswith(DATE):
            days[name.removesuffix(DATE)] = value
        elif name.endswith(TIME):
            clocks[name.removesuffix(TIME)] = value[:5]
        elif name.endswith(NAMES):
            called = [each for each in _BETWEEN.split(value.strip()) if each]
            found[name.removesuffix(NAMES)] = ",".join(named(each) for each in called)
        else:
            found[name] = value
    for name in days.keys() | clocks.keys():
        day, clock = days.get(name, ""), clocks.get(name, "")
        found[name] = f"{day}T{clock}" if day or clock else ""
    return found


def _value(held: object) -> str:
    return held if isinstance(held, str) else ""
