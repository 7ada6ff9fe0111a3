"""What Teams is given, as lines. Written by ``python -m tests.teams_cards.golden``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tests.golden import Golden
from tests.teams_cards.sent import activity

Json = Mapping[str, Any]


def _sent(given: Json) -> Iterator[str]:
    yield f"phone: {given['summary']}"
    yield from _elements(given["attachments"][0]["content"]["body"])


def _elements(elements: Sequence[Json]) -> Iterator[str]:
    for element in elements:
        if element.get("separator"):
            yield "  ----"
        match element["type"]:
            case "Container":
                yield f"  ({element['style']})"
                yield from _elements(element["items"])
            case "RichTextBlock":
                yield "  " + "".join(map(_run, element["inlines"]))
            case "ActionSet":
                yield "  " + " ".join(map(_button, element["actions"]))
            case kind if kind.startswith("Input."):
                yield from _input(element)
            case other:
                raise AssertionError(f"say here how {other} is written")


def _run(run: Json) -> str:
    marks = {"bolder": "*"}.get(run.get("weight", ""), "~" if run.get("isSubtle") else "")
    return f"{marks}{run['text']}{marks}"


def _button(action: Json) -> str:
    style = f", {action['style']}" if "style" in action else ""
    return f"[{action['title']}{style}]"


def _input(element: Json) -> Iterator[str]:
    marks = [element["type"].removeprefix("Input.")]
    marks += [name for name in ("isMultiline", "isMultiSelect", "isRequired") if element.get(name)]
    marks += [element["style"]] if "style" in element else []
    yield f"  {element['label']} ({', '.join(marks)})"
    value = element.get("value", "")
    for choice in element.get("choices", ()):
        yield f"    {'(x)' if choice['value'] in value.split(',') else '( )'} {choice['title']}"
    if value and "choices" not in element:
        yield f"    {value}"


GOLDEN = Golden("teams_cards", lambda example: _sent(activity(example)))

if __name__ == "__main__":
    GOLDEN.write()
