"""``kill -9`` while a visit is out loses nothing, and what fell due meanwhile comes at once."""

import re
from datetime import datetime, timedelta

from tests.e2e.looking import Demonstration, go_out
from tests.e2e.running import Demo


def test_kill_9_while_out_loses_nothing_and_sends_at_once_what_fell_due(
    page: Demonstration, demo: Demo
) -> None:
    go_out(page)
    page.ana.writes("see you later")
    page.ana.sees("see you later")
    page.skips("Skip 5 min")
    page.sam.presses("I've arrived")
    page.sam.sees("You arrived at 13:0")
    page.office.sees(re.compile(r"Last heard 13:0\d, arriving"))  # the board
    page.looks("30-before-kill")
    before, clock = page.state(), _clock(page)

    demo.kill()
    page.is_lost()
    page.looks("31-killed")
    demo.start()
    page.is_found()
    page.ana.sees("You are out")
    fresh = Demonstration(page.page.context.new_page(), demo.address).open()
    assert fresh.state() == before
    assert clock <= _clock(fresh) < clock + timedelta(minutes=2)
    fresh.page.close()

    demo.kill()
    demo.let_time_pass(timedelta(minutes=27))
    demo.start()
    page.ana.sees("Ana, are you OK?")
    page.sam.does_not_see("Sam, are you OK?")  # he was heard from more lately
    page.office.does_not_see("No answer")
    page.looks("32-prompt-after-restart")

    demo.kill()
    demo.let_time_pass(timedelta(minutes=12))
    demo.start()
    page.office.sees("No answer from Ana Teach")
    page.office.sees(re.compile(r"I say this \d+ minutes? late"))
    page.lee.sees("Please find out whether")
    page.looks("33-alarm-after-restart")
    page.ana.presses("I'm OK")
    page.ana.sees(re.compile("Thank you"))
    assert demo.stop() == 0


def _clock(page: Demonstration) -> datetime:
    shown = page.page.get_by_role("timer").locator("time").get_attribute("datetime")
    assert shown
    return datetime.fromisoformat(shown)
