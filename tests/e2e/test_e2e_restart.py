"""``kill -9`` while a visit is out loses nothing, and what fell due meanwhile comes at once."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import expect

from tests.e2e.looking import Demonstration, go_out
from tests.e2e.running import Demo


def test_kill_9_while_out_loses_nothing_and_sends_at_once_what_fell_due(
    page: Demonstration, demo: Demo
) -> None:
    go_out(page)
    page.ana.writes("see you later")
    page.ana.sees("see you later")
    page.skips("Skip 5 min")
    page.skips("Skip 5 min")
    page.sam.presses("I've arrived")
    page.sam.sees("You arrived at 13:1")
    before, clock = page.state(), _clock(page)

    demo.kill()
    expect(page.page.get_by_text("Doorstep isn’t answering")).to_be_visible()
    page.looks("30-killed")
    demo.start()
    expect(page.page.get_by_text("Doorstep isn’t answering")).to_have_count(0)
    fresh = Demonstration(page.page.context.new_page(), demo.address).open()
    assert fresh.state() == page.state() == before
    assert _clock(fresh) >= clock
    page.office.sees("Out: Ana Teach and Sam Assist")
    page.ana.does_not_see("Ana, are you OK?")

    demo.kill()
    demo.let_time_pass(timedelta(minutes=22))
    demo.start()
    for each in (page, fresh):
        each.ana.sees("Ana, are you OK?")
        each.office.does_not_see("No answer")
    page.looks("31-prompt-after-restart")

    demo.kill()
    demo.let_time_pass(timedelta(minutes=20))
    demo.start()
    page.office.sees("No answer from Ana Teach")
    page.office.sees(re.compile(r"I say this \d+ ?min\w* late: I was not running"))
    page.looks("32-alarm-after-restart")
    page.lee.sees("Please find out whether")
    page.ana.presses("I'm OK")
    page.office.sees("It's over")
    assert demo.stop() == 0
    fresh.page.close()


def _clock(page: Demonstration) -> datetime:
    shown = page.page.get_by_role("timer").locator("time").get_attribute("datetime")
    assert shown
    return datetime.fromisoformat(shown)
