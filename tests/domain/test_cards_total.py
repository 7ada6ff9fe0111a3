"""Every card in every phase for every reader: it is drawn, and no button on it is dead."""

import pytest

from bot.cards import forms, general, whereabouts, written
from bot.cards.draw import CARDS, draw
from bot.cards.gallery import gallery
from bot.cards.model import Button, Card
from bot.cards.view import View
from bot.domain import commands as c
from bot.domain.conditions import ticks
from bot.domain.decide import decide
from bot.domain.refused import Refused
from bot.domain.standby import Part
from bot.domain.visit import InAlarm
from bot.engine.presses import ANYWHERE, ON_A_VISIT
from bot.engine.submits import FORMS
from bot.engine.talk.buttons import STEPS
from tests.domain.examples import (
    ALL,
    DETAILS,
    EVERYBODY,
    OFFICE,
    UNREADABLE,
    Play,
    appointment,
    minutes,
    shifted,
    silent,
)

READERS = (*EVERYBODY, OFFICE)
ARGS = {"by": "ana", "about": "mistake"}


def view(play: Play, reader: str) -> View:
    return View(play.visit, reader, play.facts, play.now, ARGS)


def meant(button: Button, by: str, play: Play) -> c.Command | None:
    """What the press asks of the visit; with a form, filled in as it should be."""
    args, visit, later = button.args, play.visit, play.now + minutes(20)
    out = visit.watch.out if visit.watch else ()
    who = out[0].id if out else visit.lead
    number, calls = int(args.get("alarm", -1)), int(args.get("calls", -1))
    table: dict[str, c.Command] = {
        "approve": c.Approve(by, int(args.get("revision", -1))),
        "approve_if": c.Approve(
            by, int(args.get("revision", -1)), only_if=True, conditions=("along",)
        ),
        "decline": c.Decline(by, int(args.get("revision", -1)), "No"),
        "ask_for_changes": c.AskForChanges(by, int(args.get("revision", -1)), "In pairs"),
        "withdraw": c.Withdraw(by, "The family rang"),
        "change_plan": c.Ask(by, shifted(visit.plan, 60), DETAILS, visit.revision),
        "appointment": appointment(play),
        "drop_out": c.DropOut(by),
        "hand_over": c.HandOver(
            by, "bo" if by == visit.lead else by, int(args.get("revision", -1))
        ),
        "stand_by": c.StandBy(by),
        "cannot_stand_by": c.CannotStandBy(by),
        "name_stand_by": c.NameStandBy(by, _part(button), _another(play)),
        "cancel": c.Cancel(by),
        "leave": c.Depart(by, visit.visitors, later, ticked=tuple(n for n, _ in ticks(visit))),
        "already_left": c.AlreadyLeft(by),
        "arrived": c.Arrive(by),
        "ok": c.CheckIn(by),
        "more_time": c.TakeMoreTime(by, later),
        "moved": c.Move(by, "20 Elm Street"),
        "back": c.ComeBack(by),
        "uneasy": c.FeelUneasy(by),
        "concern": c.HaveConcern(by),
        "concern_words": c.ExplainConcern(by, int(args.get("number", -1)), "About Robin"),
        "seen": c.OwnUp(
            by,
            "concern" if args.get("about") == "concern" else "amber",
            int(args.get("number", -1)),
        ),
        "help": c.AskForHelp(by),
        "danger": c.AskForHelp(by, sure=True),
        "mistake": c.ClaimMistake(by),
        "watching": c.ConfirmWatching(by),
        "phoned_ok": c.Vouch(by, who, "ok", later),
        "phoned_back": c.Vouch(by, who, "back"),
        "not_back": c.TakeBack(by, button.args.get("who", "")),
        "ask_if_ok": c.AskIfOk(by),
        "call_back": c.CallBack(by),
        "allow_time": c.AllowMoreTime(by, int(args.get("number", -1))),
        "refuse_time": c.RefuseMoreTime(by, int(args.get("number", -1))),
        "on_it": c.Acknowledge(by, "driving there"),
        "safe": c.StandDown(by, number, calls, "I spoke to her", over=False),
        "not_over": c.Reopen(by, number),
        "show_risks": c.ShowRisks(by),
        "ringing": c.Ring999(by),
    }
    return table.get(button.action)


def _part(button: Button) -> Part:
    return "backup" if button.args.get("part") == "backup" else "contact"


def _another(play: Play) -> str:
    taken = {*play.visit.visitors, play.visit.plan.contact, play.visit.plan.backup}
    return next(each for each in ("olu", "nadia", "priya") if each not in taken)


def excused(button: Button, why: str) -> bool:
    """Details that can't be read can't be changed either; the refusal says what to do instead."""
    cant = ("I can't store the new place", "I can't keep your words")
    return button.action in {"moved", "concern_words"} and why.startswith(cant)


@pytest.mark.parametrize("name", ALL)
def test_every_card_is_drawn_for_every_reader_and_has_no_dead_button(name: str) -> None:
    play = ALL[name]
    for card_name in CARDS:
        for reader in READERS:
            card = draw(card_name, view(play, reader))
            assert card.title.strip(), (card_name, reader)
            assert card.notification.strip(), (card_name, reader)
            assert all(word.strip() for word in card.words), (card_name, reader, card.words)
            for button in card.buttons:
                _is_live(button, play, card_name, reader)


