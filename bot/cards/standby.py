"""The card of whoever is asked to stand by: the contact, and the backup. It says who asks and when,
and nothing of where or why: who has said yes reads the place on the departure notice (P1).
"""

from bot.cards.model import Block, Button, Buttons, Card, Text
from bot.cards.view import View
from bot.domain.duration import say_duration
from bot.domain.duty import times
from bot.domain.roles import OFFICE, may_name_stand_by
from bot.domain.rules import shortfalls
from bot.domain.rules.case import Case
from bot.domain.standby import Part, Word
from bot.domain.visit import Ended, Finished

_ASKS = {"contact": "asks you to be reachable", "backup": "asks you to be the backup"}
_IS = {"contact": "You are to be reachable for", "backup": "You are the backup for"}
YES = {"contact": "I'll be reachable", "backup": "I'll do it"}


def stand_by(view: View) -> Card:
    """What is asked of this reader, or what they have said."""
    reference, part = view.visit.reference, view.visit.plan.part_of(view.reader)
    if part is None or view.reader in view.visit.visitors:
        return _released(view)
    word = view.visit.word(part)
    if isinstance(view.visit.phase, Finished | Ended):
        over = f"{view.lead}'s visit {reference} is over"
        said = "Thank you." if word and word.said == "yes" else ""
        return Card(over, f"{over}. {said}".strip(), tone="done")
    if word is None:
        return _asked(view, part)
    if word.said != "yes":
        return _cannot(view, part, word)
    longer = view.visit.is_out and not word.covers(word.since, view.watch.expected_return)
    return _longer(view, part, word) if longer else _agreed(view, part, word)


def _released(view: View) -> Card:
    """Somebody else is asked. Until that one says yes, they are told what happens as before."""
    reference, visit = view.visit.reference, view.visit
    word = next((each for each in visit.words if each.by == view.reader), None)
    if word and word.said == "released" and visit.watch and view.reader in visit.watch.told:
        asked = visit.plan.named(word.part)
        if visit.is_out and asked and not visit.stands_by(word.part):
            words = f"{view.name(asked)} is asked to stand by for {view.lead} in your place"
            until = Text("Until they say yes, you are told as before what happens.", "strong")
            return Card(f"{words} ({reference})", f"{words}.", (until,))
    words = f"You need no longer stand by for {view.lead} ({reference})"
    return Card(words, f"{words}.", tone="done")


def _asked(view: View, part: Part) -> Card:
    words = f"{view.lead} {_ASKS[part]}, {_when(view)}"
    yes = view.button(YES[part], "stand_by", "primary")
    no = view.button("I can't", "cannot_stand_by")
    return Card(
        notification=f"{words} ({view.visit.reference})",
        title=f"{words}.",
        tone="ask",
        blocks=(
            *(Text(line) for line in _means(view, part)),
            *_others(view),
            Buttons((yes, no)),
            Text("If you say nothing, they see that you haven't answered.", "quiet"),
        ),
    )


def _means(view: View, part: Part) -> tuple[str, ...]:
    if part == "contact":
        stays = "You stay behind, and keep your phone with you. "
        return (f"{stays}You are told at once should they not answer, or ask for help.",)
    longer = say_duration(view.policy.evening_backup_stays)
    yours = (
        "The school is closed then, so the office's part is yours: stay awake and keep your phone "
        "on until they are back."
    )
    late = (
        f"They may be late: please be there for up to {longer} more. You are told when they leave, "
        "are due, are late and are back."
    )
    return yours, late


def _others(view: View) -> tuple[Text, ...]:
    """Two at once is much to ask: said, and not forbidden."""
    start, end = times(view.visit)
    return tuple(
        Text(f"You are the backup for {each.reference} at that time too.", "strong")
        for each in view.facts.engaged
        if each.person == view.reader and not each.goes and each.clashes(start, end)
    )


def _agreed(view: View, part: Part, word: Word) -> Card:
    words = f"{_IS[part]} {view.lead}, {_when(view)}"
    blocks: list[Block] = []
    if view.visit.is_out:
        due = view.clock(view.watch.expected_return)
        blocks.append(Text(f"They are out, due back {due}.", "strong"))
    elif part == "backup":
        blocks.append(Text("When they leave, I ask you to press I'm watching."))
    if part == "backup":
        blocks.append(Text(f"You said that you would be there until {view.clock(word.until)}."))
    after_all = Buttons((view.button("I can't after all", "cannot_stand_by"),))
    return Card(
        notification=f"{words} ({view.visit.reference})",
        title=f"{words}.",
        tone="done",
        blocks=(*blocks, *_others(view), after_all),
    )


def _longer(view: View, part: Part, word: Word) -> Card:
    """They said yes, and not to so long: they are asked once more."""
    does = "be the backup" if part == "backup" else "be reachable"
    due, known = view.clock(view.watch.expected_return), view.clock(word.until)
    yes = view.button(YES[part], "stand_by", "primary")
    no = view.button("I can't after all", "cannot_stand_by")
    words = f"{view.lead} needs longer, until {due}. Can you {does} for so long?"
    return Card(
        notification=f"{words} ({view.visit.reference})",
        title=words,
        tone="ask",
        blocks=(
            Text(f"You said that you would be there until {known}, and that stands."),
            Buttons((yes, no)),
        ),
    )


