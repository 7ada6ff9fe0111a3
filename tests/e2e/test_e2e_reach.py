"""For everybody: on a phone, by keyboard, read aloud, and with enough contrast."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.looking import NAMES, Demonstration, approve, leave, plan_a_visit
from tests.e2e.running import Demo

NEEDS_A_NAME = {"button", "textbox", "combobox", "checkbox", "radio", "link", "DateTime", "dialog"}
TARGET = 24
"""Pixels, the least size of what is pressed by WCAG 2.2 AA."""


def test_on_a_phone_one_pane_at_a_time_is_usable(browser: Browser, demo: Demo) -> None:
    with browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ) as context:
        page = Demonstration(context.new_page(), demo.address).open()
        _only(page, "ana")
        page.looks("40-phone")
        page.ana.button("Plan a visit").tap()
        page.ana.fills(
            {"Kind of visit": "Welfare", "Address": "14 Oak Road", "Purpose": "Talk about lateness"}
        )
        page.looks("41-phone-form")
        page.page.set_viewport_size({"width": 360, "height": 512})
        _fits(page)
        send = page.ana.sheet.get_by_role("button", name="Send for approval")
        send.scroll_into_view_if_needed()
        expect(send).to_be_in_viewport(ratio=1)
        page.page.set_viewport_size({"width": 390, "height": 844})
        page.ana.sends("Send for approval")
        page.ana.form_is_gone()
        _go_to(page, "Mrs Shah")
        _only(page, "shah")
        page.looks("42-phone-approve")
        page.shah.presses("Approve")
        page.shah.sees("Approved by Mrs Shah")
        _go_to(page, "Ana")
        leave_button = page.ana.button("I'm leaving now")
        leave_button.tap()
        page.ana.has_all_with_them()
        page.ana.sends("I'm leaving now")
        page.ana.form_is_gone()
        page.looks("43-phone-out")
        expect(page.page.get_by_role("button", name="Office 1 unread")).to_be_visible()
        _go_to(page, "Office")
        _only(page, "office")
        page.office.sees("Out: Ana Teach")
        page.looks("44-phone-office")
        page.skips("Skip 30 min")
        _go_to(page, "Ana")
        page.ana.sees("Ana, are you OK?")
        page.looks("45-phone-prompt")
        assert _small(page.page) == []
        assert page.wrong == []


def test_by_keyboard_alone(page: Demonstration) -> None:
    _tab_to(page.page, page.ana.button("Plan a visit"))
    page.page.keyboard.press("Enter")
    kind = page.ana.field("Kind of visit")
    expect(kind).to_be_focused()
    page.page.keyboard.type("Welf")
    _tab_to(page.page, page.ana.field("Address"))
    page.page.keyboard.type("14 Oak Road")

    page.page.keyboard.press("Escape")
    page.ana.form_is_gone()
    expect(page.ana.button("Plan a visit")).to_be_focused()
    page.page.keyboard.press("Enter")
    expect(page.ana.field("Address")).to_have_value("14 Oak Road")
    expect(kind).to_have_value("Welfare")

    _tab_to(page.page, page.ana.field("Purpose"))
    page.page.keyboard.type("Talk about lateness")
    _tab_to(page.page, page.ana.going_with("Sam Assist"))
    page.page.keyboard.press("Space")
    send = page.ana.sheet.get_by_role("button", name="Send for approval")
    _tab_to(page.page, send)
    page.looks("50-keyboard")
    page.page.keyboard.press("Enter")
    page.ana.form_is_gone()
    page.shah.sees("With Sam Assist.")

    page.ana.presses("Plan a visit")
    inside = page.ana.sheet.locator("button, input, select, textarea")
    for _ in range(inside.count() + 12):  # a date and time has several stops
        page.page.keyboard.press("Tab")
        assert page.ana.sheet.evaluate("sheet => sheet.contains(document.activeElement)")
    page.shah.button("Approve").focus()  # other people's panes stay free
    page.page.keyboard.press("Enter")
    page.lee.sees("Approved by Mrs Shah")
    assert page.wrong == []


def test_everything_that_can_be_pressed_or_filled_in_has_a_name(page: Demonstration) -> None:
    nameless = _nameless(page.page)
    page.ana.presses("Plan a visit")
    expect(page.ana.sheet).to_be_visible()
    nameless += _nameless(page.page)
    page.ana.sends("Send for approval")
    expect(page.ana.field("Address")).to_have_attribute("aria-invalid", "true")
    nameless += _nameless(page.page)
    page.ana.fills(
        {"Kind of visit": "Welfare", "Address": "14 Oak Road", "Purpose": "Talk about lateness"}
    )
    page.ana.sends("Send for approval")
    page.ana.form_is_gone()
    approve(page)
    page.ana.presses("I'm leaving now")
    nameless += _nameless(page.page)
    page.page.get_by_role("button", name="Start afresh").click()
    nameless += _nameless(page.page)
    assert nameless == []


def test_contrast_is_aa_wherever_text_stands(page: Demonstration) -> None:
    """Text of elements, values and placeholders on their grounds, by what the browser computed.

    Gradients count with their worst colour. Not covered: text on pictures (there is none), the
    drop-down lists and calendars that the browser draws, and what only hovering shows.
    """
    weak = page.weak("opened")
    plan_a_visit(page)
    page.lee.presses("Decline")
    page.lee.sends("Decline")
    expect(page.lee.field("Reason")).to_have_attribute("aria-invalid", "true")
    page.ana.writes("hello there")
    page.ana.sees("hello there")
    page.page.get_by_text("What is this?").click()
    weak += page.weak("asked")
    page.lee.sheet.get_by_role("button", name="Close this form").click()
    approve(page)
    leave(page)
    page.skips("Skip 30 min")
    weak += page.weak("prompt")
    page.skips("Skip 5 min")
    page.skips("Skip 5 min")
    page.lee.sees("Please find out whether")
    weak += page.weak("alarm")
    page.lee.presses("They are safe")
    page.lee.fills({"How do you know?": "I saw them"})
    page.lee.sends("They are safe")
    page.office.sees("It's over")
    page.page.get_by_role("button", name="Start afresh").click()
    weak += page.weak("over")
    assert sorted(set(weak)) == []


def _only(page: Demonstration, who: str) -> None:
    """Exactly this pane shows, and nothing needs scrolling sideways."""
    for other in NAMES:
        pane = page.page.locator(f"[data-pane={other}]")
        expect(pane).to_be_visible() if other == who else expect(pane).to_be_hidden()
    _fits(page)


def _fits(page: Demonstration) -> None:
    assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _go_to(page: Demonstration, short: str) -> None:
    page.page.get_by_role("navigation").get_by_role("button", name=short).first.tap()


def _small(page: Page) -> list[str]:
    """Visible buttons that are smaller than they should be."""
    found: list[str] = page.evaluate(
        """least => [...document.querySelectorAll("button, select, input, summary")]
            .filter(each => each.checkVisibility())
            .map(each => [each, each.getBoundingClientRect()])
            .filter(([, box]) => box.width < least || box.height < least)
            .map(([each, box]) => `${each.textContent.trim()} ${box.width}x${box.height}`)""",
        TARGET,
    )
    return found


def _tab_to(page: Page, target: Locator) -> None:
    """Press Tab until this has the focus, as somebody without a mouse would."""
    for _ in range(120):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never reached {target}")


def _nameless(page: Page) -> list[str]:
    """What Chromium's own accessibility tree has without a name."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    found = []
    seen = set()
    for node in nodes:
        role = node.get("role", {}).get("value")
        seen.add(role)
        named = node.get("name", {}).get("value", "").strip()
        if not node.get("ignored") and role in NEEDS_A_NAME and not named:
            found.append(f"{role}: {node.get('properties')}")
    assert "button" in seen
    return found
