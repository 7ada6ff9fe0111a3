"""Plain loops over the tables: every command, every event, in every phase. No walk finds these."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

import pytest

from bot.cards.draw import CARDS
from bot.domain import commands as c
from bot.domain import events as e
from bot.domain.decide import TABLE, decide
from bot.domain.decide.draft import Draft
from bot.domain.decide.watch_begins import start_watch
from bot.domain.evolve import evolve
from bot.domain.moves import MOVES, ImpossibleEvent
from bot.domain.react import react
from bot.domain.refused import Refused
from bot.domain.tidings import Reason
from bot.domain.visit import Finished, InAlarm, Out, Phase, Visit, Vote
from bot.domain.watch import Visitor
from tests.domain.examples import ALL, DETAILS, EVERYBODY, EXAMPLES, Play, commands, shifted
from tests.domain.invariants import follows, holds

PHASES: set[type[Phase]] = set(get_args(Phase))


def test_the_examples_show_every_phase() -> None:
    assert {type(play.visit.phase) for play in EXAMPLES.values()} == PHASES


def test_the_table_answers_every_command_in_every_phase() -> None:
    assert set(TABLE) == PHASES
    for phase, answers in TABLE.items():
        assert set(answers) == set(get_args(c.Command)), phase


def test_the_commands_tried_are_all_there_are() -> None:
    tried = {type(command) for command in commands(EXAMPLES["help"], "ana")}
    assert tried == set(get_args(c.Command))


@pytest.mark.parametrize("name", ALL)
def test_every_command_from_everybody_gives_events_or_a_refusal(name: str) -> None:
    play = ALL[name]
    holds(play.visit, play.facts)
    for by in EVERYBODY:
        for command in commands(play, by):
            outcome = decide(play.visit, command, play.facts, play.now)
            if isinstance(outcome, Refused):
                assert outcome.why.strip()
                continue
            assert outcome or isinstance(command, c.Wake), f"{command} was answered with nothing"
            _unfold(play, outcome)


def _unfold(play: Play, events: tuple[e.Event, ...]) -> None:
    """Evolve and react on each; the rules hold in the end, and at each step."""
    visit, facts = play.visit, play.facts
    for event in events:
        after = evolve(visit, event)
        follows(visit, event, after, play.now)
        for show in react(visit, event, after, facts):
            assert show.card in CARDS, show
        visit = after
    holds(visit, facts)


def test_an_outsider_changes_nothing_on_any_visit() -> None:
    for name, play in ALL.items():
        for by in ("tom", "a-stranger"):
            for command in commands(play, by):
                if not isinstance(command, c.Wake):
                    assert isinstance(decide(play.visit, command, play.facts, play.now), Refused), (
                        name,
                        by,
                        command,
                    )


def test_every_event_stands_in_the_table_of_moves() -> None:
    assert set(MOVES) == set(get_args(e.Event))


def samples(visit: Visit, now: datetime) -> tuple[e.Event, ...]:
    """One event of every type, fit for this visit."""
    who, later = visit.visitors[0], now + timedelta(minutes=20)
    departed = _departed(visit, now)
    return (
        e.Asked(now, who, visit.plan, DETAILS, (("head",),), visit.revision + 1),
        e.Adjusted(now, who, shifted(visit.plan, 5), visit.revision + 1),
        e.AppointmentMade(now, who, shifted(visit.plan, 5), visit.revision + 1, "By phone"),
        e.DroppedOut(now, "sam", replace(visit.plan, companions=()), visit.revision + 1),
        e.HandedOver(now, "lee", "sam", replace(visit.plan, companions=()), visit.revision + 1),
        e.StandByAgreed(now, "bo", "contact", now, later),
        e.StandByRefused(now, "bo", "contact"),
        e.StandByLost(now, "bo", "contact", "out"),
        e.StandByNamed(now, who, "contact", "olu"),
        e.AskedAgain(now, (("head",),)),
        e.StageApproved(now, "lee", 0),
        e.FullyApproved(now, (Vote(0, "lee", now),)),
        e.Reasked(now, (("head",),), ()),
        e.FellShort(now, ("pairs.companions",), ("pairs.companions",)),
        e.Declined(now, "lee", "No"),
        e.ChangesWanted(now, "lee", "In pairs"),
        e.Withdrawn(now, "lee", "No"),
        e.Cancelled(now, who),
        e.ApproversReminded(now),
        e.PassedOn(now),
        e.Expired(now),
        e.Nudged(now),
        departed,
        e.OfficeClosed(now, ("lee",)),
        e.WatchConfirmed(now, "olu"),
        e.WatchAsked(now, ("lee",)),
        e.WatchLost(now, "olu"),
        e.JoinedLate(now, Visitor("kit", "Kit Many", "07700 900001", now, "left")),
        e.CheckedIn(now, who, who, "ok"),
        e.ReturnMoved(now, who, later),
        e.ExtensionAsked(now, who, later),
        e.ExtensionRefused(now, "lee"),
        e.PlaceChanged(now, who, "20 Elm Street"),
        e.CameBack(now, who, who),
        e.OutAgain(now, who),
        e.HelpAsked(now, who),
        e.MistakeClaimed(now, who),
        e.FeltUneasy(now, who, later),
        e.AmberRaised(now, 7, (Reason("differ", ("ana", "sam")),)),
        e.AmberEased(now, ()),
        e.ConcernRaised(now, who, 7),
        e.ConcernExplained(now, who, 1, "About Robin"),
        e.TidingsTold(now, "concern", 1, 0, ("priya",), ("priya",), later),
        e.TidingsHeard(now, "concern", 1),
        e.TidingsSeen(now, "priya", "concern", 1),
        e.LeaveNudged(now, (who,)),
        e.Wrote(now, who, "hm"),
        e.Prompted(now, who, "routine", 7, later, None),
        e.Chased(now, who),
        e.ReturnReminded(now),
        e.ReturnCame(now),
        e.CalledBack(now, "lee"),
        e.WentSilent(now, who, now),
        e.AlarmRaised(now, 3, now, now),
        e.Escalated(now, 2, ("lee",), ("lee",), ("lee",), later, now, last=True),
        e.LimitPassed(now, ("lee",)),
        e.RungReached(now),
        e.Owned(now, "lee", later),
        e.OwnershipLapsed(now, "lee", now),
        e.RisksShown(now, "lee"),
        e.Ringing(now, "lee", later),
        e.FoundSafe(now, "lee", (who,), over=False, next_prompt=later, note="I spoke to her"),
        e.Doubted(now, "lee", (who,)),
        e.AlarmEnded(now, "lee", later),
        e.AlarmReopened(now, "lee", 3, now),
        e.Closed(now),
    )


def _departed(visit: Visit, now: datetime) -> e.Departed:
    before = EXAMPLES["approved"]
    draft = Draft(replace(visit, phase=before.visit.phase), before.facts, now)
    start_watch(draft, visit.lead, visit.visitors, now + timedelta(hours=1), breach=True)
    (event,) = draft.events
    assert isinstance(event, e.Departed)
    return event


def test_every_event_evolves_as_the_table_says_and_nowhere_else() -> None:
    done: set[tuple[type[e.Event], type[Phase]]] = set()
    for play in ALL.values():
        visit = play.visit
        for event in samples(visit, play.now):
            sources, to = MOVES[type(event)]
            if type(visit.phase) not in sources:
                with pytest.raises(ImpossibleEvent):
                    evolve(visit, event)
                continue
            if isinstance(event, e.AlarmReopened) and not (visit.watch and visit.watch.closed):
                continue  # nothing to reopen; decide refuses it
            concerns = visit.watch.concerns if visit.watch else ()
            if isinstance(event, e.TidingsTold) and not concerns:
                continue  # nothing to tell
            after = evolve(visit, event)
            again = isinstance(event, e.OutAgain | e.JoinedLate) and isinstance(
                visit.phase, Finished
            )
            assert type(after.phase) is (Out if again else to or type(visit.phase))
            for show in react(visit, event, after, play.facts):
                assert show.card in CARDS
            done.add((type(event), type(visit.phase)))
    everything = {(event, phase) for event, (phases, _) in MOVES.items() for phase in phases}
    assert done == everything


def test_the_samples_are_of_every_event() -> None:
    play = EXAMPLES["help"]
    assert {type(event) for event in samples(play.visit, play.now)} == set(MOVES)


def test_replaying_a_visits_events_gives_the_same_visit() -> None:
    for name, play in EXAMPLES.items():
        again = play.born
        for event in play.events:
            again = evolve(again, event)
        assert replace(again, version=play.visit.version) == play.visit, name


def test_in_alarm_means_an_alarm() -> None:
    for play in ALL.values():
        assert (play.visit.alarm is not None) == isinstance(play.visit.phase, InAlarm)
