"""Cards and forms that use the whole vocabulary, and text that means harm."""

from bot.cards.model import (
    Button,
    Buttons,
    Card,
    Choice,
    Divider,
    Facts,
    Form,
    Items,
    Line,
    Moment,
    Text,
)

EVERYTHING = Card(
    "Ana, are you OK?",
    "No answer from Ana Teach.",
    (
        Text("Please ring her now.", "strong"),
        Text("A clause.", "quiet"),
        Facts((("Where", "14 Oak Road"), ("Since", "13:52"))),
        Items(("Ring Ana.", "Ring Sam."), numbered=True),
        Items(("Identification", "Charged phone")),
        Buttons((Button("I'm on it", "own", "v-1", 7, {"alarm": "2"}, "primary"),)),
        Divider(),
        Buttons((Button("I need help", "help", style="danger"), Button("They are safe", "safe"))),
    ),
    tone="alarm",
)
FORM = Form(
    "request",
    "Plan a visit",
    "Send for approval",
    (
        Line("pupil", "Pupil or family", required=True),
        Line("purpose", "Purpose", hint="A line or two.", several_lines=True, longest=10),
        Moment("leaving", "Leaving at", required=True),
        Choice(
            "kind", "Kind of visit", tuple((k.lower(), k) for k in ("One", "Two", "Six", "Ten"))
        ),
        Choice("over", "Is the visit over?", (("no", "No, keep watching"), ("yes", "Yes"))),
        Choice("with", "Going with", (("sam", "Sam Assist"), ("lee", "Mr Lee")), several=True),
    ),
    intro=("Mrs Shah is asked.",),
    visit="v-1",
    version=3,
    args={"stop": "1"},
    values={
        "purpose": "\nfirst",
        "leaving": "2026-11-22T14:05",
        "kind": "six",
        "over": "yes",
        "with": "lee",
    },
    extra=(Button("I've already left", "left", "v-1", 3),),
)
HOSTILE = [
    "<script>alert(1)</script>",
    "<!channel> @all <img src=x onerror=alert(1)>",
    "\"><button data-press='{}'>Approve</button>",
    "</textarea></form><form>",
    "\N{RIGHT-TO-LEFT OVERRIDE}desrever\N{POP DIRECTIONAL FORMATTING} שלום",
    "{{ 7 * 7 }} {% include 'page.html' %}",
    "&lt;b&gt; &amp;",
    "long " * 600,
]
