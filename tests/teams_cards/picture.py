"""Pictures of what Teams is given, drawn by Microsoft's renderer at a phone's width.

``python -m tests.teams_cards.picture`` draws those of the documents anew. What draws is not Teams'
own client: it shows order, wording and buttons, not every shade.
"""

import shutil

from playwright.sync_api import sync_playwright

from bot.cards.gallery import gallery
from tests.e2e.conftest import FLAGS
from tests.teams_cards.drawn import HERE, draw, opened
from tests.teams_cards.sent import content

DOCUMENTS = HERE.parents[1] / "docs" / "images" / "teams"
OF_DOCUMENTS = {
    "approval": ("approval", "asked", "Mrs Shah"),
    "departure": ("departure", "out", "the office"),
    "prompt": ("prompt", "prompted", "Ana Teach"),
    "alarm": ("alarm", "silent, a leader told", "Mr Lee"),
    "board": ("board", "several are out", "the office"),
    "leave": ("leave", "something is missing", "Ana Teach"),
}


def write() -> None:
    found = {(example.of, example.name, example.reader): example for example in gallery()}
    DOCUMENTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(FLAGS)
        )
        page = opened(browser)
        for name, which in OF_DOCUMENTS.items():
            draw(page, content(found[which]))
            page.locator("#cards").screenshot(path=DOCUMENTS / f"{name}.png")


if __name__ == "__main__":
    write()
