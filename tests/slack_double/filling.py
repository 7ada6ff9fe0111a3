"""What stands in the fields of a modal, and what a person puts there."""

from collections.abc import Mapping
from typing import Any

from tests.slack_double.reading import options

ASIDE = ", time"


def start(view: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The state of a view as it opens: block, action, element."""
    return {
        block["block_id"]: {block["element"]["action_id"]: _initial(block["element"])}
        for block in view["blocks"]
        if block["type"] == "input"
    }


def _initial(element: Mapping[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    match kind:
        case "plain_text_input":
            return {"type": kind, "value": element.get("initial_value") or None}
        case "static_select" | "radio_buttons":
            return {"type": kind, "selected_option": element.get("initial_option")}
        case "checkboxes" | "multi_static_select":
            return {"type": kind, "selected_options": list(element.get("initial_options", ()))}
        case "datepicker":
            return {"type": kind, "selected_date": element.get("initial_date")}
        case "timepicker":
            return {"type": kind, "selected_time": element.get("initial_time")}
        case "users_select":
            return {"type": kind, "selected_user": element.get("initial_user")}
        case "multi_users_select":
            return {"type": kind, "selected_users": list(element.get("initial_users", ()))}
        case _:
            raise AssertionError(kind)


def put(state: dict[str, dict[str, Any]], block: Mapping[str, Any], value: str) -> None:
    """As a hand would: only what the element offers can be chosen. Several by commas."""
    element = block["element"]
    held = state[block["block_id"]][element["action_id"]]
    chosen = [part for part in value.split(",") if part]
    offered = {option["value"]: option for option in options(element)}
    match element["type"]:
        case "plain_text_input":
            assert len(value) <= element.get("max_length", 3000), "the client takes no more"
            held["value"] = value or None
        case "static_select" | "radio_buttons":
            held["selected_option"] = offered[value] if value else None
        case "checkboxes" | "multi_static_select":
            held["selected_options"] = [offered[each] for each in chosen]
        case "datepicker":
            held["selected_date"] = value.partition("T")[0] or None
        case "timepicker":
            held["selected_time"] = value.partition("T")[2] or None
        case "users_select":
            held["selected_user"] = value or None
        case "multi_users_select":
            held["selected_users"] = chosen


def empty(held: Mapping[str, Any]) -> bool:
    """Whether a required field would be refused by the client."""
    return not any(value for name, value in held.items() if name != "type")
