"""Kinds of visit with rules of their own; what a request is asked to say; alone, and in pairs: the
same request under both policies, and under one that a school has written for itself.
"""

import pytest

from bot.domain.visit import Approved, Out, Requested
from bot.ports import Press, Store
from tests.kit import KIT
from tests.stories.world import Actor, World, asked, said

KIM = """
[[people]]
id = "kim"
name = "Kim Count"
roles = ["attendance_lead"]
phone = "+44 7700 900010"
web = "kim"
"""
SURPRISE = {
    "kind": "Attendance",
    "appointment": "",
    "unannounced": "yes",
    "authorised_by": "priya",
    "companions": "kim",
    "who_does_what": "Kim leads",
    "why_not_in_school": "Nobody answers",
    "risks": "",
}
UNANNOUNCED = ("unannounced", "authorised_by")
NOT_SAID = "It is not said why the parent can't come in, or be seen just before or after school"


def tom_knows_nothing(world: World) -> None:
    assert world.tom.messages == []


async def sent_back(person: Actor, **more: str) -> dict[str, str]:
    """Send the form again; what is wrong with it, by field."""
    answer = await person.fills(more)
    return dict(answer.form.errors) if answer.form else {}


async def test_an_attendance_visit_may_go_unannounced_with_two_the_lead_among_them(
    store: Store,
) -> None:
    world = World(store, extra=KIM)
    await asked(world, **SURPRISE)
    card = world.lee.sees(
        "Unannounced: nobody answered the first-day call. Priya Shah authorised it, says Ana Teach."
    ).card
    assert '"Where there is no answer from the 1st day absence call' in said(card)
    assert "No appointment is made" not in said(card)
    await world.lee.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    assert isinstance((await world.only_visit()).phase, Out)
    world.office_does_not_see("Unannounced")
    world.office_does_not_see("Attendance")
    tom_knows_nothing(world)


async def test_without_two_the_lead_and_a_name_it_comes_back_with_everything_typed(
    store: Store,
) -> None:
    world = World(store, extra=KIM)
    await world.ana.says("visit")
    plan = {"leaving_at": "2026-11-23T13:15", "return_at": "2026-11-23T14:00", "place": "14 Oak"}
    typed = {**SURPRISE, **plan, "purpose": "Mornings", "companions": "", "authorised_by": ""}
    assert set(await sent_back(world.ana, **typed)) == {"companions", "authorised_by"}
    assert world.ana.form.values["purpose"] == "Mornings"
    wrong = await sent_back(world.ana, companions="sam", authorised_by="olu")
    assert wrong["companions"] == (
        "A visit that goes unannounced takes the attendance lead along. Who goes along?"
    )
    assert "the Head or a senior leader" in wrong["authorised_by"]
    assert await world.visits() == []
    assert await sent_back(world.ana, companions="kim", authorised_by="priya") == {}
    assert isinstance((await world.only_visit()).phase, Requested)
    tom_knows_nothing(world)


async def test_where_nothing_is_agreed_the_exception_holds_though_no_box_is_ticked(
    store: Store,
) -> None:
    world = World(store, extra=KIM)
    await asked(world, appointment="none, nobody answers")
    world.priya.sees(
        "No appointment is made: Ana Teach would go unannounced, which is only for when nobody "
        "answered the first-day call."
    )
    for missed in (
        "A visit that goes unannounced takes at least two from school, one of them the attendance",
        "A visit that goes unannounced names who authorised it: the Head or a senior leader",
        '"Where there is no answer from the 1st day absence call',
    ):
        world.priya.sees(missed)
    world.ana.sees("No appointment is made: can you make one, by phone or letter?")
    world.ana.sees("If you go without an appointment, who authorised it?")
    await world.priya.presses("Approve")
    assert "takes at least two from school" in world.priya.told
    assert isinstance((await world.only_visit()).phase, Requested)
    await world.ana.presses("Change the plan")
    await world.ana.fills(companions="kim", authorised_by="priya")
    await world.lee.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT, going="ana")
    assert "takes at least two from school" in world.ana.form.errors["going"]
    await world.ana.fills(kit=KIT, going="ana,kim")
    assert isinstance((await world.only_visit()).phase, Out)
    world.office_does_not_see("nannounced")
    tom_knows_nothing(world)


