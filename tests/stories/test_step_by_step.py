"""Every form can be answered field by field in messages, kept over a restart; and what is of life
and danger means the same in the middle of it (S4).
"""

import pytest

from bot.engine.submits import FORMS
from bot.engine.talk.redraw import BEFORE, ONCE_OUT
from bot.ports import Press, Say, Store
from tests.stories.conftest import Opener
from tests.stories.world import Actor, World, approved, asked, out

OVER = "There is nothing to go on with. Please write: home"


def labels(person: Actor) -> list[str]:
    card = person.answer.card
    assert card is not None, person.answer
    return [button.label for button in card.buttons]


async def says(person: Actor, *lines: str) -> str:
    """Several messages; what the last of them is answered."""
    for line in lines:
        await person.says(line)
    return person.told


@pytest.fixture
def ana(world: World) -> Actor:
    """Ana, on a channel without forms."""
    world.ana.forms = False
    return world.ana


async def planned(ana: Actor) -> None:
    """Everything asked for, up to the summary."""
    told = await says(ana, "visit")
    assert "Plan a visit (1 of 17). Kind of visit:" in told
    await ana.presses("Attendance")
    await says(ana, "the Canary-Family", "14 Oak Road", "Talk about mornings", "skip", "skip")
    assert "Leaving at" in ana.told
    await says(ana, "quarter past one", "for 45 min", "Sam", "skip", "skip", "by phone")
    await says(ana, "a loose dog", "-", "Bo")


async def test_what_cannot_be_read_is_no_answer_and_what_is_half_asked_still_is(ana: Actor) -> None:
    await says(ana, "visit")
    assert "I can't play or read that." in await says(ana, "")
    await ana.presses("Go on")
    assert "Plan a visit (1 of 17). Kind of visit:" in ana.told


async def test_a_whole_visit_in_messages_alone(world: World, ana: Actor) -> None:
    await planned(ana)
    assert "this is what I have. Please check, then send it." in ana.told
    for shown in (
        "14 Oak Road",
        "Mon 23 Nov, 13:15",
        "Mon 23 Nov, 14:00",
        "Sam Assist",
        "Bo Buddy",
    ):
        assert shown in ana.told
    assert await world.visits() == []
    await says(ana, "send it")
    assert "is sent for approval" in ana.told
    visit = await world.only_visit()
    assert visit.details is not None
    assert visit.details.risks == "a loose dog"
    assert visit.plan.companions == ("sam",)
    await world.priya.presses("Approve")
    await world.until("13:15")
    await says(ana, "leaving")
    assert "What you have with you" in ana.told
    assert {"Identification", "Charged phone", "Emergency numbers"} <= set(labels(ana))
    await ana.presses("Identification")
    await ana.presses("Charged phone")
    await ana.presses("Emergency numbers")
    await ana.presses("Documents for this visit")
    await ana.presses("A plan for poor signal")
    await ana.presses("I've read the home visits policy")
    await ana.presses("Done")
    assert "Who is really going?" in ana.told
    await ana.presses("Done")
    await ana.presses("Keep it")
    assert "this is what I have" in ana.told
    await ana.presses("I'm leaving now")
    assert ana.told.startswith("I'm watching now. Due back 14:00.")
    await says(ana, "running late")
    assert "How much longer?" in ana.told
    await ana.presses("30 minutes")
    await ana.presses("Send")
    assert ana.told.startswith("Thank you. Due back 14:30.")
    await says(ana, "gone somewhere else", "99 Far Lane", "send")
    world.office_sees("99 Far Lane")
    await says(ana, "back")
    assert "Welcome back." in ana.told
    assert not await world.store.transact(lambda u: u.drafts.get("st-example", "ana", "talk"))


async def test_all_of_a_short_list_can_be_said_in_one_word_and_never_all_of_the_school(
    world: World,
) -> None:
    await approved(world, companions="sam")
    await world.until("13:15")
    world.ana.forms = False
    assert "What you have with you" in await says(world.ana, "leaving")
    assert "Who is really going?" in await says(world.ana, "Everything.")
    await says(world.ana, "all of us", "14:00", "send it")
    visit = await world.only_visit()
    assert visit.is_out
    assert visit.visitors == ("ana", "sam")
    world.tom.forms = False
    told = await says(world.tom, "visit", "Going with", "all")
    assert "Going with: I know nobody called all." in told


