"""P7 through the engine: a whole story, a canary in every field, and nobody hears one too many."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest

from bot.cards import draw as drawing
from bot.cards import general
from bot.cards.model import Card
from bot.domain.plan import Details
from bot.engine.engine import Engine
from bot.engine.presses import ON_A_VISIT
from bot.engine.submits import FORMS
from bot.ports import Answer, Inbound, Press, Say, Submit
from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.kit import KIT, ticked
from tests.privacy import canaries as k
from tests.stories.cast import school_text
from tests.stories.world import REQUEST, Chat, World

KIND = "Safeguarding"
ASKED = {
    **REQUEST,
    "kind": KIND,
    "companions": "sam",
    "place": k.PLACE,
    "more_homes": f"{k.SECOND_PLACE}; {k.SECOND_FAMILY}",
    "family": k.FAMILY,
    "purpose": k.PURPOSE,
    "why_not_in_school": k.WHY_NOT,
    "to_see": k.TO_SEE,
    "appointment": k.APPOINTMENT,
    "risks": k.RISKS,
    "needs": k.NEEDS,
    "who_does_what": k.WHO_DOES_WHAT,
    "discussion": k.DISCUSSION,
    "why_alone": k.WHY_ALONE,
    "follow_up": k.FOLLOW_UP,
    "more_help": k.MORE_HELP,
    "external_name": k.GUEST,
    "external_organisation": k.ORGANISATION,
    "external_phone": k.GUEST_PHONE,
}
NEEDED = k.REQUEST - {k.KIND, k.FLAG}
"""Here the kind of visit is one of the list; ``KIND`` is looked for by itself."""
DECIDERS = ("priya", "lee")
"""They approve (``slps``)."""
NOBODY_SEES = frozenset({k.HOW_SAFE, k.OWNER_NOTE})
MAY_SEE = {
    "ana": NEEDED | {k.REASON, k.CONDITION, k.FLAG},
    "sam": NEEDED | {k.REASON, k.CONDITION, k.FLAG},
    "priya": NEEDED | k.WATCHED | k.SEALED | {k.FLAG},
    "lee": NEEDED | k.WATCHED | k.SEALED | {k.FLAG},
    "okoro": k.WATCHED | k.SEALED | {k.FLAG},
    "olu": k.WATCHED,
    "bo": k.WATCHED,
    "office": k.WATCHED,
}


@dataclass
class Overheard(Chat):
    """Every card that was ever posted or edited, not only what stands there in the end."""

    every: list[tuple[str, Card]] = field(default_factory=list)

    async def post(self, address: str, card: Card, *, urgent: bool, key: str) -> str:
        self.every.append((address, card))
        return await Chat.post(self, address, card, urgent=urgent, key=key)

    async def edit(self, address: str, reference: str, card: Card) -> None:
        self.every.append((address, card))
        await Chat.edit(self, address, reference, card)

    def shown_to(self, address: str) -> frozenset[str]:
        return frozenset().union(*(k.body(card) for who, card in self.every if who == address))


@dataclass
class Played:
    """A world, everything said in it, and everything answered."""

    world: World
    chat: Overheard
    kept: Kept
    answers: list[tuple[str, Answer]]
    visit: str = ""

    def listen_from_here(self) -> None:
        self.chat.every.clear()
        self.answers.clear()

    async def strangers_answer(self, sender: str, act: Press | Submit | Say) -> Answer:
        inbound = Inbound("web", self.world.delivery(), sender, act)
        return await self.world.engine.handle(inbound)


@pytest.fixture
async def played(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Played]:
    monkeypatch.setattr("tests.stories.world.Chat", Overheard)
    kept = Kept()
    store = MemoryStore(kept)
    text = school_text()
    for given, canary in (("Jo Teach", k.EMERGENCY), ("blue Fiesta AB12 CDE", k.CAR)):
        assert given in text
        text = text.replace(given, canary)
    world = World(store, text=text)
    answers: list[tuple[str, Answer]] = []
    handle = world.engine.handle

    async def recording(inbound: Inbound) -> Answer:
        answer = await handle(inbound)
        answers.append((inbound.sender, answer))
        return answer

    monkeypatch.setattr(world.engine, "handle", recording)
    chat = world.chat
    assert isinstance(chat, Overheard)
    yield Played(world, chat, kept, answers)
    await store.close()


async def asked(played: Played) -> None:
    await played.world.ana.says("visit")
    await played.world.ana.fills(ASKED)
    played.visit = (await played.world.only_visit()).id


async def out(played: Played) -> None:
    world = played.world
    await asked(played)
    await world.lee.presses("Approve")
    await world.advance("15m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await world.advance("1m")


async def everything(played: Played) -> None:
    """From a first request that is sent back, over two alarms, to the return; and one declined."""
    world = played.world
    await world.okoro.says("flag an address")
    await world.okoro.fills(place=k.PLACE, reason=k.FLAG)
    await asked(played)
    await world.priya.presses("Ask for changes")
    await world.priya.fills(reason=k.REASON)
    await world.ana.presses("Change the plan and ask again")
    await world.ana.fills(purpose=f"{k.PURPOSE} again")
    await world.advance("1m")
    await world.lee.presses("Approve if ...")
    await world.lee.fills(conditions="ring", words=k.CONDITION)
    await world.advance("14m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=ticked(world.ana.form))
    await world.sam.presses("I've arrived")
    await world.ana.says(f"{k.WROTE}: a bit loud here")
    await world.ana.presses("Gone somewhere else")
    await world.ana.fills(place=f"{k.PLACE}, next door")
    await world.olu.presses("Ask if they're OK", office=True)
    await world.sam.presses("I'm OK")
    await world.advance("11m")
    await world.lee.presses("I'm on it")
    await world.lee.presses("I'm on it")
    await world.lee.fills(note=k.OWNER_NOTE)
    await world.advance("25m")
    await world.okoro.presses("Show risks")
    await world.priya.presses("I'm ringing now: nobody else need")
    await world.lee.presses("They are safe")
    await world.lee.fills(how=k.HOW_SAFE, over="no")
    await world.priya.presses("Not over")
    await world.ana.presses("I need help")
    await world.ana.presses("Pressed by mistake")
    await world.sam.presses("I need help")
    await world.advance("1h")
    await world.priya.presses("They are safe")
    await world.priya.fills(how=k.HOW_SAFE, over="yes")
    await world.advance("20m")
    await world.sam.says("visit")
    await world.sam.fills(
        {**ASKED, "companions": "ana"},
        leaving_at="2026-11-23T17:00",
        return_at="2026-11-23T17:30",
    )
    await world.priya.presses("Decline")
    await world.priya.fills(reason=k.REASON)
    await world.advance("3h")


async def test_P7_a_whole_story_shows_nobody_more_than_the_table_allows(played: Played) -> None:
    await everything(played)
    for address, card in played.chat.every:
        assert k.found_in(card.notification) == frozenset(), (address, card.notification)
        assert k.body(card) <= MAY_SEE[address], (address, card.title)
        assert address in DECIDERS or KIND not in card.words, (address, card.title)
    for sender, answer in played.answers:
        if answer.card:
            assert k.body(answer.card) <= MAY_SEE[sender], (sender, answer.card.title)
            assert k.found_in(answer.card.notification) == frozenset()
        if answer.form:
            assert k.in_form(answer.form) <= MAY_SEE[sender], (sender, answer.form.name)
    heard = {address for address, _ in played.chat.every}
    assert heard == {"ana", "sam", "priya", "lee", "okoro", "bo", "office"}
    # The story would prove little, had the canaries not been there to be seen.
    assert played.chat.shown_to("lee") >= NEEDED | k.WATCHED | {k.CAR, k.EMERGENCY, k.FLAG}
    assert played.chat.shown_to("ana") >= {k.FLAG}
    assert played.chat.shown_to("office") == k.WATCHED
    assert played.chat.shown_to("bo") == k.WATCHED
    assert played.chat.shown_to("sam") >= {k.REASON, k.PLACE, k.CONDITION}
    assert not NOBODY_SEES & frozenset().union(*(k.body(card) for _, card in played.chat.every))


async def test_P1_nothing_about_family_or_place_reaches_visitors_while_out(played: Played) -> None:
    await out(played)
    played.listen_from_here()
    world = played.world
    await world.ana.presses("I've arrived")
    await world.sam.presses("Gone somewhere else")
    await world.sam.fills(place=f"{k.PLACE}, upstairs")
    await world.ana.says(k.WROTE)
    await world.priya.presses("Call them back")
    await world.advance("10m")
    await world.lee.presses("I'm on it")
    await world.ana.presses("I need more time")
    await world.ana.fills(minutes="60")
    await world.sam.presses("I need help")
    await world.advance("20m")
    await world.lee.presses("They are safe")
    await world.lee.fills(how=k.HOW_SAFE)
    await world.ana.says("where is everyone")
    await world.ana.says("home")
    for visitor in ("ana", "sam"):
        assert played.chat.shown_to(visitor) == frozenset()
        for sender, answer in played.answers:
            if sender == visitor and answer.card:
                assert k.body(answer.card) == frozenset(), answer.card
            if sender == visitor and answer.form:
                assert k.in_form(answer.form) == frozenset(), answer.form
    assert {address for address, _ in played.chat.every} >= {"ana", "sam"}


async def test_P2_the_office_hears_no_organisation_no_kind_and_no_role(played: Played) -> None:
    await everything(played)
    cards = [card for address, card in played.chat.every if address in {"office", "bo"}]
    assert len(cards) > 20
    for card in cards:
        text = " ".join((card.notification, *card.words)).lower()
        told = [w for w in ("safeguarding", "dsl", "designated", "welfare officer") if w in text]
        assert told == [], card


async def test_P3_script_and_risks_go_to_people_alone(played: Played) -> None:
    await everything(played)
    got = {who for who, card in played.chat.every if "Ring 999 now" in card.title}
    assert got == {"priya", "lee", "okoro"}
    opened = [who for who, a in played.answers if a.card and "risks and contacts" in a.card.title]
    assert opened == ["okoro"]


async def test_P3_risks_do_not_open_in_the_office_and_not_after_the_alarm(played: Played) -> None:
    await out(played)
    world = played.world
    await world.ana.presses("I need help")
    await world.advance("10m")
    button = world.okoro.button("Show risks")
    press = Press(button.action, button.visit, button.version, button.args)
    refused = await world.okoro.does(press, office=True)
    assert refused == Answer(card=general.not_yours())
    for nobody in ("olu", "bo", "ana"):
        assert await world.people[nobody].does(press) == Answer(card=general.not_yours())
    shown = await world.okoro.does(press, delivery="the-press-itself")
    assert shown.card is not None
    assert k.body(shown.card) == k.SEALED - {k.EMERGENCY_PHONE, k.FLAG}
    await world.lee.presses("They are safe")
    await world.lee.fills(how="I spoke to both")
    again = await world.okoro.does(press, delivery="the-press-itself")
    assert again.card is not None
    assert k.body(again.card) == frozenset()


async def test_P4_why_leaves_every_approvers_chat_with_the_decision(played: Played) -> None:
    await asked(played)
    world = played.world
    await world.advance("21m")  # asked, reminded, and passed on to the Head
    for decider in DECIDERS:
        assert any(k.body(m.card) >= NEEDED for m in world.people[decider].messages)
    await world.lee.presses("Approve")
    for decider in DECIDERS:
        left = frozenset().union(*(k.body(m.card) for m in world.people[decider].messages))
        assert left == k.ADDRESSES
        world.people[decider].sees("Approved by Dan Lee")


@pytest.mark.parametrize("how", ["Decline", "Ask for changes", "expiry", "Cancel the visit"])
async def test_P4_and_with_every_other_end_of_it(played: Played, how: str) -> None:
    await asked(played)
    world = played.world
    if how == "expiry":
        await world.advance("2h")
    elif how == "Cancel the visit":
        await world.ana.presses(how)
    else:
        await world.lee.presses(how)
        await world.lee.fills(reason=k.REASON)
    for decider in DECIDERS:
        left = frozenset().union(*(k.body(m.card) for m in world.people[decider].messages))
        assert left == k.ADDRESSES, decider


async def test_P5_in_the_office_channel_plain_staff_and_visitors_press_in_vain(
    played: Played,
) -> None:
    await out(played)
    world = played.world
    await world.advance("36m")  # Ana and Sam are silent
    before = await world.visit(played.visit)
    assert before.alarm
    buttons = {b.label: b for m in world.office_messages for b in m.card.buttons}
    assert {"I'm on it", "They are safe", "They phoned: OK", "They phoned: back"} <= set(buttons)
    for label, button in buttons.items():
        press = Press(button.action, button.visit, button.version, button.args)
        for nobody in ("bo", "ana", "sam"):
            answer = await world.people[nobody].does(press, office=True)
            assert answer.card is not None, label
            assert answer.form is None
            assert k.body(answer.card) == frozenset()
        assert await world.tom.does(press, office=True) == Answer(card=general.not_yours())
    for form in FORMS:
        sent = Submit(form, {"how": "x", "over": "yes", "visitor": "ana"}, played.visit)
        for nobody in ("bo", "ana", "sam", "tom"):
            assert (await world.people[nobody].does(sent, office=True)).card == general.not_yours()
    assert await world.visit(played.visit) == before
    await world.olu.presses("I'm on it", office=True)
    assert (await world.visit(played.visit)).alarm != before.alarm


@pytest.mark.parametrize("when", ["asked", "out", "alarm"])
async def test_P6_a_hidden_visit_and_none_at_all_get_the_same_polite_sentence(
    played: Played, when: str
) -> None:
    await (asked if when == "asked" else out)(played)
    world = played.world
    if when == "alarm":
        await world.ana.presses("I need help")
        await world.advance("11m")
    setup = world.engine.setup
    elsewhere = replace(setup, school=replace(setup.school, id="elsewhere"))
    other = Engine(world.store, {}, elsewhere, world.clock)
    polite = Answer(card=general.not_yours())
    pressed = {"alarm": "1", "revision": "1"}
    values = {"reason": "x", "how": "x", "place": "x"}
    acts: list[Press | Submit] = [Press(action, "", 3, pressed) for action in ON_A_VISIT]
    acts += [Submit(form, values) for form in FORMS]
    before = await world.visit(played.visit)
    for act in acts:
        for visit in (played.visit, "no-such-visit", "V-1001"):
            answer = await world.tom.does(replace(act, visit=visit))
            assert answer == polite, (act, visit)
            inbound = Inbound("web", world.delivery(), "priya", replace(act, visit=visit))
            assert await other.handle(inbound) == polite, (act, visit)
            stranger = await played.strangers_answer("U-unknown", replace(act, visit=visit))
            assert stranger == Answer(card=general.stranger())
    assert await world.visit(played.visit) == before


async def test_P6_an_outsider_gets_no_message_and_learns_nothing_by_asking(played: Played) -> None:
    await everything(played)
    assert played.world.tom.messages == []
    played.answers.clear()
    for words in ("visit", "home", "where is everyone", "help", "ok", "back", "arrived", "status"):
        await played.world.tom.says(words)
        await played.strangers_answer("U-unknown", Say(words))
    for action in ("help", "ok", "back", "leave", "already_left", "cancel", "approve", "safe"):
        await played.world.tom.does(Press(action))
    visit = played.visit
    for _, answer in played.answers:
        text = str(answer)
        assert k.found_in(text) == frozenset()
        assert visit not in text
        assert "V-1001" not in text


async def test_P7_no_log_has_a_canary_however_loud_and_whatever_fails(
    played: Played, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for name in ("bot", "storage", "adapters"):
        caplog.set_level(logging.DEBUG, logger=name)
    played.chat.flaky.add("lee")
    await asked(played)
    played.chat.flaky.clear()
    played.chat.dead.add("bo")
    await played.world.advance("1m")
    await everything_after_asking(played)
    assert "giving up on parcel" in caplog.text
    assert k.found_in(caplog.text) == frozenset()


async def everything_after_asking(played: Played) -> None:
    world = played.world
    await world.lee.presses("Approve")
    await world.advance("14m")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await world.ana.says(k.WROTE)
    await world.ana.presses("I need help")
    await world.advance("20m")
    await world.okoro.presses("Show risks")
    await world.lee.presses("They are safe")
    await world.lee.fills(how=k.HOW_SAFE)
    await world.advance("3h")


async def test_P7_an_error_is_told_by_its_id_and_its_kind_never_in_its_words(
    played: Played, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    await out(played)
    world = played.world

    def breaks(*_args: object, **_more: object) -> object:
        raise RuntimeError(f"{k.FAMILY} at {k.PLACE}")

    with monkeypatch.context() as broken:
        broken.setattr("bot.engine.carry_out.decide", breaks)
        answer = await world.ana.presses("I'm OK")
        world.clock.moment += (await world.only_visit()).plan.length
        await world.engine.wake_due()
    assert answer.card is not None
    assert "Something went wrong" in answer.card.title
    assert k.found_in(str(answer)) == frozenset()
    error_id = next(w.split()[-1] for w in answer.card.words if w.startswith("Error "))
    assert error_id in caplog.text
    with monkeypatch.context() as broken:
        broken.setattr(drawing, "CARDS", dict.fromkeys(drawing.CARDS, breaks))
        await world.olu.presses("Ask if they're OK", office=True)
        await world.engine.deliver_due()
    assert "RuntimeError" in caplog.text
    assert k.found_in(caplog.text) == frozenset()


async def test_P7_what_is_wrong_with_a_form_is_said_without_what_was_typed(played: Played) -> None:
    await played.world.ana.says("visit")
    wrong = {name: f"{value} " * 400 for name, value in ASKED.items() if "Canary" in value}
    answer = await played.world.ana.fills({**ASKED, **wrong, "return_at": "2026-11-23T12:00"})
    assert answer.form is not None
    assert len(answer.form.errors) > 5
    assert k.found_in(str(dict(answer.form.errors))) == frozenset()
    assert set(wrong) <= set(answer.form.values)


async def test_P8_ids_the_outbox_and_the_inbox_hold_names_and_numbers_only(
    played: Played,
) -> None:
    await everything(played)
    kept = played.kept
    for (school, visit_id), stored in kept.visits.items():
        assert k.found_in(f"{school} {visit_id} {stored.visit.reference}") == frozenset()
        # Outside the details, which are encrypted, nothing of what was typed stands in a visit.
        bare = replace(stored.visit, details=None)
        assert k.found_in(str(bare)) == frozenset()
        assert isinstance(stored.visit.details, Details)
    assert kept.outbox
    assert k.found_in(str(kept.outbox)) == frozenset()
    assert k.found_in(str(kept.messages)) == frozenset()
    assert kept.inbox
    assert k.found_in(str(kept.inbox)) == frozenset()
