"""Pictures of what Slack is given, drawn in a browser at a phone's width.

``python -m tests.slack_forms.picture`` draws those of the documents anew, ``picture FOLDER`` every
example of the gallery into a folder, to be looked at. Node and Chromium are needed. What draws is
not Slack's own client: it shows order, wording and buttons, not every shade.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bot.cards.gallery import Example, gallery
from bot.cards.gallery.school import SCHOOL
from tests.e2e.conftest import FLAGS
from tests.slack_forms.packages import HERE, install
from tests.slack_forms.sent import IDS, sent

DOCUMENTS = HERE.parents[1] / "docs" / "images" / "slack"
OF_DOCUMENTS = {
    "approval": ("approval", "asked", "Mrs Shah"),
    "refused": ("refused_departure", "asked", "Ana Teach"),
    "departure": ("departure", "out", "the office"),
    "prompt": ("prompt", "prompted", "Ana Teach"),
    "alarm": ("alarm", "silent, a leader told", "Mr Lee"),
    "board": ("board", "several are out", "the office"),
    "home": ("tab", "a leader", "Mrs Shah"),
    "plan": ("plan", "a new visit", "Ana Teach"),
}
WIDTH = 390
STYLE = """
body { margin: 0; font-size: 15px; line-height: 1.45 }
#root, #root * { font-family: Lato, "Noto Color Emoji", "DejaVu Sans", sans-serif }
#root { padding: 12px; width: 366px; background: #fff }
.modal header { display: flex; justify-content: space-between; align-items: center; gap: 8px;
  padding-bottom: 12px; border-bottom: 1px solid #ddd; margin-bottom: 12px; font-size: 14px }
"""


def of_documents() -> Iterator[tuple[str, Example]]:
    """Each picture's name, and the example that it shows."""
    found = {(example.of, example.name, example.reader): example for example in gallery()}
    for name, which in OF_DOCUMENTS.items():
        yield name, found[which]


@contextmanager
def drawing() -> Iterator[Page]:
    """A page on which examples can be drawn."""
    modules = install()
    built = modules / ".built"
    how = ("--bundle", "--minify", "--jsx=automatic")
    subprocess.run(
        [
            modules / ".bin" / "esbuild",
            HERE / "page.jsx",
            *how,
            "--define:process.env.NODE_ENV='production'",
            f"--outfile={built}/page.js",
        ],
        cwd=HERE,
        check=True,
        capture_output=True,
    )
    chromium = shutil.which("chromium")
    if chromium is None:
        raise RuntimeError("no chromium here; this gets it: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser.new_page(
            locale="en-GB", viewport={"width": WIDTH, "height": 700}, device_scale_factor=1
        )
        browser.close()


def draw(page: Page, example: Example, target: Path) -> None:
    """One picture, as long as it is."""
    built = HERE / "node_modules" / ".built"
    users = [[IDS[person.id], person.name] for person in SCHOOL.people]
    shown = json.dumps({"given": sent(example), "users": users, "time": "2026-11-24T13:52:00"})
    page.set_content(
        f"<meta charset=utf-8><style>{(built / 'page.css').read_text('utf-8')}</style>"
        f"<style>{STYLE}</style><div id=root></div><script>window.shown = {shown}</script>"
        f"<script>{(built / 'page.js').read_text('utf-8')}</script>"
    )
    page.wait_for_selector("body[data-drawn]")
    page.locator("#root").screenshot(path=target)


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0]) if arguments else DOCUMENTS
    folder.mkdir(parents=True, exist_ok=True)
    with drawing() as page:
        if not arguments:
            for name, example in of_documents():
                draw(page, example, folder / f"{name}.png")
            return
        for number, example in enumerate(gallery()):
            draw(page, example, folder / f"{number:03}-{example.of}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
