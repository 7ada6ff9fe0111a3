"""The invented school of the gallery, and the visit that its people ask for."""

from datetime import UTC, datetime, time, timedelta

from bot.domain.kinds import KindRules, Party, Unannounced
from bot.domain.plan import Details, External, Plan
from bot.domain.policy import Clause, Policy, Rung
from bot.domain.school import Emergency, Opening, Person, School

DAY = datetime(2026, 11, 24, tzinfo=UTC)
"""A Tuesday in term; in winter the school's time is UTC."""


def at(clock: str) -> datetime:
    """``14:05`` on the gallery's day."""
    hours, minutes = clock.split(":")
    return DAY + timedelta(hours=int(hours), minutes=int(minutes))


def _person(id: str, name: str, number: int, *roles: str) -> Person:
    return Person(id, name, frozenset(roles), f"07700 9000{number:02}", addresses={"web": id})


_ANA = Person(
    "ana",
    "Ana Teach",
    frozenset({"staff"}),
    "07700 900001",
    emergency=Emergency("Jo Teach", "07700 900002"),
    car="blue Fiesta AB12 CDE",
    addresses={"web": "ana"},
)
SCHOOL = School(
    id="st-example",
    name="St Example Primary",
    timezone="Europe/London",
    people=(
        _ANA,
        _person("sam", "Sam Assist", 3, "staff"),
        _person("shah", "Mrs Shah", 4, "head"),
        _person("lee", "Mr Lee", 5, "senior_leader"),
        _person("okoro", "Ada Okoro", 6, "dsl"),
        _person("pat", "Pat Desk", 7, "office", "admin"),
        _person("bo", "Bo Buddy", 8, "staff"),
        _person("kim", "Kim Cook", 9, "staff"),
        _person("ian", "Ian Keys", 10, "admin"),
    ),
    office={"web": "office"},
    hours=tuple(Opening(day, time(8), time(18)) for day in range(5)),
)
_LADDER = (
    Rung(timedelta(), ("visitors", "contact", "office")),
    Rung(timedelta(minutes=5), ("senior_leader",)),
    Rung(timedelta(minutes=10), ("head", "dsl")),
)
POLICY = Policy(
    name="gallery",
    title="The gallery's policy",
    approval_stages=(("head", "senior_leader"),),
    ladder=_LADDER,
    request_asks=("why_not_in_school", "who_does_what"),
    kinds={
        "attendance": KindRules(
            unannounced=Unannounced(
                when="nobody answered the first-day call",
                party=Party(2, ("attendance_lead",)),
                authorised_by=("head", "senior_leader"),
                clause="attendance",
            )
        ),
        "extended_leave_abroad": KindRules(asks=("follow_up", "more_help")),
    },
    arrival_reminder=(
        "Introduce yourself, and show your identification.",
        "Say why you came, and that you may take notes.",
        "Treat what you hear with care. Never promise to keep it secret.",
        "If you feel unsafe, don't go in. If you are inside, leave.",
    ),
    clauses={
        "introduce": Clause(
            "Introduce yourself, have identification available and explain again the purpose of "
            "the visit.",
            "SLPS Home Visits Policy, During the visit",
        ),
        "no_promise": Clause(
            "Do not promise not to relay information to school.",
            "SLPS Home Visits Policy, During the visit",
        ),
        "concern": Clause(
            "Remember that under the Child Protection Procedures you must report disclosures or "
            "suspicions to the headteacher.",
            "SLPS Home Visits Policy, During the visit",
        ),
        "report_back": Clause(
            "ALWAYS report back in.", "SLPS Home Visits Policy, Making safe home visits"
        ),
        "approval": Clause(
            "All home visits must be authorised by the Headteacher or other senior manager of the "
            "school.",
            "SLPS Home Visits Policy, Before the visit",
        ),
        "attendance": Clause(
            "Where there is no answer from the 1st day absence call and the school have concerns a "
            "home visit will be carried out by the attendance lead and another member of school "
            "staff.",
            "SLPS Home Visits Policy, Guidelines on home visits for absence",
        ),
    },
)
TWO_STAGES = Policy(
    name="gallery-two",
    title="The gallery's policy, with two stages",
    approval_stages=(("leader",), ("dsl",)),
    ladder=_LADDER,
)

PLAN = Plan(at("14:00"), at("14:45"), companions=("sam",), contact="bo")
ALONE = Plan(at("14:00"), at("14:45"), contact="bo")
DETAILS = Details(
    place="14 Oak Road",
    kind="Attendance",
    family="the Example family",
    purpose="Robin has missed nine mornings. We would like to agree what would help.",
    why_not_in_school="Robin's mother works nights.",
    to_see="Robin's mother, with Robin",
    discussion="Mornings first, then who can help; nothing about other children",
    appointment="agreed by phone on Monday",
    risks="a loose dog in the yard",
    needs="speaks Polish; Ana does too",
    who_does_what="Ana leads, Sam writes down what is agreed",
    external=External("Lou Guest", "the council's Education Welfare Service", "07700 900099"),
)