async def test_errors_are_said_at_the_field_and_everything_typed_is_kept(
    world: World, ana: Actor
) -> None:
    await says(ana, "visit", "other", "skip")
    assert "Address" in ana.told
    told = await says(ana, "skip")
    assert "This is needed." in told
    assert "Address" in told
    await says(ana, "14 Oak Road", "Mornings", "skip", "skip")
    assert "I can't read that as a time" in await says(ana, "teatime")
    assert "That is past already" in await says(ana, "noon")
    assert "Which do you mean?" in await says(ana, "9")
    assert "Mon 23 Nov, 21:00" in labels(ana)
    await says(ana, "2pm")
    assert "Expected back" in ana.told
    assert "That is before you leave" in await says(ana, "1.30")
    assert "A visit takes at most 3 hours" in await says(ana, "for 4 hours")
    assert "Going with" in await says(ana, "2.45")
    assert "I know nobody called Zebedee." in await says(ana, "Zebedee")
    assert "You are going" not in await says(ana, "Samm")
    await ana.presses("Sam Assist")
    assert "Sam Assist" in ana.told
    await says(ana, "summary")
    await ana.presses("Stop")
    assert "Nothing was sent" in ana.told
    assert (await says(ana, "go on")).startswith("I didn't understand")
    assert await world.visits() == []


async def test_previous_and_corrections_by_name_at_every_step(world: World, ana: Actor) -> None:
    await says(ana, "visit", "other", "skip", "14 Oak Road", "Mornings")
    assert "So far: Mornings" in await says(ana, "previous")
    assert "So far: 14 Oak Road" in await says(ana, "previous")
    await says(ana, "15 Oak Road", "Afternoons")
    assert "Why can't the parent come in?" in await says(ana, "address: 16 Oak Road")
    await says(ana, "known risks: a dog")
    await says(ana, *("skip",) * 2, "2pm", "45 min")
    assert "Address" in await says(ana, "address")
    assert "So far: 16 Oak Road" in ana.told
    await says(ana, "17 Oak Road")
    await says(ana, *("skip",) * 6)
    assert "this is what I have" in ana.told
    assert "17 Oak Road" in ana.told
    assert "a dog" in ana.told
    await says(ana, "leaving at: 2.30", "expected back: 3.15", "send")
    visit = await world.only_visit()
    assert visit.details is not None
    assert visit.details.place == "17 Oak Road"
    assert f"{visit.plan.leaving_at:%H:%M}-{visit.plan.return_at:%H:%M}" == "14:30-15:15"


async def test_it_is_kept_over_a_restart(opener: Opener) -> None:
    world = World(opener())
    world.ana.forms = False
    await says(world.ana, "visit", "other", "skip", "14 Oak Road")
    after = World(opener(), before=world)
    after.ana.forms = False
    assert "Why can't the parent come in?" in await says(after.ana, "Talk about mornings")
    assert "So far: Talk about mornings" in await says(after.ana, "previous")


async def test_S4_ok_back_and_help_mean_what_they_mean_to_a_visitor_in_the_middle_of_it(
    world: World, ana: Actor
) -> None:
    ana.forms = True
    visit = await out(world)
    ana.forms = False
    await world.until("13:30")
    await says(ana, "visit", "other", "skip")
    assert "Address" in ana.told
    await says(ana, "ok")
    assert ana.told.startswith("Thank you. Due back 14:00.")
    watch = (await world.visit(visit.id)).watch
    assert watch is not None
    assert watch.visitors[0].checked_in_at == world.clock.now()
    await ana.presses("Go on")
    assert "Address" in ana.told
    await says(ana, "15 Oak Road", "20 more minutes")
    assert ana.told.startswith("Thank you. Due back 14:20.")
    await says(ana, "back")
    assert "Welcome back." in ana.told
    await says(ana, "Mornings")
    assert "Why can't the parent come in?" in ana.told


async def test_S4_help_in_the_middle_of_it_is_an_alarm_at_once(world: World, ana: Actor) -> None:
    ana.forms = True
    visit = await out(world)
    ana.forms = False
    await says(ana, "visit", "other", "skip", "help")
    assert (await world.visit(visit.id)).alarm is not None
    assert "I'm telling your colleagues now" in ana.told


