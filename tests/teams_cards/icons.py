"""The app's icons, drawn: ``python -m tests.teams_cards.icons`` writes them anew.

Colour: 192 pixels, without transparency, since Teams cuts the corners itself. Outline: 32 pixels,
white on nothing.
"""

import shutil

from playwright.sync_api import sync_playwright

from adapters.teams.package import FOLDER

DOOR = '<path d="M12 31V12.5A4.5 4.5 0 0 1 16.5 8h7A4.5 4.5 0 0 1 28 12.5V31"'
COLOUR = f"""<svg xmlns="http://www.w3.org/2000/svg" width="192" height="192" viewBox="0 0 40 40">
<rect width="40" height="40" fill="#0b5f5a"/>{DOOR} fill="#f2fbf9"/>
<path d="M8 31.5h24" stroke="#ffc46b" stroke-width="3" stroke-linecap="round"/>
<circle cx="24" cy="20.5" r="1.7" fill="#0b5f5a"/></svg>"""
OUTLINE = f"""<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="5 5 30 30">
{DOOR} fill="none" stroke="#fff" stroke-width="2.2"/>
<path d="M8 31.5h24" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/>
<circle cx="23.5" cy="20.5" r="1.5" fill="#fff"/></svg>"""
DRAWN = {"color.png": (COLOUR, 192), "outline.png": (OUTLINE, 32)}


def write() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, (drawing, size) in DRAWN.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}svg{{display:block}}</style>{drawing}")
            page.screenshot(path=FOLDER / name, omit_background=True)


if __name__ == "__main__":
    write()
