"""P7: every role x card x situation x field, against the audience table of the safety rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import pytest

from bot.cards import appointment, conditions, forms, general, written
from bot.cards.draw import ABOUT_NO_VISIT, CARDS, draw, draw_overview
from bot.cards.gallery.overviews import seen
from bot.cards.gallery.played import Scene
from bot.cards.listing import one_list
from bot.cards.model import Card
from bot.cards.undelivered import to_admin
from bot.cards.view import View
from bot.domain.plan import KINDS
from bot.domain.roles import OFFICE
from bot.domain.school import ROLES
from bot.domain.visit import Approved, ChangesAsked, Ended, Finished, Requested
from tests.privacy import canaries as k
from tests.privacy.matrix import (
    READERS,
    SETTINGS,
    Setting,
    holds_a_rung,
    sees_all,
    sees_concern,
    situations,
    watches,
)

GUEST = frozenset({k.GUEST, k.GUEST_PHONE})
NOTHING: frozenset[str] = frozenset()
PRESS = "I have a concern"
settings = pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
readers = pytest.mark.parametrize("reader", READERS, ids=READERS.get)


@cache
def played(setting_name: str) -> Mapping[str, Scene]:
    return situations(next(s for s in SETTINGS if s.name == setting_name))


def view(scene: Scene, reader: str) -> View:
    return scene.view(reader, {"by": "ana", "about": "mistake"})


@dataclass(frozen=True)
class Drawn:
    """One card before one reader in one situation, and the canaries in it."""

    situation: str
    scene: Scene
    name: str
    card: Card
    body: frozenset[str]


@cache
def drawn(setting_name: str, reader: str) -> tuple[Drawn, ...]:
    """Every card in every situation before this reader."""
    return tuple(
        Drawn(situation, scene, name, card, k.body(card))
        for situation, scene in played(setting_name).items()
        for name in CARDS
        for card in (draw(name, view(scene, reader)),)
    )


def expected(card: str, reader: str, scene: Scene, setting: Setting) -> frozenset[str]:
    """Exactly these fields stand on this card, before this reader, in this situation."""
    visit = scene.visit
    fields = NOTHING
    if card == "concern":
        words = visit.details is not None and any(
            n.about == "concern 1" for n in visit.details.notes
        )
        return frozenset({k.CONCERN}) if words and sees_concern(reader, scene) else NOTHING
    if watches(reader, scene, setting):
        on_it = reader in visit.visitors
        fields = _to_visitor(card, reader, scene) if on_it else _to_others(card, reader, scene)
    if card == "approval" and reader not in visit.visitors and not sees_all(reader, scene, setting):
        fields = NOTHING
    if visit.details is None:
        return fields & {k.EMERGENCY, k.EMERGENCY_PHONE, k.CAR}
    if visit.details.external is None:
        fields -= {*GUEST, k.ORGANISATION}
    if not visit.details.appointment:
        fields -= {k.APPOINTMENT}
    return fields


def _conditions(scene: Scene) -> frozenset[str]:
    """Where somebody approved on a condition, in words of their own."""
    wanted = scene.visit.details is not None and scene.visit.details.conditions
    return frozenset({k.CONDITION}) if wanted else NOTHING


def _to_visitor(card: str, reader: str, scene: Scene) -> frozenset[str]:
    """Before they leave, their plan and what was answered; while out, nothing (P1)."""
    visit, watch = scene.visit, scene.visit.watch
    if watch:
        me = watch.visitor(reader)
        others_out = any(v.is_out for v in watch.visitors if v.id != reader)
        return GUEST if card == "due" and me and not me.is_out and others_out else NOTHING
    if card in {"due", "back", "alarm", "out", "prompt", "new_return", "refused_departure"}:
        return NOTHING
    if card in {"arrived", "nudge", "receipt", "unheard", "warning"}:
        return NOTHING
    # Whatever else somebody on the visit was sent before they came along is now their own card.
    match visit.phase:
        case ChangesAsked():
            return k.ADDRESSES | {k.GUEST, k.REASON, k.FLAG}
        case Requested() | Approved():
            return k.ADDRESSES | {k.GUEST, k.FLAG} | _conditions(scene)
        case Ended(how="declined" | "withdrawn"):
            return frozenset({k.REASON})
        case _:
            return NOTHING


def _to_others(card: str, reader: str, scene: Scene) -> frozenset[str]:
    visit, watch, alarm = scene.visit, scene.visit.watch, scene.visit.alarm
    place = k.ADDRESSES
    match card:
        case "approval" if isinstance(visit.phase, Requested):
            return k.REQUEST | _conditions(scene)
        case "approval" | "unanswered":
            return place
        case "not_left" if watch is None:
            return place | GUEST
    if watch is None:
        return NOTHING
    out = bool(watch.out) and not isinstance(visit.phase, Finished)
    wrote = any(n.about == "wrote" for n in visit.details.notes) if visit.details else False
    holder = alarm is not None and holds_a_rung(reader, scene)
    match card:
        case "departure" if out:
            return place | GUEST
        case "unwatched" if out and watch.watching is None:
            return place | GUEST
        case "otherwise" | "moved":
            return place | GUEST
        case "due" if watch.out:
            return GUEST
        case "said":
            return GUEST | ({k.WROTE} if wrote else NOTHING)
        case "news":
            return GUEST
        case "alarm" if alarm:
            return place | GUEST
        case "amber" if watch.amber and watch.amber.over_at is None:
            return place | GUEST
        case "script" if holder:
            return place | GUEST | k.SEALED
        case "risks" if holder:
            return k.SEALED
        case _:
            return NOTHING


@settings
@readers
def test_P7_every_card_shows_each_reader_exactly_what_the_table_says(
    setting: Setting, reader: str
) -> None:
    wrong = [
        f"{d.name}, {d.situation}: too much {sorted(d.body - right)}, "
        f"too little {sorted(right - d.body)}"
        for d in drawn(setting.name, reader)
        if d.body != (right := expected(d.name, reader, d.scene, setting))
    ]
    assert wrong == []


@settings
@readers
def test_P7_no_card_goes_beyond_the_table_whatever_its_name(setting: Setting, reader: str) -> None:
    """The table itself, without a word about single cards."""
    for each in drawn(setting.name, reader):
        may = NOTHING
        if watches(reader, each.scene, setting):
            may = k.WATCHED
        if reader != OFFICE and holds_a_rung(reader, each.scene):
            may |= k.SEALED
        if sees_all(reader, each.scene, setting):
            may = k.EVERY - {k.CONCERN}  # also from whoever else is on the visit, or approved it
        if each.name == "concern" and sees_concern(reader, each.scene):
            may |= {k.CONCERN}
        assert each.body <= may, (each.name, each.situation)


@settings
@readers
def test_P1_a_notification_gives_nothing_away_to_anybody(setting: Setting, reader: str) -> None:
    for each in drawn(setting.name, reader):
        line = each.card.notification
        assert k.found_in(line) == NOTHING, (each.name, each.situation)
        assert not _hints(line), (each.name, each.situation, line)


def _hints(line: str) -> list[str]:
    words = (*KINDS[:-1], "DSL", "safeguarding", "attendance", "pupil", "family", "risk")
    return [word for word in words if word.lower() in line.lower()]


@settings
@readers
def test_P6_whoever_may_not_see_is_told_one_polite_sentence_and_can_press_nothing(
    setting: Setting, reader: str
) -> None:
    for each in drawn(setting.name, reader):
        if watches(reader, each.scene, setting):
            continue
        visit = each.scene.visit
        left, planned = visit.watch is not None, (visit.lead, *visit.plan.companions)
        if each.name == "mine" and left and reader in planned:
            labels = {button.label for button in each.card.buttons}
            may = {"I've already left", "I need help"}  # not ticked at departure (S1)
            if visit.watch and visit.watch.called:  # or a colleague called before anybody left
                may.add("I'm leaving now")
            assert labels <= may, each.situation
            assert each.body == NOTHING
        elif each.name == "mine":  # somebody taken off a visit is told just that
            assert each.card.title == f"You are no longer on visit {each.scene.visit.reference}."
            took_off = reader in each.scene.visit.taken_off  # by somebody else: left already? (S1)
            labels = {button.label for button in each.card.buttons}
            assert labels == ({"I've already left"} if took_off else set()), each.situation
            assert took_off or each.card.blocks == ()
            assert each.body == NOTHING
        elif each.name == "concern" and sees_concern(reader, each.scene):
            assert each.body <= {k.CONCERN}, "told by name, and of nothing else"
            assert {b.label for b in each.card.buttons} <= {"I've seen it"}
        elif each.name == "stand_by" and reader in {word.by for word in visit.words}:
            assert (
                each.card.title == f"You need no longer stand by for Ana Teach ({visit.reference})."
            )
            assert each.card.blocks == ()
        elif each.name == "undelivered" and reader == "ivy":  # an administrator mends the channel
            assert each.card == to_admin()
        else:
            assert each.card == general.not_yours(), (each.name, each.situation)
    assert general.not_yours().title.count(".") == 1
    assert general.not_yours().blocks == ()


@settings
def test_P1_what_goes_to_visitors_who_are_out_says_nothing_of_family_or_place(
    setting: Setting,
) -> None:
    seen = 0
    for each in (*drawn(setting.name, "ana"), *drawn(setting.name, "sam")):
        watch = each.scene.visit.watch
        if watch and each.card.blocks and watch.out:
            seen += 1
            if each.name != "due":  # whoever is back already sees whom to ring
                assert each.body == NOTHING, (each.name, each.situation)
    assert seen > 500


@settings
def test_P2_the_office_sees_names_only(setting: Setting) -> None:
    """No organisation, no kind of visit, no role of anybody that gives the purpose away."""
    giveaways = (*KINDS[:-1], k.ORGANISATION, "Welfare", "DSL", "safeguarding", "attendance")
    roles = [role.replace("_", " ") for role in ROLES if role not in {"staff", "office", "head"}]
    shown: frozenset[str] = NOTHING
    for reader in (OFFICE, "pat", "bo", "dee"):
        for each in drawn(setting.name, reader):
            text = " ".join((each.card.notification, *each.card.words)).lower()
            shown |= each.body
            told = [word for word in (*giveaways, *roles) if word.lower() in text]
            assert told == [], (each.name, each.situation, reader)
    assert shown == k.WATCHED


@settings
def test_P3_no_channel_ever_gets_the_script_or_the_risks(setting: Setting) -> None:
    for each in drawn(setting.name, OFFICE):
        assert not each.body & k.SEALED, (each.name, each.situation)
        assert "Show risks" not in {b.label for b in each.card.buttons}, each.situation
        if each.name in {"script", "risks"}:
            assert each.card == general.not_yours()


def test_P3_the_risks_open_for_rung_holders_of_an_open_alarm_only_while_it_is_open() -> None:
    (slps, *_) = SETTINGS
    opened = {
        (situation, reader)
        for situation, scene in played(slps.name).items()
        for reader in READERS
        if k.RISKS in k.body(draw("risks", view(scene, reader)))
    }
    in_alarm = {name for name, scene in played(slps.name).items() if scene.visit.alarm}
    assert {situation for situation, _ in opened} <= in_alarm
    assert {reader for _, reader in opened} == {"shah", "lee", "okoro", "rita"}
    assert ("silent", "lee") not in opened
    assert ("silent, a leader told", "lee") in opened
    assert ("silent, a leader told", "shah") not in opened


@settings
@readers
def test_P3_that_there_is_a_concern_shows_to_whoever_was_told_and_whoever_wrote_it_alone(
    setting: Setting, reader: str
) -> None:
    opened = 0
    for each in drawn(setting.name, reader):
        concerns = each.scene.visit.watch.concerns if each.scene.visit.watch else ()
        if each.name == "concern" and not sees_concern(reader, each.scene):
            assert each.card == general.not_yours(), each.situation
        if each.name == "receipt" and not (reader == "ana" and concerns):
            assert each.card == general.not_yours(), each.situation
        if each.name in {"concern", "receipt"}:
            opened += each.card != general.not_yours()
            continue
        words = "\n".join((each.card.notification, *each.card.words)).replace(PRESS, "")
        if reader not in each.scene.visit.visitors:  # who is back reads the policy's sentence
            assert "concern" not in words.lower(), (each.name, each.situation)
    assert (opened > 0) == (reader in {"ana", "shah", "okoro", "dana", "lee"})


@settings
def test_P4_an_approvers_card_shrinks_once_it_is_decided(setting: Setting) -> None:
    for situation, scene in played(setting.name).items():
        for approver in sorted(setting.approvers):
            seen = k.body(draw("approval", view(scene, approver)))
            if not isinstance(scene.visit.phase, Requested):
                assert seen <= k.ADDRESSES, (situation, approver)
            elif scene.visit.details and scene.visit.details.external:
                none = frozenset[str]() if scene.visit.details.appointment else {k.APPOINTMENT}
                right = (k.REQUEST - none) | _conditions(scene)
                assert seen == right, (situation, approver)


def test_P4_a_card_for_an_earlier_plan_has_shrunk_too() -> None:
    (slps, *_) = SETTINGS
    again = played(slps.name)["asked again"].view("shah", {"revision": "1"})
    assert k.body(draw("approval", again)) <= k.ADDRESSES


@settings
@readers
def test_P7_lists_and_general_cards_add_nothing(setting: Setting, reader: str) -> None:
    alarms: list[tuple[View, Card]] = []
    for scene in played(setting.name).values():
        before = view(scene, reader)
        assert k.body(general.home("Ana", [before])) == NOTHING
        if scene.visit.watch:
            assert k.body(written.which_visit([before], "back", "Which?")) == NOTHING
            alarms.append((before, draw("alarm", before)))
    listed = one_list(alarms)
    assert k.found_in(listed.notification) == NOTHING
    assert k.body(listed) <= frozenset().union(*(k.body(card) for _, card in alarms))


MAY_READ = {
    "board": {"pat", OFFICE},
    "settings": {"pat", "ivy", "shah", OFFICE},
    "whereabouts": set(READERS),
    "unheard_school": {"pat", OFFICE},
}
"""Whom each card about no single visit is for, by hand; somebody else sees one sentence."""


@settings
@readers
@pytest.mark.parametrize("name", MAY_READ)
def test_P7_cards_about_no_single_visit_show_what_their_reader_may_see_and_to_no_other_reader(
    setting: Setting, reader: str, name: str
) -> None:
    out = [scene for scene in played(setting.name).values() if scene.visit.is_out]
    assert len(out) > 20
    with_places = 0
    for scene in out:
        card = draw_overview(name, seen([scene], reader, ("The school file has a mistake.",)))
        assert k.found_in(card.notification) == NOTHING
        assert not _hints(card.notification)
        assert k.body(card) <= k.WATCHED, scene
        if reader not in MAY_READ[name]:
            assert card == general.not_yours()
        elif not watches(reader, scene, setting):
            assert k.body(card) == NOTHING
        text = " ".join(card.words).lower()
        assert [word for word in (*KINDS[:-1], "DSL") if word.lower() in text] == [], "P2"
        on_it = scene.visit.watch is not None and scene.visit.watch.visitor(reader) is not None
        assert not (on_it and k.body(card) & k.ADDRESSES), "P1: it is read on a doorstep"
        with_places += k.PLACE in k.body(card)
    sees = {each for each in MAY_READ[name] if any(watches(each, s, setting) for s in out)}
    may_tell = name in {"board", "whereabouts"} and reader in sees - {"ana", "sam"}
    assert bool(with_places) == may_tell, with_places


@settings
@readers
def test_P7_flags_are_shown_to_whoever_may_set_them_and_to_nobody_else(
    setting: Setting, reader: str
) -> None:
    """By hand: Head, senior leaders and the DSL; the deputy while the DSL is away."""
    may = {"shah", "lee", "okoro", *setting.dsl}
    scene = played(setting.name)["out"]
    overview = replace(
        seen([scene], reader),
        school=setting.school,
        flags=scene.facts.known.flags,
    )
    for name in set(ABOUT_NO_VISIT) - set(MAY_READ):
        card = draw_overview(name, overview)
        assert k.found_in(card.notification) == NOTHING
        assert not _hints(card.notification)
        if reader in may:
            assert k.body(card) == {k.PLACE, k.FLAG}, name
        else:
            assert card == general.not_yours(), name
    assert k.FLAG not in k.body(draw_overview("board", overview))


@settings
@readers
def test_P7_forms_tell_nobody_what_they_did_not_type(setting: Setting, reader: str) -> None:
    """The changed plan alone holds everything again; the engine gives it to the lead only. At the
    door who goes sees the name of somebody from outside, to be ticked.
    """
    for scene in played(setting.name).values():
        before = view(scene, reader)
        shown = [forms.reason(before, name) for name in ("decline", "ask_for_changes", "withdraw")]
        shown += [forms.leave(before), forms.moved(before), forms.safe(before), forms.hold(before)]
        shown.append(forms.plan(scene.facts.school, reader, policy=scene.facts.policy, values={}))
        if scene.visit.watch:
            shown += [forms.more_time(before), forms.phoned(before, "phoned_ok")]
            shown.append(forms.phoned(before, "phoned_back"))
        shown += [appointment.form(before), conditions.form(before)]
        at_the_door = {k.GUEST} | _conditions(scene) if reader in scene.visit.visitors else NOTHING
        its_lead = {k.TO_SEE} if reader == scene.visit.lead else NOTHING
        for form in shown:
            allowed = {"leave": at_the_door, "appointment": its_lead}.get(form.name, NOTHING)
            assert k.in_form(form) <= allowed, form.name