async def test_S4_an_answer_that_sounds_like_danger_reaches_the_watchers_too(
    world: World, ana: Actor
) -> None:
    ana.forms = True
    await out(world)
    ana.forms = False
    await says(ana, "visit", "other", "skip", "he has a knife")
    assert world.office_sees("“he has a knife”").urgent
    assert "I've passed that on to whoever watches" in ana.told
    assert labels(ana)[0] == "I need help"
    await ana.presses("Go on")
    assert "Address" in ana.told
    assert "So far" not in ana.told, "it was no answer"
    assert "is also shown to whoever watches" in ana.told


async def test_S4_words_of_distress_never_become_the_purpose_of_a_draft(world: World) -> None:
    ana = world.ana
    await out(world)
    await says(ana, "visit 9 High Street tomorrow at 2pm for 45 min with Sam, welfare")
    await says(ana, "I don't feel safe")
    assert world.office_sees("“I don't feel safe”").urgent
    assert labels(ana)[0] == "I need help"
    await says(ana, "send")
    assert len(await world.visits()) == 1, "the draft has no purpose yet"
    world.priya.does_not_see("Why: I don't feel safe")
    assert world.tom.messages == []


async def test_S4_from_somebody_out_their_own_words_in_a_form_are_for_the_watchers_too(
    world: World, ana: Actor
) -> None:
    ana.forms = True
    await out(world)
    ana.forms = False
    await says(ana, "gone somewhere else")
    assert "What you press is not." in ana.told
    await says(ana, "they want us to come along")
    message = world.office_sees("“they want us to come along”")
    assert not message.urgent
    known = len(world.posts())
    await says(ana, "stop", "running late", "20")
    assert world.posts(known) == [], "a choice is no message"
    await says(ana, "stop", "gone somewhere else", "he is not letting us go")
    assert world.office_sees("“he is not letting us go”").urgent
    visit = await world.only_visit()
    assert visit.details is not None
    assert "letting" not in visit.details.place
    assert world.tom.messages == []


async def test_S4_a_field_that_is_named_is_answered_and_alarming_words_go_on_as_well(
    world: World, ana: Actor
) -> None:
    ana.forms = True
    await out(world)
    ana.forms = False
    await says(ana, "visit", "known risks: an aggressive neighbour")
    assert world.office_sees("“known risks: an aggressive neighbour”").urgent
    assert "I've passed that on to whoever watches" in ana.told
    await says(ana, "known risks")
    assert "So far: an aggressive neighbour" in ana.told


async def test_S4_what_cannot_be_read_as_an_answer_is_for_the_watchers_too(
    world: World, ana: Actor
) -> None:
    ana.forms = True
    await out(world)
    ana.forms = False
    await says(ana, "visit 3 Elm Close tomorrow at 9 for an hour, because of mornings")
    await says(ana, "he is standing by the door")
    world.office_sees("“he is standing by the door”")
    assert "I've passed that on to whoever watches" in ana.told
    await says(ana, "stop", "visit", "come and fetch me soon")
    world.office_sees("“come and fetch me soon”")


async def test_S4_once_they_are_asked_whether_they_are_ok_their_words_are_for_the_watchers(
    world: World, ana: Actor
) -> None:
    ana.forms = True
    await out(world, return_at="2026-11-23T15:00")
    ana.forms = False
    await world.until("13:40")
    await says(ana, "visit", "other", "skip")
    await world.until("13:46")
    await says(ana, "he is standing in the doorway")
    world.office_sees("“he is standing in the doorway”")
    assert "Go on" in labels(ana)
    await ana.presses("I'm OK")
    await says(ana, "step by step")
    assert "Address" in ana.told


async def test_other_things_can_be_asked_in_the_middle_of_it(world: World, ana: Actor) -> None:
    await says(ana, "visit", "other", "skip")
    for aside, shown in (
        ("my visits", "You have no visits"),
        ("show the policy", "A visit must be approved"),
        ("how does this work?", "How Doorstep works"),
    ):
        assert shown in await says(ana, aside)
        assert "Your answers so far are kept." in ana.told
    assert "Address" in await says(ana, "plan a visit")
    assert "So far: home" in await says(ana, "home", "previous"), "one word may be an address"
    del world


