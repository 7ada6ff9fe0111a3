"""Every situation that a card is drawn in, by name."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.cards.gallery.agreed import agreed
from bot.cards.gallery.amended import amended
from bot.cards.gallery.during import during
from bot.cards.gallery.evenings import evenings
from bot.cards.gallery.played import Scene, asked
from bot.cards.gallery.remembered_scenes import remembering
from bot.cards.gallery.rounds import on_a_round
from bot.cards.gallery.school import ALONE, DETAILS, PLAN, POLICY, SCHOOL, TWO_STAGES, at
from bot.domain import commands as c
from bot.domain.facts import Elsewhere
from bot.domain.plan import Details
from bot.domain.policy import Policy
from bot.domain.school import School

BOTH = ("ana", "sam")


def scenes(
    details: Details = DETAILS, school: School = SCHOOL, policy: Policy = POLICY
) -> Mapping[str, Scene]:
    """Play every story. A test may give another school, and details with canaries in them."""
    start = asked(details=details, school=school, policy=policy)
    approved = start.does("13:25", c.Approve("lee", 1))
    left = approved.does("13:52", c.Depart("ana", BOTH))
    out = left.does("13:52", c.ConfirmWatching("pat"))
    return {
        **_before(start, approved, details, school),
        **agreed(details, school),
        **remembering(start),
        **amended(start, approved, details, school),
        **on_a_round(details, school),
        **evenings(approved, details, school),
        "just left": left,
        "a leader is asked to watch": left.until("14:03"),
        "a leader watches": left.until("14:03").does("14:04", c.ConfirmWatching("lee")),
        "nobody watches": left.does("14:20", c.CheckIn("ana"))
        .does("14:20", c.CheckIn("sam"))
        .until("14:23"),
        **_out(start, approved, out),
        **during(out),
        **_silent(out, start, approved),
        **_help(out),
        "help, and nobody has left": approved.does("13:50", c.AskForHelp("sam")),
        **_over(out),
    }


def _before(start: Scene, approved: Scene, details: Details, school: School) -> dict[str, Scene]:
    two = asked(details=details, school=school, policy=TWO_STAGES)
    alone = asked(plan=ALONE, details=replace(details, external=None), school=school)
    surprise = replace(details, appointment="", unannounced=True, authorised_by="shah")
    back_again = start.does("13:24", c.AskForChanges("shah", 1, "Please take Sam with you."))
    elsewhere = Elsewhere("9d2e", "V-1041", at("13:30"), at("14:15"), ("sam",))
    doubled = replace(start, facts=replace(start.facts, others=(elsewhere,)))
    tomorrow = replace(
        PLAN,
        leaving_at=PLAN.leaving_at + timedelta(days=1),
        return_at=PLAN.return_at + timedelta(days=1),
    )
    return {
        "asked": start,
        "asked for tomorrow": asked(plan=tomorrow, details=details, school=school),
        "asked, going alone": alone,
        "asked, unannounced": asked(details=surprise, school=_sam_leads_attendance(school)),
        "asked, on two visits at once": doubled,
        "asked, details unreadable": start.unreadable(),
        "reminded": start.until("13:31"),
        "one of two stages approved": two.does("13:25", c.Approve("lee", 1)),
        "nobody answers": start.until("13:41"),
        "changes asked for": back_again,
        "asked again": back_again.does("13:30", c.Ask("ana", PLAN, details, 1)),
        "approved": approved,
        "approved, not left": approved.until("14:11"),
        "approved, never left": approved.until("15:01"),
        "never approved": start.until("15:01"),
        "declined": start.does("13:24", c.Decline("shah", 1, "Please ring them first.")),
        "withdrawn": approved.does("13:40", c.Withdraw("lee", "We know more now: wait for me.")),
        "cancelled": approved.does("13:40", c.Cancel("ana")),
    }


def _sam_leads_attendance(school: School) -> School:
    roles = {"attendance_lead"}
    people = (replace(p, roles=p.roles | roles) if p.id == "sam" else p for p in school.people)
    return replace(school, people=tuple(people))


def _out(start: Scene, approved: Scene, out: Scene) -> dict[str, Scene]:
    prompted = out.until("14:23")
    due = prompted.does("14:23", c.CheckIn("ana")).does("14:24", c.CheckIn("sam")).until("14:41")
    past = due.until("14:46")
    one_back = due.does("14:42", c.ComeBack("sam"))
    parted = approved.does("13:52", c.Depart("ana", ("ana",)))
    return {
        "out": out,
        "out, details unreadable": out.unreadable(),
        "out, both there": out.does("14:02", c.Arrive("ana")).does("14:03", c.Arrive("sam")),
        "left without approval": start.does("13:55", c.AlreadyLeft("ana")),
        "left without approval, back": start.does("13:55", c.AlreadyLeft("ana"))
        .does("14:20", c.ComeBack("ana"))
        .does("14:21", c.ComeBack("sam")),
        "left without the other": parted,
        "left without the other, back": parted.does("14:20", c.ComeBack("ana")),
        "left, and the other later": parted.does("14:05", c.AlreadyLeft("sam")),
        "prompted": prompted,
        "chased": out.until("14:25"),
        "answered": prompted.does("14:23", c.CheckIn("ana")),
        "asked by the office": out.does("14:05", c.AskIfOk("pat")),
        "called back": out.does("14:05", c.CallBack("shah")),
        "gone somewhere else": out.does("14:12", c.Move("ana", "the clinic, 3 Mill Lane")),
        "wrote": out.does("14:12", c.Write("ana", "not ok, they won't let us go")),
        "sent without words": out.does("14:12", c.Write("ana", "")),
        "due soon": due,
        "past the return": past,
        "past the return, OK": past.does("14:47", c.CheckIn("ana")),
        "more time": due.does("14:42", c.TakeMoreTime("ana", at("15:15"))),
        "much more time asked": due.does("14:42", c.TakeMoreTime("ana", at("17:15"))),
        "much more time allowed": due.does("14:42", c.TakeMoreTime("ana", at("17:15"))).does(
            "14:44", c.AllowMoreTime("shah", 1)
        ),
        "one back": one_back,
        "both back": one_back.does("14:44", c.ComeBack("ana")),
        "one reported back": due.does("14:42", c.Vouch("pat", "sam", "back")),
        "both reported back": due.does("14:42", c.Vouch("pat", "sam", "back")).does(
            "14:43", c.Vouch("pat", "ana", "back")
        ),
    }


def _silent(out: Scene, start: Scene, approved: Scene) -> dict[str, Scene]:
    sam_answers = out.until("14:23").does("14:23", c.CheckIn("sam"))
    silent = sam_answers.until("14:28")
    owned = silent.does("14:34", c.Acknowledge("lee"))
    breach = start.does("13:55", c.AlreadyLeft("ana"))
    rung = silent.until("14:38").does("14:39", c.Ring999("shah"))
    return {
        "silent, both": out.until("14:28"),
        "silent": silent,
        "silent, details unreadable": silent.unreadable(),
        "silent, left without approval": breach.until("14:31"),
        "silent, a leader told": silent.until("14:33"),
        "silent, all told": silent.until("14:38"),
        "silent, told again": silent.until("14:44"),
        "silent, found late": sam_answers.asleep_until("14:50"),
        "silent, owned": owned,
        "silent, owned, uneasy": owned.does("14:36", c.FeelUneasy("ana")),
        "silent, owned longer": owned.does("14:40", c.Acknowledge("lee", "driving there")),
        "silent, lapsed": owned.until("14:45"),
        "silent, alone": approved.does("13:52", c.Depart("ana", ("ana",))).until("14:28"),
        "silent, 999": rung,
        "silent, 999 an hour ago": rung.until("15:40"),
        "silent, one made sure of": out.until("14:28").does(
            "14:29", c.StandDown("lee", 1, 1, "Sam rang me", over=True, who=("sam",))
        ),
    }


def _help(out: Scene) -> dict[str, Scene]:
    help_ = out.does("14:10", c.AskForHelp("ana"))
    owned = help_.does("14:12", c.Acknowledge("pat"))
    return {
        "help": help_,
        "help, not yet heard by anybody": help_.fared("pending"),
        "help, nobody reached": help_.fared("failed"),
        "help, both": help_.does("14:11", c.AskForHelp("sam")),
        "help, owned": owned,
        "help, owned by the office, again": owned.does("14:14", c.AskForHelp("ana")),
        "help, by mistake": owned.does("14:13", c.ClaimMistake("ana")),
        "help, back": owned.does("14:13", c.ComeBack("ana")),
        "help, last rung": help_.until("14:21"),
        "help, 999": help_.until("14:21").does("14:21", c.Ring999("okoro")),
    }


def _over(out: Scene) -> dict[str, Scene]:
    silent = out.until("14:28")
    alarm = silent.does("14:34", c.Acknowledge("lee"))
    watched = alarm.does("14:36", c.StandDown("lee", 1, 1, "I spoke to both", over=False))
    both_answer = silent.does("14:29", c.CheckIn("ana")).does("14:29", c.CheckIn("sam"))
    return {
        "over, still out": watched,
        "over, asked again": silent.does(
            "14:29", c.StandDown("pat", 1, 1, "I spoke to both", over=False)
        ).until("14:40"),
        "over, too late to undo": watched.does("14:46", c.TakeMoreTime("ana", at("15:30")))
        .does("14:46", c.CheckIn("sam"))
        .until("14:52"),
        "over, and the visit": alarm.does(
            "14:36", c.StandDown("lee", 1, 1, "They are in the staff room", over=True)
        ),
        "over, they answered": both_answer,
        "over, back past the return": silent.does("14:50", c.CheckIn("ana")).does(
            "14:50", c.CheckIn("sam")
        ),
        "not over": watched.does("14:38", c.Reopen("shah", 1)),
    }
