"""What each key of a policy says in plain English: one table, a key a line.

Whoever adds a key to ``bot/settings/policy_keys.py`` adds its line here, in the section where a
governor would look for it; a test fails until it is there, and until another value of the key
reads differently. A line is
- words with ``{}`` where the value goes (``{any}`` for people joined by "or", ``{quoted}`` for
  sentences that people are shown),
- or words by value, for a flag or a choice: ``{True: ..., False: ...}``. ``NONE`` is no time or
  an empty list, ``ANY`` every value that isn't named,
- or a function of the whole policy that gives a sentence, or several.

A clause's rule is named with the section where its sentence is shown. One that is named nowhere
stands at the end: no clause is lost.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.cards import policy_kinds
from bot.cards import policy_values as values
from bot.domain.policy import Policy

NONE: Final = "(none)"
ANY: Final = "(any)"
Words = str | Mapping[object, str] | Callable[[Policy], str | Iterable[str]]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the keys below it with their words, and the rules whose clauses stand there;
    ``always`` is what Doorstep does under every policy, ``named`` gives more clauses that stand
    there, where the policy itself says which.
    """

    heading: str
    says: Mapping[str, Words]
    clauses: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    named: Callable[[Policy], Iterable[str]] = values.named_nowhere


def _stricter(where: str) -> Mapping[object, str]:
    return {
        "free": "",
        "asked": f"{where} whoever would go alone is asked why.",
        "reason": f"{where} nobody can ask to go alone without saying why.",
        "never": f"{where} nobody goes alone.",
    }


