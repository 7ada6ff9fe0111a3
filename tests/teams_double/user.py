"""Somebody with Teams before them: adds the app, writes, presses, fills in, reads."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol

from tests.teams_double import reading
from tests.teams_double.tenant import BOT, Account, Json, Message, Room, Tenant

PATIENCE = 45.0
"""Seconds: with calls that hang for ten and are tried again, an alarm may take that long."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the bot answered to an activity."""

    status: int
    body: Any

    @property
    def ok(self) -> bool:
        return self.status < 300


class Delivery(Protocol):
    """Hands an activity to the bot, with a token."""

    @property
    def service_url(self) -> str: ...

    async def send(self, activity: Json) -> Taken: ...


@dataclass
class User:
    tenant: Tenant
    delivery: Delivery
    account: Account
    in_place: dict[str, Json] = field(default_factory=dict)
    """Cards as they were answered to a press, and as only this person sees them."""
    toast: str = ""
    said: str = ""
    """The id of what they wrote last."""

    @property
    def id(self) -> str:
        return self.account.id

    @property
    def chat(self) -> Room:
        return self.tenant.chat(self.id)

    @property
    def phone(self) -> list[str]:
        """What stood on the locked phone."""
        return self.tenant.phones.get(self.id, [])

    def messages(self, room: Room | None = None) -> list[Message]:
        return list((room or self.chat).messages.values())

    def card(self, message: Message) -> Json:
        """As this person sees it: an edit brings back the common card."""
        held = self.in_place.get(f"{message.id}.{message.edits}")
        return held or message.card

    def everything(self, room: Room | None = None) -> str:
        """Every word before this person."""
        return " | ".join(
            word
            for m in self.messages(room)
            if m.activity.get("attachments")
            for word in reading.words(self.card(m))
        )

    async def sees(self, words: str, room: Room | None = None) -> Message:
        """The newest message with these words, once it is there."""

        def there() -> list[Message]:
            return [
                m
                for m in self.messages(room)
                if m.activity.get("attachments")
                and words in " ".join([*reading.words(self.card(m)), m.activity["summary"]])
            ]

        try:
            await self.tenant.until(there, words, PATIENCE)
        except AssertionError:
            had = self.everything(room)
            raise AssertionError(f"{words!r} never came before {self.id}, but {had}") from None
        return there()[-1]

    # --- what they do ---

    async def installs(self, room: Room | None = None) -> Taken:
        """For themselves, or for a team, which Teams tells of in its general channel."""
        where = room or self.chat
        where.bot = True
        if where is self.chat:
            self.tenant.installed_for.add(self.id)
        return await self._send(where, {"type": "installationUpdate", "action": "add"})

    async def removes(self) -> Taken:
        self.chat.bot = False
        self.tenant.installed_for.discard(self.id)
        return await self._send(self.chat, {"type": "installationUpdate", "action": "remove"})

    async def says(self, text: str, room: Room | None = None, **more: str) -> Taken:
        """In a channel or a group the bot hears only what mentions it."""
        where = room or self.chat
        said: Json = {"type": "message", "text": text, "textFormat": "plain"}
        if where.kind != "personal":
            mark = "<at>Doorstep</at>"
            mention = {
                "type": "mention",
                "text": mark,
                "mentioned": {"id": BOT, "name": "Doorstep"},
            }
            said |= {"text": f"{mark} {text}", "entities": [mention]}
        else:
            where.bot = True
            self.tenant.installed_for.add(self.id)
        self.said = more.get("id") or self.tenant.next_id()
        return await self._send(where, {**said, "id": self.said, **more})

    async def sends(self, kind: str) -> Taken:
        """A voice message, a picture, a file, without words."""
        brings = {"text": "", "attachments": [{"contentType": kind, "contentUrl": "https://x/y"}]}
        return await self._send(self.chat, {"type": "message", **brings})

    async def changes(self, text: str, event: str = "editMessage") -> Taken:
        """What they wrote last in their own chat, or brings it back: ``undeleteMessage``. It comes
        under the same id.
        """
        tenant = {"tenant": {"id": self.account.tenant}}
        changed = {"type": "messageUpdate", "text": text, "id": self.said}
        return await self._send(
            self.chat, {**changed, "channelData": {**tenant, "eventType": event}}
        )

    async def sees_button(self, label: str, room: Room | None = None) -> None:
        """Once there is one."""

        def there() -> bool:
            shown = [m for m in self.messages(room) if m.activity.get("attachments")]
            return any(b["title"] == label for m in shown for b in reading.buttons(self.card(m)))

        await self.tenant.until(there, f"a button {label!r}", PATIENCE)

    async def presses(
        self, label: str, message: Message | None = None, room: Room | None = None, **typed: str
    ) -> Taken:
        """The newest button with this label, and what is typed into its card."""
        where = room or self.chat
        looked = [message] if message else list(reversed(self.messages(where)))
        for each in looked:
            if not each.activity.get("attachments"):
                continue
            card = self.card(each)
            for button in reading.buttons(card):
                if button["title"] == label:
                    return await self._press(where, each, card, button, typed)
        raise AssertionError(f"no button {label!r}: {self.everything(where)}")

    async def _press(
        self, room: Room, message: Message, card: Json, button: Json, typed: dict[str, str]
    ) -> Taken:
        data = dict(button.get("data", {}))
        if button.get("associatedInputs") != "none":
            data |= self._filled(card, typed)
        action = {
            "type": button["type"],
            "title": button["title"],
            "verb": button["verb"],
            "data": data,
        }
        sent = {
            "type": "invoke",
            "name": "adaptiveCard/action",
            "replyToId": message.id,
            "value": {"action": action, "trigger": "manual"},
        }
        edits = message.edits
        taken = await self._send(room, sent)
        self._answered(message, edits, taken)
        return taken

    async def looks(self, message: Message, room: Room, **other: Any) -> Taken:
        """As a client does by itself when a card comes into sight that names its user; it may be
        made to ask for something else.
        """
        action = {**message.card["refresh"]["action"], **other}
        value = {"action": action, "trigger": "automatic"}
        invoke = {"type": "invoke", "name": "adaptiveCard/action", "value": value}
        edits = message.edits
        taken = await self._send(room, {**invoke, "replyToId": message.id})
        if taken.status == 200 and taken.body["statusCode"] == 200:
            self._answered(message, edits, taken)
        return taken

    async def submits(self, label: str, message: Message, **typed: str) -> Taken:
        """As an old client presses: by the fallback, which comes as a message."""
        card = self.card(message)
        (button,) = [b for b in reading.buttons(card) if b["title"] == label]
        data = {**button["fallback"]["data"], **self._filled(card, typed)}
        return await self._send(
            self.chat, {"type": "message", "value": data, "replyToId": message.id}
        )

    def _filled(self, card: Json, typed: dict[str, str]) -> Json:
        """What stands in the inputs; the client refuses a required one that is empty."""
        fields = {each["id"]: each for each in reading.inputs(card)}
        assert set(typed) <= set(fields), f"{set(typed)}, but {set(fields)}"
        held = {name: typed.get(name, each.get("value", "")) for name, each in fields.items()}
        for name, each in fields.items():
            if each["type"] == "Input.ChoiceSet" and name in typed:
                held[name] = ",".join(_chosen(each, typed[name]))
            assert held[name] or not each.get("isRequired"), f"{name} must be filled in"
        return {name: value for name, value in held.items() if value or name in typed}

    def _answered(self, message: Message, edits: int, taken: Taken) -> None:
        """What Teams makes of the answer to an invoke."""
        if taken.status != 200:
            return
        body = taken.body
        assert set(body) == {"statusCode", "type", "value"}
        assert body["statusCode"] == 200
        if body["type"].endswith("card.adaptive"):
            assert body["value"]["type"] == "AdaptiveCard"
            self.in_place[f"{message.id}.{edits}"] = body["value"]
        else:
            assert body["type"] == "application/vnd.microsoft.activity.message"
            assert isinstance(body["value"], str)
            self.toast = body["value"]

    async def _send(self, room: Room, said: Json) -> Taken:
        return await self.delivery.send(self.activity(room, said))

    def activity(self, room: Room, said: Json) -> Json:
        """As Teams hands it over."""
        more: Json = {"tenant": {"id": self.account.tenant}}
        if room.team:
            more |= {"team": {"id": room.team}, "channel": {"id": room.id}}
        thread = ";messageid=1700000000001" if room.kind == "channel" else ""
        return {
            "id": self.tenant.next_id(),
            "timestamp": datetime.now(UTC).isoformat(),
            "channelId": "msteams",
            "serviceUrl": self.delivery.service_url,
            "from": {
                "id": self.id,
                "name": self.account.name,
                "aadObjectId": self.account.entra,
            },
            "conversation": {
                "id": room.id + thread,
                "conversationType": room.kind,
                "tenantId": self.account.tenant,
                **({} if room.kind == "personal" else {"isGroup": True}),
            },
            "recipient": {"id": BOT, "name": "Doorstep"},
            "channelData": more,
            "locale": "en-GB",
            **said,
        }


def _chosen(choices: Json, typed: str) -> list[str]:
    """The values of what is ticked, by value or by words; nothing else can be."""
    known = {choice["value"]: choice["value"] for choice in choices["choices"]}
    known |= {choice["title"]: choice["value"] for choice in choices["choices"]}
    asked = [typed] if typed in known or not choices.get("isMultiSelect") else typed.split(",")
    return [known[each] for each in asked if each]
