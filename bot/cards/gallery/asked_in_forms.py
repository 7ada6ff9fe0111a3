"""The forms, empty and with what is wrong with them."""

from collections.abc import Iterator, Mapping

from bot.cards import appointment, conditions, forms
from bot.cards.gallery.example import Example
from bot.cards.gallery.played import Scene
from bot.cards.gallery.school import POLICY, SCHOOL, at
from bot.cards.kit import left_at_school
from bot.domain.asking import read_request


def form_examples(situations: Mapping[str, Scene]) -> Iterator[Example]:
    """At least one for every form of ``bot.cards.forms``."""
    yield from _plan(situations)
    asked = situations["asked"].view("shah", {"revision": "1"})
    approved = situations["approved"]
    yield Example("decline", "declining", "Mrs Shah", forms.reason(asked, "decline"))
    yield Example(
        "decline",
        "without a reason",
        "Mrs Shah",
        forms.reason(asked, "decline", values={"reason": ""}, errors={"reason": "Please say why."}),
    )
    changes = forms.reason(asked, "ask_for_changes")
    yield Example("ask_for_changes", "asking for changes", "Mrs Shah", changes)
    withdraw = forms.reason(approved.view("shah"), "withdraw")
    yield Example("withdraw", "withdrawing", "Mrs Shah", withdraw)
    yield Example("leave", "leaving", "Ana Teach", forms.leave(approved.view("ana")))
    late = approved.until("14:30").view("ana")
    yield Example("leave", "leaving late", "Ana Teach", forms.leave(late))
    kit = {"kit": left_at_school(POLICY, "identification,emergency_numbers")}
    ticked = {
        "kit": "identification,emergency_numbers",
        "going": "ana,sam",
        "until": "2026-11-24T14:45",
    }
    missing = forms.leave(approved.view("ana"), values=ticked, errors=kit)
    yield Example("leave", "something is missing", "Ana Teach", missing)
    only_if = situations["asked, one of two approves if"].view("okoro", {"revision": "1"})
    yield Example("approve_if", "approving if", "Ada Okoro", conditions.form(only_if))
    blank = {"conditions": "On what condition? Without one, press Approve."}
    again = conditions.form(only_if, values={}, errors=blank)
    yield Example("approve_if", "without a condition", "Ada Okoro", again)
    met = forms.leave(situations["approved if, a pair"].view("ana"))
    yield Example("leave", "approved on conditions", "Ana Teach", met)
    open_ = situations["approved, no appointment yet"].view("ana")
    yield Example("appointment", "recording it", "Ana Teach", appointment.form(open_))
    typed = {"how": "phone", "whom": "Mrs Example", "told": "purpose"}
    why = {"told": "Please agree on a time that suits them. Then tick it."}
    half = appointment.form(open_, values=typed, errors=why)
    yield Example("appointment", "something is missing", "Ana Teach", half)
    yield Example("hand_over", "handing over", "Ana Teach", forms.hand_over(approved.view("ana")))
    taking = forms.hand_over(approved.view("sam"))
    yield Example("hand_over", "taking over", "Sam Assist", taking)
    away = {"to": "Kim Cook is away that day."}
    ill = forms.hand_over(approved.view("lee"), values={"to": "kim"}, errors=away)
    yield Example("hand_over", "somebody who is away", "Mr Lee", ill)
    yield from _standing_by(situations)
    yield from _while_out(situations)


def _plan(situations: Mapping[str, Scene]) -> Iterator[Example]:
    fresh = forms.plan_values(None, SCHOOL, at("13:20"))
    empty = forms.plan(SCHOOL, "ana", policy=POLICY, values=fresh)
    yield Example("plan", "a new visit", "Ana Teach", empty)
    values = {**fresh, "return_at": "2026-11-24T13:00", "companions": "sam", "contact": "sam"}
    errors = read_request(values, "ana", SCHOOL, POLICY, at("13:20"))
    assert isinstance(errors, dict)
    wrong = forms.plan(SCHOOL, "ana", policy=POLICY, values=values, errors=errors)
    yield Example("plan", "much is wrong", "Ana Teach", wrong)
    back = situations["changes asked for"]
    changed = forms.plan(
        SCHOOL,
        "ana",
        policy=POLICY,
        values=forms.plan_values(back.view("ana"), SCHOOL, back.now),
        visit=back.visit,
    )
    yield Example("plan", "changing the plan", "Ana Teach", changed)
    approved = situations["approved"].view("ana")
    agreed = forms.plan(
        SCHOOL,
        "ana",
        policy=POLICY,
        values=forms.plan_values(approved, SCHOOL, approved.now),
        visit=approved.visit,
        intro=forms.plan_intro(approved),
    )
    yield Example("plan", "changing an approved plan", "Ana Teach", agreed)
    why = forms.changed_meanwhile(approved, "The plan has changed since you opened this.")
    meanwhile = forms.plan(
        SCHOOL,
        "ana",
        policy=POLICY,
        values=agreed.values,
        errors={"": why},
        visit=approved.visit,
    )
    yield Example("plan", "changed meanwhile", "Ana Teach", meanwhile)


def _standing_by(situations: Mapping[str, Scene]) -> Iterator[Example]:
    no_contact = situations["the contact can't"].view("ana", {"part": "contact"})
    yield Example("name_stand_by", "another contact", "Ana Teach", forms.name_stand_by(no_contact))
    no_backup = situations["evening, the backup can't"].view("ana", {"part": "backup"})
    away = {"person": "Kim Cook is away that day. Who else?"}
    backup = forms.name_stand_by(no_backup, values={"person": "kim"}, errors=away)
    yield Example("name_stand_by", "another backup", "Ana Teach", backup)


def _while_out(situations: Mapping[str, Scene]) -> Iterator[Example]:
    out, past = situations["out, both there"], situations["past the return"]
    ana = out.view("ana")
    yield Example("more_time", "more time", "Ana Teach", forms.more_time(ana))
    yield Example("moved", "gone somewhere else", "Ana Teach", forms.moved(ana))
    concern = situations["a concern"].view("ana", {"number": "1"})
    yield Example("concern_words", "words to it", "Ana Teach", forms.concern_words(concern))
    yield Example("phoned_ok", "OK", "Pat Desk", forms.phoned(out.view("pat"), "phoned_ok"))
    late = forms.phoned(past.view("pat"), "phoned_ok")
    yield Example("phoned_ok", "OK, past the return", "Pat Desk", late)
    back = forms.phoned(out.view("pat"), "phoned_back")
    yield Example("phoned_back", "back", "Pat Desk", back)
    owned = situations["silent, owned"].view("lee", {"alarm": "1", "calls": "0"})
    alone = situations["silent, alone"].view("lee", {"alarm": "1", "calls": "0"})
    yield Example("safe", "standing down", "Mr Lee", forms.safe(alone))
    yield Example("safe", "standing down, one of two", "Mr Lee", forms.safe(owned))
    both = situations["silent, both"].view("lee", {"alarm": "1", "calls": "1"})
    yield Example("safe", "standing down, both silent", "Mr Lee", forms.safe(both))
    how = {"how": "How do you know that they are safe?"}
    again = forms.safe(owned, values={"how": "", "over": "yes"}, errors=how)
    yield Example("safe", "without saying how", "Mr Lee", again)
    yield Example("on_it", "holding it longer", "Mr Lee", forms.hold(owned))
