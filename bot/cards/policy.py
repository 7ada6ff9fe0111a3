"""The school's rules for home visits in plain English, with the sentences of the written policy."""

from collections.abc import Iterator

from bot.cards.general import HOW, PLAN
from bot.cards.model import Block, Buttons, Card, Divider, Facts, Items, Text
from bot.cards.view import join_names
from bot.domain.duration import say_duration as say
from bot.domain.policy import Policy, Rung

MOST_CLAUSES = 20
WHO = {
    "visitors": "whoever is on the visit",
    "contact": "the colleague who knows of it",
    "backup": "their backup",
    "leader": "the visitor's senior leader",
    "duty_leader": "the leader on duty",
    "office": "the office",
    "staff": "staff",
    "senior_leader": "the senior leaders",
    "head": "the Head",
    "dsl": "the Designated Safeguarding Lead",
    "deputy_dsl": "the deputy safeguarding lead",
    "pastoral_head": "the Head of Pastoral Care",
    "attendance_lead": "the attendance lead",
    "admin": "whoever looks after Doorstep",
}
ONE_OF = {"senior_leader": "a senior leader"}


def in_plain_english(policy: Policy) -> Card:
    """Who approves, how often I ask, who is told when nobody answers, and the limits."""
    blocks: list[Block] = [
        Text("Before a visit", "strong"),
        Text(_approval(policy)),
        Text(
            f"A yes holds until {say(policy.approval_valid_for)} after the planned leaving time. "
            f"Times may move by {say(policy.approval_small_change)} without asking again."
        ),
        Text("While you are out", "strong"),
        Text(
            f"I ask whether you are OK every {say(policy.check_in_every)}. You have "
            f"{say(policy.check_in_reply_within)} to answer, and {say(policy.return_grace)} after "
            "the time that you said you would be back."
        ),
        Text("If nobody answers, or somebody asks for help, I tell", "strong"),
        Items(tuple(_rungs(policy)), numbered=True),
        Text(f"The last are told again every {say(policy.alarm_repeat)}, until somebody has it."),
        Text("Limits", "strong"),
        Facts(
            (
                ("Longest visit", say(policy.visit_at_most)),
                ("More time without asking", f"{say(policy.return_extend_at_most)} in all"),
                ("I'm on it holds for", say(policy.alarm_owner_holds)),
            )
        ),
    ]
    if policy.clauses:
        sentences = list(policy.clauses.values())[:MOST_CLAUSES]
        blocks += [Divider(), Text("The written policy says", "strong")]
        blocks.append(Items(tuple(f"“{c.text}” ({c.source})" for c in sentences)))
    blocks.append(Buttons((PLAN, HOW)))
    return Card(
        notification="The policy for home visits",
        title=f"{policy.title}: how it works here.",
        blocks=tuple(blocks),
    )


def _approval(policy: Policy) -> str:
    stages = [" or ".join(ONE_OF.get(r, WHO.get(r, r)) for r in s) for s in policy.approval_stages]
    if not stages:
        return "Nobody has to approve a visit."
    both = " and ".join(f"{stage}" for stage in stages)
    different = "" if policy.approval_same_person or len(stages) < 2 else ", two different people"
    return f"A visit must be approved by {both}{different}. Nobody approves their own."


def _rungs(policy: Policy) -> Iterator[str]:
    for rung in policy.ladder:
        yield f"{_after(rung)}: {join_names(WHO.get(who, who) for who in rung.tell)}"


def _after(rung: Rung) -> str:
    return f"after {say(rung.after)}" if rung.after else "at once"
