"""Answers: what a person sees at once.

Whoever presses waits for an answer to the press itself: it is the card they pressed on as it is
now, and a nod where that can't be told. What they are told besides is a message in their own chat,
where nobody else reads; a form is one too, and gives way to what came of it.
"""

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.teams import cards, forms
from adapters.teams.api import Limited, Refusal, Unanswered
from adapters.teams.channel import TeamsChannel
from adapters.teams.front import Reply
from adapters.teams.inbound import Heard
from adapters.teams.places import Place
from adapters.teams.references import References
from bot.cards.general import sentence
from bot.cards.model import Card, Form, Text
from bot.ports import Answer, Submit, TryLater

log = logging.getLogger(__name__)
AGAIN_AFTER = (0.5, 2.0, 5.0)
FINISH_WITHIN = 3.0
CARD = "application/vnd.microsoft.card.adaptive"
WORDS = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"
TYPED = "What you typed"
NO_CHAT = "I can't write to you alone yet. Please add Doorstep in Teams, and press again."


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to see: alone, as a message, and as plain words; and what follows it. A form
    (``asks``) is never replaced by plain words: what was typed would be gone.
    """

    content: dict[str, Any]
    message: dict[str, Any]
    plain: dict[str, Any]
    asks: bool = False
    more: tuple["Shown", ...] = ()


def of_card(card: Card) -> Shown:
    """A card, for one person."""
    return Shown(cards.content(card), cards.message(card), cards.plain(card))


def of_form(form: Form, *, in_office: bool) -> Shown:
    """A form, which carries whether it was asked for where others read (P5)."""
    wrong = " ".join(why for why in form.errors.values() if why)
    return Shown(
        forms.content(form, in_office=in_office),
        forms.message(form, in_office=in_office),
        cards.plain(Card(forms.SUMMARY, f"{form.title}. {wrong}".strip())),
        asks=True,
        more=tuple(
            of_card(Card(TYPED, f"{label}:", (Text(text),)))
            for label, text in forms.left_out(form, in_office=in_office)
        ),
    )


def of_answer(answer: Answer, *, in_office: bool = False) -> Shown | None:
    """What an answer has to show."""
    if answer.form is not None:
        return of_form(answer.form, in_office=in_office)
    return of_card(answer.card) if answer.card is not None else None


class Answering:
    """Shows answers. ``finish`` at the end."""

    def __init__(self, channel: TeamsChannel, references: References) -> None:
        self._channel, self._references = channel, references
        self._errands: set[asyncio.Task[None]] = set()

    def answer(self, heard: Heard, here: Place, answer: Answer) -> Reply:
        """Say what Teams is answered; what else there is to show follows."""
        invoked = heard.origin.kind == "invoked"
        if heard.origin.kind == "looked":
            return _in_place(cards.content(answer.card)) if answer.card else as_it_stands()
        if isinstance(heard.inbound.act, Submit) and not answer.undone:
            return self._after_form(heard, here, answer, invoked=invoked)
        own = self._own(heard, here)
        shown = of_answer(answer, in_office=heard.inbound.in_office)
        if shown is not None and own is not None:
            self._after(self._tell(own, shown))
        elif shown is not None and not invoked:
            self._after(self._tell(here, of_card(sentence(NO_CHAT))))
        if not invoked:
            return Reply()
        if own is None and shown is not None:
            # Teams shows the answer to an invoke to whoever pressed, and to nobody else.
            return _in_place(shown.content)
        return _in_place(cards.content(answer.fresh)) if answer.fresh else _nod(answer)

    def tell(self, place: Place, answer: Answer) -> None:
        """Show an answer in somebody's own chat, beside everything else."""
        shown = of_answer(answer)
        if shown is not None:
            self._after(self._tell(place, shown))

    def types(self, place: Place) -> None:
        """Show that something is coming."""
        self._after(self._type(place))

    async def finish(self) -> None:
        """Let what is on its way arrive."""
        if self._errands:
            await asyncio.wait(self._errands, timeout=FINISH_WITHIN)
        for task in self._errands:
            task.cancel()

    def _own(self, heard: Heard, here: Place) -> Place | None:
        """The chat in which this person alone reads."""
        return self._references.at(heard.origin.user) if here.is_room else here

    def _after_form(self, heard: Heard, here: Place, answer: Answer, *, invoked: bool) -> Reply:
        """What came of a form stands where it stood; one with mistakes is shown again."""
        shown = of_answer(answer, in_office=heard.inbound.in_office) or of_card(sentence("Done."))
        own = self._own(heard, here)
        if heard.origin.activity and not here.is_room:
            self._after(self._put(here, heard.origin.activity, shown))
        elif invoked and own:
            self._after(self._follow(own, shown))
        elif not invoked:
            self._after(self._tell(own or here, shown if own else of_card(sentence(NO_CHAT))))
        return _in_place(shown.content) if invoked else Reply()

    async def _put(self, place: Place, reference: str, shown: Shown) -> None:
        """In the form's place; as a message of its own where there is none any more."""
        plainer = () if shown.asks else (shown.plain,)
        try:
            await self._patiently(
                self._channel.answer_in, place, reference, shown.message, *plainer
            )
        except Refusal:
            await self._tell(place, shown)
            return
        await self._follow(place, shown)

    async def _tell(self, place: Place, shown: Shown) -> None:
        try:
            await self._patiently(self._channel.answer, place, shown.message, shown.plain)
        except Refusal as refusal:
            log.warning("an answer was not shown: %s", refusal)
            return
        await self._follow(place, shown)

    async def _follow(self, place: Place, shown: Shown) -> None:
        """What the form had no room for."""
        for each in shown.more:
            await self._tell(place, each)

    async def _type(self, place: Place) -> None:
        try:
            await self._channel.hint(place, {"type": "typing"})
        except (Refusal, Limited, Unanswered) as problem:
            log.info("typing was not shown: %s", problem)

    async def _patiently(self, send: Any, *given: Any) -> None:
        """Again where Teams doesn't answer, since nothing else would."""
        for wait in (*AGAIN_AFTER, None):
            try:
                await send(*given)
            except (Limited, Unanswered, TryLater) as problem:
                if wait is None:
                    log.warning("an answer was not shown: %s", problem)
                    return
                await asyncio.sleep(max(wait, problem.after or 0.0))
            else:
                return

    def _after(self, errand: Coroutine[Any, Any, None]) -> None:
        """Beside the answer to Teams."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)


def _in_place(content: dict[str, Any]) -> Reply:
    """What whoever pressed sees in place of the card."""
    return Reply(200, {"statusCode": 200, "type": CARD, "value": content})


def as_it_stands() -> Reply:
    """To a client that asked for a card of somebody's own, and there is none: it goes on showing
    what everybody sees.
    """
    said = {"code": "NotFound", "message": "There is nothing else to see."}
    return Reply(200, {"statusCode": 404, "type": ERROR, "value": said})


def _nod(answer: Answer) -> Reply:
    """What is said in full stands in the chat, where it may not have come: what was refused, or
    went wrong, is never called done.
    """
    said = "Done."
    if answer.form is not None:
        said = forms.SUMMARY
    elif answer.card is not None:
        said = answer.card.notification
    return Reply(200, {"statusCode": 200, "type": WORDS, "value": said})


def not_implemented(activity: Mapping[str, Any]) -> Reply:
    """To what isn't heard: an invoke waits for a word all the same."""
    return Reply(501 if activity.get("type") == "invoke" else 200)