async def test_an_attendance_visit_to_an_appointment_that_is_made_after_all_asks_for_no_more(
    store: Store,
) -> None:
    world = World(store, extra=KIM)
    await asked(world, appointment="to be made")
    await world.priya.presses("Approve")
    assert isinstance((await world.only_visit()).phase, Requested)
    await world.ana.presses("Change the plan")
    await world.ana.fills(appointment="agreed by phone with her mother")
    world.priya.does_not_see("would go unannounced")
    await world.lee.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    assert isinstance((await world.only_visit()).phase, Out)
    tom_knows_nothing(world)


async def test_going_unannounced_after_all_is_a_changed_plan_and_shown_as_one(store: Store) -> None:
    world = World(store, extra=KIM)
    await asked(world, companions="kim")
    await world.lee.presses("Approve")
    await world.ana.presses("Change the plan")
    await world.ana.fills(unannounced="yes", authorised_by="priya")
    assert isinstance((await world.only_visit()).phase, Requested)
    world.lee.sees("Unannounced was no; now yes, authorised by Priya Shah")
    world.kim.sees("Also changed Unannounced")
    world.office_does_not_see("nannounced")
    tom_knows_nothing(world)


async def test_S1_unannounced_and_left_alone_at_the_door_is_refused_and_watched(
    store: Store,
) -> None:
    world = World(store, extra=KIM)
    await asked(world, **SURPRISE)
    await world.lee.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT, going="ana")
    why = world.ana.form.errors["going"]
    assert "takes at least two from school, one of them the attendance lead" in why
    assert "“Where there is no answer from the 1st day absence call" in str(world.ana.form)
    assert isinstance((await world.only_visit()).phase, Approved)
    await world.ana.presses("I've already left")
    assert isinstance((await world.only_visit()).phase, Out)
    tom_knows_nothing(world)


async def test_the_pastoral_policy_has_no_exception_and_doesnt_ask_about_one(store: Store) -> None:
    world = World(store, policy="pastoral", extra=KIM)
    await world.ana.says("visit")
    assert "unannounced" not in {field.name for field in world.ana.form.fields}
    without = {name: SURPRISE[name] for name in SURPRISE if name not in UNANNOUNCED}
    await asked(world, **without)
    await world.lee.presses("Approve")
    await world.okoro.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    assert "No appointment with the family is recorded" in world.ana.told
    assert '"Home visits will never occur without prior notice and agreement' in world.ana.told
    assert isinstance((await world.only_visit()).phase, Approved)
    await world.ana.presses("I've already left")
    assert isinstance((await world.only_visit()).phase, Out)
    tom_knows_nothing(world)


async def test_is_it_needed_what_is_not_said_stands_in_bold_and_the_lead_is_asked(
    store: Store,
) -> None:
    world = World(store)
    await asked(world, companions="sam")
    card = world.priya.sees(NOT_SAID).card
    for words in (
        '"Make sure that a home visit is necessary and that the reason cannot be dealt with',
        "It is not said who is to be seen.",
        '"Consider who you need to see, e.g. one or both parents, with or without the child."',
        "It is not said who does what.",
        '"If necessary, arrange for an appropriate person to accompany you. Clarify each',
        "Nothing is said about language, an interpreter, religion or other needs.",
        '"Make sure you are well informed about the family and are aware of personal circumstances',
    ):
        assert words in said(card)
    world.ana.sees("What does each of you do there?")
    world.sam.does_not_see("What does each of you do there?")
    await world.ana.presses("Change the plan")
    await world.ana.fills(why_not_in_school="She works nights", who_does_what="Sam writes")
    card = world.priya.sees("Why can't the parent come in? was empty; now She works nights").card
    assert NOT_SAID not in said(card)
    assert "It is not said who does what." not in said(card)
    tom_knows_nothing(world)


async def test_under_the_pastoral_policy_other_things_are_asked(store: Store) -> None:
    world = World(store, policy="pastoral")
    await asked(world, family="")
    card = world.lee.sees("It is not said which pupil or family it is about.").card
    assert NOT_SAID not in said(card)
    tom_knows_nothing(world)


@pytest.mark.parametrize("policy", ["slps", "pastoral"])
async def test_a_clear_plan_for_the_discussion_is_asked_for_by_the_pastoral_policy(
    store: Store, policy: str
) -> None:
    world = World(store, policy=policy)
    await asked(world)
    missed = "There is no plan for the discussion."
    if policy == "slps":
        world.lee.does_not_see(missed)
    else:
        card = world.lee.sees(missed).card
        assert "and a clear plan for the discussion." in said(card)
        world.ana.sees("What do you plan to talk about?")
    await world.ana.presses("Change the plan")
    await world.ana.fills(discussion="Canary: mornings first")
    card = world.lee.sees("Plan for the discussion was empty; now Canary: mornings first").card
    assert missed not in said(card)
    assert "Plan for the discussion Canary: mornings first" in said(card)
    world.office_does_not_see("mornings first")
    for other in (world.bo, world.tom):
        other.does_not_see("mornings first")


