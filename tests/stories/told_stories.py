"""Whole stories for a process that dies: between them every kind of deed, wake and message."""

from tests.kit import KIT
from tests.stories.crashing import Deed, Story
from tests.stories.world import REQUEST

TICKED = {"kit": KIT}
FINE = {"how": "I spoke to them", "over": "no"}

ANSWERED: Story = (
    Deed("ana", says="visit"),
    Deed("ana", fills={**REQUEST, "companions": "sam"}),
    Deed("priya", presses="Approve"),
    "13:15",
    Deed("ana", presses="I'm leaving now"),
    Deed("ana", fills=TICKED),
    Deed("ana", presses="I've arrived"),
    "13:45",
    Deed("sam", presses="I'm OK"),
    Deed("sam", says="nobody is opening the door"),
    "13:52",
    Deed("bo", presses="I'm on it"),
    "14:05",  # Bo's time has lapsed
    Deed("ana", presses="I need help"),
    "14:07",
    Deed("lee", presses="I'm on it"),
    Deed("lee", presses="They are safe"),
    Deed("lee", fills={**FINE, "who": "ana,sam"}),
    "14:20",
    Deed("ana", presses="I need more time"),
    Deed("ana", fills={"minutes": "30"}),
    Deed("sam", presses="I'm back"),
    Deed("ana", presses="I'm back"),
)
"""A pair, a check-in, help, an owner whose time lapses, a stand-down, and the return."""

SILENT: Story = (
    Deed("ana", says="visit"),
    Deed("ana", fills=REQUEST),
    Deed("priya", presses="Approve"),
    Deed("tom", says="visit"),
    Deed("tom", fills={**REQUEST, "place": "2 Elm Row"}),
    Deed("priya", presses="Approve"),
    "13:15",
    Deed("ana", presses="I'm leaving now"),
    Deed("ana", fills=TICKED),
    Deed("tom", presses="I'm leaving now"),
    Deed("tom", fills=TICKED),
    "14:06",  # the top of the ladder, and once more
    Deed("okoro", presses="They are safe"),
    Deed("okoro", fills={**FINE, "over": "yes"}),
    Deed("priya", presses="They are safe"),
    Deed("priya", fills={**FINE, "over": "yes"}),
)
"""Two visits overdue at once, and silence to the top of the ladder."""

UNSEEN: Story = (
    Deed("ana", says="visit"),
    Deed("ana", fills={**REQUEST, "return_at": "2026-11-23T15:00"}),
    "13:11",  # whoever is asked is reminded
    Deed("priya", presses="Ask for changes"),
    Deed("priya", fills={"reason": "Please take somebody along"}),
    Deed("ana", presses="Change the plan and ask again"),
    Deed("ana", fills={"companions": "sam"}),
    Deed("lee", presses="Approve"),
    "14:16",  # nobody left, and it has lapsed
    Deed("ana", presses="I've already left"),
    Deed("ana", says="help"),
    "14:22",
    Deed("lee", presses="Show risks"),
    Deed("ana", presses="Pressed by mistake"),
    Deed("olu", presses="They are safe", office=True),
    Deed("olu", fills={**FINE, "who": "ana", "over": "yes"}),
    "14:50",
    Deed("sam", says="back"),
)
"""Changes asked, an approval that lapses, two who have left all the same, help by mistake."""

STORIES: dict[str, Story] = {"answered": ANSWERED, "silent": SILENT, "unseen": UNSEEN}
