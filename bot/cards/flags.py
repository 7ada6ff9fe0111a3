"""Flags: setting one, the list of those that bind, and whether one still holds. Only for whoever
the policy lets; never for the office's channel, and nothing of them on a locked phone (P1).
"""

from datetime import datetime

from bot.cards import general
from bot.cards.model import Block, Button, Buttons, Card, Choice, Form, Line, Text
from bot.cards.overview import Overview
from bot.cards.remembered import risk, said_day
from bot.cards.view import join_names
from bot.domain.duration import say_duration
from bot.domain.flagging import LONGEST_REASON, lengths, may_flag
from bot.domain.known import Flag
from bot.domain.policy import Policy
from bot.domain.roles import OFFICE
from bot.domain.visit import Visit

SHOWN = 8
SET = Button("Flag an address", "flag")


def flag(
    policy: Policy,
    *,
    values: dict[str, str],
    errors: dict[str, str] | None = None,
    visit: Visit | None = None,
) -> Form:
    """A known risk: where, why, and for how long."""
    longest = lengths(policy)
    return Form(
        name="flag",
        title="Flag an address",
        submit="Flag it",
        visit=visit.id if visit else "",
        version=visit.version if visit else 0,
        intro=(
            "Whoever approves a visit there, and whoever goes, sees what you write.",
            "The office doesn't.",
        ),
        fields=(
            Line("place", "Address", required=True, longest=200),
            Line(
                "reason",
                "What is the risk?",
                several_lines=True,
                required=True,
                longest=LONGEST_REASON,
            ),
            Choice(
                "holds",
                "How long does it hold?",
                tuple((str(int(each.total_seconds())), say_duration(each)) for each in longest),
                f"I ask you after {say_duration(policy.flags_review_every)} whether it still does.",
                required=True,
            ),
        ),
        values={"holds": str(int(longest[-1].total_seconds())), **values},
        errors=errors or {},
    )


def flags(overview: Overview) -> Card:
    """Those that bind now, the newest first."""
    if not _may(overview):
        return general.not_yours()
    found = [each for each in overview.flags if each.binds(overview.now)]
    if not found:
        title = "No address is flagged now."
        return Card(title[:-1], title, (Buttons((SET,)),))
    blocks: list[Block] = [block for each in found[:SHOWN] for block in _one(each, overview)]
    if len(found) > SHOWN:
        blocks.append(Text("There are more, set before these."))
    return Card("Flagged addresses", "These addresses are flagged.", (*blocks, Buttons((SET,))))


def flag_due(overview: Overview) -> Card:
    """Before its author: does it still hold? The same message says later what became of it."""
    if not _may(overview):
        return general.not_yours()
    if not overview.flags:
        return general.sentence("That flag isn't kept any more.")
    (known, *_) = overview.flags
    where = known.place or "an address that can't be read just now"
    if known.lifted_at:
        who = _name(known.lifted_by, overview)
        return _over(f"Lifted by {who} on {_day(known.lifted_at, overview)}: {where}.")
    if not known.binds(overview.now):
        ended = f"This flag ended on {_day(known.until, overview)}: {where}."
        again = Text("If it still holds, flag the address again.")
        return Card("A flag has ended", ended, (Text(risk(known)), again, Buttons((SET,))), "ask")
    if known.reviewed_at and known.review_at > overview.now:
        who = _name(known.reviewed_by, overview)
        return _over(
            f"{who} confirmed on {_day(known.reviewed_at, overview)} that this holds: {where}.",
            Text(f"I ask again on {_day(known.review_at, overview)}.", "quiet"),
        )
    return Card(
        notification="Please look at a flag again",
        title=f"Does the flag on {where} still hold?",
        tone="ask",
        blocks=(
            Text(f"What was written: {risk(known)}", "strong"),
            Text(_since(known, overview)),
            Text("Until somebody lifts it, it counts.", "quiet"),
            Buttons(_presses(known)),
        ),
    )


def sure_to_lift(overview: Overview) -> Card:
    """What lifting does, before it does it."""
    if not _may(overview) or not overview.flags:
        return general.not_yours()
    (known, *_) = overview.flags
    yes = Button("Yes, lift it", "lift_flag", args={"flag": known.id, "sure": "yes"})
    where = known.place or "this address"
    return Card(
        notification="Lift this flag?",
        title=f"Lift the flag on {where}?",
        tone="amber",
        blocks=(
            Text(f"What was written: {risk(known)}"),
            Text("From then on it no longer counts. For a while it is shown as lifted, by you."),
            Buttons((yes,)),
            Text("If it still holds, do nothing.", "quiet"),
        ),
    )


def was_set(known: Flag, overview: Overview, out_there: tuple[str, ...] = ()) -> str:
    """The answer to a flag that was set; ``out_there`` are those whom I warn, as far as this reader
    may know of them.
    """
    until, again = _day(known.until, overview), _day(known.review_at, overview)
    asks = f" I ask you on {again} whether it still does." if known.review_at < known.until else ""
    here = "is" if len(out_there) == 1 else "are"
    warned = f" {join_names(out_there)} {here} out there now, and warned." if out_there else ""
    return f"Flagged: it holds until {until}.{warned}{asks} The office doesn't see it."


def _may(overview: Overview) -> bool:
    return overview.reader != OFFICE and may_flag(
        overview.reader, overview.school, overview.policy, overview.now
    )


def _one(known: Flag, overview: Overview) -> tuple[Block, ...]:
    return (
        Text(known.place or "An address that can't be read just now", "strong"),
        Text(risk(known)),
        Text(_since(known, overview), "quiet"),
        Buttons(_presses(known)),
    )


def _since(known: Flag, overview: Overview) -> str:
    by = f"Set by {_name(known.by, overview)} on {_day(known.at, overview)}"
    seen = ""
    if known.reviewed_at:
        who, day = _name(known.reviewed_by, overview), _day(known.reviewed_at, overview)
        seen = f", confirmed by {who} on {day}"
    return f"{by}{seen}. It holds until {_day(known.until, overview)}."


def _presses(known: Flag) -> tuple[Button, ...]:
    return (
        Button("It still holds", "confirm_flag", args={"flag": known.id}),
        Button("Lift it", "lift_flag", args={"flag": known.id}),
    )


def _over(title: str, *blocks: Block) -> Card:
    return Card("A flag was looked at again", title, blocks, "done")


def _name(person: str, overview: Overview) -> str:
    return overview.school.name_of(person)


def _day(moment: datetime, overview: Overview) -> str:
    return said_day(overview.school.local(moment), overview.school.local(overview.now))