@pytest.mark.parametrize("policy", ["slps", "pastoral"])
async def test_extended_leave_asks_how_it_goes_on_where_the_policy_says_so(
    store: Store, policy: str
) -> None:
    world = World(store, policy=policy)
    await asked(world, kind="Extended leave abroad")
    missed = "It is not said if, when and how it will be followed up."
    if policy == "pastoral":
        world.lee.does_not_see(missed)
        return
    card = world.lee.sees(missed).card
    assert "It is not said where the parents can go for more help." in said(card)
    assert '"When the visit concerns how the parents can take a more active role' in said(card)
    await world.ana.presses("Change the plan")
    await world.ana.fills(follow_up="By phone in May", more_help="The family centre")
    card = world.lee.sees("Followed up was empty; now By phone in May").card
    assert missed not in said(card)
    assert "More help for the parents The family centre" in said(card)
    tom_knows_nothing(world)


async def test_a_welfare_officer_completes_a_pair_and_leaves_the_lead_alone_for_prompts(
    store: Store,
) -> None:
    world = World(store, extra='[policy]\npairs.alone = "never"\n')
    await world.ana.says("visit")
    assert "accompany an Education Welfare Officer" in str(world.ana.form)
    await asked(
        world,
        external_name="Ed Welfare",
        external_organisation="the county",
        external_phone="07700 900777",
    )
    card = world.lee.sees("With Ed Welfare from outside. Nobody else from school.").card
    assert "Ed Welfare, the county, 07700 900777" in said(card)
    await world.lee.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT)
    visit = await world.only_visit()
    assert isinstance(visit.phase, Out)
    assert [visitor.id for visitor in visit.phase.watch.visitors] == ["ana"]
    tom_knows_nothing(world)


GUEST = {
    "external_name": "Ed Welfare",
    "external_organisation": "the county",
    "external_phone": "07700 900777",
}


async def test_S10_the_approver_reads_that_somebody_from_outside_leaves_the_lead_alone(
    world: World,
) -> None:
    await asked(world, **GUEST)
    card = world.priya.sees("With Ed Welfare from outside. Nobody else from school.").card
    assert "Only Ana Teach answers when I ask whether they are OK, and so counts as alone." in (
        said(card)
    )
    assert "would go alone" not in said(card)


letters = pytest.mark.parametrize(
    ("guest", "missing"),
    [
        ({"external_name": "x"}, "before their organisation and their phone are known"),
        ({"external_name": "x", "external_organisation": "y"}, "before their phone is known"),
        ({**GUEST, "external_phone": "none"}, "before their phone is known"),
        ({**GUEST, "external_organisation": ""}, "before their organisation is known"),
    ],
)


@letters
async def test_a_letter_for_somebody_from_outside_makes_no_pair(
    world: World, guest: dict[str, str], missing: str
) -> None:
    await asked(world, **guest)
    card = said(world.priya.sees("Ana Teach would go alone. Risks are named.").card)
    assert f"{guest['external_name']} from outside completes no pair {missing}." in card
    assert '"When parents do not respond to such contacts it may be appropriate' in card
    world.ana.sees(missing)
    tom_knows_nothing(world)


@letters
async def test_where_nobody_goes_alone_it_comes_back_for_what_is_missing_of_them(
    store: Store, guest: dict[str, str], missing: str
) -> None:
    world = World(store, extra='[policy]\npairs.alone = "never"\n')
    await world.ana.says("visit")
    plan = {"leaving_at": "2026-11-23T13:15", "return_at": "2026-11-23T14:00", "place": "1 Elm"}
    wrong = await sent_back(world.ana, **plan, kind="Welfare", purpose="Mornings", **guest)
    assert wrong["companions"] == "At this school nobody goes alone. Who goes with you?"
    assert any(missing in why for why in wrong.values())
    assert await world.visits() == []


async def test_a_flag_still_wants_a_reason_where_a_letter_stands_for_a_guest(world: World) -> None:
    await asked(world, external_name="x")
    await world.priya.presses("Flag this address")
    await world.priya.fills(reason="A dog bit us")
    await world.lee.presses("Approve")
    assert "No reason is given." in world.lee.told
    assert isinstance((await world.only_visit()).phase, Requested)


