"""The whole story by the visible buttons, from the request to the return."""

import re

from playwright.sync_api import expect

from tests.e2e.looking import Demonstration, approve, leave

LABELS = (
    "Kind of visit",
    "Pupil or family",
    "Address",
    "Purpose",
    "Why can't the parent come in?",
    "Who do you need to see?",
    "Leaving at",
    "Expected back",
    "Someone from outside (such as an Education Welfare Officer)",
    "Their organisation",
    "Their phone",
    "Who does what?",
    "How was the appointment made?",
    "Known risks",
    "Language or other needs",
    "Who knows you are going?",
)
FAMILY, PURPOSE, RISKS = "The Harrow family", "Talk about lateness", "A large dog"


def test_a_visit_from_request_through_silence_and_alarm_to_the_return(page: Demonstration) -> None:
    page.looks("01-opened")
    page.ana.presses("Plan a visit")
    for label in LABELS:
        expect(page.ana.field(label)).to_be_visible()
    expect(page.ana.sheet.get_by_role("group", name="Going with")).to_be_visible()
    page.ana.fills(
        {
            "Kind of visit": "Attendance",
            "Pupil or family": FAMILY,
            "Address": "14 Oak Road",
            "Purpose": PURPOSE,
            "How was the appointment made?": "By phone",
            "Known risks": RISKS,
            "Who knows you are going?": "Bea Buddy",
        }
    )
    page.ana.going_with("Sam Assist").check()
    page.looks("02-form")
    page.ana.sends("Send for approval")
    page.ana.form_is_gone()
    page.ana.sees("Waiting for approval.")

    for approver in (page.shah, page.lee):
        approver.sees("Ana Teach would like to visit 14 Oak Road, today 13:15 to 14:00.")
        approver.sees("With Sam Assist.")
        approver.sees(FAMILY)
        approver.sees(RISKS)
    page.looks("03-asked")
    approve(page)
    page.shah.does_not_see(PURPOSE)
    for approver in (page.shah, page.lee):
        approver.sees("Approved by Mrs Shah at 13:0")
        approver.has_no_button("Approve")
    page.office.does_not_see("Ana Teach")

    leave(page)
    page.office.sees("Out: Ana Teach and Sam Assist, 14 Oak Road. Due back 14:00.")
    page.office.sees("If Doorstep says nothing by 14:10, ring Ana Teach on +44 7700 900001.")
    page.sam.sees("Due back 14:00.")
    page.looks("04-out")

    page.sam.presses("I've arrived")
    page.office.sees(re.compile("Last heard from Sam Assist at 13:0., arriving"))
    page.skips("Skip 30 min")
    page.ana.sees("Ana, are you OK?")
    page.sam.sees("Sam, are you OK?")
    page.looks("05-asked-whether-ok")
    page.sam.presses("I'm OK")
    page.sam.sees("Thank you. I heard from you at 13:3")
    page.office.does_not_see("No answer")

    page.skips("Skip 5 min")
    page.office.sees("No answer from Ana Teach. Please ring them now.")
    page.office.does_not_see("No answer from Sam Assist")
    page.lee.does_not_see("Please find out")
    page.looks("06-office-alarm")
    page.skips("Skip 5 min")
    page.lee.sees("Please find out whether Ana Teach is safe.")
    page.looks("07-leader-alarm")
    page.lee.presses("I'm on it")
    page.lee.sees("You have it, until 13:5")
    page.office.sees("Mr Lee has it, until 13:5")
    page.lee.presses("Show risks")
    page.lee.sees(RISKS)
    page.lee.presses("They are safe")
    page.lee.fills({"How do you know?": "I spoke to her on the phone"})
    expect(page.lee.field("No, keep watching")).to_be_checked()
    page.looks("08-safe-form")
    page.lee.sends("They are safe")
    page.lee.form_is_gone()
    page.office.sees("It's over: Ana Teach is safe.")
    page.lee.sees("It's over: Ana Teach is safe.")
    page.looks("09-stood-down")

    page.skips("Skip 5 min")
    page.skips("Skip 5 min")
    page.ana.sees("Ana, are you still OK?")
    page.ana.presses("I'm OK")
    page.looks("10-ok")
    page.ana.presses("I'm back")
    page.ana.sees(re.compile("You are back|Welcome back"))
    page.office.sees("Still out")
    page.sam.presses("I'm back")
    page.office.sees("Back: Ana Teach and Sam Assist")
    page.looks("11-back")
    page.skips("To the next thing that happens")
    page.office.does_not_see(FAMILY)
    page.office.does_not_see(PURPOSE)
    assert page.wrong == []
