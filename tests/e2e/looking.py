"""The page as a person meets it: panes, what they say, and buttons by their words."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response, expect

NAMES = {
    "ana": "Ana Teach",
    "sam": "Sam Assist",
    "shah": "Mrs Shah",
    "okoro": "Ms Okoro",
    "lee": "Mr Lee",
    "office": "Office",
}
CONTRAST = (Path(__file__).parent / "contrast.js").read_text()
THEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
SHOTS = os.environ.get("DOORSTEP_SHOTS")
"""A folder for pictures of the key moments; without it none are taken."""


class Pane:
    """One person's phone, or the office channel."""

    def __init__(self, page: Page, who: str) -> None:
        self.page = page
        self.region = page.get_by_role("region", name=re.compile(f"^{NAMES[who]},"))
        self.log = self.region.get_by_role("log")
        self.sheet = self.region.get_by_role("dialog")

    def sees(self, words: str | re.Pattern[str]) -> None:
        expect(self._saying(words).last).to_be_visible()

    def does_not_see(self, words: str | re.Pattern[str]) -> None:
        expect(self._saying(words)).to_have_count(0)

    def sees_once(self, words: str | re.Pattern[str]) -> None:
        expect(self._saying(words)).to_have_count(1)

    def button(self, label: str) -> Locator:
        """The latest button with exactly these words, on a message or at the foot."""
        return self.region.get_by_role("button", name=label, exact=True).last

    def has_no_button(self, label: str) -> None:
        expect(self.log.get_by_role("button", name=label, exact=True)).to_have_count(0)

    def presses(self, label: str) -> None:
        self.button(label).click()

    def field(self, label: str) -> Locator:
        return self.sheet.get_by_label(label, exact=True)

    def fills(self, values: Mapping[str, str]) -> None:
        """Write, or choose, by the fields' labels."""
        for label, value in values.items():
            field = self.field(label)
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def ticks(self, *labels: str) -> None:
        for label in labels:
            self.field(label).check()

    def going_with(self, name: str) -> Locator:
        """The tick beside a name; it may stand in other lists of the request too."""
        return self.sheet.get_by_role("group", name="Going with").get_by_label(name, exact=True)

    def has_all_with_them(self) -> None:
        """Tick everything that whoever leaves must have with them, whatever the policy."""
        group = self.sheet.get_by_role("group", name=re.compile("^What you have with you"))
        expect(group).to_be_visible()
        for box in group.get_by_role("checkbox").all():
            box.check()

    def sends(self, label: str) -> None:
        """Press the form's button; the form goes when nothing is wrong with it."""
        self.sheet.get_by_role("button", name=label, exact=True).click()

    def form_is_gone(self) -> None:
        expect(self.sheet).to_have_count(0)

    def writes(self, text: str) -> None:
        box = self.region.get_by_role("textbox", name=re.compile("^Message as "))
        box.fill(text)
        box.press("Enter")

    def _saying(self, words: str | re.Pattern[str]) -> Locator:
        return self.log.get_by_role("article").filter(has_text=words)


class Demonstration:
    """The open page, with everything that went wrong in it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.wrong = page, list[str]()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"uncaught: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._response)
        self.address = address

    def open(self) -> "Demonstration":
        self.page.goto(self.address)
        self.is_ready()
        return self

    def is_ready(self) -> None:
        """The panes show what is in them."""
        expect(self.page.locator("[data-log][aria-busy=true]")).to_have_count(0)

    def __getattr__(self, who: str) -> Pane:
        if who not in NAMES:
            raise AttributeError(who)
        return Pane(self.page, who)

    def skips(self, label: str) -> None:
        """Press one of the clock's buttons, and wait until it is done."""
        self.page.get_by_role("button", name=label, exact=True).click()
        self.says(re.compile(r"^(It is now|Nothing is waiting)"))

    def says(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.locator("[data-said]")).to_have_text(words)

    def is_lost(self) -> None:
        """The page says that Doorstep has gone."""
        expect(self.page.locator("[data-lost]")).to_have_text(re.compile("isn.t answering"))

    def is_found(self) -> None:
        expect(self.page.locator("[data-lost]")).to_have_text("")

    def state(self) -> list[list[str]]:
        """What every pane says, but for the answers that one person alone sees."""
        messages = "pane => [...pane.querySelectorAll('[data-ref]')].map(each => each.textContent)"
        found: list[list[str]] = self.page.evaluate(
            f"[...document.querySelectorAll('[data-pane]')].map({messages})"
        )
        return found

    def weak(self, when: str) -> list[str]:
        """What is hard to read, in both themes."""
        found: list[str] = []
        for theme in THEMES:
            self.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            self.looks(f"60-{theme}-{when}")
            found += (f"{theme}, {when}: {each}" for each in self.page.evaluate(CONTRAST))
        return found

    def looks(self, name: str) -> None:
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{SHOTS}/{name}.png")

    def _console(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"}:
            self.wrong.append(f"console {said.type}: {said.text}")

    def _failed(self, request: Request) -> None:
        self.wrong.append(f"failed: {request.method} {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.wrong.append(f"{response.status}: {response.url}")


def plan_a_visit(page: Demonstration, **more: str) -> None:
    """Ana asks for a visit with Sam: the fields that a newcomer fills in."""
    page.ana.presses("Plan a visit")
    page.ana.fills(
        {
            "Kind of visit": "Welfare",
            "Address": "14 Oak Road",
            "Purpose": "Talk about lateness",
            "Who knows you are going?": "Bea Buddy",
            **more,
        }
    )
    page.ana.going_with("Sam Assist").check()
    page.ana.sends("Send for approval")
    page.ana.form_is_gone()


def approve(page: Demonstration) -> None:
    page.shah.presses("Approve")
    page.shah.sees("Approved by Mrs Shah")
    page.ana.sees("Approved by Mrs Shah")


def leave(page: Demonstration) -> None:
    page.ana.presses("I'm leaving now")
    page.ana.has_all_with_them()
    page.ana.sends("I'm leaving now")
    page.ana.form_is_gone()
    page.office.sees("Out: Ana Teach")


def go_out(page: Demonstration) -> None:
    """Asked for, approved, left."""
    plan_a_visit(page)
    approve(page)
    leave(page)
