"""Cards drawn by Microsoft's own renderer in Chromium, as wide as a phone."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.npm import installed

HERE = Path(__file__).parent


def opened(browser: Browser, scale: float = 1.0) -> Page:
    """The page that draws; nothing on it is fetched."""
    installed(HERE)
    page = browser.new_page(
        viewport={"width": 320, "height": 900}, device_scale_factor=scale, locale="en-GB"
    )
    page.goto((HERE / "page.html").as_uri())
    return page


def draw(page: Page, content: Any) -> dict[str, Any]:
    """Draw a card, and give what a person sees and could press."""
    seen = page.evaluate("card => show(card)", content)
    assert isinstance(seen, dict)
    return seen