async def test_at_the_summary_an_answer_is_to_what_is_still_open(world: World) -> None:
    ana = world.ana
    await says(ana, "visit 14 Oak Road at noon until 12.45, welfare")
    assert "Leaving at: That is past already." in ana.told
    await says(ana, "Talk about mornings")
    assert "Purpose Talk about mornings" in ana.told
    assert "Leaving at" in await says(ana, "2pm"), "it may be either time: asked"
    await says(ana, "2pm", "2.45")
    assert await world.visits() == []
    assert "Please check, then send it." in ana.told
    await says(ana, "send")
    assert len(await world.visits()) == 1


async def test_one_line_is_shown_back_and_sent_only_when_it_is_said_so(world: World) -> None:
    ana = world.ana
    await says(ana, "visit 14 Oak Road at 2pm for 45 min with Sam, attendance")
    for shown in (
        "14 Oak Road",
        "Mon 23 Nov, 14:00",
        "Mon 23 Nov, 14:45",
        "Sam Assist",
        "Attendance",
    ):
        assert shown in ana.told
    assert "Still needed: Purpose." in ana.told
    assert "Send for approval" not in labels(ana)
    assert await world.visits() == []
    await says(ana, "Talk about mornings")
    assert "Please check, then send it." in ana.told
    await says(ana, "address: 15 Oak Road")
    await ana.presses("Send for approval")
    visit = await world.only_visit()
    assert visit.details is not None
    assert (visit.details.place, visit.details.kind) == ("15 Oak Road", "Attendance")
    assert visit.plan.companions == ("sam",)
    assert world.tom.messages == []


async def test_the_kind_that_a_line_leaves_out_is_asked_and_never_other_unsaid(
    world: World,
) -> None:
    ana = world.ana
    await says(ana, "visit 14 Oak Road at 2pm for 45 min with Sam because of mornings")
    assert "Still needed: Kind of visit." in ana.told
    assert "Send for approval" not in labels(ana)
    await says(ana, "send")
    assert await world.visits() == []
    await ana.presses("Safeguarding")
    assert "Kind of visit Safeguarding" in ana.told
    await says(ana, "kind: other", "send")
    visit = await world.only_visit()
    assert visit.details is not None
    assert visit.details.kind == "Other"
    assert world.tom.messages == []


async def test_kind_and_purpose_are_told_apart_at_the_summary(world: World) -> None:
    ana = world.ana
    await says(ana, "visit 14 Oak Road at 2pm for 45 min with Sam")
    assert "Still needed: Kind of visit, Purpose." in ana.told
    await says(ana, "Talk about mornings", "welfare")
    assert "Purpose Talk about mornings" in ana.told
    assert "Kind of visit Welfare" in ana.told
    assert "Please check, then send it." in ana.told


async def test_the_rest_is_filled_in_with_the_form_where_there_is_one(world: World) -> None:
    ana = world.ana
    await says(ana, "visit 14 Oak Road at 2pm for 45 min with Sam, attendance")
    await ana.presses("Change or fill in the rest")
    assert ana.form.values["place"] == "14 Oak Road"
    assert ana.form.values["leaving_at"] == "2026-11-23T14:00"
    await ana.fills(purpose="Mornings")
    assert "is sent for approval" in ana.told
    await says(ana, "go on")
    assert "I didn't understand" in ana.told, "nothing is half asked any more"


async def test_the_rest_is_asked_where_there_is_no_form(ana: Actor) -> None:
    await says(ana, "visit 14 Oak Road at 2pm with Sam")
    await ana.presses("Fill in the rest")
    assert "Kind of visit" in ana.told
    await says(ana, "welfare", "skip", "mornings", "skip", "skip")
    assert "Expected back" in ana.told


@pytest.mark.parametrize(
    "words",
    [
        "can I go see the Smiths at 22 Elm St tomorrow",
        "vist 14 Oak Road at 11pm",
        "not Sam, Bo instead",
    ],
)
async def test_at_the_summary_what_may_be_no_purpose_is_asked_and_never_guessed(
    world: World, words: str
) -> None:
    ana = world.ana
    await says(ana, "visit 14 Oak Road at 2pm for 45 min with Sam, welfare")
    await says(ana, words)
    assert "Purpose: I'm not sure that I understood." in ana.told
    assert "Send for approval" not in labels(ana)
    await ana.presses(words)
    assert f"Purpose {words}" in ana.told
    assert await world.visits() == []


