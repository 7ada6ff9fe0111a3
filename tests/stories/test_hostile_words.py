"""What people type, at its worst: answered clearly, kept as typed on the form, inert for others."""

import pytest

from bot.domain.visit import InAlarm, Out
from bot.ports import Press, Say, Submit
from tests.kit import KIT
from tests.stories.world import REQUEST, Actor, World, approved, asked, out, said

RLO, ZWJ, ZWSP = "\u202e", "\u200d", "\u200b"
FAKE = "no.\n\nIt's over: Ana Teach is safe.\nPriya Shah spoke to her at 14:31."
WORDS = {
    "10,000 characters": "x" * 10_000,
    "10,000 words": "help me out " * 900,
    "control": "a\x00b\x07c\x1b[31md\x7f",
    "right to left": f"{RLO}efas si anA",
    "isolates": "\u2066Ana\u2069 \u2067is\u2069 safe",
    "emoji": f"👩{ZWJ}👧{ZWJ}👦 🙂🏽 🇬🇧",
    "zero width": f"o{ZWSP}k",
    "combining": "Z" + "\u0335\u0321\u0322" * 500,
    "Slack": "<!channel> <!here> <@U0PRIYA> *bold* _it_ `code` <https://x.test|I'm on it>",
    "Teams": "<at>everyone</at> **bold** [I'm on it](https://x.test) <img src=x onerror=1>",
    "HTML": "<script>alert(1)</script><b>&lt;&amp;",
    "channel": "@channel @everyone @here",
    "template": "{{ 7 * 7 }} {lead} %s %(name)s ${HOME}",
    "SQL": "'; DROP TABLE visits; --",
    "surrogates": "half \ud83d a \udc00 pair",
    "lines": FAKE,
    "other lines": "no.\r\nIt's over\u2028Ana Teach is safe\u2029\x85\x0b\x0c",
}
words = pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
PARAGRAPHS = (
    *("purpose", "why_not_in_school", "who_does_what", "why_alone", "follow_up", "more_help"),
    *("appointment", "risks", "needs", "discussion"),
)
LINES = ("family", "to_see", "external_name", "external_organisation", "place")


def inert(world: World) -> None:
    """No line of anybody's card is somebody's own, turns round, or can't be stored."""
    for messages in world.chat.messages.values():
        for message in messages:
            for line in (message.card.notification, *message.card.words):
                assert line.isprintable(), ascii(line)
                line.encode()


def answered(actor: Actor) -> None:
    """And no line of the answer is somebody's own."""
    card, form = actor.answer.card, actor.answer.form
    assert card or form
    assert not (card and "went wrong" in said(card)), said(card)
    for line in (
        *((card.notification, *card.words) if card else ()),
        *(form.intro if form else ()),
    ):
        assert len(line.splitlines()) <= 1, ascii(line)


@words
async def test_typed_as_a_message_by_anybody(world: World, text: str) -> None:
    await world.tom.says(text)
    answered(world.tom)
    visit = await out(world)
    known = len(world.chat.log)
    await world.ana.says(text)
    answered(world.ana)
    now = await world.visit(visit.id)
    assert now.watch is not None
    assert now.watch.out, "it was taken for a return"
    if isinstance(now.phase, Out):
        assert now.watch.out[0].heard != "ok", "it was taken for an OK"
        told = {posted.address for posted in world.chat.log[known:]}
        assert {"office", "lee", "bo"} <= told, "nobody was shown it"
    inert(world)


@words
async def test_typed_into_every_field_of_a_request(world: World, text: str) -> None:
    plain = {**REQUEST, "kind": "Welfare"}  # what is no appointment stops no such visit
    typed = {**plain, **dict.fromkeys((*PARAGRAPHS, *LINES), text), "external_phone": text}
    await world.ana.says("visit")
    await world.ana.fills(typed)
    answered(world.ana)
    if world.ana.answer.form:  # too long for a line: everything typed stands there again
        assert world.ana.form.errors
        assert {name: world.ana.form.values[name] for name in typed} == typed
        typed = {**plain, **dict.fromkeys(PARAGRAPHS, text[:2000])}
        await world.ana.fills({**typed, **dict.fromkeys((*LINES, "external_phone"), text[:40])})
    assert world.ana.answer.form is None, world.ana.answer.form
    await world.priya.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await world.ana.says("help")
    await world.advance("11m")
    await world.lee.presses("Show risks")
    inert(world)


@words
@pytest.mark.parametrize("label", ["Decline", "Ask for changes"])
async def test_typed_as_a_reason(world: World, text: str, label: str) -> None:
    await asked(world)
    await world.priya.presses(label)
    await world.priya.fills(reason=text)
    answered(world.priya)
    if world.priya.answer.form:
        assert world.priya.form.errors["reason"]
        assert world.priya.form.values["reason"] == text
    inert(world)


@words
async def test_typed_as_a_place_a_note_or_a_way_of_knowing(world: World, text: str) -> None:
    visit = await out(world)
    await world.ana.presses("Gone somewhere else")
    await world.ana.fills(place=text)
    answered(world.ana)
    if world.ana.answer.form:
        assert world.ana.form.values["place"] == text
    await world.ana.presses("I need help")
    await world.bo.presses("I'm on it")
    await world.bo.presses("I'm on it")
    await world.bo.fills(note=text)
    answered(world.bo)
    await world.bo.presses("They are safe")
    await world.bo.fills(how=text, over="no")
    answered(world.bo)
    inert(world)
    assert (await world.visit(visit.id)).watch is not None


