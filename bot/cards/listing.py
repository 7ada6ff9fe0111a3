"""Several alarms told to one reader at one time: one list, most urgent first (S9).

Whole cards while they fit in one message; else a short row each, with its presses, or the two that
count most; with very many, the most urgent have their presses, the next a line, and the rest a
count and the way to them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.cards.fit import Room
from bot.cards.model import Block, Buttons, Card, Divider, Facts, Text
from bot.cards.rows import ring, row, short_place, urgency
from bot.cards.view import View, few_names
from bot.cards.whereabouts import EVERYBODY
from bot.domain.roles import Audience

Listed = tuple[View, Card]
WITH_PRESSES = 0.75
"""How much of a list that is too long goes to rows with presses; the rest is for lines."""


def one_list(alarms: Sequence[Listed]) -> Card:
    """Put alarm cards together. Calls for help come first, then whoever is overdue longest, and
    what is over last.
    """
    ordered = sorted(alarms, key=lambda each: (each[0].alarm is None, urgency(each[0])))
    open_ = [view for view, _ in ordered if view.alarm]
    blocks = (
        _all(ordered, _whole) or _all(ordered, _short) or _all(ordered, _brief) or _most(ordered)
    )
    if not open_:
        title, tone = "These alarms are over.", "done"
    elif len(open_) == 1:
        title, tone = "One visit still needs you.", "alarm"
    else:
        title, tone = f"{len(open_)} visits need you, the most urgent first.", "alarm"
    names = few_names(
        dict.fromkeys(v.name for view in open_ for v in view.watch.troubled or view.watch.out)
    )
    return Card(
        notification=f"{names}: please act ({len(open_)} alarms)" if open_ else title,
        title=title,
        blocks=tuple(blocks),
        tone="alarm" if tone == "alarm" else "done",
    )


def _all(ordered: Sequence[Listed], shape: Callable[[Listed], list[Block]]) -> list[Block]:
    """Every alarm in this shape, or nothing where that is too much."""
    blocks = [block for each in ordered for block in shape(each)]
    return blocks if Room().fits(blocks) else []


def _most(ordered: Sequence[Listed]) -> list[Block]:
    first, whole, blocks, shown = Room(WITH_PRESSES), Room(), list[Block](), 0
    for each in ordered:
        entry = _brief(each)
        if first.fits(entry) and whole.fits(entry):
            blocks += entry
            shown += 1
        else:
            break
    for each in ordered[shown:]:
        line = Text(_line(each))
        if not whole.fits((line,)):
            break
        blocks.append(line)
        shown += 1
    if left := len(ordered) - shown:
        blocks.append(Text(f"And {left} more. To see them all, press {EVERYBODY.label}", "strong"))
    return [*blocks, Buttons((EVERYBODY,))]


def _whole(listed: Listed) -> list[Block]:
    _, card = listed
    shown = [b for b in card.blocks if isinstance(b, Text | Facts | Divider | Buttons)]
    return [Divider(), Text(card.title, "strong"), *shown]


def _brief(listed: Listed) -> list[Block]:
    view, card = listed
    return _short((view, replace(card, blocks=(Buttons(card.buttons[:2]),))))


def _short(listed: Listed) -> list[Block]:
    view, card = listed
    blocks: list[Block] = [Text(card.title, "strong")]
    if _responds(view):
        blocks.append(Text(f"{short_place(view)}. {ring(view)}"))
    if card.buttons:
        blocks.append(Buttons(card.buttons))
    return blocks


def _line(listed: Listed) -> str:
    view, card = listed
    return f"{row(view)} {ring(view)}" if _responds(view) else card.title


def _responds(view: View) -> bool:
    """Whether the reader is asked to look for somebody, and is not the one who is looked for."""
    return (
        view.alarm is not None
        and view.reader not in view.visit.visitors
        and view.audience > Audience.NOTHING
    )