SECTIONS = (
    Section(
        "Approval",
        {
            "approval.stages": values.approval,
            "approval.same_person": values.same_person,
            "approval.before_appointment": {
                True: "They say yes before a time is agreed with the family.",
                False: "They approve a visit at its planned times.",
            },
            "approval.window": values.window,
            "approval.remind": "Without an answer after {}, they are asked once more.",
            "approval.then": {
                NONE: "Nobody else chases it.",
                ANY: "Without one after as long again, it is chased by {}.",
            },
            "approval.valid_for": "A yes holds from {} before the planned leaving time until as "
            "long after it.",
            "approval.small_change": {
                NONE: "Any change of the plan asks again.",
                ANY: "A changed plan asks again, but for a shift of its times by at most {}.",
            },
        },
        ("approval",),
    ),
    Section(
        "Is the visit needed?",
        {"request.needs": policy_kinds.needs, "request.asks": policy_kinds.asks},
        ("necessary", "before_or_after", "ring_at_break", "purpose", "to_see", "needs"),
        ("Whoever asks for a visit writes down where and why. Whoever approves reads it.",),
    ),
    Section(
        "Kinds of visit",
        {"kinds": policy_kinds.kinds},
        ("attendance", "unannounced", "abroad", "welfare_officer"),
        named=values.named_by_kinds,
    ),
    Section(
        "Who goes",
        {
            "pairs.alone": {
                "free": "Staff go in pairs whenever possible. Whoever approves sees who goes "
                "alone.",
                "asked": "Staff go in pairs whenever possible. Whoever would go alone is asked "
                "why, and whoever approves sees the reason, or that none was given.",
                "reason": "Staff go in pairs whenever possible. Nobody can ask to go alone without "
                "saying why, and whoever approves sees the reason.",
                "never": "Nobody goes alone.",
            },
            "pairs.with_risks": _stricter("Where risks are named in the request,"),
            "pairs.after_trouble": _stricter(
                "After an alarm, a call for help or a concern at an address,"
            ),
            "pairs.flagged": {
                **_stricter("Where a flag holds,"),
                "reason": "Where a flag holds, nobody is approved to go alone without saying why.",
            },
        },
        ("pairs", "alone", "who_does_what"),
    ),
    Section(
        "Known risks",
        {
            "flags.by": "A known risk at an address is kept as a flag, with an author and a "
            "reason. It may be set by {any}.",
            "flags.at_most": "No flag holds longer than {}.",
            "flags.review_every": "Its author looks at it again every {}.",
            "flags.shown_after": {
                NONE: "An ended flag is not shown any more.",
                ANY: "An ended flag is shown to whoever approves for {} more, as ended.",
            },
            "flags.trouble_counts": {
                NONE: "Earlier trouble at an address doesn't count as a flag.",
                ANY: "An alarm, a call for help or a concern at an address counts like a flag for "
                "{}.",
            },
        },
        ("flags", "concerned"),
    ),
    Section(
        "The appointment",
        {
            "appointment.needed": {
                "always": "Nobody leaves before an appointment with the family is recorded.",
                "whenever_possible": "There is an appointment whenever possible. Whoever says yes "
                "to a visit without one puts their name to it.",
                "no": "Nobody is asked for an appointment.",
            },
        },
        ("appointment", "phone_or_letter", "purpose_told", "know_whom", "convenient"),
    ),
    Section(
        "Preparation",
        {
            "departure.kit": values.kit,
            "reading.every": {
                NONE: "Nobody is asked whether they have read this policy.",
                ANY: "Whoever goes on visits says that they have read this policy: when it "
                "changes, each term, and at the latest after {}.",
            },
        },
        (
            "familiar",
            "previous",
            "documents",
            "identification",
            "phone",
            "badge",
            "notebook",
            "student",
        ),
        named=values.named_by_kit,
    ),
    Section(
        "Evenings, weekends and holidays",
        {
            "evening.alone": {
                "backup": "While the school is closed nobody goes alone without a named backup, "
                "who has said yes before they leave.",
                "never": "While the school is closed nobody goes alone.",
                "free": "Whoever goes alone while the school is closed is shown to whoever "
                "approves.",
            },
            "evening.backup_stays": values.backup,
        },
        ("evening",),
    ),
    Section(
        "Leaving",
        {
            "visit.at_most": "A visit is planned for at most {}.",
            "visit.rounds": {
                True: "One visit may go to several homes, one after another; they say so at each.",
                False: "Each home is a visit of its own.",
            },
            "departure.nudge_after": "Whoever has approval and hasn't said that they left is asked "
            "about it {} after the planned time.",
            "watch.confirm_within": {
                NONE: "Nobody is asked to say that they are watching.",
                ANY: "Somebody of the office, or whoever stands in for it, says that they are "
                "watching. Without that after {}, the next are asked, until somebody does.",
            },
            "board.refresh": "The office has a board of who is out, renewed with each change and "
            "at least every {}.",
        },
        ("office", "log", "contact"),
        (
            "When they leave, the office, their contact and a senior leader are told until when.",
            "Whoever left without approval is watched all the same, and that is told too.",
        ),
    ),
    Section(
        "During the visit",
        {
            "check_in.every": values.prompts,
            "check_in.not_within": {
                NONE: "They are asked so up to the time when they are due back.",
                ANY: "They are not asked within {} of the time when they are due back, nor of "
                "their last answer.",
            },
            "check_in.reply_within": "Without an answer after {}, the alarm begins.",
            "arrival.reminder": {
                NONE: "They are reminded of nothing before they go in.",
                ANY: "Before they go in, and when they say that they have arrived, they read: "
                "{quoted}",
            },
            "uneasy.tell": {
                NONE: "Whoever is uneasy and leaving can say so quietly, without an alarm. The "
                "office and their senior leader are told.",
                ANY: "Whoever is uneasy and leaving can say so quietly, without an alarm. Told are "
                "{}, and where nobody is on duty their own senior leader; where none of them can "
                "be reached the office, and leaders after that. They are also told where two of "
                "one visit say different things.",
            },
            "uneasy.ask_after": "Whoever is uneasy is asked again after {}; silence then raises "
            "the alarm.",
            "return.nudge": {
                True: "Whoever has arrived is told once when they would leave to be back in time.",
                False: "Nobody is told when they would leave to be back in time.",
            },
            "return.nudge_from": values.nudge_from,
        },
        ("introduce", "notes", "no_promise", "unsafe", "not_too_long"),
    ),
    Section(
        "A concern",
        {
            "concern.tell": "A visitor who has a concern presses one button. It goes at once, by "
            "name and never into a channel, to {}.",
            "concern.seen_within": "Where nobody says within {} that they have seen it, it is sent "
            "again.",
            "concern.then": {
                NONE: "It is sent to nobody else.",
                ANY: "It is then also sent to {}.",
            },
            "concern.after_return": {
                NONE: "It can be pressed until they are back.",
                ANY: "It can be pressed until {} after they are back.",
            },
        },
        ("concern",),
    ),
    Section(
        "Coming back",
        {
            "return.remind_before": "Visitors are reminded {} before they are due back.",
            "return.grace": "Not back, and no answer, {} after they were due: the alarm begins.",
            "return.extend_at_most": {
                NONE: "More time needs an approver's yes.",
                ANY: "They may take up to {} more, in all. Longer needs an approver's yes.",
            },
        },
        ("more_time", "report_back"),
    ),
    Section(
        "When nobody answers, or somebody asks for help",
        {
            "ladder": values.ladder,
            "alarm.repeat": "The last of them are told again every {}, until somebody has it.",
            "alarm.unreached_after": "A message that isn't delivered after {} has reached nobody: "
            "the next people are told.",
            "alarm.owner_holds": "Whoever presses “I'm on it” has {} to make sure. They may have "
            "as long once more; then the next people are told.",
            "alarm.prompt_after_stand_down": "“They are safe” ends the alarm, not the watch: "
            "whoever is still out is asked again after {}.",
            "alarm.undo_for": "“They are safe” can be taken back for {}.",
            "alarm.resume_after": "“I'm OK” from somebody who was due back asks when they will be: "
            "without an answer after {}, the alarm goes on.",
            "help.before_leaving": {
                NONE: "“I need help” from somebody who hasn't left yet is asked about first.",
                ANY: "“I need help” is an alarm at once, also from somebody approved who is due "
                "to leave within {}.",
            },
        },
        ("reach",),
        (
            "This is played ahead before a visit is approved, with the people who will be there.",
            "Whoever approves sees who would be told, and when, in the worst case.",
            "Where an alarm would reach nobody at some moment, nobody approves, and nobody leaves.",
        ),
    ),
    Section(
        "After the visit",
        {},
        ("report", "review", "follow_up", "debrief"),
        (
            "Doorstep doesn't carry the written report yet, nor what follows from it.",
            "The school sees to these itself.",
        ),
    ),
    Section(
        "Who may know",
        {},
        ("confidential",),
        (
            "Visitors and approvers see everything about a visit.",
            "The office, and whoever else watches, see who is out, where and when: never why.",
            "Nobody else learns that there is a visit.",
        ),
    ),
)
LAST = "The written policy says besides"
