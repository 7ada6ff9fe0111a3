"""What differs from the plan that people gave their word for: field by field, as it was and as it
is now, to be read in five seconds (S12). What says why goes to whoever decides, and to nobody else.
"""

from collections.abc import Iterable

from bot.cards.model import Block, Facts, Text
from bot.cards.view import View, join_names
from bot.cards.words import or_you
from bot.domain.plan import Details, External, Plan
from bot.domain.visit import Approved, ChangesAsked, Earlier

Row = tuple[str, str]
LONGEST = 80
"""Of a text that is shown beside what it was; the whole new one stands further down."""

_WHY = (
    ("kind", "Kind of visit"),
    ("families", "Pupil or family"),
    ("purpose", "Why"),
    ("why_not_in_school", "Why can't the parent come in?"),
    ("follow_up", "Followed up"),
    ("more_help", "More help for the parents"),
    ("to_see", "To see"),
    ("discussion", "Plan for the discussion"),
    ("appointment", "Appointment"),
    ("risks", "Risks"),
    ("needs", "Language or other needs"),
    ("who_does_what", "Who does what"),
    ("why_alone", "Why alone"),
)


def for_approvers(view: View) -> tuple[Block, ...]:
    """Who approved what, and every change since; nothing for a plan that is as it was."""
    earlier = view.visit.earlier
    if earlier is None:
        return ()
    return _said(view, earlier, (*_plain(view, earlier), *_outside(view), *_why(view)))


def for_visitors(view: View) -> tuple[Block, ...]:
    """The same for whoever goes; of what the visit is about only that it changed."""
    earlier = view.visit.earlier
    if earlier is None:
        return ()
    rows = [*_plain(view, earlier), *_outside(view, name_only=True)]
    about = [label for label, _ in _why(view)]
    if about:
        rows.append(("Also changed", ", ".join(about)))
    return _said(view, earlier, rows)


def shifted(view: View) -> tuple[Block, ...]:
    """A small shift since the approval, which holds: the times, as anybody who watches may see."""
    earlier = view.visit.earlier
    moved = earlier is not None and not earlier.plan.same_as(view.visit.plan)
    if earlier is None or not (moved and isinstance(view.visit.phase, Approved)):
        return ()
    said = "The times have shifted a little since, by what needs no new approval:"
    if set(earlier.plan.companions) != set(view.visit.plan.companions):
        said = "What has changed since needs no new approval:"
    rows = (_goes(view, earlier), *_times(view, earlier))
    return (Text(said), Facts(tuple(row for row in rows if row[1])))


def _said(view: View, earlier: Earlier, rows: Iterable[Row]) -> tuple[Block, ...]:
    shown = tuple(rows)
    words = join_names(f"{or_you(view, v.by)} at {view.clock(v.at)}" for v in earlier.votes)
    legible = earlier.legible and view.details is not None
    if not shown and legible and isinstance(view.visit.phase, ChangesAsked):
        return (Text(f"Approved by {words} as it was."),) if words else ()
    if not shown and legible:
        same = "It is the same plan again, and is asked for anew."
        return (Text(f"Approved by {words}. {same}" if words else same, "strong"),)
    asked = f"Changed since it was asked for at {view.clock(earlier.asked_at)}:"
    return (
        Text(f"Approved by {words}, before these changes:" if words else asked, "strong"),
        *((Facts(shown),) if shown else ()),
        *(() if legible else (Text("What else is different can't be read just now."),)),
    )


def _plain(view: View, earlier: Earlier) -> tuple[Row, ...]:
    """What stays readable without a key, and the address."""
    visit, plan = view.visit, earlier.plan
    before, now = _both(view)
    rows = [
        _goes(view, earlier),
        *_times(view, earlier),
        _row("Knows of it", _name(view, plan.contact), _name(view, visit.plan.contact)),
        _row("Backup", _name(view, plan.backup), _name(view, visit.plan.backup)),
        _row("Kept from", _kept(view, plan), _kept(view, visit.plan)),
    ]
    if before and now:
        rows.insert(0, _row("Where", before.places, now.places))
    return tuple(row for row in rows if row[1])


def _times(view: View, earlier: Earlier) -> tuple[Row, ...]:
    return (_row("When", view.when(earlier.plan), view.when()),)


def _goes(view: View, earlier: Earlier) -> Row:
    (before, now), visit = _both(view), view.visit
    was = _who(view, earlier.lead, earlier.plan, before or now)
    return _row("Who goes", was, _who(view, visit.lead, visit.plan, now))


def _who(view: View, lead: str, plan: Plan, details: Details | None) -> str:
    """``Ana Teach with Sam Assist``; alone only where nobody from outside goes along either."""
    others = join_names(sorted(view.name(person) for person in plan.companions))
    alone = "with nobody else from school" if details and details.external else "alone"
    return f"{view.name(lead)} {f'with {others}' if others else alone}"


def _name(view: View, person: str | None) -> str:
    return view.name(person) if person else "nobody named"


def _kept(view: View, plan: Plan) -> str:
    return join_names(sorted(map(view.name, plan.kept_from))) or "nobody"


def _both(view: View) -> tuple[Details | None, Details | None]:
    now = view.details
    return (now and now.earlier, now)


def _outside(view: View, *, name_only: bool = False) -> tuple[Row, ...]:
    before, now = _both(view)
    if before is None or now is None or before.external == now.external:
        return ()
    was, is_now = (_guest(guest, name_only=name_only) for guest in (before.external, now.external))
    if was == is_now:
        return (("From outside", f"{is_now}, with other particulars"),)
    return (_row("From outside", was, is_now),)


def _guest(guest: External | None, *, name_only: bool) -> str:
    if guest is None:
        return "nobody"
    parts = (guest.name,) if name_only else (guest.name, guest.organisation, guest.phone)
    return ", ".join(part for part in parts if part)


def _why(view: View) -> tuple[Row, ...]:
    before, now = _both(view)
    if before is None or now is None:
        return ()
    rows = [_row(label, getattr(before, name), getattr(now, name)) for name, label in _WHY]
    rows.append(_row("Unannounced", _unannounced(view, before), _unannounced(view, now)))
    return tuple(row for row in rows if row[1])


def _unannounced(view: View, details: Details) -> str:
    if not details.unannounced:
        return "no"
    by = details.authorised_by
    return f"yes, authorised by {view.name(by)}" if by else "yes"


def _row(label: str, was: str, is_now: str) -> Row:
    """``was 14 Oak Road; now 20 Elm Street``; empty where nothing changed."""
    if was == is_now:
        return (label, "")
    start = _first_difference(was, is_now)
    return (label, f"was {_piece(was, start)}; now {_piece(is_now, start)}")


def _first_difference(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _piece(text: str, difference: int) -> str:
    """The part of a long text that holds the difference."""
    if len(text) <= LONGEST:
        return text or "empty"
    start = 0 if difference < LONGEST // 2 else difference - LONGEST // 4
    end = start + LONGEST
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
