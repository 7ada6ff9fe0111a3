"""What Teams is given, written for the eye: one file a card or form, each with its examples.

Written anew by ``python -m tests.teams_cards.golden``; the difference is what a reviewer reads.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.teams_cards.sent import activity, examples, named

FOLDER = Path(__file__).parent / "golden"
COMMAND = ".venv/bin/python -m tests.teams_cards.golden"
Json = Mapping[str, Any]


def texts() -> dict[str, str]:
    """Each file's name and text."""
    found: dict[str, list[str]] = {}
    for example in examples():
        head = f"=== {named(example).removeprefix(example.of).lstrip(', ')}"
        said = [head, *_sent(activity(example))]
        found.setdefault(f"{example.of}.txt", []).append("\n".join(said))
    return {name: "\n\n".join(parts) + "\n" for name, parts in sorted(found.items())}


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


def write(folder: Path) -> None:
    """Write every file, and remove those of cards that are no more."""
    folder.mkdir(exist_ok=True)
    made = texts()
    for old in folder.glob("*.txt"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write(FOLDER)
