"""Which blocks and views Slack takes: structure, lengths, counts and ids, as its reference says."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

Json = Mapping[str, Any]
MESSAGE_BLOCKS = 50
MESSAGE_JSON = 13_200
VIEW_BLOCKS = 100
IN_MESSAGES = {"actions", "context", "divider", "header", "rich_text", "section"}
IN_VIEWS = IN_MESSAGES | {"input"}
INPUTS = {
    "checkboxes",
    "datepicker",
    "multi_static_select",
    "multi_users_select",
    "plain_text_input",
    "radio_buttons",
    "static_select",
    "timepicker",
    "users_select",
}
RICH = {"text", "user", "emoji"}
STYLES = {"bold", "italic", "strike", "code"}


class Refused(Exception):
    """What Slack would answer, and why."""

    def __init__(self, error: str, why: str = "") -> None:
        super().__init__(f"{error}: {why}")
        self.error, self.why = error, why


def bad(why: str) -> Refused:
    return Refused("invalid_blocks", why)


def check_message(blocks: object) -> None:
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    if len(blocks) > MESSAGE_BLOCKS:
        raise bad("no more than 50 items allowed")
    if len(json.dumps(blocks, ensure_ascii=False)) > MESSAGE_JSON:
        raise Refused("msg_blocks_too_long")
    _blocks(blocks, IN_MESSAGES)


def check_view(view: object) -> None:
    try:
        _view(view)
    except Refused as refused:
        raise Refused("invalid_arguments", refused.why) from None


def _view(view: object) -> None:
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        raise bad("a view is a modal or a home tab")
    known = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    if view["type"] == "modal":
        known |= {"title", "submit", "close", "clear_on_close", "notify_on_close"}
        _plain(view.get("title"), 24, "title")
        for name in ("submit", "close"):
            if name in view:
                _plain(view[name], 24, name)
    _only(view, known)
    _text(view.get("private_metadata", ""), 3000, "private_metadata", empty=True)
    _text(view.get("callback_id", ""), 255, "callback_id", empty=True)
    blocks = view.get("blocks")
    if not isinstance(blocks, list) or not 0 < len(blocks) <= VIEW_BLOCKS:
        raise bad("a view has 1 to 100 blocks")
    _blocks(blocks, IN_VIEWS)
    inputs = [block for block in blocks if block["type"] == "input"]
    if view["type"] == "modal" and inputs and "submit" not in view:
        raise bad("a modal with input blocks needs a submit")


def _blocks(blocks: Sequence[object], allowed: set[str]) -> None:
    ids: set[str] = set()
    for block in blocks:
        if not isinstance(block, dict) or block.get("type") not in allowed:
            raise bad(f"unsupported block: {str(block)[:60]}")
        if "block_id" in block:
            _text(block["block_id"], 255, "block_id")
            if block["block_id"] in ids:
                raise bad(f"block_id {block['block_id']!r} already exists")
            ids.add(block["block_id"])
        _BLOCKS[block["type"]](block)


def _section(block: Json) -> None:
    _only(block, {"type", "block_id", "text", "fields", "accessory", "expand"})
    if "text" not in block and "fields" not in block:
        raise bad("a section needs text or fields")
    if "text" in block:
        _composed(block["text"], 3000)
    if "fields" in block:
        _count(block["fields"], 1, 10, "fields")
        for each in block["fields"]:
            _composed(each, 2000)
    if "accessory" in block:
        _element(block["accessory"], {"button", *INPUTS} - {"plain_text_input"})


def _header(block: Json) -> None:
    _only(block, {"type", "block_id", "text"})
    _plain(block.get("text"), 150, "header")


def _divider(block: Json) -> None:
    _only(block, {"type", "block_id"})


def _context(block: Json) -> None:
    _only(block, {"type", "block_id", "elements"})
    _count(block.get("elements"), 1, 10, "context")
    for each in block["elements"]:
        _composed(each, 3000)


def _actions(block: Json) -> None:
    _only(block, {"type", "block_id", "elements"})
    _count(block.get("elements"), 1, 25, "actions")
    names = [each.get("action_id") for each in block["elements"]]
    if len(set(names)) != len(names):
        raise bad("action_id already exists for that block")
    for each in block["elements"]:
        _element(each, {"button"})


def _input(block: Json) -> None:
    known = {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"}
    _only(block, known)
    _plain(block.get("label"), 2000, "label")
    if "hint" in block:
        _plain(block["hint"], 2000, "hint")
    _element(block.get("element"), INPUTS)


def _rich(block: Json) -> None:
    _only(block, {"type", "block_id", "elements"})
    _count(block.get("elements"), 1, 1000, "rich_text")
    for each in block["elements"]:
        match each.get("type"):
            case "rich_text_section" | "rich_text_quote":
                _only(each, {"type", "elements", "border"})
                _rich_elements(each)
            case "rich_text_list":
                _only(each, {"type", "elements", "style", "indent", "offset", "border"})
                if each.get("style") not in {"bullet", "ordered"}:
                    raise bad("a list is bulleted or ordered")
                _count(each.get("elements"), 1, 1000, "list")
                for item in each["elements"]:
                    if item.get("type") != "rich_text_section":
                        raise bad("a list holds sections")
                    _rich_elements(item)
            case other:
                raise bad(f"no rich text element {other!r}")


def _rich_elements(section: Json) -> None:
    _count(section.get("elements"), 1, 1000, "rich_text_section")
    for each in section["elements"]:
        kind = each.get("type")
        if kind not in RICH:
            raise bad(f"no rich text {kind!r}")
        match kind:
            case "text":
                _only(each, {"type", "text", "style"})
                _text(each.get("text"), MESSAGE_JSON, "rich text")
            case "user":
                _only(each, {"type", "user_id", "style"})
                _text(each.get("user_id"), 30, "user_id")
            case _:
                _only(each, {"type", "name", "unicode", "skin_tone"})
                _text(each.get("name"), 100, "emoji")
        if set(each.get("style", {})) - STYLES:
            raise bad("unknown style")


_BLOCKS = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "input": _input,
    "rich_text": _rich,
}


def _element(element: object, allowed: set[str]) -> None:
    if not isinstance(element, dict) or element.get("type") not in allowed:
        raise bad(f"unsupported element: {str(element)[:60]}")
    kind = element["type"]
    _text(element.get("action_id", "x"), 255, "action_id")
    if kind == "button":
        _only(element, {"type", "action_id", "text", "value", "style", "confirm", "url"})
        _plain(element.get("text"), 75, "button")
        _text(element.get("value", "x"), 2000, "value")
        if element.get("style", "primary") not in {"primary", "danger"}:
            raise bad("a button is primary or danger")
    elif kind == "plain_text_input":
        _input_of_text(element)
    elif "select" in kind and "users" not in kind:
        _options(element, 100, single="multi" not in kind)
    elif kind in {"checkboxes", "radio_buttons"}:
        _options(element, 10, single=kind == "radio_buttons")
    elif kind == "datepicker":
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", element.get("initial_date", "2026-01-01")):
            raise bad("initial_date is YYYY-MM-DD")
    elif kind == "timepicker":
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", element.get("initial_time", "00:00")):
            raise bad("initial_time is HH:MM")
    elif kind == "users_select":
        _text(element.get("initial_user", "U1"), 30, "initial_user")
    elif kind == "multi_users_select":
        for user in element.get("initial_users", []):
            _text(user, 30, "initial_users")
    if "placeholder" in element:
        _plain(element["placeholder"], 150, "placeholder")


def _input_of_text(element: Json) -> None:
    longest = element.get("max_length", 3000)
    if not 1 <= longest <= 3000 or not 0 <= element.get("min_length", 0) <= 3000:
        raise bad("max_length is 1 to 3000")
    _text(element.get("initial_value", ""), longest, "initial_value", empty=True)


def _options(element: Json, most: int, *, single: bool) -> None:
    groups = element.get("option_groups")
    if groups is not None:
        _count(groups, 1, 100, "option_groups")
        options = []
        for group in groups:
            _plain(group.get("label"), 75, "label")
            _count(group.get("options"), 1, most, "options")
            options += group["options"]
    else:
        _count(element.get("options"), 1, most, "options")
        options = element["options"]
    for option in options:
        _option(option)
    values = [option["value"] for option in options]
    if len(set(values)) != len(values):
        raise bad("two options have one value")
    first = [element["initial_option"]] if "initial_option" in element else []
    if "initial_options" in element:
        first = element["initial_options"]
        _count(first, 1, most, "initial_options")
        if single:
            raise bad("initial_options is for several")
    if any(each not in options for each in first):
        raise bad("an initial option must be one of the options")


def _option(option: object) -> None:
    if not isinstance(option, dict):
        raise bad("an option is an object")
    _only(option, {"text", "value", "description"})
    _composed(option.get("text"), 75)
    _text(option.get("value"), 150, "value")


def _composed(text: object, longest: int) -> None:
    if not isinstance(text, dict) or text.get("type") not in {"plain_text", "mrkdwn"}:
        raise bad("no text object")
    if text["type"] == "mrkdwn":
        _only(text, {"type", "text", "verbatim"})
        if re.search(r"&(?!(amp|lt|gt);)", text["text"]):
            raise bad("an & that isn't escaped")
        _text(text.get("text"), longest, "text")
    else:
        _plain(text, longest, "text")


def _plain(text: object, longest: int, what: str) -> None:
    if not isinstance(text, dict) or text.get("type") != "plain_text":
        raise bad(f"{what} must be plain text")
    _only(text, {"type", "text", "emoji"})
    _text(text.get("text"), longest, what)


def _text(text: object, longest: int, what: str, *, empty: bool = False) -> None:
    if not isinstance(text, str) or len(text) > longest or not (text or empty):
        raise bad(f"{what} must be text of 1 to {longest} characters")


def _count(items: object, least: int, most: int, what: str) -> None:
    if not isinstance(items, list) or not least <= len(items) <= most:
        raise bad(f"{what} must have {least} to {most} items")


def _only(thing: Json, known: set[str]) -> None:
    if strange := set(thing) - known:
        raise bad(f"{thing.get('type')} has no {sorted(strange)}")
