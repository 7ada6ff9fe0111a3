"""Who may see what: the audience table of the safety rules, written down once more, by hand.

Nothing here asks ``bot.domain.roles``: that is what the matrix tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.cards.gallery.played import Scene
from bot.cards.gallery.scenes import scenes
from bot.cards.gallery.school import DAY, POLICY, SCHOOL
from bot.domain.known import Flag, Known
from bot.domain.plan import Note
from bot.domain.policy import Policy, Rung
from bot.domain.roles import OFFICE
from bot.domain.school import Absence, Days, Duty, Emergency, Person, School
from bot.domain.visit import Approved, Requested
from tests.privacy import canaries as k

NOTES = {
    "declined": k.REASON,
    "changes": k.REASON,
    "withdrawn": k.REASON,
    "wrote": k.WROTE,
    "moved": k.PLACE,
    "stood_down": k.HOW_SAFE,
    "owner": k.OWNER_NOTE,
    "concern 1": k.CONCERN,
}


def _extra(id: str, name: str, *roles: str) -> Person:
    return Person(id, name, frozenset(roles), "07700 900050", addresses={"web": id})


def _sealed(person: Person) -> Person:
    if person.id not in {"ana", "sam"}:
        return person
    return replace(person, emergency=Emergency(k.EMERGENCY, k.EMERGENCY_PHONE), car=k.CAR)


HERE = replace(
    SCHOOL,
    people=(
        *map(_sealed, SCHOOL.people),
        _extra("dana", "Dana Deputy", "deputy_dsl"),
        _extra("dee", "Dee Duty", "staff"),
        _extra("rita", "Rita Rung", "attendance_lead"),
        _extra("ivy", "Ivy Admin", "admin", "staff"),
        _extra("max", "Max Outside", "staff", "pastoral_head"),
    ),
    duty=(Duty(DAY.weekday(), "dee"),),
)
LADDER = (*POLICY.ladder[:2], Rung(timedelta(minutes=10), ("head", "dsl", "attendance_lead")))
SLPS = replace(POLICY, ladder=LADDER)


@dataclass(frozen=True)
class Setting:
    """A school and its rule of approval, with who counts as what under it."""

    name: str
    school: School
    stages: tuple[tuple[str, ...], ...]
    approvers: frozenset[str]
    dsl: frozenset[str]


SETTINGS = (
    Setting(
        "Head or senior leader approves",
        HERE,
        (("head", "senior_leader"),),
        frozenset({"shah", "lee"}),
        frozenset({"okoro"}),
    ),
    Setting(
        "DSL approves, Head and senior leader only watch",
        HERE,
        (("dsl",),),
        frozenset({"okoro"}),
        frozenset({"okoro"}),
    ),
    Setting(
        "DSL is away, the deputy stands in",
        replace(HERE, away=(Absence("okoro", Days(DAY.date(), DAY.date())),)),
        (("head", "senior_leader"),),
        frozenset({"shah", "lee"}),
        frozenset({"okoro", "dana"}),
    ),
)
READERS: Mapping[str, str] = {
    "ana": "the lead",
    "sam": "a companion",
    "shah": "the Head",
    "lee": "a senior leader",
    "okoro": "the DSL",
    "dana": "the deputy DSL",
    "pat": "somebody of the office",
    OFFICE: "the office channel",
    "bo": "the contact",
    "dee": "the duty leader",
    "rita": "somebody on the last rung",
    "kim": "plain staff",
    "ivy": "an administrator",
    "max": "a role that nothing names",
    "elsewhere": "somebody of another school",
    "": "a stranger",
}
WATCHERS = frozenset({"shah", "lee", "pat", OFFICE, "dee"})


def situations(setting: Setting) -> Mapping[str, Scene]:
    """Every scene of the gallery in this setting, with a canary in every field."""
    played = scenes(k.DETAILS, HERE, SLPS)
    return {name: _in(scene, setting) for name, scene in played.items()}


def _in(scene: Scene, setting: Setting) -> Scene:
    visit, facts = scene.visit, scene.facts

    def under(policy: Policy) -> Policy:
        return replace(policy, approval_stages=setting.stages)

    if visit.details:
        notes = tuple(_canary(note) for note in visit.details.notes)
        conditions = tuple(
            replace(each, words=each.words and k.CONDITION) for each in visit.details.conditions
        )
        details = replace(visit.details, place=k.PLACE, notes=notes, conditions=conditions)
        visit = replace(visit, details=details)
    if "lee" not in setting.approvers and isinstance(visit.phase, Requested | Approved):
        votes = tuple(replace(vote, by="okoro") for vote in visit.phase.votes)
        visit = replace(visit, phase=replace(visit.phase, votes=votes))
    if isinstance(visit.phase, Requested):
        visit = replace(visit, phase=replace(visit.phase, stages=setting.stages))
    if visit.policy:
        visit = replace(visit, policy=under(visit.policy))
    known = Known(looked=True, flags=(_flag(scene.now),))
    facts = replace(facts, school=setting.school, policy=under(facts.policy), known=known)
    return replace(scene, visit=visit, facts=facts)


def _flag(now: datetime) -> Flag:
    """A known risk at the address, which the office must not learn of."""
    day = timedelta(days=1)
    return Flag("f1", "okoro", now - day, now + day, now + 9 * day, k.PLACE, k.FLAG)


def _canary(note: Note) -> Note:
    """Of what came without words nothing is kept, but that it came."""
    return note if note.about == "sent" else replace(note, text=NOTES[note.about])


def sees_all(reader: str, scene: Scene, setting: Setting) -> bool:
    """Visitors and approvers of the visit, and the DSL."""
    if scene.visit.watch:
        on_it = {visitor.id for visitor in scene.visit.watch.visitors}
    else:
        on_it = {scene.visit.lead, *scene.visit.plan.companions}
    return reader in on_it | setting.approvers | setting.dsl


def watches(reader: str, scene: Scene, setting: Setting) -> bool:
    """Office, Head, senior leaders, duty leader, contact, rung holders; and whoever sees all."""
    plan = scene.visit.plan
    named = reader in {plan.contact, plan.backup}
    others = WATCHERS | told(scene) | not_relieved(scene)
    return sees_all(reader, scene, setting) or named or reader in others


def not_relieved(scene: Scene) -> frozenset[str]:
    """Whoever stood by when they left, until somebody has said yes in their place."""
    visit = scene.visit
    then = visit.watch.told if visit.watch else ()
    replaced = (word for word in visit.words if word.said == "released")
    return frozenset(w.by for w in replaced if w.by in then and not visit.stands_by(w.part))


def told(scene: Scene) -> frozenset[str]:
    """Whoever was told of the alarm; for as long as a stand-down can be undone."""
    watch = scene.visit.watch
    if scene.visit.alarm:
        return frozenset(scene.visit.alarm.told)
    if watch and watch.closed and scene.now < watch.closed.undo_until:
        return frozenset(watch.closed.alarm.told)
    return frozenset()


CONFIDED = frozenset({"shah", "okoro"})
"""Head and DSL, who are told of a concern by name; then, where neither says that they have seen it,
the deputy DSL and the senior leaders. Nobody else, and nobody who is on the visit.
"""


def sees_concern(reader: str, scene: Scene) -> bool:
    """Whoever was told of the concern in this situation."""
    watch = scene.visit.watch
    if watch is None or not watch.concerns:
        return False
    unseen = (
        scene.now >= watch.concerns[0].at + timedelta(minutes=10) and not watch.concerns[0].seen
    )
    failed = "failed" in scene.facts.fares["concern.1"].values()
    return reader in CONFIDED | ({"dana", "lee"} if unseen or failed else set())


def holds_a_rung(reader: str, scene: Scene) -> bool:
    """Named through a role by a rung of the open alarm that has been told: may see the risks."""
    alarm = scene.visit.alarm
    words = {w for step in LADDER[: alarm.rung + 1] for w in step.tell} if alarm else set()
    roles = {"senior_leader": {"lee"}, "head": {"shah"}, "attendance_lead": {"rita"}}
    roles["dsl"] = {"okoro"}
    return any(reader in roles.get(word, set()) for word in words)
