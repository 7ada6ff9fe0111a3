"""What Slack is given, as lines. Written by ``python -m tests.slack_forms.golden``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.golden import Golden
from tests.slack_forms.sent import sent

Json = Mapping[str, Any]


def _sent(given: Json) -> Iterator[str]:
    match given.get("type"):
        case "modal":
            yield f"modal {given['callback_id']}: {given['title']['text']}"
            yield from _blocks(given["blocks"])
            yield f"[{given['submit']['text']}] submits, [{given['close']['text']}] closes"
        case "home":
            yield "home tab"
            yield from _blocks(given["blocks"])
        case _:
            yield f"phone: {given['text']}"
            yield from _blocks(given["blocks"])


def _blocks(blocks: Sequence[Json]) -> Iterator[str]:
    for block in blocks:
        match block["type"]:
            case "rich_text":
                for element in block["elements"]:
                    yield from _rich(element)
            case "context":
                yield from (f"  small: {each['text']}" for each in block["elements"])
            case "divider":
                yield "  ----"
            case "actions":
                yield "  " + " ".join(map(_button, block["elements"]))
            case "input":
                yield from _input(block)
            case other:
                raise AssertionError(f"say here how {other} is written")


def _rich(element: Json) -> Iterator[str]:
    if element["type"] == "rich_text_list":
        ordered = element["style"] == "ordered"
        for number, each in enumerate(element["elements"], 1):
            yield f"  {f'{number}.' if ordered else '-'} {_runs(each['elements'])}"
    else:
        yield f"  {_runs(element['elements'])}"


def _runs(runs: Sequence[Json]) -> str:
    return "".join(map(_run, runs)).replace("\n", "\n    ")


def _run(run: Json) -> str:
    match run["type"]:
        case "emoji":
            return f":{run['name']}:"
        case "user":
            return f"@{run['user_id']}"
        case _:
            return f"*{run['text']}*" if run.get("style") else str(run["text"])


def _button(button: Json) -> str:
    style = f", {button['style']}" if "style" in button else ""
    return f"[{button['text']['text']}{style}]"


def _input(block: Json) -> Iterator[str]:
    element = block["element"]
    needed = "" if block["optional"] else ", needed"
    zone = f" in {element['timezone']}" if "timezone" in element else ""
    lines = ", several lines" if element.get("multiline") else ""
    yield f"  {block['label']['text']} ({element['type']}{zone}{lines}{needed})"
    if "hint" in block:
        yield f"    hint: {block['hint']['text']}"
    first = [element["initial_option"]] if "initial_option" in element else []
    chosen = element.get("initial_options", first)
    for option in element.get("options", ()):
        yield f"    {'(x)' if option in chosen else '( )'} {option['text']['text']}"
    for name in ("initial_value", "initial_date", "initial_time", "initial_user", "initial_users"):
        if name in element:
            yield f"    {element[name]}"


GOLDEN = Golden("slack_forms", lambda example: _sent(sent(example)))

if __name__ == "__main__":
    GOLDEN.write()
