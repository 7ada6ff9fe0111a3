"""What those who watch do: speak for a visitor, ask, call back, and say yes to more time."""

from bot.domain.commands import (
    AllowMoreTime,
    AskIfOk,
    CallBack,
    RefuseMoreTime,
    TakeBack,
    Vouch,
)
from bot.domain.decide.confirming import by_the_way
from bot.domain.decide.draft import Draft, Outcome
from bot.domain.decide.ladder import settle
from bot.domain.decide.visiting import STILL_FRESH, heard_of, longer
from bot.domain.events import (
    CalledBack,
    CameBack,
    ExtensionRefused,
    OutAgain,
    Prompted,
    ReturnMoved,
)
from bot.domain.refused import Refused
from bot.domain.roles import approvers, may_call_back, may_respond
from bot.domain.schedule import open_prompt
from bot.domain.visit import Finished
from bot.domain.watch import PromptKind, Visitor

NOT_YOU = Refused("This is for the colleagues who watch over the visit.")
LONG_OVER = Refused("This visit was over long ago. If you are worried, ring them.")
NOBODY_OUT = Refused("Nobody is out on this visit any more.")


def ask_visitor(draft: Draft, visitor: Visitor, kind: PromptKind, by: str | None = None) -> None:
    """Open a prompt for one visitor; the return's reply limit is the grace (S9)."""
    policy = draft.policy
    limit = policy.return_grace if kind == "return" else policy.check_in_reply_within
    number = draft.watch.prompts + 1
    prompt = open_prompt(visitor, kind, number, draft.now, limit)
    draft.emit(
        Prompted(
            at=draft.now,
            visitor=visitor.id,
            kind=kind,
            number=number,
            reply_by=prompt.reply_by,
            chase_at=prompt.chase_at,
            by=by,
        )
    )


def vouch(draft: Draft, command: Vouch) -> Outcome:
    """Somebody spoke to this visitor; it counts for nobody else, and ends no call for help."""
    if not may_respond(command.by, draft.visit, draft.facts, draft.now):
        return NOT_YOU
    visitor = draft.watch.visitor(command.visitor)
    if visitor is None:
        return Refused("Who phoned?", field="visitor")
    if not visitor.is_out:
        return Refused(f"{visitor.name} is back already.")
    if command.until is not None and command.until <= draft.now:
        return Refused("That is past already. When will they be back?", field="until")
    if command.what == "back":
        draft.emit(CameBack(draft.now, command.by, visitor.id))
    else:
        heard_of(draft, visitor.id, command.by, "phoned", settles=False)
        if command.until is not None:
            longer(draft, command.by, command.until)
    settle(draft, command.by)
    by_the_way(draft, command.by)
    return draft.outcome


def take_back(draft: Draft, command: TakeBack) -> Outcome:
    """Reported back by mistake: the watch goes on, and they are asked at once, since nobody knows
    how they are. What they said themselves is never taken back.
    """
    if not may_respond(command.by, draft.visit, draft.facts, draft.now):
        return NOT_YOU
    visitor = draft.watch.visitor(command.visitor)
    if visitor is None:
        return Refused("Who is not back?", field="visitor")
    if visitor.is_out:
        return Refused(f"{visitor.name} is out: I am watching.")
    if not visitor.reported_back:
        return Refused(f"{visitor.name} said so. If you are worried, ring them.")
    phase = draft.visit.phase
    if isinstance(phase, Finished) and draft.now > phase.at + STILL_FRESH:
        return LONG_OVER
    draft.emit(OutAgain(draft.now, visitor.id, command.by))
    now_is = draft.visitor(visitor.id)
    if now_is.help_at is None:  # whoever asked for help is not rung
        ask_visitor(draft, now_is, "asked", command.by)
    by_the_way(draft, command.by)
    return draft.outcome


def ask_if_ok(draft: Draft, command: AskIfOk) -> Outcome:
    """Ask every visitor who is out, now. Those in trouble are being looked for already."""
    if not may_respond(command.by, draft.visit, draft.facts, draft.now):
        return NOT_YOU
    return _ask_all(draft, "asked", command.by)


def call_back(draft: Draft, command: CallBack) -> Outcome:
    """Approvers, the DSL and the office may call the visitors back (S12)."""
    if not may_call_back(command.by, draft.visit, draft.facts, draft.now):
        return NOT_YOU
    return _ask_all(draft, "call_back", command.by)


def _ask_all(draft: Draft, kind: PromptKind, by: str) -> Outcome:
    """Whoever asked for help is not asked: a ringing phone may give them away."""
    if not draft.watch.out:
        return NOBODY_OUT
    asked = [visitor for visitor in draft.watch.out if visitor.help_at is None]
    if not asked:
        return Refused("They have asked for help, so I don't ring their phones.", card="alarm")
    if kind == "call_back":
        draft.emit(CalledBack(draft.now, by))
    for visitor in asked:
        ask_visitor(draft, visitor, kind, by)
    by_the_way(draft, by)
    return draft.outcome


def decide_more_time(draft: Draft, command: AllowMoreTime | RefuseMoreTime) -> Outcome:
    """An approver says yes or no; until then, and after a no, the old return stands (S11)."""
    if command.by in draft.visit.visitors or command.by not in approvers(
        draft.visit, draft.facts, draft.now
    ):
        return NOT_YOU
    asked = draft.watch.extension
    if asked is None or asked.number != command.number:
        return Refused("That has been answered already.")
    if isinstance(command, RefuseMoreTime):
        draft.emit(ExtensionRefused(draft.now, command.by))
    elif asked.until <= draft.now:
        return Refused("The time they asked for has passed. Please ring them.")
    else:
        draft.emit(ReturnMoved(draft.now, command.by, asked.until))
    return draft.outcome
