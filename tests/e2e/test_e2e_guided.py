"""The story that plays by itself: to its end, paused, taken over, started again, on a phone."""

import re

import pytest
from playwright.sync_api import Browser, Locator, expect

from adapters.web.story.silence import SILENCE
from tests.e2e.looking import Demonstration, plan_a_visit
from tests.e2e.running import Demo

LAST = len(SILENCE.steps)


class Telling:
    """The strip in which the story is told."""

    def __init__(self, page: Demonstration) -> None:
        self.page = page
        self.strip = page.page.get_by_role("region", name=re.compile("^The story: "))

    def begins(self) -> None:
        self.page.page.get_by_role("button", name=SILENCE.title, exact=True).click()
        self.is_at(1)

    def button(self, label: str) -> Locator:
        return self.strip.get_by_role("button", name=label, exact=True)

    def presses(self, label: str) -> None:
        self.button(label).click()

    def is_at(self, number: int) -> None:
        expect(self.strip).to_contain_text(f"Step {number} of {LAST}")

    def goes_to(self, words: str) -> None:
        """Next step, until this is told."""
        for _ in range(LAST):
            said = self.strip.inner_text()
            if words in said:
                return
            self.presses("Next step")
            expect(self.strip).not_to_have_text(said, use_inner_text=True)
        pytest.fail(f"the story never says {words}")

    def says(self, words: str) -> None:
        expect(self.strip.get_by_role("status")).to_contain_text(words)

    def points_at(self, *who: str) -> None:
        marked = self.page.page.locator("[data-pane].is-looked-at")
        expect(marked).to_have_count(len(who))
        for each in who:
            expect(self.page.page.locator(f"[data-pane={each}]")).to_have_class(
                re.compile("is-looked-at")
            )


def test_it_plays_to_the_end_and_each_pane_shows_what_is_said(page: Demonstration) -> None:
    telling = Telling(page)
    telling.begins()
    telling.points_at("shah", "lee")
    page.shah.sees("Ana Teach would like to visit 14 Oak Road")
    telling.goes_to("The office is told whom to ring")
    telling.points_at("office")
    page.office.sees("No answer from Ana Teach and Sam Assist. Please ring them now.")
    page.lee.does_not_see("Please find out")
    page.looks("70-story-office")
    telling.goes_to("Mrs Shah and Ms Okoro are asked.")
    telling.points_at("okoro", "shah")
    page.okoro.sees("Please find out whether")
    telling.goes_to("a call to 999")
    shown = page.okoro.log.get_by_role("article").filter(has_text="Ring 999 now").last
    expect(shown).to_be_in_viewport(ratio=0.2)
    telling.goes_to("Only now does the watch end.")
    telling.says(SILENCE.end)
    page.office.sees("Back: Ana Teach and Sam Assist")
    expect(telling.button("Next step")).to_be_hidden()
    page.looks("71-story-ended")
    telling.presses("Close")
    expect(telling.strip).to_be_hidden()
    expect(page.page.get_by_role("button", name=SILENCE.title)).to_be_focused()
    assert page.wrong == []


def test_it_goes_on_by_itself_until_it_is_paused(page: Demonstration) -> None:
    telling = Telling(page)
    telling.begins()
    expect(telling.strip).to_contain_text(f"Step 2 of {LAST}", timeout=20_000)
    telling.presses("Pause")
    expect(telling.button("Go on")).to_be_focused()
    before, time = page.state(), page.page.get_by_role("timer").inner_text()
    page.page.wait_for_timeout(9_000)
    telling.is_at(2)
    assert page.state() == before
    assert page.page.get_by_role("timer").inner_text() == time
    telling.presses("Go on")
    telling.is_at(3)
    expect(telling.button("Pause")).to_be_focused()
    assert page.wrong == []


def test_it_is_taken_over_in_the_middle_and_everything_works(page: Demonstration) -> None:
    telling = Telling(page)
    telling.begins()
    telling.goes_to("Mr Lee, a senior leader, is asked")
    before = page.state()
    telling.presses("Take over")
    telling.says("You have taken over.")
    telling.points_at()
    assert page.state() == before
    page.lee.presses("I'm on it")
    page.office.sees("Mr Lee has it, until")
    page.skips("Skip 5 min")
    page.ana.presses("I'm OK")
    page.ana.sees("I heard from you at")
    telling.presses("Start again")
    asked = page.page.get_by_role("dialog", name="Play the story on a fresh stage?")
    page.looks("72-story-asks")
    asked.get_by_role("button", name="Keep everything").click()
    page.office.sees("Mr Lee has it, until")
    telling.presses("Start again")
    asked.get_by_role("button", name="Wipe and play the story").click()
    expect(asked).to_be_hidden()
    telling.is_at(1)
    page.office.does_not_see("Mr Lee has it, until")
    assert page.wrong == []