async def test_nobody_s_words_pass_for_doorsteps_own(world: World) -> None:
    """A reason, an address and words that imitate a stand-down stand inside a paragraph."""
    await asked(world, place="14 Oak Road\nIt's over: Ana Teach is safe.", purpose=FAKE)
    await world.priya.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    await world.ana.says(FAKE)
    await world.ana.presses("Gone somewhere else")
    await world.ana.fills(place="2 Elm Row\nIt's over: Ana Teach is safe.")
    await world.until("13:55")
    for messages in world.chat.messages.values():
        for message in messages:
            assert "It's over" not in message.card.notification
            for line in message.card.words:
                assert not line.startswith(("It's over", "Priya Shah spoke")), line
                assert "\n" not in line


async def test_somebody_from_outside_with_a_colleague_s_name_is_said_to_be_from_outside(
    world: World,
) -> None:
    """Priya Shah is the Head: nobody may think that she went along, or ring her for Ana."""
    visit = await asked(world, external_name="Priya Shah", external_phone="07700 900999")
    world.priya.sees("With Priya Shah from outside.")
    world.ana.sees("Priya Shah (from outside)")
    await world.priya.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    world.office_sees("Priya Shah, from outside: 07700 900999")
    assert (await world.visit(visit.id)).visitors == ("ana",)
    await world.until("13:50")
    alarm = world.office_alarmed("Ana Teach")
    assert "Priya Shah" not in alarm.card.title + alarm.card.notification


async def test_two_people_with_one_name_are_told_apart_by_where_they_are_reached(
    world: World,
) -> None:
    text = world.text.replace('name = "Sam Assist"', 'name = "Ana Teach"')
    twins = World(world.store, text=text)
    visit = await out(twins, companions="sam")
    assert visit.visitors == ("ana", "sam")
    await twins.until("13:46")
    await twins.sam.presses("I'm OK")
    await twins.until("13:51")
    now = await twins.visit(visit.id)
    assert isinstance(now.phase, InAlarm)
    assert [v.id for v in now.phase.watch.troubled] == ["ana"]
    alarm = said(twins.office_alarmed("Ana Teach").card)
    assert "+44 7700 900001" in alarm
    assert "+44 7700 900003" in alarm


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("leaving_at", "1970-01-01T00:00"),
        ("return_at", "1970-01-01T00:00"),
        ("return_at", "9999-12-31T23:59"),
        ("return_at", "0001-01-01T00:00"),
        ("return_at", "99999-12-31T23:59"),
        ("return_at", "NaN"),
        ("return_at", "2026-11-23T25:61"),
        ("leaving_at", "٢٠٢٦-١١-٢٣T١٣:١٥x"),
        ("companions", ",".join(f"person{n}" for n in range(50))),
        ("companions", "ana"),
        ("contact", "' OR 1=1 --"),
        ("kind", "Burglary"),
    ],
)
async def test_a_request_that_can_t_be_meant_says_which_field(
    world: World, name: str, value: str
) -> None:
    typed = {**REQUEST, name: value}
    await world.ana.does(Submit("plan", typed))
    assert world.ana.form.errors[name]
    assert dict(world.ana.form.values) == typed
    assert await world.visits() == []


@pytest.mark.parametrize(
    "typed",
    [
        {"minutes": "NaN"},
        {"minutes": "inf"},
        {"minutes": "1e9"},
        {"minutes": "-5"},
        {"minutes": "0"},
        {"minutes": "9" * 400},
        {"minutes": "²"},
        {"until": "1970-01-01T00:00"},
        {"until": "9999-12-31T23:59"},
        {"until": "NaN"},
        {},
    ],
)
async def test_more_time_that_can_t_be_meant_is_asked_again(
    world: World, typed: dict[str, str]
) -> None:
    visit = await out(world)
    await world.ana.does(Submit("more_time", typed, visit.id))
    assert world.ana.form.errors
    assert await world.visit(visit.id) == visit


async def test_fifty_companions_who_exist_are_too_many(world: World) -> None:
    people = "".join(
        f'\n[[people]]\nid = "p{n}"\nname = "Pat {n}"\nroles = ["staff"]\nphone = "07700 9{n:05}"\n'
        f'web = "p{n}"\n'
        for n in range(50)
    )
    crowd = World(world.store, extra=people)
    everybody = ",".join(f"p{n}" for n in range(50))
    await crowd.ana.does(Submit("plan", {**REQUEST, "companions": everybody}))
    assert "At most" in crowd.ana.form.errors["companions"]
    assert crowd.ana.form.values["companions"] == everybody


async def test_a_forged_revision_version_or_argument_decides_nothing(world: World) -> None:
    visit = await asked(world)
    for revision in ("", "0", "2", "-1", "1e0", "١", "1 ", "9" * 50, "NaN", "\x00"):
        await world.priya.does(Press("approve", visit.id, 10**9, {"revision": revision}))
        answered(world.priya)
        assert await world.visit(visit.id) == visit, revision
    await world.ana.says("\ud800")
    answered(world.ana)


async def test_a_form_of_another_visit_is_that_visit_s_and_no_way_in(world: World) -> None:
    """The form names the visit; whoever has no right to it is turned away, whatever they typed."""
    mine = await approved(world)
    await world.tom.says("visit")
    await world.tom.fills({**REQUEST, "place": "2 Elm Row"})
    before = await world.visit(mine.id)
    for form in ("leave", "more_time", "moved", "plan", "safe", "decline"):
        await world.tom.does(Submit(form, {"kit": "phone", "reason": "x", **REQUEST}, mine.id))
        assert world.tom.turned_away, form
    assert await world.visit(mine.id) == before


async def test_a_message_of_nothing_is_answered(world: World) -> None:
    await out(world)
    for text in ("", " ", "\n", "\x00", "\u200b", "\ufeff"):
        for actor in (world.ana, world.tom):
            await actor.does(Say(text))
            answered(actor)
    inert(world)
