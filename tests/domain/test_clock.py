"""The clock: a live visit always has a next wake, and waking early, twice or late is harmless."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.visit import Approved, ChangesAsked, InAlarm, Out, Requested
from tests.domain.every import every, every_readable
from tests.domain.examples import ALL, EXAMPLES, Play, asked, at, minutes, out, owned, silent
from tests.domain.invariants import has_unseen_concern, holds

LIVE = (Requested, ChangesAsked, Approved, Out, InAlarm)
SAME_INSTANT = 8
"""So many wakes at one instant at most: a few things may be due together."""


@every
def test_whatever_is_live_has_a_next_wake_and_nothing_else(name: str) -> None:
    play = ALL[name]
    live = isinstance(play.visit.phase, LIVE) or has_unseen_concern(play.visit)
    assert (play.next_wake is not None) == live


@every_readable
def test_every_wake_moves_on_and_a_second_one_brings_nothing(name: str) -> None:
    _moves_on(name, delivers=True)


@every_readable
def test_every_wake_moves_on_also_where_nobody_can_be_told(name: str) -> None:
    _moves_on(name, delivers=False)


def _moves_on(name: str, *, delivers: bool) -> None:
    """Follow the clock for three hours of the visit, or until it is over."""
    play = EXAMPLES[name].copy()
    play.delivers = delivers
    end = play.now + timedelta(hours=3)
    for _ in range(200):
        due = play.next_wake
        if due is None or due > end:
            break
        play.now = max(play.now, due)
        _wake_until_quiet(play)
        heard = play.wake()  # a confirmation may have come since, which is news of its own
        assert all(isinstance(event, e.RungReached | e.TidingsHeard) for event in heard), heard
        assert play.wake() == (), "waking twice brings nothing"
    else:
        raise AssertionError("more wakes than three hours can need")


def _wake_until_quiet(play: Play) -> None:
    for _ in range(SAME_INSTANT):
        events = play.wake()
        assert events, "a wake that was due did nothing, and would be due for ever"
        holds(play.visit, play.facts)
        due = play.next_wake
        if due is None or due > play.now:
            return
    raise AssertionError(f"no progress at {play.now}: {play.next_wake}")


@every
def test_waking_a_second_early_brings_nothing(name: str) -> None:
    play = ALL[name].copy()
    play.delivers = False
    for _ in range(40):
        due = play.next_wake
        if due is None:
            return
        if due - timedelta(seconds=1) >= play.now:
            play.now = due - timedelta(seconds=1)
            assert play.wake() == ()
        play.now = max(play.now, due)
        play.wake()


@every
def test_waking_years_late_sends_each_missed_rung_once_and_says_how_late(name: str) -> None:
    play = ALL[name].copy()
    play.delivers = False
    was = play.alarm.rung if play.visit.alarm else -1
    was_last = was == len(play.policy.ladder) - 1
    play.now += timedelta(days=1500)
    events: list[e.Event] = []
    while (due := play.next_wake) is not None and due <= play.now:
        assert len(events) < 50
        events.extend(play.wake())
    rungs = [event for event in events if isinstance(event, e.Escalated)]
    assert set(Counter(event.rung for event in rungs).values()) <= {1}, "each once"
    assert all(event.due_at < event.at for event in rungs), "and each says how late"
    assert [event.rung for event in rungs] == sorted(event.rung for event in rungs)
    if was >= 0 and not was_last:
        assert [event.rung for event in rungs] == list(range(was + 1, len(play.policy.ladder)))
    if was_last:
        assert [event.rung for event in rungs] == [was], (
            "the last is repeated once, not 400,000 times"
        )


def test_rungs_missed_in_an_outage_are_due_when_they_should_have_been() -> None:
    play = out()
    play.wait(until="14:31")
    play.sleep(until="16:00")
    rungs = [event for event in play.wake() if isinstance(event, e.Escalated)]
    assert [(r.rung, r.due_at) for r in rungs] == [
        (0, at("14:35")),
        (1, at("14:40")),
        (2, at("14:45")),
    ]
    assert all(r.at == at("16:00") for r in rungs)


def test_an_owner_whose_time_ran_out_in_an_outage_gives_the_ladder_no_more_time() -> None:
    play = owned()
    play.sleep(until="16:00")
    rungs = [event for event in play.wake() if isinstance(event, e.Escalated)]
    assert [(r.rung, r.due_at) for r in rungs] == [(1, at("14:46")), (2, at("14:51"))]


def test_a_rung_unheard_before_an_outage_climbs_as_of_then() -> None:
    play = silent()
    play.delivers = False
    play.sleep(until="16:00")
    rungs = [event for event in play.wake() if isinstance(event, e.Escalated)]
    assert [(r.rung, r.because) for r in rungs] == [(1, "unreached"), (2, "")]
    assert [r.due_at for r in rungs] == [at("14:36"), at("14:45")]


def test_an_outage_over_a_prompt_asks_now_and_gives_the_whole_limit() -> None:
    play = out()
    play.sleep(until="14:50")
    (prompted,) = play.wake()
    assert isinstance(prompted, e.Prompted)
    assert prompted.reply_by == at("14:55")


def test_wake_re_checks_and_does_nothing_if_somebody_acted_first() -> None:
    play = out()
    play.wait(until="14:34")
    due = play.next_wake
    play.does(c.CheckIn("ana"))
    assert due is not None
    play.now = due
    assert play.wake() == ()


def test_a_very_short_policy_follows_the_same_clock() -> None:
    """Tests and demonstrations run on seconds; nothing may count on minutes."""
    seconds = timedelta(seconds=2)
    play = asked()
    names = [name for name in play.policy.__dataclass_fields__ if _is_length(play, name)]
    play.policy = replace(
        play.policy,
        **dict.fromkeys(names, seconds),  # type: ignore[arg-type]
        ladder=tuple(replace(r, after=seconds * i) for i, r in enumerate(play.policy.ladder)),
    )
    play.approve()
    play.now = at("14:00")
    play.does(c.AlreadyLeft("ana"))
    for _ in range(30):
        due = play.next_wake
        assert due is not None
        play.now = max(play.now, due)
        _wake_until_quiet(play)
    assert isinstance(play.visit.phase, InAlarm)


def _is_length(play: Play, name: str) -> bool:
    return isinstance(getattr(play.policy, name), timedelta)


def test_the_clock_alone_never_ends_the_watch() -> None:
    for name, play in EXAMPLES.items():
        if not play.visit.is_out:
            continue
        left = play.copy()
        left.delivers = False
        for _ in range(25):
            due = left.next_wake
            assert due is not None, name
            left.now = max(left.now, due)
            left.wake()
            assert left.visit.is_out, name
        assert left.now < play.now + timedelta(days=1)


def test_before_departure_each_reminder_comes_once_and_in_time() -> None:
    play = asked()
    seen = {type(event): event for event in play.wait(until="14:59")}
    assert set(seen) == {e.ApproversReminded, e.PassedOn}
    assert seen[e.ApproversReminded].at == at("13:40")
    assert seen[e.PassedOn].at == at("13:50")
    (expired,) = play.wait(until="15:00")
    assert expired == e.Expired(at("14:00") + minutes(60))
