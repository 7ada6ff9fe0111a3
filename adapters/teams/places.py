"""Where people and rooms are, as each message tells: what writing to them later needs. Pure.

Ids only: whoever must be matched by e-mail is matched by a hash of it.
"""

from dataclasses import asdict, dataclass, fields
from typing import Literal

from adapters.payload import Json, id_of, part_of, text_of
from adapters.teams.inbound import NAME, conversation_of, place_of
from bot.ports import Contact

Change = Literal["", "came", "went", "changed"]


@dataclass(frozen=True, slots=True)
class Place:
    """A person's chat with us, or a room. ``address`` is the person's id, or the room's.

    ``names`` are hashes of the sign-in name and e-mail, with commas; ``why_not`` says why the
    account can't be a colleague's, if so. Both are empty until Teams has said who it is, and
    ``identified`` once it has: until then nobody is trusted with anything.
    """

    address: str
    conversation: str
    service_url: str
    tenant: str = ""
    bot: str = ""
    entra: str = ""
    team: str = ""
    names: str = ""
    why_not: str = ""
    identified: str = ""

    @property
    def is_identified(self) -> bool:
        """Whether Teams has said who this is: ever, whatever it says now."""
        return bool(self.identified or self.names or self.why_not)

    @property
    def is_room(self) -> bool:
        """Whether several people read there."""
        return self.address == self.conversation


def is_room(address: str) -> bool:
    """Whether an address of Teams's is a channel's or a chat's; a person's begins otherwise."""
    return address.startswith("19:")


def to_contact(place: Place) -> Contact:
    """As the store keeps it."""
    data = {name: value for name, value in asdict(place).items() if value and name != "address"}
    return Contact(NAME, place.address, data)


def from_contact(contact: Contact) -> Place:
    """As it was; what a later version has kept besides is left out."""
    known = {each.name for each in fields(Place)}
    plain = {name: value for name, value in contact.data.items() if name in known}
    return Place(**{"conversation": "", "service_url": "", **plain, "address": contact.address})


def learnt(activity: Json) -> Place | None:
    """Where this came from; None where no answer could go."""
    conversation, channel_data = part_of(activity, "conversation"), part_of(activity, "channelData")
    sender, us = part_of(activity, "from"), id_of(part_of(activity, "recipient"), "id")
    room = conversation_of(activity)
    service_url = id_of(activity, "serviceUrl")
    person = id_of(sender, "id")
    if not room or not service_url:
        return None
    tenant = id_of(conversation, "tenantId") or id_of(part_of(channel_data, "tenant"), "id")
    if place_of(activity) != "personal":
        team = id_of(part_of(channel_data, "team"), "id")
        return Place(room, room, service_url, tenant, us, team=team)
    if not person or person == us:
        return None
    entra = id_of(sender, "aadObjectId").casefold()
    return Place(person, room, service_url, tenant, us, entra)


def change(activity: Json) -> Change:
    """Whether we were added to this place, or removed from it, or it is not as it was."""
    kind, us = activity.get("type"), text_of(part_of(activity, "recipient"), "id")
    if kind == "installationUpdate":
        return {"add": "came", "remove": "went"}.get(text_of(activity, "action"), "")  # type: ignore[return-value]
    if kind != "conversationUpdate":
        return ""
    if us in _ids(activity, "membersRemoved"):
        return "went"
    if text_of(part_of(activity, "channelData"), "eventType") in {"channelDeleted", "teamDeleted"}:
        return "went"
    return "changed"


def gone(activity: Json) -> str:
    """The address of what is no more, where a ``change`` says ``went``."""
    deleted = text_of(part_of(part_of(activity, "channelData"), "channel"), "id")
    place = learnt(activity)
    return deleted or (place.address if place else "")


def _ids(activity: Json, name: str) -> set[str]:
    members = activity.get(name)
    listed = members if isinstance(members, list) else ()
    return {text_of(each, "id") for each in listed if isinstance(each, dict)} - {""}