async def test_at_the_summary_a_field_is_corrected_by_the_word_that_leads_it(
    world: World,
) -> None:
    ana = world.ana
    await says(ana, "visit 14 Oak Road at 2pm for 45 min with Sam, other")
    assert "Still needed: Purpose." in await says(ana, "leaving at 13:45")
    assert "Mon 23 Nov, 13:45" in ana.told
    assert "Mon 23 Nov, 14:30" in await says(ana, "back at 14:30")
    assert "Bo Buddy" in await says(ana, "with Bo as well")
    assert "Sam Assist" in ana.told
    assert "Nothing was sent" in await says(ana, "drop")
    assert await world.visits() == []


async def test_P2_whom_they_visit_is_no_address_unless_they_say_so(world: World) -> None:
    ana = world.ana
    await says(ana, "visit Mrs Jones in flat 2 at 2pm for 45 min because of mornings, welfare")
    assert "Is this the address? The office sees it" in ana.told
    assert "Send for approval" not in labels(ana)
    await says(ana, "send")
    assert await world.visits() == []
    await says(ana, "address: Flat 2, 14 Oak Road", "send")
    visit = await world.only_visit()
    assert visit.details is not None
    assert visit.details.place == "Flat 2, 14 Oak Road"
    world.office_does_not_see("Jones")


TWO_SAMS = """
[[people]]
id = "sam2"
name = "Sam Other"
roles = ["staff"]
phone = "+44 7700 900033"
web = "sam2"
"""


async def test_S13_what_is_doubtful_in_a_line_is_asked_and_never_guessed(opener: Opener) -> None:
    world = World(opener(), extra=TWO_SAMS)
    ana = world.ana
    await says(ana, "visit 14 Oak Road at 9 for 45 min with Sam banana")
    assert "Which do you mean?" in ana.told
    assert "I know nobody called Sam banana." in ana.told
    assert await world.visits() == []
    await says(ana, "visit 14 Oak Road at 9 for 45 min with Sam, welfare, banana")
    assert "Which Sam do you mean?" in ana.told
    assert "I didn't understand: “banana”" in ana.told
    assert "Send for approval" not in labels(ana)
    await ana.presses("Tue 24 Nov, 09:00")
    assert "Tue 24 Nov, 09:45" in ana.told, "the length is taken from the leaving, once known"
    await ana.presses("Sam Other")
    await says(ana, "purpose: mornings")
    await ana.presses("Send for approval")
    assert (await world.only_visit()).plan.companions == ("sam2",)


async def test_only_what_is_shown_now_can_be_sent(world: World, ana: Actor) -> None:
    await says(ana, "visit 14 Oak Road at 2pm for 45 min because of mornings, welfare")
    old = ana.button("Send for approval")
    await says(ana, "address: 15 Oak Road")
    await ana.does(Press(old.action, args=old.args))
    assert "15 Oak Road" in ana.told
    assert await world.visits() == []
    await ana.presses("Send for approval")
    assert len(await world.visits()) == 1
    await ana.does(Press(old.action, args=old.args))
    assert ana.told == OVER


async def test_the_same_message_twice_is_answered_the_same_and_counts_once(
    world: World, ana: Actor
) -> None:
    await says(ana, "visit", "other", "skip")
    first = await ana.does(Say("14 Oak Road"), delivery="twice")
    again = await ana.does(Say("14 Oak Road"), delivery="twice")
    assert first == again
    assert "Purpose" in ana.told
    del world


async def test_a_form_interrupted_by_another_waits_for_it(world: World, ana: Actor) -> None:
    ana.forms = True
    await out(world)
    ana.forms = False
    await says(ana, "visit", "other", "skip", "15 Oak Road")
    await says(ana, "running late")
    assert "How much longer?" in ana.told
    await says(ana, "40 minutes", "send")
    assert ana.told.startswith("Thank you. Due back 14:40.")
    await ana.presses("Go on")
    assert "Purpose" in ana.told


