"""The cards that are about no particular visit."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.cards import forms, general, written
from bot.cards.draw import draw, draw_overview
from bot.cards.gallery.example import Example
from bot.cards.gallery.overviews import seen
from bot.cards.gallery.played import Scene
from bot.cards.gallery.school import POLICY, SCHOOL, TWO_STAGES
from bot.cards.listing import one_list
from bot.cards.mine_buttons import sure_to_drop_out
from bot.cards.my_visits import my_visits
from bot.cards.policy import in_plain_english
from bot.cards.tab import tab
from bot.cards.whereabouts import EVERYBODY
from bot.domain.policy import Clause


def general_cards(situations: Mapping[str, Scene]) -> Iterator[Example]:
    """At least one for every function of ``general`` and ``written`` that gives a card, and for the
    list (S9).
    """
    nobody, ana = "anybody", "Ana Teach"
    out, approved = situations["out"].view("ana"), situations["approved"].view("ana")
    yield Example("sentence", "a refusal", ana, general.sentence("That is answered already."))
    yield Example("not_yours", "nothing to see", nobody, general.not_yours())
    yield Example("stranger", "not in the school file", nobody, general.stranger())
    yield Example("home", "no visits", ana, general.home("Ana", ()))
    yield Example("home", "two visits", ana, general.home("Ana", (out, approved)))
    yield Example("home", "watches over everybody", "Mr Lee", general.home("Dan", (), EVERYBODY))
    yield Example("help_choice", "help, and not out", ana, general.help_choice())
    yield Example("no_plan", "leaving, and nothing planned", ana, general.no_plan())
    yield Example("sure_to_drop_out", "I can't come", "Sam Assist", sure_to_drop_out(approved))
    yield Example("how_it_works", "asked how it works", ana, general.how_it_works())
    yield from _not_understood(ana)
    yield Example("write_anew", "out", ana, written.write_anew(written.OUT_ANYWAY))
    times = (("2026-11-24T20:00", "Tue 24 Nov, 20:00"), ("2026-11-25T08:00", "Wed 25 Nov, 08:00"))
    which_time = written.which_time(out, "Which do you mean?", times)
    yield Example("which_time", "back at 8", ana, which_time)
    mine = [(view, draw("out" if view.visit.watch else "mine", view)) for view in (out, approved)]
    yield Example("my_visits", "two visits", ana, my_visits(mine))
    yield Example("my_visits", "one planned", ana, my_visits(mine[1:]))
    yield Example("my_visits", "none", ana, my_visits(()))
    for policy in (POLICY, TWO_STAGES):
        yield Example("policy", policy.title, nobody, in_plain_english(policy))
    clause = Clause("Keep to the point. " * 20, "A long policy, To be read in parts")
    long = replace(POLICY, clauses=dict.fromkeys(map(str, range(20)), clause))
    for part in ("1", "2"):
        yield Example("policy", f"long, part {part}", nobody, in_plain_english(long, part))
    told = "Thank you. I've passed it on to those whom I told, and to nobody else."
    yield Example("confided", "words that sound like danger", ana, written.confided(told))
    yield Example("leaving_there", "leaving now, while out", ana, written.leaving_there(out))
    yield Example("past_return", "written later", ana, written.past_return(out, "13:30"))
    both = (out, situations["more time"].view("ana"))
    which = written.which_visit(both, "back", "Which visit are you back from?")
    yield Example("which_visit", "on two visits at once", ana, which)
    yield Example("went_wrong", "an error", ana, general.went_wrong("3fa9c210"))
    yield from _lists(situations)
    yield Example("retired", "an older message", ana, general.retired())
    planned = forms.plan(SCHOOL, "ana", policy=POLICY, values={})
    yield Example("to_open", "a form that did not open", ana, general.to_open(planned))
    asked = situations["asked"].view("shah")
    waiting = [draw("approval", asked)]
    everybody = draw_overview("whereabouts", seen([situations["out"]], "shah"))
    alarms = draw_overview("whereabouts", seen([situations["silent, a leader told"]], "shah"))
    yield Example("tab", "nothing is on", ana, tab("Ana", ()))
    yield Example("tab", "out", ana, tab("Ana", [(out, draw("out", out))]))
    yield Example("tab", "a leader", "Mrs Shah", tab("Priya", (), waiting, everybody))
    yield Example("tab", "a leader, in an alarm", "Mrs Shah", tab("Priya", (), (), alarms))
    yield Example("reachable", "a check", ana, general.reachable("Ana Teach"))


def _lists(situations: Mapping[str, Scene]) -> Iterator[Example]:
    """Several alarms told to one reader at one time (S9)."""
    two = [situations[name].view("lee") for name in ("silent, a leader told", "help, both")]
    listed = one_list([(view, draw("alarm", view)) for view in two])
    yield Example("one_list", "two alarms at one time", "Mr Lee", listed)
    fifty = [situations["help, both"].view("lee")] * 50
    card = one_list([(view, draw("alarm", view)) for view in fifty])
    yield Example("one_list", "fifty alarms at one time", "Mr Lee", card)
    ended = [situations[name].view("lee") for name in ("over, still out", "over, and the visit")]
    over = one_list([(view, draw("alarm", view)) for view in ended])
    yield Example("one_list", "both alarms are over", "Mr Lee", over)


def _not_understood(reader: str) -> Iterator[Example]:
    """Words, and what has none."""
    yield Example("not_understood", "not out", reader, written.not_understood())
    ways = (("read", True, False), ("unreadable", False, False), ("sounds like danger", True, True))
    for name, kept, alarming in ways:
        card = written.not_understood_out(passed_on=kept, alarming=alarming)
        yield Example("not_understood_out", name, reader, card)
    for name, is_out, asked in (
        ("none", False, False),
        ("planned", False, True),
        ("out", True, True),
    ):
        card = written.cannot_open(written.OUT_ANYWAY, is_out=is_out, is_asked=asked)
        yield Example("cannot_open", name, reader, card)
