"""What the school remembers, before whoever may see everything about a visit: known risks at the
address, and earlier visits, with the way to each for whoever may see that one.

That nothing was found is never said as if nothing were known. Nothing here is for the office, for a
notification, or for somebody who is out.
"""

from datetime import datetime

from bot.cards.clauses import quoted
from bot.cards.model import Block, Button, Buttons, Text
from bot.cards.view import View, join_names
from bot.domain.flagging import may_flag
from bot.domain.known import Flag, Previous
from bot.domain.roles import OFFICE, Audience, audience

NOTHING_FOUND = (
    "Nothing found under this address as it is written. That doesn't mean that nothing is known."
)
NOT_LOOKED = "I could not look whether anything is known of this address."
SHOWN = 3
"""So many flags of an address stand on one card, and so many ended ones: a card has to fit."""
UNREADABLE = "the reason can't be read just now"
BECAME = {
    "planned": "is planned",
    "out": "is out now",
    "over": "everybody came back",
    "declined": "was declined",
    "withdrawn": "the approval was withdrawn",
    "cancelled": "was cancelled",
    "expired": "nobody left",
}
TROUBLE = {"alarm": "there was an alarm", "help": "somebody asked for help"}


def remembered(view: View) -> tuple[Block, ...]:
    """Flags first, ended ones after those that bind, then earlier visits. Where the address can't
    be read, that is said elsewhere.
    """
    if view.details is None:
        return ()
    known = view.facts.known
    seen = [p for p in known.previous if _may_see(p, view)]
    here = [p for p in seen if p.here]
    family = [p for p in seen if not p.here and _may_see(p, view, Audience.ALL)]
    binding = known.binding(view.now)
    ended = [f for f in known.flags if not f.binds(view.now) and _still_shown(f, view)]
    no_part = [p for p in known.previous if p.here and p not in seen and not _kept(p, view)]
    troubled = known.troubled(view.now, view.policy.flags_trouble_counts)
    trouble = [p for p in troubled if not _kept(p, view)]
    found = bool(binding or ended or here or no_part or trouble)
    more = len(binding) - SHOWN
    quiet = NOTHING_FOUND if known.looked else NOT_LOOKED
    buttons = tuple(_show(p) for p in (*here, *family))
    return (
        *(block for flag in binding[:SHOWN] for block in _binding(flag, view)),
        *((Text(f"And {more} more, set before these.", "strong"),) if more > 0 else ()),
        *(Text(_ended(flag, view), "quiet") for flag in ended[:SHOWN]),
        *((Text(f"Other visits to this address: {_listed(here, view)}."),) if here else ()),
        *_had_no_part(no_part, view),
        *((Text(f"About a family written alike: {_listed(family, view)}."),) if family else ()),
        *(() if found and known.looked else (Text(quiet, "quiet"),)),
        *(
            (Text(clause, "quiet"),)
            if buttons and (clause := quoted(view.policy, "previous"))
            else ()
        ),
        *((Buttons(buttons),) if buttons else ()),
    )


def may_set(view: View) -> tuple[Block, ...]:
    """A way to flag the address, for whoever the policy lets; never in a channel."""
    may = may_flag(view.reader, view.facts.school, view.facts.policy, view.now)
    if view.reader == OFFICE or view.reader in view.visit.visitors or not may:
        return ()
    return (Buttons((view.button("Flag this address", "flag"),)),)


def unread(view: View) -> tuple[Block, ...]:
    """To whoever goes, until they have said that they have read the policy."""
    if view.reader not in view.facts.unread:
        return ()
    ask = "You haven't said this term that you have read the home visits policy. Please do."
    return (Text(ask, "strong"), Buttons((Button("Show the policy", "policy"),)))


def risk(flag: Flag) -> str:
    """Why it stands."""
    return flag.reason or UNREADABLE


def day(view: View, moment: datetime) -> str:
    """``3 Nov``, with the year where it isn't this one."""
    return said_day(view.facts.school.local(moment), view.facts.school.local(view.now))


def said_day(local: datetime, today: datetime) -> str:
    """A day as a card says it, in the school's own time."""
    year = f" {local.year}" if local.year != today.year else ""
    return f"{local.day} {local:%b}{year}"


def _binding(flag: Flag, view: View) -> tuple[Block, ...]:
    by = f"{view.name(flag.by)}, {day(view, flag.at)}"
    again = f" {view.name(flag.reviewed_by)} confirmed it" if flag.reviewed_at else ""
    since = f"{again} on {day(view, flag.reviewed_at)}." if flag.reviewed_at else ""
    return (
        Text(f"Known risk at this address ({by}): {risk(flag)}", "strong"),
        Text(f"It holds until {day(view, flag.until)}.{since}", "quiet"),
    )


def _still_shown(flag: Flag, view: View) -> bool:
    over = flag.lifted_at or flag.until
    return view.now < over + view.policy.flags_shown_after


def _ended(flag: Flag, view: View) -> str:
    how = (
        f"lifted by {view.name(flag.lifted_by)} on {day(view, flag.lifted_at)}"
        if flag.lifted_at
        else f"ended on {day(view, flag.until)}"
    )
    return f"An earlier risk at this address, {how}, and no longer counts: {risk(flag)}"


def _listed(previous: list[Previous], view: View) -> str:
    return "; ".join(f"{p.reference} on {day(view, p.at)}, {_became(p)}" for p in previous)


def _became(previous: Previous) -> str:
    """A concern is never told here, nor hinted at: nobody learns who had one."""
    return TROUBLE.get(previous.trouble, BECAME[previous.outcome])


def _kept(previous: Previous, view: View) -> bool:
    return view.reader in previous.was.plan.kept_from


def _may_see(previous: Previous, view: View, what: Audience = Audience.WATCH) -> bool:
    """Whether this reader has a right to so much of that visit too. Whose family a visit is about
    is for whoever may see all of it: others could try names.
    """
    return audience(view.reader, previous.was, view.facts, view.now) >= what


def _had_no_part(previous: list[Previous], view: View) -> tuple[Text, ...]:
    """That there was something, to whoever goes there and has no right to it: not when, nor what,
    but whom to ask.
    """
    if not previous:
        return ()
    school = view.facts.school
    who = school.holders("dsl", view.now) or school.with_role("dsl")
    ask = join_names(person.name for person in who) or "the safeguarding lead"
    return (Text(f"Colleagues have planned or made visits to this address. Please ask {ask}."),)


def _show(previous: Previous) -> Button:
    """The way to it."""
    return Button(f"Show {previous.reference}", "show", previous.was.id, previous.was.version)
