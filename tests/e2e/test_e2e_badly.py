"""The page played badly: wrong, twice, in two places at once, by the wrong person, and wiped."""

import re

from playwright.sync_api import Browser, expect

from tests.e2e.looking import Demonstration, go_out, plan_a_visit
from tests.e2e.running import Demo

TYPED = {
    "Kind of visit": "Welfare",
    "Pupil or family": "The Harrow family",
    "Address": "14 Oak Road",
    "Purpose": "First line\nsecond line",
    "Known risks": 'A <large> "dog" & more',
    "Leaving at": "2026-11-23T14:00",
    "Expected back": "2026-11-23T13:30",
}


def test_what_was_typed_is_kept_and_the_mistake_is_told_at_its_field(page: Demonstration) -> None:
    page.ana.presses("Plan a visit")
    page.ana.fills(TYPED)
    page.ana.going_with("Sam Assist").check()
    page.ana.sends("Send for approval")
    wrong = page.ana.field("Expected back")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(re.compile("return|back|leav", re.IGNORECASE))
    expect(wrong).to_be_focused()
    expect(page.ana.sheet.locator("[aria-invalid]")).to_have_count(1)
    expect(page.ana.sheet.get_by_role("alert").filter(has_text="Not sent yet")).to_be_visible()
    page.looks("20-return-before-leaving")
    for label, value in TYPED.items():
        expect(page.ana.field(label)).to_have_value(value)
    expect(page.ana.going_with("Sam Assist")).to_be_checked()
    expect(page.ana.going_with("Mr Lee")).not_to_be_checked()
    page.shah.does_not_see("would like to visit")

    page.ana.fills({"Expected back": "2026-11-23T14:45"})
    page.ana.sends("Send for approval")
    page.ana.form_is_gone()
    page.shah.sees('A <large> "dog" & more')
    page.shah.sees("today 14:00 to 14:45")
    assert page.wrong == []


def test_a_double_click_does_one_thing(page: Demonstration) -> None:
    page.ana.button("Plan a visit").dblclick()
    expect(page.ana.sheet).to_have_count(1)
    page.ana.fills(
        {"Kind of visit": "Welfare", "Address": "14 Oak Road", "Purpose": "Talk about lateness"}
    )
    page.ana.sheet.get_by_role("button", name="Send for approval").dblclick()
    page.ana.form_is_gone()
    page.shah.sees_once("would like to visit")
    page.ana.sees_once("sent for approval")

    page.shah.button("Approve").dblclick()
    page.ana.sees("Approved by Mrs Shah")
    page.lee.sees("Approved by Mrs Shah")
    page.shah.sees_once(re.compile(r"Approved\. Ana Teach is told"))

    page.ana.presses("I'm leaving now")
    page.ana.has_all_with_them()
    page.ana.sheet.get_by_role("button", name="I'm leaving now").dblclick()
    page.ana.form_is_gone()
    page.office.sees_once("Out: Ana Teach")
    page.ana.sees_once("I'm watching now")

    page.ana.button("I'm back").dblclick()
    page.office.sees("Ana Teach is back")
    page.office.sees_once(re.compile("Ana Teach is back"))
    assert page.wrong == []


def test_pages_open_side_by_side_see_everything_arrive_by_itself(
    page: Demonstration, demo: Demo, browser: Browser
) -> None:
    with browser.new_context() as elsewhere:
        other = Demonstration(elsewhere.new_page(), demo.address).open()
        plan_a_visit(page)
        other.shah.sees("would like to visit")
        other.shah.presses("Approve")
        for each in (page, other):
            each.lee.sees("Approved by Mrs Shah")
            each.ana.sees("Approved by Mrs Shah")
        other.lee.does_not_see("Ana Teach is told")
        page.shah.does_not_see("Ana Teach is told")  # an answer is for whoever pressed
        page.ana.presses("I'm leaving now")
        page.ana.has_all_with_them()
        page.ana.sends("I'm leaving now")
        other.office.sees("Out: Ana Teach and Sam Assist")
        other.skips("Skip 30 min")
        for each in (page, other):
            each.ana.sees("Ana, are you OK?")
            expect(each.page.get_by_role("timer")).to_contain_text("13:3")
        assert page.state() == other.state()
        assert page.wrong + other.wrong == []


