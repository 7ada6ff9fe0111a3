"""Proves with the people of a school that its policy can be kept: that somebody can go, that
somebody else can approve, and that an evening has somebody behind it.

Deeper than ``check_school``, and asked by ``doorstep policy check`` alone: whatever is found here
would also be found when a visit is asked for, and nobody be let out on it.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from bot.domain.kinds import KIND_OF, Party
from bot.domain.policy import Policy
from bot.domain.school import Person, School
from bot.domain.stages import most_filled
from bot.settings.mistakes import Mistake, Severity, quote
from bot.settings.people import goes_out
from bot.settings.policy_keys import KEYS
from bot.settings.reach import Reach
from bot.settings.school_file import Settings

Roles = tuple[str, ...]
MOST_TRIED = 200
"""Parties of one kind that are tried; in a school where so many fail, all do."""


def prove(settings: Settings, channels: tuple[str, ...]) -> tuple[Mistake, ...]:
    """Give everything that can't be kept, by key."""
    policy, school = settings.policy, settings.school
    reach = Reach(school, channels)
    by_policy = (*_go(policy, school, reach), *_roles(policy, reach), *_backups(policy, school))
    behind = (replace(each, file=settings.file) for each in _evening(policy, school))
    return (*map(settings.of_policy, by_policy), *behind)


def _go(policy: Policy, school: School, reach: Reach) -> Iterator[Mistake]:
    """Every kind of visit can be gone on by somebody whom somebody else can approve."""
    able = [person for person in school.people if goes_out(person) and person.phone]
    least = 2 if policy.pairs_alone == "never" else 1
    if len(able) < least:
        problem = f"nobody goes alone, and only {_names(able)} could go: the others have no phone"
        yield _mistake("pairs.alone", problem, "a phone for one person more")
        return
    if not _party(policy, reach, able, Party(least)):
        problem = f"whoever goes, somebody who must approve is among them ({_names(able)} could go)"
        yield _mistake("approval.stages", problem, _one_more(policy, reach, Party(least)))
        return
    for name in KIND_OF:
        rules = policy.kinds.get(name)
        if rules is None:
            continue
        own = 2 if rules.alone == "never" else least
        parties: list[tuple[str, Party, Roles]] = [("", rules.party, ())]
        if late := rules.unannounced:
            parties.append((".unannounced", late.party, late.authorised_by))
        for suffix, party, authorise in parties:
            wanted = Party(max(own, party.staff), party.with_role)
            problem = _why_never(policy, reach, able, wanted, authorise)
            where, never = f"kinds.{name}{suffix}", f"{problem}, so no such visit could go"
            severity: Severity = "warning" if suffix else "error"  # it waits for an appointment
            if problem in _OWN:
                yield _mistake(where, never, _one_more(policy, reach, wanted, authorise), severity)
            elif problem and suffix:  # else ``check_kinds`` has said so
                yield _mistake(where, never, _GIVE, severity)


_APPROVES = "whoever goes, somebody who must approve it is among them"
_AUTHORISES = "nobody could authorise it but who must go"
_OWN = (_APPROVES, _AUTHORISES)
_GIVE = "giving somebody a role and a phone in the school file"


def _why_never(
    policy: Policy, reach: Reach, able: list[Person], party: Party, authorise: Roles
) -> str:
    if len(able) < party.staff:
        return f"it takes {party.staff} from school, and {len(able)} could go"
    if party.with_role and not any(set(party.with_role) & p.roles for p in able):
        return f"nobody who could go holds {' or '.join(party.with_role)}"
    if authorise and not reach.able(authorise):
        return "nobody could authorise it"
    if not _party(policy, reach, able, party):
        return _APPROVES
    if not _party(policy, reach, able, party, authorise):
        return _AUTHORISES
    return ""


def _one_more(policy: Policy, reach: Reach, party: Party, authorise: Roles = ()) -> str:
    """The roles of which one person more would let such a party go, and be approved by others."""
    stages = (word for stage in policy.approval_stages for word in stage)
    words = (*party.with_role, *authorise, *stages)
    roles = dict.fromkeys("senior_leader" if word == "leader" else word for word in words)
    mend: list[str] = []
    for role in roles:
        newcomer = Person("", "", frozenset({role}), phone="0")
        school = replace(reach.school, people=(*reach.school.people, newcomer))
        able = [person for person in school.people if goes_out(person) and person.phone]
        if _party(policy, replace(reach, school=school), able, party, authorise):
            mend.append(quote(role))
    who = f"holds {' or '.join(mend)}" if mend else "fills a stage, and another who goes,"
    return f"one person more who {who}"


def _party(
    policy: Policy, reach: Reach, able: list[Person], party: Party, authorise: Roles = ()
) -> bool:
    """Whether such a party can go, every stage be filled by others, and another authorise it."""
    stages = [[person.id for person in reach.able(stage)] for stage in policy.approval_stages]
    approve = {person for stage in stages for person in stage}
    authorisers = {person.id for person in reach.able(authorise)}
    ordered = sorted(able, key=lambda person: person.id in approve | authorisers)
    for tried, going in enumerate(combinations(ordered, party.staff)):
        if tried > MOST_TRIED:
            return False
        if party.with_role and not any(set(party.with_role) & person.roles for person in going):
            continue
        on_it = {person.id for person in going}
        if authorise and authorisers <= on_it:
            continue
        left = [[person for person in stage if person not in on_it] for stage in stages]
        if policy.approval_same_person and all(left):
            return True
        if most_filled(left) == len(left):
            return True
    return False


def _roles(policy: Policy, reach: Reach) -> Iterator[Mistake]:
    """A list of roles that nobody here holds. ``approval.then`` is looked at role by role."""
    for key in KEYS:
        words = getattr(policy, key.field)
        if key.kind == "roles" and key.path != "approval.then" and words:
            by_visit = {"contact", "backup", "visitors"}.intersection(words)
            if not by_visit and not any(reach.tells(word) for word in words):
                problem = f"nobody holds {' or '.join(map(quote, words))}"
                yield _mistake(key.path, problem, _GIVE, "warning")


def _backups(policy: Policy, school: School) -> Iterator[Mistake]:
    """Whoever goes alone while the school is closed needs one."""
    backups = [person for person in school.people if person.phone and person.addresses]
    if school.hours and policy.evening_alone == "backup" and len(backups) < 2:
        problem = f"only {_names(backups)} has a phone and an address, so nobody could be a backup"
        yield _mistake("evening.alone", problem, "somebody else with both", "warning")


def _evening(policy: Policy, school: School) -> Iterator[Mistake]:
    """Outside the hours the office's part falls to others: are there any?"""
    if not school.hours:
        problem = "the school file has no hours, so that no evening, and no weekend, is known"
        yield _mistake("school.hours", problem, 'mon-fri = "08:00-16:30" under it', "warning")
        return
    named = {word for rung in policy.ladder for word in rung.tell}
    if not school.duty and named <= {"visitors", "contact", "backup", "office", "duty_leader"}:
        problem = "in the evening nobody is told but whom the visit names: no leader is on duty"
        yield _mistake("duty", problem, "a [[duty]] rota, or a role on the ladder,", "warning")


def _names(people: list[Person]) -> str:
    return ", ".join(person.name for person in people[:5]) or "nobody"


def _mistake(where: str, problem: str, fits: str, severity: Severity = "error") -> Mistake:
    return Mistake(where, problem, f"{fits} would be right", severity)
