"""A form asked field by field in messages: questions, the summary, and the ways out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.cards import forms, general
from bot.cards.gallery.example import Example
from bot.cards.gallery.played import Scene
from bot.cards.gallery.school import POLICY, SCHOOL, at
from bot.cards.steps import Progress, passed_on, question, stopped, summary, while_out, with_go_on

TYPED = {
    "kind": "Attendance",
    "family": "the Example family",
    "place": "14 Oak Road",
    "leaving_at": "2026-11-24T14:00",
    "companions": "sam",
}
DOUBTS = {"return_at": "Which do you mean?"}
TIMES = (("2026-11-24T19:00", "Tue 24 Nov, 19:00"), ("2026-11-25T07:00", "Wed 25 Nov, 07:00"))


def steps(situations: Mapping[str, Scene]) -> Iterator[Example]:
    """At least one for every function of ``bot.cards.steps`` that gives a card."""
    ana = "Ana Teach"
    fresh = forms.plan_values(None, SCHOOL, at("13:20"))
    empty = Progress(forms.plan(SCHOOL, "ana", policy=POLICY, values={}), 1)
    by_name = {field.name: field for field in empty.form.fields}
    for name in ("kind", "place", "purpose", "companions"):
        yield Example("question", f"asked for: {name}", ana, question(empty, by_name[name]))
    prefilled = Progress(forms.plan(SCHOOL, "ana", policy=POLICY, values={**fresh, **TYPED}), 4)
    for name in ("leaving_at", "companions"):
        yield Example("question", f"there already: {name}", ana, question(prefilled, by_name[name]))
    wrong = {"return_at": "That is before you leave. When will you be back?"}
    early = Progress(forms.plan(SCHOOL, "ana", policy=POLICY, values=TYPED, errors=wrong), 5)
    yield Example("question", "something is wrong", ana, question(early, by_name["return_at"]))
    doubtful = Progress(
        forms.plan(SCHOOL, "ana", policy=POLICY, values=TYPED, errors=DOUBTS),
        2,
        {"return_at": TIMES},
        ("banana",),
    )
    yield Example("question", "two times", ana, question(doubtful, by_name["return_at"]))
    yield Example("summary", "much is open", ana, summary(doubtful, opens_form=True))
    whole = {**TYPED, "purpose": "Talk about mornings", "return_at": "2026-11-24T14:45"}
    ready = Progress(forms.plan(SCHOOL, "ana", policy=POLICY, values=whole), 6)
    yield Example("summary", "ready to be sent", ana, summary(ready))
    leaving = forms.leave(situations["approved"].view("ana"))
    kit = Progress(replace(leaving, errors={"": "Please look again."}), 3)
    yield Example("question", "leaving", ana, question(kit, leaving.fields[0]))
    yield Example("summary", "leaving", ana, summary(Progress(leaving, 7)))
    yield Example("stopped", "stopped", ana, stopped("Plan a visit"))
    aside = with_go_on(general.sentence("Thank you. Due back 14:45."))
    yield Example("with_go_on", "an answer to something else", ana, aside)
    place = question(empty, by_name["place"])
    yield Example("while_out", "asked while out", ana, while_out(place))
    alarming = passed_on(question(empty, by_name["place"]))
    yield Example("passed_on", "it sounded alarming", ana, alarming)
