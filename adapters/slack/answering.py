"""Answers: what a person sees at once, in the acknowledgement itself where Slack lets it.

Inside an acknowledgement Slack is called for one thing alone, opening a form, and that is waited
for no longer than a blink. Everything else follows once Slack has been told that the deed is done.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck

from adapters.slack.api import Api, Limited, Refusal, Unanswered
from adapters.slack.blocks import message, render
from adapters.slack.inbound import NAME, Heard, Kind, Origin
from adapters.slack.modal import Views, card_view, error_blocks, form_view
from adapters.slack.rich import escape
from bot.cards.general import sentence, to_open
from bot.cards.model import Card, Form
from bot.domain.school import School
from bot.ports import Answer

log = logging.getLogger(__name__)
OPENS_WITHIN = 0.7
TRIGGER_LIVES = 2.8
PAUSE = 0.2
SAME_WITHIN = 0.5
"""Seconds in which the same answer to the same person is one."""
PRESSED = frozenset({"pressed", "in_form", "at_home", "command", "shortcut"})
"""What Slack shows an error for, if it isn't acknowledged in three seconds. A form that was sent
isn't among them: it stays, with everything typed, and sent once more it is one deed.
"""
STILL = "I have it and am still working on it. It counts once I say so here."
DONE = "What you pressed is done."
IN_VIEWS = frozenset({"in_form", "at_home", "shortcut"})
"""Where they look at a view, their answer is one too."""
SPENT = frozenset({"exchanged_trigger_id", "trigger_exchanged"})
AGAIN_AFTER = (0.5, 2.0, 5.0)
FINISH_WITHIN = 3.0


class Answering:
    """``school`` is as it is now: its zone and its people's ids are for the forms' pickers.
    ``counts`` is told where each message goes.
    """

    def __init__(
        self, api: Api, school: Callable[[], School], counts: Callable[[str], None]
    ) -> None:
        self._api, self._school, self._counts = api, school, counts
        self._errands: set[asyncio.Task[None]] = set()
        self._unsaid: dict[str, list[tuple[Origin, Card]]] = {}
        """What is still to be said to each person, in order."""
        self._said: dict[str, tuple[str, Card, float]] = {}
        """What each was told last, where, and when."""

    async def answer(self, heard: Heard, answer: Answer, ack: AsyncAck) -> None:
        """Acknowledge, and show the answer where the deed was done."""
        if answer.form is not None:
            await self._answer_form(heard, answer.form, ack)
        elif answer.card is not None and answer.undone and heard.origin.kind == "sent":
            # Over the form, which stays with everything typed, to be sent once more.
            await ack(response_action="push", view=card_view(answer.card))
        elif answer.card is not None:
            await self._answer_card(heard.origin, answer.card, ack)
        else:
            await ack()

    async def later(self, heard: Heard, deed: "asyncio.Future[Answer]", ack: AsyncAck) -> None:
        """Acknowledge what takes long, and say that it does; then, what came of it."""
        private = heard.origin.kind in {"command", "shortcut", "at_home"}
        if heard.origin.kind == "command":
            await ack(text=STILL, response_type="ephemeral")
        else:
            await ack()
            self._say(replace(heard.origin, kind="said"), sentence(STILL))
        kind: Kind = "said" if private or heard.origin.kind == "pressed" else "in_form"
        self._after(self._when_done(replace(heard, origin=replace(heard.origin, kind=kind)), deed))

    async def _when_done(self, heard: Heard, deed: "asyncio.Future[Answer]") -> None:
        answer = await deed
        if answer.card is None and answer.form is None:
            answer = replace(answer, card=sentence(DONE))
        await self.answer(heard, answer, AsyncAck())  # type: ignore[no-untyped-call]

    async def finish(self) -> None:
        """Let what is on its way arrive."""
        if self._errands:
            await asyncio.wait(self._errands, timeout=FINISH_WITHIN)
        for task in self._errands:
            task.cancel()

    async def _answer_form(self, heard: Heard, form: Form, ack: AsyncAck) -> None:
        origin = heard.origin
        school = self._school()
        view = form_view(
            form,
            school.timezone,
            in_office=heard.inbound.in_office,
            ids={p.id: p.addresses[NAME] for p in school.people if NAME in p.addresses},
        )
        match origin.kind:
            case "sent":
                errors = error_blocks(form)
                if errors:
                    await ack(response_action="errors", errors=errors)
                else:
                    await ack(response_action="update", view=view)
            case "said" | "mentioned":
                await ack()
                self._say(origin, to_open(form))
            case "in_form":
                await self._show(origin, form, view, view_id=origin.view)
                await ack()
            case _:
                await self._show(origin, form, view, trigger_id=origin.trigger)
                await ack()

    async def _answer_card(self, origin: Origin, card: Card, ack: AsyncAck) -> None:
        match origin.kind:
            case "sent":
                await ack(response_action="update", view=card_view(card))
            case "command":
                text = escape(card.notification)
                await ack(text=text, blocks=render(card), response_type="ephemeral")
            case _:
                await ack()
                if origin.kind in IN_VIEWS:
                    self._after(self._tell(origin, card))
                else:
                    self._say(origin, card)

    async def _show(self, origin: Origin, form: Form, view: Views, **where: str) -> None:
        """Open the form, or put it in place of the one they pressed on."""
        opening = self._after(self._opened(origin, form, view, where))
        await asyncio.wait({opening}, timeout=OPENS_WITHIN)

    async def _opened(self, origin: Origin, form: Form, view: Views, where: dict[str, str]) -> None:
        """A form that Slack didn't open is offered by a button."""
        try:
            async with asyncio.timeout(TRIGGER_LIVES):
                await self._open(view, where)
        except (Refusal, Limited, Unanswered, TimeoutError) as problem:
            log.warning("a form was not opened: %s", str(problem) or "no answer")
            self._say(replace(origin, kind="said"), to_open(form))

    async def _open(self, view: Views, where: dict[str, str]) -> None:
        """Try while the trigger lives. One that is spent after silence has opened the form."""
        method = "views.open" if "trigger_id" in where else "views.update"
        silent = False
        while True:
            try:
                await self._api.call(method, view=view, **where)
            except Refusal as refusal:
                if silent and refusal.error in SPENT:
                    return
                raise
            except Limited as limited:
                await asyncio.sleep(limited.after)
            except Unanswered:
                silent = True
                await asyncio.sleep(PAUSE)
            else:
                return

    def _say(self, origin: Origin, card: Card) -> None:
        """One after another, and the same again only once: a hundred presses in a second are not a
        hundred messages.
        """
        unsaid = self._unsaid.get(origin.user, [])
        if any((at.channel, said) == (origin.channel, card) for at, said in unsaid):
            return
        if not unsaid and origin.user in self._said:
            channel, said, at = self._said[origin.user]
            recent = asyncio.get_running_loop().time() - at < SAME_WITHIN
            if recent and (channel, said) == (origin.channel, card):
                return
        self._unsaid[origin.user] = unsaid
        unsaid.append((origin, card))
        if len(unsaid) == 1:
            self._after(self._say_all(origin.user))

    async def _say_all(self, user: str) -> None:
        unsaid = self._unsaid[user]
        try:
            while unsaid:
                origin, card = unsaid[0]
                await self._tell(origin, card)
                now = asyncio.get_running_loop().time()
                self._said[user] = (origin.channel, card, now)
                del unsaid[0]
        finally:
            del self._unsaid[user]

    async def _tell(self, origin: Origin, card: Card) -> None:
        """Tell this person alone; again where Slack doesn't answer, since nothing else would."""
        for wait in (*AGAIN_AFTER, None):
            try:
                await self._tell_once(origin, card)
            except Refusal as refusal:
                log.warning("an answer was not shown: %s", refusal)
                return
            except Limited as limited:
                pause: float | None = limited.after if wait is not None else None
            except Unanswered:
                pause = wait
            else:
                return
            if pause is None:
                log.warning("an answer was not shown: Slack does not answer")
                return
            await asyncio.sleep(pause)

    async def _tell_once(self, origin: Origin, card: Card) -> None:
        """In the form or by a form where they are looking at one; else where they wrote: in direct
        messages as a message, in a channel so that only they see it.
        """
        try:
            if origin.kind == "in_form":
                await self._api.call("views.update", view_id=origin.view, view=card_view(card))
                return
            if origin.kind in IN_VIEWS:
                await self._api.call("views.open", trigger_id=origin.trigger, view=card_view(card))
                return
            if origin.channel and not origin.channel.startswith("D"):
                thread = {"thread_ts": origin.thread} if origin.thread else {}
                given = {"channel": origin.channel, "user": origin.user, **thread}
                self._counts(origin.channel)
                await self._api.call("chat.postEphemeral", **given, **message(card))
                return
        except Refusal as refusal:
            log.info("an answer goes by direct message: %s", refusal)
        self._counts(origin.user)
        await self._api.call("chat.postMessage", channel=origin.user, **message(card))

    def _after(self, errand: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Do this without the acknowledgement having to wait for it."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)
        return task