async def test_whose_phone_it_is_is_asked_before_it_is_lost(world: World) -> None:
    await world.ana.says("visit")
    plan = {"leaving_at": "2026-11-23T13:15", "return_at": "2026-11-23T14:00", "place": "1 Elm"}
    more = {"kind": "Welfare", "purpose": "Mornings", "external_phone": "07700 900777"}
    assert set(await sent_back(world.ana, **plan, **more)) == {"external_name"}


@pytest.mark.parametrize("comes", [True, False])
async def test_S10_somebody_from_outside_who_doesnt_come_stands_on_no_alarm(
    store: Store, comes: bool
) -> None:
    world = World(store)
    await asked(world, **GUEST)
    await world.lee.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    (who,) = (field for field in world.ana.form.fields if field.name == "going")
    assert "Ed Welfare, from outside" in str(who)
    await world.ana.fills({} if comes else {"going": "ana"}, kit=KIT)
    await world.ana.says("help")
    alarm = said(world.office_alarmed("Ana Teach").card)
    assert ("07700 900777" in alarm) is comes
    assert ("Ed Welfare" in alarm) is comes
    tom_knows_nothing(world)


async def test_S1_who_is_left_without_the_second_person_from_outside_is_refused_and_watched(
    store: Store,
) -> None:
    world = World(store, extra='[policy]\npairs.alone = "never"\n')
    await asked(world, **GUEST)
    await world.lee.presses("Approve")
    await world.until("13:15")
    await world.ana.presses("I'm leaving now")
    await world.ana.fills(kit=KIT, going="ana")
    assert world.ana.form.errors["going"] == "At this school nobody goes alone. Who goes with you?"
    assert "“Best practice states that SLPS staff will visit in twos" in str(world.ana.form)
    assert isinstance((await world.only_visit()).phase, Approved)
    await world.ana.presses("I've already left")
    assert isinstance((await world.only_visit()).phase, Out)
    tom_knows_nothing(world)


OWN = """
[policy]
pairs.with_risks = "reason"
request.needs = ["to_see"]
[policy.kinds.safeguarding]
staff = 2
with_role = ["dsl"]
needs = ["who_does_what"]
"""


async def test_a_school_writes_its_own_rules_for_a_kind_in_a_few_lines(store: Store) -> None:
    world = World(store, extra=OWN)
    await world.ana.says("visit")
    plan = {"leaving_at": "2026-11-23T13:15", "return_at": "2026-11-23T14:00", "place": "14 Oak"}
    wrong = await sent_back(world.ana, **plan, purpose="A worry", kind="Safeguarding", risks="Dog")
    assert wrong == {
        "companions": "A visit of the kind Safeguarding takes at least two from school, one of "
        "them the Designated Safeguarding Lead. Who goes along?",
        "why_alone": "You would go alone: can you say why? Risks are named.",
        "to_see": "Who do you need to see?",
    }
    more = {"companions": "okoro", "to_see": "Her mother"}
    assert set(await sent_back(world.ana, **more)) == {"who_does_what"}
    assert await sent_back(world.ana, who_does_what="Ada speaks") == {}
    await world.okoro.does(Press("approve", (await world.only_visit()).id, 1, {"revision": "1"}))
    assert isinstance((await world.only_visit()).phase, Requested)
    tom_knows_nothing(world)


async def test_in_messages_a_kind_is_asked_for_what_it_needs_and_no_other(store: Store) -> None:
    world = World(store, extra=KIM)
    ana = world.ana
    ana.forms = False
    for kind, follow_up, unannounced in (
        ("Extended leave abroad", True, False),
        ("Attendance", False, True),
        ("Welfare", False, False),
    ):
        await ana.says("visit")
        await ana.presses(kind)
        questions = [ana.told]
        for _ in range(40):
            if "this is what I have" in ana.told:
                break
            if "Who authorised" in ana.told or "Does it go unannounced?" in ana.told:
                await ana.says("yes" if "Does it go" in ana.told else "Priya Shah")
            elif "Address" in ana.told or "Purpose" in ana.told:
                await ana.says("14 Oak Road")
            else:
                await ana.says("Sam Assist" if "Going with" in ana.told else "skip")
            questions.append(ana.told)
        told = " ".join(questions)
        assert ("Where can the parents go for more help?" in told) is follow_up
        assert ("Does it go unannounced?" in told) is unannounced
        assert ("who authorised it?" in told) is unannounced
        await ana.presses("Drop it")
    tom_knows_nothing(world)