def _cannot(view: View, part: Part, word: Word) -> Card:
    if word.said == "out":
        words, why = f"You are out, so you can't stand by for {view.lead}", "When you are back"
    elif word.said == "away":
        words, why = f"You are away, so you can't stand by for {view.lead}", "If you are here"
    elif word.said == "unreached":
        words, why = f"You couldn't be asked to stand by for {view.lead}", "If you can"
    else:
        words, why = f"You can't stand by for {view.lead}, {_when(view)}", "If you can after all"
    another = (_name_another(view, part),) if view.visit.is_out else ()
    button = Buttons((view.button(YES[part], "stand_by"), *another))
    told = Text(f"{view.lead} is told. {why}, press {YES[part]}.")
    return Card(f"{words} ({view.visit.reference})", f"{words}.", (told, button))


def _when(view: View) -> str:
    watch = view.visit.watch
    if watch is None:
        return view.when()
    return f"until {view.clock(watch.expected_return)}"


def standing(view: View, part: Part) -> str:
    """How it stands with a contact or backup, for whoever goes and whoever approves."""
    named = view.visit.plan.named(part)
    if named is None:
        return "Nobody named"
    name, word = view.name(named), view.visit.word(part)
    if word is None and not view.visit.plan.fixed:
        return f"{name}, whom I ask once the time is agreed"
    if word is None:
        return f"{name}, who hasn't answered yet"
    match word.said:
        case "yes" if not word.covers(word.since, times(view.visit)[1]):
            return f"{name}, who has said yes until {view.clock(word.until)}"
        case "yes":
            return f"{name}, who has said yes"
        case "away":
            return f"{name}, who is away and can't"
        case "unreached":
            return f"{name}, whom I can't reach"
        case _:
            return f"{name}, who can't"


def rows(view: View) -> tuple[tuple[str, str], ...]:
    """Who stands by, as rows."""
    backup = (("Backup", standing(view, "backup")),) if view.visit.plan.backup else ()
    return (("Knows of it", standing(view, "contact")), *backup)


def lacking(view: View) -> tuple[Text, ...]:
    """Whoever was named and can't: said in bold, since somebody else is needed."""
    found = []
    for part in _parts(view):
        word = view.visit.word(part)
        if word and word.said != "yes":
            who = "the backup" if part == "backup" else "reachable"
            why = {
                "away": "is away, and so can't be",
                "unreached": "gets no message of mine, and so can't be",
            }
            said = why.get(word.said, "can't be")
            found.append(Text(f"{view.name(word.by)} {said} {who}.", "strong"))
    return tuple(found)


def _parts(view: View) -> tuple[Part, ...]:
    """What is asked for: one person for both gives one word."""
    plan = view.visit.plan
    both = plan.contact == plan.backup
    return ("backup",) if both and plan.backup else ("contact", "backup")


def replaced(view: View) -> tuple[Text, ...]:
    """While they are out: who was asked in somebody's place, and what they said."""
    visit, left = view.visit, view.watch.departed_at
    parts = {each.part for each in visit.words if each.said == "released" and each.at >= left}
    found = []
    for part in _parts(view):
        named = visit.plan.named(part)
        if part not in parts or named is None:
            continue
        who = "be the backup" if part == "backup" else "be reachable"
        name = "You are" if named == view.reader else f"{view.name(named)} is"
        if visit.stands_by(part):
            found.append(Text(f"{name} {'the backup' if part == 'backup' else 'reachable'} now."))
        elif visit.word(part) is None:
            found.append(Text(f"{name} asked to {who}, and hasn't answered yet."))
    return tuple(found)


def name_another(view: View) -> tuple[Button, ...]:
    """While they are out: for whoever may, where somebody named can't."""
    visit = view.visit
    if not visit.is_out:
        return ()

    def may(part: Part) -> bool:
        facts, now = view.facts, view.now
        return view.reader == OFFICE or may_name_stand_by(view.reader, part, visit, facts, now)

    lost = (p for p in _parts(view) if (word := visit.word(p)) and word.said != "yes")
    return tuple(_name_another(view, part) for part in lost if may(part))


def _name_another(view: View, part: Part) -> Button:
    return view.button(f"Name another {part}", "name_stand_by", part=part)


def name_others(view: View) -> tuple[Block, ...]:
    """To the lead, beside who has not said yes: somebody else can be named in one go."""
    plan, buttons = view.visit.plan, list[Button]()
    for part in _parts(view):
        if plan.named(part) and not view.visit.stands_by(part):
            buttons.append(_name_another(view, part))
        elif not plan.named(part) and _wants(view, part):
            buttons.append(view.button(f"Name a {part}", "name_stand_by", part=part))
    return (Buttons(tuple(buttons)),) if buttons else ()


def _wants(view: View, part: Part) -> bool:
    """Whether somebody is missed, or the door is shut for want of them."""
    missing = shortfalls(Case.of(view.visit, view.facts, view.now))
    return any(each.field == part for each in missing)
