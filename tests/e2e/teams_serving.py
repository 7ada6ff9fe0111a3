"""``doorstep run`` as a process of its own, before Teams's double, tokens and all."""

from pathlib import Path

from tests.e2e.serving import NAMES, QUICK, Process
from tests.stories.cast import CAST, SCHOOL
from tests.teams_double.double import Double
from tests.teams_double.tenant import Room
from tests.teams_double.user import User

OFFICE = "19:office@thread.tacv2"
MEMBERS = ("olu", "priya", "okoro", "lee")


def teams_school(policy: str = "slps", extra: str = QUICK) -> str:
    """The stories' school, everybody on Teams; Bo by e-mail, Priya by her Entra object id."""
    people = {person: f'teams = "29:{person}"' for person in CAST}
    people |= {"bo": 'email = "bo@school.example"', "priya": 'teams = "0000-priya"'}
    whole = SCHOOL.format(policy=policy, office=f'teams = "{OFFICE}"', **people)
    return whole.replace('mon-fri = "08:00-18:00"', 'mon-sun = "00:00-23:59"') + extra


def peopled(double: Double) -> Room:
    """Everybody has an account; the office and the leaders are in the office's channel."""
    for person, name in NAMES.items():
        double.tenant.person(person, name=name)
    return double.tenant.channel(OFFICE, {f"29:{person}" for person in MEMBERS})


class TeamsServing(Process):
    """Before a tenant double."""

    def __init__(self, folder: Path, double: Double) -> None:
        super().__init__(folder, double.issuer.environment, teams_school())
        self.double = double
        double.target = f"{self.address}/api/messages"

    @property
    def office(self) -> Room:
        return self.double.tenant.rooms[OFFICE]

    def user(self, person: str) -> User:
        return self.double.user(person)

    async def everybody_adds_it(self) -> None:
        for person in NAMES:
            assert (await self.user(person).installs()).ok