def _is_live(button: Button, play: Play, card_name: str, reader: str) -> None:
    assert button.action in ON_A_VISIT or button.action in ANYWHERE, button
    if button.action in {"plan", "home", "how_it_works", "policy", "flag", "noted"}:
        return
    assert button.visit == play.visit.id
    assert button.version == play.visit.version
    by = "olu" if reader == OFFICE else reader
    command = meant(button, by, play)
    assert command is not None, button
    outcome = decide(play.visit, command, play.facts, play.now)
    if isinstance(outcome, Refused):
        known = bool(outcome.offer) or excused(button, outcome.why)
        assert known, (card_name, reader, button.label, outcome.why)


def test_buttons_of_general_cards_are_known() -> None:
    cards: list[Card] = [
        general.home("Ana", []),
        general.home("Lee", [], whereabouts.EVERYBODY),
        general.help_choice(),
        general.how_it_works(),
        written.not_understood(),
        written.write_anew(written.OUT_ANYWAY),
        written.not_understood_out(passed_on=True),
        written.not_understood_out(passed_on=False),
        general.not_yours(),
        general.stranger(),
        general.went_wrong("x"),
        written.confided("Thank you."),
        written.leaving_there(view(ALL["out, a pair"], "ana")),
        written.which_visit([view(ALL["out, a pair"], "ana")], "back", "Which?"),
    ]
    for card in cards:
        for button in card.buttons:
            assert button.action in ON_A_VISIT or button.action in ANYWHERE, button


def test_buttons_of_a_form_asked_in_messages_are_known() -> None:
    asked = [e.shown for e in gallery() if e.of in {"question", "summary", "with_go_on"}]
    actions = {b.action for card in asked if isinstance(card, Card) for b in card.buttons}
    assert set(STEPS) - actions == set()
    assert actions - {*STEPS, *ANYWHERE, *ON_A_VISIT} == set()
    assert not set(STEPS) & {*ANYWHERE, *ON_A_VISIT}


def test_every_form_is_known_and_has_an_answer() -> None:
    here = view(ALL["out, a pair"], "lee")
    drawn = [
        forms.leave(view(ALL["approved"], "ana"), errors={"until": "no"}),
        forms.more_time(here),
        forms.moved(here),
        forms.phoned(here, "phoned_ok"),
        forms.phoned(here, "phoned_back"),
        forms.safe(here),
        forms.hold(here),
        forms.concern_words(here),
        forms.hand_over(view(ALL["approved"], "ana")),
        forms.hand_over(view(ALL["approved"], "sam")),
        *(forms.reason(here, name) for name in ("decline", "ask_for_changes", "withdraw")),
    ]
    for form in drawn:
        assert form.name in FORMS
        assert all(button.action in ON_A_VISIT for button in form.extra)
        assert set(form.values) <= {each.name for each in form.fields}
    assert [b.action for b in drawn[0].extra] == ["already_left"], "S1, on the form too"


def test_somebody_with_no_part_sees_one_sentence_on_every_card() -> None:
    for name, play in ALL.items():
        for card_name in CARDS:
            for reader in ("tom", "a-stranger"):
                card = draw(card_name, view(play, reader))
                assert not card.blocks, (name, card_name)
                assert "Ana" not in " ".join(card.words)
                assert "Oak" not in " ".join(card.words)


def test_unreadable_details_leave_every_card_standing_and_say_so() -> None:
    for name, play in UNREADABLE.items():
        card = draw("alarm", view(play, "lee"))
        if isinstance(play.visit.phase, InAlarm):
            assert "can't be read just now" in " ".join(card.words), name
            assert "Ana Teach" in " ".join(card.words), "names and phones stay readable (P8)"


def test_p4_a_decided_approval_says_no_more_why() -> None:
    for name, play in ALL.items():
        words = " ".join(draw("approval", view(play, "lee")).words)
        if not play.visit.is_live or play.visit.watch or "approved" in name.split(",")[0]:
            for secret in ("Attendance of their son", "The Brown family", "A large dog"):
                assert secret not in words, name
            assert "Ana Teach" in words
            assert f"{play.visit.plan.leaving_at:%H:%M}" in words or "15:00" in words


def test_p4_an_open_request_says_everything_to_whoever_decides_only() -> None:
    play = ALL["requested, a pair"]
    for reader in ("lee", "priya", "okoro"):
        words = " ".join(draw("approval", view(play, reader)).words)
        assert "Attendance of their son" in words
        assert "A large dog" in words
    for reader in ("olu", "bo", OFFICE, "tom"):
        for card_name in CARDS:
            words = " ".join(draw(card_name, view(play, reader)).words)
            assert "Attendance of their son" not in words
            assert "A large dog" not in words


def test_s14_a_visitor_who_is_in_alarm_can_still_say_everything() -> None:
    play = silent("sam")
    actions = {b.action for b in draw("alarm", view(play, "ana")).buttons}
    assert actions >= {"ok", "more_time", "back", "help"}
