"""The story in Microsoft's own client: a teacher's and a leader's, each in a browser, before one
``doorstep run``. Pictures of the key moments go where DOORSTEP_SHOTS says.
"""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.looking import SHOTS
from tests.e2e.serving import Process
from tests.e2e.teams_serving import teams_school
from tests.playground.playground import Playground

PATIENCE = 30_000
pytestmark = pytest.mark.timeout(180)


class Client:
    """What one person sees and does."""

    def __init__(self, page: Page, who: str) -> None:
        self.page, self.who = page, who

    def sees(self, words: str) -> Locator:
        said = self.page.get_by_text(words).last
        expect(said).to_be_visible(timeout=PATIENCE)
        return said

    def presses(self, label: str) -> None:
        button = self.page.get_by_role("button", name=label, exact=True).last
        button.click(timeout=PATIENCE)

    def fills(self, label: str, value: str) -> None:
        self._field(label).fill(value, timeout=PATIENCE)

    def chooses(self, label: str, option: str) -> None:
        self._field(label).click(timeout=PATIENCE)
        self.page.get_by_role("option", name=option, exact=True).last.click(timeout=PATIENCE)

    def ticks(self, *labels: str) -> None:
        for label in labels:
            self.page.get_by_text(label, exact=True).last.click(timeout=PATIENCE)

    def _field(self, label: str) -> Locator:
        """By its words, which the client follows by a star where it must be filled in."""
        return self.page.get_by_label(re.compile(f"^{re.escape(label)}[ *]*$")).last

    def writes(self, text: str) -> None:
        box = self.page.locator("[role=textbox][contenteditable=true]").first
        box.click()
        box.press_sequentially(text)
        box.press("Enter")

    def goes_to(self, chat: str) -> None:
        self.page.get_by_role("treeitem", name=chat).first.click(timeout=PATIENCE)

    def looks(self, name: str) -> None:
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{SHOTS}/playground-{name}-{self.who}.png")


@pytest.fixture
def doorstep(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path, {"DOORSTEP_TEAMS_AUTH": "off"}, teams_school())
    with ThreadPoolExecutor(1) as other:  # the browser's loop runs in this thread
        other.submit(asyncio.run, process.start()).result()
    yield process
    process.end()


@pytest.fixture
def clients(browser: Browser, doorstep: Process, tmp_path: Path) -> Iterator[dict[str, Client]]:
    people = ("ana", "lee")
    there = {who: Playground(tmp_path / who, who, doorstep.address) for who in people}
    try:
        opened: dict[str, Client] = {}
        for who, playground in there.items():
            playground.is_ready()
            page = browser.new_page(viewport={"width": 1600, "height": 1000}, locale="en-GB")
            page.goto(playground.address)
            opened[who] = Client(page, who)
            opened[who].sees("Hello")
        yield opened
        for who in people:
            opened[who].looks("end")
    finally:
        for playground in there.values():
            playground.end()


def test_from_the_request_to_the_stand_down_and_the_return(
    clients: dict[str, Client], doorstep: Process
) -> None:
    ana, lee = clients["ana"], clients["lee"]
    lee.goes_to("Office")  # which is when this client adds Doorstep to it
    lee.sees("Start a new post")
    lee.goes_to("Personal Chat")
    ana.writes("plan a visit")
    ana.sees("Pupil or family")
    ana.fills("Pupil or family", "the Canary-Family household")
    ana.chooses("Kind of visit", "Welfare")
    ana.fills("Address", "14 Oak Road")
    ana.fills("Purpose", "Canary-Purpose: talk about mornings")
    ana.fills("How was the appointment made?", "agreed by phone")
    ana.looks("1-form")
    ana.presses("Send for approval")
    ana.sees("is sent for approval")
    lee.sees("Ana Teach would like to visit 14 Oak Road")
    lee.looks("2-asked")
    lee.presses("Approve")
    ana.sees("Approved by Dan Lee")
    ana.looks("3-approved")
    ana.presses("I'm leaving now")
    ana.sees("Who is really going")
    ana.presses("I'm leaving now")
    ana.sees("Please fill this in.")
    ana.ticks("Identification", "Charged phone", "Emergency numbers")
    ana.ticks("Documents for this visit", "A plan for poor signal")
    ana.ticks("I've read the home visits policy")
    ana.presses("I'm leaving now")
    ana.sees("I'm watching now")
    ana.sees("Ana, are you OK?")
    ana.looks("4-asked")
    lee.sees("Please find out whether Ana Teach is safe")
    lee.looks("5-alarm")
    lee.presses("I'm on it")
    lee.sees("You have it")
    lee.presses("They are safe")
    lee.fills("How do you know?", "I spoke to her")
    lee.looks("6-how")
    lee.presses("They are safe")
    lee.sees("It's over: Ana Teach is safe.")
    lee.goes_to("Office")
    lee.sees("It's over: Ana Teach is safe.")
    lee.looks("7-office")
    ana.presses("I'm back")
    lee.sees("Ana Teach is back")
    assert "Canary" not in lee.page.locator("body").inner_text(), "the office's channel"
    said = doorstep.said.read_text()
    assert [word for word in ("ERROR", "Traceback", "Canary") if word in said] == [], said
