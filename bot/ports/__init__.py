"""What the core asks of the world, as Protocols: a store, channels, a clock. The doc comment of
each is the contract; ``tests/contract`` holds every implementation to it.
"""

from bot.ports.audit import Audit, Entry
from bot.ports.channel import Channel, GiveUp, Parcel, PostAnew, TryLater
from bot.ports.clock import Clock
from bot.ports.contacts import Contact, Contacts
from bot.ports.drafts import Drafts
from bot.ports.flags import Flags
from bot.ports.inbound import Answer, Inbound, Press, Say, Submit
from bot.ports.inbox import Inbox
from bot.ports.listening import Listening
from bot.ports.outbox import Buzzed, Outbox, Standing
from bot.ports.readings import Readings
from bot.ports.settings import LastGood, Settings
from bot.ports.store import Store, UnitOfWork
from bot.ports.visits import Alike, Away, Visits

__all__ = [
    "Alike",
    "Answer",
    "Audit",
    "Away",
    "Buzzed",
    "Channel",
    "Clock",
    "Contact",
    "Contacts",
    "Drafts",
    "Entry",
    "Flags",
    "GiveUp",
    "Inbound",
    "Inbox",
    "LastGood",
    "Listening",
    "Outbox",
    "Parcel",
    "PostAnew",
    "Press",
    "Readings",
    "Say",
    "Settings",
    "Standing",
    "Store",
    "Submit",
    "TryLater",
    "UnitOfWork",
    "Visits",
]