def test_help_raises_the_alarm_at_once_and_only_a_colleague_ends_it(page: Demonstration) -> None:
    go_out(page)
    page.ana.presses("I need help")
    page.ana.sees("You asked for help at 13:0")
    page.office.sees("Ana Teach asked for help at 13:0")
    page.skips("Skip 5 min")
    page.lee.sees("Ana Teach asked for help at 13:0")
    page.looks("21-help")
    page.sam.does_not_see("asked for help at")
    page.ana.presses("Pressed by mistake")
    page.ana.sees("They will make sure")
    page.office.does_not_see("It's over")
    page.lee.presses("I'm on it")
    page.office.sees("Mr Lee has it, until")
    page.looks("22-help-owned")
    page.lee.presses("They are safe")
    page.lee.sends("They are safe")
    expect(page.lee.field("How do you know?")).to_have_attribute("aria-invalid", "true")
    page.lee.fills({"How do you know?": "She rang me from the car"})
    page.lee.ticks("Yes")
    page.lee.sends("They are safe")
    page.office.sees("It's over: Ana Teach is safe.")
    assert page.wrong == []


def test_in_the_office_channel_a_teacher_or_a_visitor_is_refused_politely(
    page: Demonstration, demo: Demo
) -> None:
    go_out(page)
    acting = page.office.region.get_by_label("Acting as")
    page.office.sees("1 visit is out.")  # the board follows in a few seconds
    before = demo.settled()
    for who in ("Bea Buddy", "Ana Teach"):
        acting.select_option(label=f"{who}, teacher")
        page.office.presses("They phoned: back")
        page.office.sees(f"Only {who} can see this")
        page.office.sees("In this channel only colleagues of the office and leaders can press")
    page.looks("23-office-refused")
    assert demo.settled() == before
    acting.select_option(label="Olu Desk, office manager")
    page.office.presses("They phoned: OK")
    page.office.ticks("Sam Assist")
    page.office.sends("Record it")
    page.office.sees(re.compile("Last heard from Sam Assist at 13:0., on the phone"))
    assert page.wrong == []


def test_reset_starts_afresh_and_leaves_other_files_alone(page: Demonstration, demo: Demo) -> None:
    others = {
        demo.var / "doorstep.db": b"a school's own database",
        demo.var / "doorstep.db-wal": b"and its log",
        demo.var / "demo-notes.txt": b"somebody's notes",
        demo.var / "demo" / "kept.txt": b"not the demo's own",
        demo.folder / "school.toml": b"a school file",
    }
    for path, bytes_ in others.items():
        path.write_bytes(bytes_)
    go_out(page)
    page.ana.writes("hello there")
    page.ana.sees("hello there")
    page.page.get_by_role("button", name="Start afresh").click()
    page.page.get_by_role("button", name="Keep everything").click()
    page.office.sees("Out: Ana Teach")
    page.page.get_by_role("button", name="Start afresh").click()
    page.looks("24-reset-asked")
    page.page.get_by_role("button", name="Wipe and start afresh").click()
    page.says("Everything starts afresh.")
    page.looks("25-afresh")
    for pane, greeted in ((page.ana, 1), (page.sam, 1), (page.shah, 1), (page.office, 2)):
        expect(pane.log.get_by_role("article")).to_have_count(greeted)  # the office has its board
        pane.does_not_see("14 Oak Road")
    page.ana.sees("Hello Ana Teach.")
    plan_a_visit(page)
    page.shah.sees("V-1001")
    assert {path: path.read_bytes() for path in others} == others
    assert page.wrong == []


def test_going_without_a_yes_is_refused_and_watched_all_the_same(page: Demonstration) -> None:
    plan_a_visit(page)
    page.sam.does_not_see("Ana Teach would like to visit")
    page.ana.has_no_button("I'm leaving now")
    page.ana.writes("leaving")
    page.looks("26-leaving-unapproved")
    page.shah.presses("Decline")
    page.shah.sends("Decline")
    expect(page.shah.field("Reason")).to_have_attribute("aria-invalid", "true")
    page.shah.fills({"Reason": "Two of you, please"})
    page.shah.sends("Decline")
    page.ana.sees("Two of you, please")
    page.lee.does_not_see("Two of you, please")
    page.ana.presses("I've already left")
    page.ana.sees("I'm watching now")
    page.office.sees("left without approval")
    page.shah.sees("left without approval")
    page.looks("27-already-left")
    assert page.wrong == []
