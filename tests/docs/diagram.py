"""Draws the phases and moves of a visit from the table in ``bot/domain/moves.py``.

``python -m tests.docs.diagram`` writes it into ``docs/architecture.md``; a test compares.
"""

from pathlib import Path

from bot.domain.moves import MOVES

PAGE = Path(__file__).parents[2] / "docs" / "architecture.md"
START, END = "<!-- diagram: made from bot/domain/moves.py -->\n", "<!-- end of diagram -->\n"


def diagram() -> str:
    """A mermaid state diagram: an arrow for each pair of phases, with the events between them."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for event, (sources, target) in MOVES.items():
        for source in sources:
            if target is not None and target is not source:
                arrows.setdefault((source.__name__, target.__name__), []).append(event.__name__)
    lines = ["stateDiagram-v2", "    [*] --> Requested: Asked"]
    for (before, after), events in arrows.items():
        lines.append(f"    {before} --> {after}: {', '.join(events)}")
    return "```mermaid\n" + "\n".join(lines) + "\n```\n"


def page_with_diagram(page: str) -> str:
    """The page with the diagram as it should be."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return before + START + diagram() + END + after


if __name__ == "__main__":
    PAGE.write_text(page_with_diagram(PAGE.read_text("utf-8")), "utf-8")
