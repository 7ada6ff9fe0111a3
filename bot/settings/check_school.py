"""Holds a policy against the people of a school: who could be asked, and who could be told."""

from collections.abc import Collection, Iterable, Iterator

from bot.domain.policy import Policy
from bot.domain.school import Person
from bot.domain.stages import most_filled
from bot.settings.addresses import CHANNELS
from bot.settings.check_kinds import check_kinds
from bot.settings.mistakes import Mistake, quote
from bot.settings.people import goes_out
from bot.settings.reach import BY_VISIT, Reach
from bot.settings.school_file import Settings

_SHOWN = 5


def check_school(
    settings: Settings, *, channels: Collection[str] = CHANNELS
) -> tuple[Mistake, ...]:
    """Give everything worth mending, the warnings of reading included.

    ``channels`` are those that are switched on; an address elsewhere reaches nobody.
    """
    policy, reach = settings.policy, Reach(settings.school, channels)
    by_policy = (
        *_stages(policy, reach),
        *_same_person(policy, reach),
        *_unheld("approval.then", policy.approval_then, reach),
        *_concerns(policy, reach),
        *_ladder(policy, reach),
        *check_kinds(policy, reach),
    )
    return (
        *settings.warnings,
        *map(settings.of_policy, by_policy),
        *_office(reach),
        *_people(reach),
    )


def _concerns(policy: Policy, reach: Reach) -> Iterator[Mistake]:
    """A concern goes to people by name: of one alone it would wait where they are on the visit."""
    able = reach.able((*policy.concern_tell, *policy.concern_then))
    if len(able) < 2:
        names = f"only {able[0].name}" if able else "nobody"
        problem = f"{names} would hear of a concern: on a visit of their own, nobody would"
        yield Mistake("concern.tell", problem, 'naming "head" and "dsl" would be right', "warning")


def _stages(policy: Policy, reach: Reach) -> Iterator[Mistake]:
    for index, stage in enumerate(policy.approval_stages):
        where = f"approval.stages[{index}]"
        able = reach.able(stage)
        if not able:
            problem = f"nobody holds {_or(stage)}, so no visit could be approved"
            yield Mistake(where, problem, _give(stage[0]))
            continue
        yield from _unheld(where, stage, reach)
        if len(able) == 1 and goes_out(able[0]):
            problem = (
                f"only {able[0].name} can fill this stage, which nobody does for their own visit"
            )
            remedy = "one person more who holds a role of this stage would be right"
            yield Mistake(where, problem, remedy, "warning")
        others = [word for word in stage if word != "leader"]
        if "leader" in stage and not reach.able([*others, "senior_leader"]):
            alone = [p for p in reach.school.people if goes_out(p) and not p.leader]
            if alone:
                problem = f"nobody fills this stage for {_names(alone)}"
                remedy = "a leader for each of them, or a senior_leader, would be right"
                yield Mistake(where, problem, remedy)


def _same_person(policy: Policy, reach: Reach) -> Iterator[Mistake]:
    able = [reach.able(stage) for stage in policy.approval_stages]
    if policy.approval_same_person or not all(able):
        return
    filled = most_filled([[person.id for person in stage] for stage in able])
    if filled < len(able):
        everyone = {person.id: person for stage in able for person in stage}
        problem = (
            f"{len(able)} stages need different people, and {_names(everyone.values())} can fill "
            f"only {filled}, so no visit could be approved"
        )
        remedy = "one person more for one of the stages, or same_person = true, would be right"
        yield Mistake("approval.same_person", problem, remedy)


def _unheld(where: str, words: Iterable[str], reach: Reach) -> Iterator[Mistake]:
    for word in words:
        if word not in BY_VISIT and not reach.tells(word):
            yield Mistake(where, f"nobody holds {quote(word)}", _give(word), "warning")


def _ladder(policy: Policy, reach: Reach) -> Iterator[Mistake]:
    for index, rung in enumerate(policy.ladder):
        where = f"ladder[{index}].tell"
        last = rung is policy.ladder[-1]
        remedy = "a word for somebody who is always there would be right"
        if any(reach.tells(word) for word in rung.tell):
            yield from _unheld(where, rung.tell, reach)
        elif last:
            problem = f"the last rung reaches nobody, since nobody holds {_or(rung.tell)}"
            yield Mistake(where, problem, remedy)
        elif not BY_VISIT.intersection(rung.tell) - {"visitors"}:
            problem = f"nobody holds {_or(rung.tell)}, so this rung is always passed over"
            yield Mistake(where, problem, remedy, "warning")


def _office(reach: Reach) -> Iterator[Mistake]:
    if reach.has_channel:
        return
    remedy = "the id of the office's channel under [office] would be right"
    if reach.holders("office"):
        problem = "the office has no channel that is on, so each holder of office is written to"
        yield Mistake("office", problem, remedy, "warning")
    else:
        problem = "the office has no channel that is on, and nobody holds the role office"
        yield Mistake("office", problem, remedy)


def _people(reach: Reach) -> Iterator[Mistake]:
    people = reach.school.people
    if not reach.holders("admin"):
        problem = 'nobody holds "admin", so nobody is told when something of Doorstep needs mending'
        yield Mistake("people", problem, _give("admin"), "warning")
    for index, person in enumerate(people):
        if not reach.has_address(person):
            problem = f"{quote(person.name)} has no address on a channel that is on"
            channels = ", ".join(reach.channels) or "a channel"
            remedy = f"an id on {channels}, or an email, would be right"
            yield Mistake(f"people[{index}]", problem, remedy, "warning")


def _give(word: str) -> str:
    if word == "office":
        return "the office's channel under [office] would be right"
    if word == "duty_leader":
        return "a [[duty]] for each weekday would be right"
    role = "senior_leader" if word == "leader" else word
    return f"giving somebody the role {role} in the school file would be right"


def _or(words: Iterable[str]) -> str:
    return " or ".join(quote(word) for word in words)


def _names(people: Iterable[Person]) -> str:
    names = [person.name for person in people]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