async def test_a_reason_is_asked_for_in_messages_too_and_the_outsider_sees_nothing(
    world: World,
) -> None:
    visit = await asked(world)
    world.priya.forms = False
    await says(world.priya, f"decline {visit.reference}")
    assert "Reason" in world.priya.told
    await says(world.priya, "Go in pairs", "send")
    world.ana.sees("Go in pairs")
    for action in ("step_show", "step_send", "step_answer", "step_stop", "step_fill", "step_skip"):
        await world.tom.does(Press(action, visit.id, args={"field": "reason", "value": "x"}))
        assert world.tom.told == OVER
    assert world.tom.messages == []


async def test_a_decision_taken_meanwhile_ends_the_questions(world: World) -> None:
    await asked(world)
    world.priya.forms = False
    await world.priya.presses("Decline")
    await world.lee.presses("Approve")
    await says(world.priya, "Go in pairs", "send")
    assert "Approved by Dan Lee" in world.priya.told or "already" in world.priya.told
    assert type((await world.only_visit()).phase).__name__ == "Approved"


async def test_in_the_office_channel_nothing_private_is_asked(world: World) -> None:
    await approved(world)
    world.olu.forms = False
    await world.olu.does(Say("visit"), office=True)
    assert "in your own chat with me" in world.olu.told
    await world.olu.does(Say("visit 14 Oak Road at 2pm, welfare"), office=True)
    assert "14 Oak Road" not in world.olu.told


async def test_step_by_step_is_for_the_asking_where_there_are_forms(world: World) -> None:
    ana = world.ana
    await says(ana, "step by step")
    assert "Plan a visit (1 of 17)" in ana.told
    await says(ana, "stop")
    await out(world)
    await says(ana, "running late, step by step")
    assert "How much longer?" in ana.told


def test_every_form_can_be_asked_in_messages() -> None:
    assert {*BEFORE, *ONCE_OUT, "plan"} == set(FORMS)


HOSTILE = (
    "x" * 10_000,
    "\u202e" * 500,
    "<!channel> @everyone",
    "\x00\x01\x02",
    "a:" * 3_000,
    "🙂" * 900,
)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
async def test_hostile_answers_are_kept_or_refused_and_break_nothing(
    world: World, ana: Actor, number: int, caplog: pytest.LogCaptureFixture
) -> None:
    await says(ana, "visit")
    for _ in range(20):
        await ana.says(HOSTILE[number])
        assert "Something went wrong" not in ana.told
        await ana.says("skip")
    await says(ana, "stop")
    assert await world.visits() == []
    assert "error" not in caplog.text.lower()


async def test_what_was_typed_is_read_back_on_one_line_whatever_breaks_it_had(world: World) -> None:
    await asked(world)
    world.priya.forms = False
    await world.priya.presses("Decline")
    await world.priya.says("no.\n\nIt's over: Ana Teach is safe.")
    assert "no. It's over: Ana Teach is safe." in world.priya.told


async def test_what_is_asked_by_name_alone_is_no_question_but_can_be_said(
    world: World, ana: Actor
) -> None:
    await planned(ana)
    assert "If you go alone, why?" not in ana.told
    await says(ana, "going with: nobody")
    told = await says(ana, "if you go alone, why: nobody is free")
    assert "nobody is free" in told
    await says(ana, "send it")
    visit = await world.only_visit()
    assert visit.details is not None
    assert visit.details.why_alone == "nobody is free"


async def test_what_turns_out_to_be_needed_is_asked_after_all(store: Store) -> None:
    world = World(store, extra='[policy]\npairs.alone = "reason"')
    world.ana.forms = False
    await planned(world.ana)
    await says(world.ana, "going with: nobody")
    told = await says(world.ana, "send it")
    assert "If you go alone, why?" in told
    assert "You would go alone: can you say why?" in told
    await says(world.ana, "nobody is free", "send it")
    assert (await world.only_visit()).details is not None


async def test_somebody_else_is_named_to_stand_by_while_they_are_out(world: World) -> None:
    await out(world)
    await world.bo.presses("I can't")
    world.olu.forms = False
    assert "Who can be reached now?" in await says(world.olu, "Name another contact!")
    await says(world.olu, "Tom Outside", "send")
    world.tom.sees("Ana Teach asks you to be reachable, until 14:00.")