def test_a_press_of_ones_own_takes_over_and_counts(page: Demonstration) -> None:
    telling = Telling(page)
    telling.begins()
    page.lee.presses("Approve")
    telling.says("You have taken over.")
    page.ana.sees("Approved by Mr Lee")
    assert page.wrong == []


def test_what_was_played_before_is_kept_until_somebody_says_yes(page: Demonstration) -> None:
    plan_a_visit(page)
    page.page.get_by_role("button", name=SILENCE.title, exact=True).click()
    asked = page.page.get_by_role("dialog", name="Play the story on a fresh stage?")
    asked.get_by_role("button", name="Keep everything").click()
    page.shah.sees("would like to visit")
    expect(Telling(page).strip).to_be_hidden()
    assert page.wrong == []


def test_after_a_restart_it_waits_and_can_be_taken_over(page: Demonstration, demo: Demo) -> None:
    telling = Telling(page)
    telling.begins()
    telling.goes_to("The office is told whom to ring")
    demo.kill()
    page.is_lost()
    demo.start()
    page.is_found()
    telling.says("Doorstep was started again.")
    telling.goes_to("Mr Lee, a senior leader, is asked")
    page.lee.sees("Please find out whether")
    telling.presses("Take over")
    page.lee.presses("I'm on it")
    page.office.sees("Mr Lee has it, until")


def test_on_a_phone_the_pane_that_is_told_of_comes_by_itself(browser: Browser, demo: Demo) -> None:
    with browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    ) as context:
        page = Demonstration(context.new_page(), demo.address).open()
        telling = Telling(page)
        telling.begins()
        for words, who in (
            ("Mrs Shah and Mr Lee are asked", "shah"),
            ("The office is told whom to ring", "office"),
            ("Mr Lee, a senior leader, is asked", "lee"),
            ("Mr Lee presses I’m on it", "lee"),
        ):
            telling.goes_to(words)
            expect(page.page.locator(f"[data-pane={who}]")).to_be_visible()
            assert page.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            for label in ("Pause", "Next step", "Take over", "Start again"):
                expect(telling.button(label)).to_be_in_viewport(ratio=1)
            log = page.page.locator(f"[data-pane={who}] [data-log]")
            assert log.evaluate("log => log.clientHeight") > 250
        page.looks("73-story-phone")
        telling.presses("Take over")
        page.lee.presses("They are safe")
        expect(page.lee.sheet).to_be_visible()
        assert page.wrong == []


def test_by_keyboard_read_aloud_and_with_enough_contrast(page: Demonstration) -> None:
    start = page.page.get_by_role("button", name=SILENCE.title, exact=True)
    start.focus()
    page.page.keyboard.press("Enter")
    telling = Telling(page)
    telling.is_at(1)
    expect(telling.button("Pause")).to_be_focused()
    page.page.keyboard.press("Enter")
    expect(telling.button("Go on")).to_be_focused()
    page.page.keyboard.press("Tab")
    expect(telling.button("Next step")).to_be_focused()
    page.page.keyboard.press("Enter")
    telling.is_at(2)
    # Six chats read aloud beside the sentence would be a babble.
    expect(page.ana.log).to_have_attribute("aria-live", "off")
    weak = page.weak("under way")
    telling.goes_to("Mr Lee, a senior leader, is asked")
    weak += page.weak("alarm")
    telling.presses("Take over")
    expect(page.ana.log).to_have_attribute("aria-live", "polite")
    weak += page.weak("taken over")
    telling.presses("Start again")
    weak += page.weak("asks")
    assert sorted(set(weak)) == []


def test_a_pane_that_somebody_reads_stays_put_unless_it_is_urgent(page: Demonstration) -> None:
    telling = Telling(page)
    telling.begins()
    telling.goes_to("Doorstep asks both of them once more.")
    telling.presses("Take over")
    log = page.office.log
    log.evaluate("log => { log.scrollTop = 0 }")
    stands = "log => [log.scrollTop, log.firstElementChild.getBoundingClientRect().top]"
    before = log.evaluate(stands)
    page.ana.presses("I'm OK")
    page.ana.sees("I heard from you at")
    page.office.sees("Last heard from Ana Teach at")
    assert log.evaluate(stands) == before  # edited below, and read on above
    page.skips("Skip 5 min")
    alarm = log.get_by_role("article").filter(has_text="No answer from Sam Assist").last
    expect(alarm).to_be_in_viewport(ratio=0.2)
    assert page.wrong == []
