"""What every channel must do. A new one is one line in ``channel_rigs.RIGS``."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cards.gallery import Example, gallery
from bot.cards.model import (
    Button,
    Buttons,
    Card,
    Choice,
    Divider,
    Facts,
    Field,
    Form,
    Items,
    Line,
    Moment,
    Text,
)
from bot.ports import GiveUp, PostAnew, Press, Submit
from tests.contract.channel_rigs import RIGS, WITH_FORMS
from tests.contract.seen import Rig, RigWithForms

CARDS = [(e, e.shown) for e in gallery() if isinstance(e.shown, Card)]
FORMS = [(e, e.shown) for e in gallery() if isinstance(e.shown, Form)]
PART = 25
HOSTILE = {
    "slack": "<!channel> <@U0PRIYA> <#C0OFFICE> <https://evil.example|here> *b* _i_ ~s~ `c` &lt;",
    "teams": "<at>everybody</at> [here](https://evil.example) **b** # h ${x} {{y}} \\* | a | b |",
    "mention": "@all @channel @here @everyone @ana",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)><b>b</b> &lt;i&gt; &amp;",
    "breaks out": "\"'></p></div></form><button data-press='{}' onclick=\"x()\">Approve</button>",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7} %s %(x)s",
    "right to left": "\N{RIGHT-TO-LEFT OVERRIDE}desrever\N{POP DIRECTIONAL FORMATTING} שלום",
    "emoji": "\N{DOG FACE} :dog: \N{FAMILY}\N{ZERO WIDTH JOINER} e\N{COMBINING ACUTE ACCENT}",
    "long": "A dog. " * 428 + "end.",
    "one long word": "x" * 3000,
}
hostile = pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)


@pytest.fixture(params=RIGS)
async def rig(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    async with RIGS[request.param](tmp_path) as opened:
        yield opened


@pytest.fixture(params=WITH_FORMS)
async def former(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[RigWithForms]:
    async with WITH_FORMS[request.param](tmp_path) as opened:
        yield opened


def reads(words: tuple[str, ...]) -> str:
    """The words one after another, however a channel has cut and wrapped them."""
    return " ".join(" ".join(words).split())


async def posted(rig: Rig, card: Card, key: str = "k") -> str:
    return await rig.channel.post(rig.address, card, urgent=False, key=key)


def meant(button: Button) -> Press:
    return Press(button.action, button.visit, button.version, button.args)


async def the_same(rig: Rig, reference: str, card: Card) -> None:
    """Every word and every button of the card stands there, in order, and nothing besides."""
    shown = await rig.shown(rig.address, reference)
    assert reads(shown.words) == reads(card.words)
    assert [words for words, _ in shown.buttons] == [button.label for button in card.buttons]
    assert shown.strange == ()
    heard = [await rig.press(rig.address, press) for _, press in shown.buttons]
    assert heard == [meant(button) for button in card.buttons]


@pytest.mark.parametrize("part", range(0, len(CARDS), PART))
async def test_every_card_of_the_gallery_is_shown_whole_and_each_press_comes_back(
    rig: Rig, part: int
) -> None:
    for number, (example, card) in enumerate(CARDS[part : part + PART]):
        reference = await posted(rig, card, f"k{number}")
        try:
            await the_same(rig, reference, card)
        except AssertionError as wrong:
            raise AssertionError(name_of(example)) from wrong


def name_of(example: Example) -> str:
    return f"{example.of}: {example.name}, before {example.reader}"


async def test_a_post_lights_up_the_phone_with_the_notification_alone(rig: Rig) -> None:
    for number, (_, card) in enumerate(CARDS):
        await rig.channel.post(rig.address, card, urgent=bool(number % 2), key=f"k{number}")
    assert await rig.buzzes(rig.address) == [card.notification for _, card in CARDS]


@hostile
async def test_hostile_text_in_a_card_is_inert(rig: Rig, text: str) -> None:
    text = text[: rig.longest]
    card = Card(
        text,
        text,
        (
            Text(text),
            Text(text, "strong"),
            Text(text, "quiet"),
            Facts(((text, text),)),
            Items((text, text)),
            Items((text,), numbered=True),
            Divider(),
            Buttons((Button("Approve", "approve", "v1", 3, {"note": text}),)),
        ),
    )
    await the_same(rig, await posted(rig, card), card)


@hostile
async def test_a_button_named_by_somebody_is_inert_too(rig: Rig, text: str) -> None:
    label = text[:40]
    card = Card("n", "Which visit?", (Buttons((Button(label, "back", "v1", 1),)),))
    await the_same(rig, await posted(rig, card), card)


async def test_a_press_keeps_whatever_it_carries(rig: Rig) -> None:
    args = {"revision": "12", "alarm": "3", "": "", "é": "ü \N{DOG FACE} <&'\"", "long": "x" * 200}
    buttons = (
        Button("Press one", "act_1"),
        Button("Press two", "act_2", "3f1c9a" * 5, 2**31, args, "primary"),
        Button("Press three", "act_3", "a-b.c", 7, args, "danger"),
    )
    card = Card("n", "Press.", (Buttons(buttons[:1]), Buttons(buttons[1:])))
    await the_same(rig, await posted(rig, card), card)


async def test_a_post_gives_a_reference_of_its_own(rig: Rig) -> None:
    references = [await posted(rig, card, f"k{n}") for n, (_, card) in enumerate(CARDS[:9])]
    assert all(references)
    assert len(set(references)) == len(references)
    assert await rig.messages(rig.address) == references


async def test_an_edit_replaces_the_message_and_lights_up_nothing(rig: Rig) -> None:
    first, second = CARDS[0][1], CARDS[11][1]
    above, here, below = [await posted(rig, first, f"k{n}") for n in range(3)]
    before = await rig.buzzes(rig.address)
    await rig.channel.edit(rig.address, here, second)
    await the_same(rig, here, second)
    await the_same(rig, above, first)
    await the_same(rig, below, first)
    assert await rig.messages(rig.address) == [above, here, below]
    assert await rig.buzzes(rig.address) == before
    await rig.channel.edit(rig.address, here, first)
    await the_same(rig, here, first)


async def test_every_card_may_be_edited_into_every_shape(rig: Rig) -> None:
    here = await posted(rig, CARDS[0][1])
    for _, card in CARDS[::7]:
        await rig.channel.edit(rig.address, here, card)
        await the_same(rig, here, card)


async def test_an_edit_of_a_message_that_is_not_there_asks_for_a_new_post(rig: Rig) -> None:
    reference = await posted(rig, CARDS[0][1])
    with pytest.raises(PostAnew):
        await rig.channel.edit(rig.address, "no-such-message", CARDS[0][1])
    with pytest.raises(PostAnew):
        await rig.channel.edit(rig.other, reference, CARDS[0][1])
    await the_same(rig, reference, CARDS[0][1])


async def test_an_unknown_address_is_given_up(rig: Rig) -> None:
    with pytest.raises(GiveUp):
        await rig.channel.post(rig.unknown, CARDS[0][1], urgent=True, key="k")
    with pytest.raises(GiveUp):
        await rig.channel.edit(rig.unknown, "any", CARDS[0][1])
    assert await rig.messages(rig.unknown) == []


async def test_the_same_key_twice_is_one_message(rig: Rig) -> None:
    card = CARDS[0][1]
    first = await posted(rig, card)
    again = await asyncio.gather(*(posted(rig, card) for _ in range(5)))
    assert {first, *again} == {first}
    assert await rig.messages(rig.address) == [first]
    assert len(await rig.buzzes(rig.address)) == 1
    other = await posted(rig, card, "another key")
    assert await rig.messages(rig.address) == [first, other]


async def test_a_late_repeat_does_not_bring_back_what_was_edited(rig: Rig) -> None:
    first, second = CARDS[0][1], CARDS[11][1]
    reference = await posted(rig, first)
    await rig.channel.edit(rig.address, reference, second)
    assert await posted(rig, first) == reference
    await the_same(rig, reference, second)


async def test_nobody_sees_another_ones_messages(rig: Rig) -> None:
    await posted(rig, CARDS[0][1])
    assert await rig.messages(rig.other) == []
    assert await rig.buzzes(rig.other) == []


# --- forms ----------------------------------------------------------------------------------------


def words_of(form: Form) -> list[str]:
    """Everything that a form has to say, what was typed aside."""
    words = [form.title, form.submit, *form.intro, *form.errors.values()]
    for field in form.fields:
        words += [field.label, *([field.hint] if field.hint else [])]
        if isinstance(field, Choice):
            words += [label for _, label in field.options]
    return [*words, *(button.label for button in form.extra)]


async def the_same_form(rig: RigWithForms, form: Form) -> None:
    shown = await rig.form(rig.address, form)
    assert shown.strange == ()
    assert sorted(shown.words) == sorted(words_of(form))
    for field in form.fields:
        typed = form.values.get(field.name, "")
        if isinstance(field, Choice):
            assert tuple(shown.options.get(field.name, ())) == field.options
            offered = {value for value, _ in field.options}
            chosen = set(typed.split(",") if field.several else [typed])
            assert set(shown.values.get(field.name, "").split(",")) - {""} == chosen & offered
        else:
            assert shown.values[field.name] == typed
    assert [words for words, _ in shown.buttons] == [button.label for button in form.extra]
    for (_, press), button in zip(shown.buttons, form.extra, strict=True):
        assert await rig.press(rig.address, press) == meant(button)
    values = {field.name: entry(field) for field in form.fields}
    sent = await rig.send(rig.address, shown, values)
    assert sent == Submit(form.name, values, form.visit, form.version, form.args)


def entry(field: Field) -> str:
    """Something that can be put into a field."""
    match field:
        case Choice(options=options, several=several):
            return ",".join(value for value, _ in options[: 2 if several else 1])
        case Moment():
            return "2026-11-24T14:05"
        case Line():
            return f"typed in {field.name}"


async def test_every_form_of_the_gallery_is_shown_whole_and_comes_back(
    former: RigWithForms,
) -> None:
    for example, form in FORMS:
        try:
            await the_same_form(former, form)
        except AssertionError as wrong:
            raise AssertionError(name_of(example)) from wrong


async def test_every_field_can_be_wrong(former: RigWithForms) -> None:
    for _, form in FORMS:
        errors = {field.name: f"Wrong: {field.label}" for field in form.fields}
        await the_same_form(former, replace(form, errors={**errors, "": "Wrong: all of it."}))


@hostile
async def test_hostile_text_in_a_form_is_inert(former: RigWithForms, text: str) -> None:
    text = text[: former.longest]
    short = text[: former.longest_label - 1].rstrip()
    form = Form(
        name="plan",
        title=text,
        submit="Send",
        fields=(
            Line("one", text, text),
            Line("several", f"2{text}", several_lines=True),
            Moment("when", f"3{text}"),
            Choice("pick", f"4{text}", tuple((f"v{n}", f"{n}{short}") for n in range(5))),
            Choice("few", f"5{text}", (("a", f"a{short}"), ("b", f"b{short}"))),
            Choice("many", f"6{text}", (("c", f"c{short}"), ("d", f"d{short}")), several=True),
        ),
        intro=(f"7{text}",),
        visit="v1",
        version=3,
        args={"note": text},
        values={"one": text, "several": f"{text}\n\n{text}", "pick": "v3", "few": "b", "many": "d"},
        errors={"one": f"8{text}", "": f"9{text}"},
        extra=(Button("I've already left", "already_left", "v1", 3, {"note": text}),),
    )
    await the_same_form(former, form)


async def test_what_was_typed_comes_back_to_the_letter(former: RigWithForms) -> None:
    form = FORMS[0][1]
    shown = await former.form(former.address, form)
    for whole in HOSTILE.values():
        text = whole[: former.longest]
        purpose = f" {text}\n\n{text} "
        needed = {"kind": "Welfare"}
        values = needed | {
            "purpose": purpose,
            "place": text,
            "companions": "sam,lee",
            "contact": "",
        }
        sent = await former.send(former.address, shown, values)
        assert {name: sent.values[name] for name in values} == values
