"""What Teams knows of the school's people, and keeps up with: met or not, guests, the office."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from adapters.looking import keep_looking
from adapters.offices import Verdict
from adapters.plug import Wiring
from adapters.teams.access import Access
from adapters.teams.api import Limited, Refusal, Unanswered
from adapters.teams.door import Door
from adapters.teams.inbound import NAME
from adapters.teams.office import Offices
from adapters.teams.people import People
from adapters.teams.places import Place, change, gone
from adapters.teams.references import References
from bot.domain.school import Person, School

log = logging.getLogger(__name__)
LEARNS_WITHIN = 4.0
MEETS_WITHIN = 2.0
MEETS_AGAIN = 5.0
ADOPTED_WITHIN = 1.5
LOOKS_AGAIN = 300.0
LOOKS_SOON = 15.0


class Knowing:
    """``notice`` before each deed, ``sender`` for it; ``known`` for the school file."""

    def __init__(
        self,
        wiring: Wiring,
        references: References,
        people: People,
        offices: Offices,
        access: Access,
        door: Door,
    ) -> None:
        self._door = door
        self._wiring, self._references, self._access = wiring, references, access
        self._people, self._offices = people, offices
        self._offices.changed = self._compare
        self._looking: asyncio.Task[None] | None = None
        self._awake = asyncio.Event()
        self.asked: School | None = None
        """The school as the file has it, last asked about."""
        self._given: School | None = None
        self._made: tuple[School, int, Verdict | None, School] | None = None
        self._unfit = self._said = ""
        self._unreached: dict[str, str] = {}
        self._met_at: dict[str, float] = {}

    def start(self) -> None:
        """Keep up from now on."""
        self._access.changed = self._tell
        self._door.watch(self._tell)
        self._looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Let go."""
        if self._looking:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)

    # --- at each activity ---

    async def notice(self, activity: Mapping[str, Any], here: Place | None) -> bool:
        """Learn where this came from, and who has come or gone. Whether a person has just come."""
        happened = change(activity)
        if happened == "went":
            await self._references.forget(gone(activity))
        elif here is not None:
            new = await self._references.learn(here)
            if not here.is_room and (new or not self._is_identified(here.address)):
                await self._meet(here.address)
            if new and not self._office_fit():
                self._ask_of_the_office()  # there may be a way to ask now
        if here is not None and happened != "went":
            self.fared(here.address, "")
        if happened and (here is None or here.is_room):
            self._ask_of_the_office()
        self._compare()
        return happened == "came" and here is not None and not here.is_room

    def _ask_of_the_office(self) -> None:
        self._offices.ask_again()
        self._awake.set()

    def _office_fit(self) -> bool:
        school = self.asked
        if school is None or NAME not in school.office:
            return True
        verdict = self._offices.last(school.office[NAME], public=school.office_public)
        return verdict is not None and verdict.fit

    async def _meet(self, address: str) -> None:
        """Somebody new, or who has moved, or whom Teams hasn't told of yet: who is it? In an outage
        not every message waits for that.
        """
        place = self._references.at(address)
        if place is None or (self._met_at.get(address, float("-inf")) + MEETS_AGAIN > _now()):
            return
        if not place.is_identified:
            self._met_at[address] = _now()
        try:
            async with asyncio.timeout(MEETS_WITHIN):
                met = await self._people.learn(place)
        except TimeoutError:
            met = False
        if not met:
            self._awake.set()

    def _is_identified(self, user: str) -> bool:
        place = self._references.at(user)
        return place is not None and place.is_identified

    async def is_sure(self, user: str, here: Place) -> bool:
        """Whether Teams has said who this is. Of whoever presses where several read, and has no
        chat with us, the roster there says it.
        """
        if self._is_identified(user) or not here.is_room:
            return self._is_identified(user)
        try:
            async with asyncio.timeout(MEETS_WITHIN):
                return await self._people.is_colleague_in(here, user)
        except TimeoutError:
            return False

    async def sender(self, user: str, entra: str) -> str:
        """The address under which the core knows whoever sent this: the school file may have
        another id, or an e-mail address that has only now been matched.
        """
        self._compare()
        if self._given is not None:
            until, wanted = _now() + ADOPTED_WITHIN, bool(self._given.at_address(NAME, user))
            while self._known_now(user) != wanted and _now() < until:  # noqa: ASYNC110 - the core's
                await asyncio.sleep(0.02)
        if self._known_now(user) or not entra:
            return user
        place = self._references.at(user)
        if place is not None and place.why_not:
            return user
        addresses = (p.addresses.get(NAME, "") for p in self._wiring.setup().school.people)
        return next((a for a in addresses if a.casefold() == entra), user)

    def _known_now(self, user: str) -> bool:
        return self._wiring.setup().school.at_address(NAME, user) is not None

    # --- the school ---

    async def known(self, school: School) -> School:
        """The school with the ids of whoever has been met, as far as Teams says it in time."""
        self.asked = school
        try:
            async with asyncio.timeout(LEARNS_WITHIN):
                await self._learn(school)
        except TimeoutError:
            log.warning("Teams has not said yet who everybody is")
        self._given = self._as_known(school)
        return self._given

    async def _learn(self, school: School) -> bool:
        await self._references.load()
        whole = await self._people.learn_all()
        office = school.office.get(NAME)
        if office:
            try:
                await self._offices.verdict(office, public=school.office_public)
            except (Refusal, Limited, Unanswered):
                return False
        return whole and all(place.is_room or place.is_identified for place in self._references)

    def _as_known(self, school: School) -> School:
        """Asked for with each activity, and made anew where something that it is made of has
        changed.
        """
        office = school.office.get(NAME, "")
        verdict = self._offices.last(office, public=school.office_public) if office else None
        changes = self._references.changes
        if (
            self._made is None
            or self._made[0] is not school
            or self._made[1:3] != (changes, verdict)
        ):
            self._made = (school, changes, verdict, self._make(school, verdict))
        self._tell()
        return self._made[3]

    def _make(self, school: School, verdict: Verdict | None) -> School:
        rest = school.office
        self._unfit = ""
        if verdict and not verdict.fit:
            rest = {name: at for name, at in school.office.items() if name != NAME}
            self._unfit = (
                f"The office channel in Teams is told nothing: {verdict.why_not}. Whoever works "
                "in the office gets messages of their own."
            )
        return replace(school, people=tuple(map(self._met, school.people)), office=rest)

    def fared(self, address: str, why: str) -> None:
        """Whether somebody was reached with a message, and why not: whoever looks after Doorstep
        is told, and the office that there is something.
        """
        if self._unreached.get(address, "") != why:
            self._unreached.pop(address, None)
            if why:
                self._unreached[address] = why
            self._compare()
            self._tell()

    def _tell(self) -> None:
        school = self._wiring.setup().school
        people = ((school.at_address(NAME, at), why) for at, why in self._unreached.items())
        missed = (f"{p.name} can't be reached in Teams: {why}." for p, why in people if p)
        unheard = self._door.unheard
        wrong = (unheard, self._access.refused, self._unfit, self._unsure(), *missed)
        sentence = " ".join(filter(None, wrong))
        if sentence != self._said:
            self._said = sentence
            self._wiring.problem(sentence, unheard=bool(unheard))

    def _unsure(self) -> str:
        """Who of the school isn't identified."""
        school = self.asked or self._wiring.setup().school
        places = ((person.name, self._references.of(person)) for person in school.people)
        names = [name for name, place in places if place and not place.is_identified]
        if not names:
            return ""
        return (
            f"Teams does not say who has the account of {', '.join(names)}, and it may be a "
            "guest's: nothing is shown there, and only calls for help and their own answers count."
        )

    def _met(self, person: Person) -> Person:
        """With the id that Teams goes by. Whoever hasn't been met keeps what the file says."""
        place = self._references.of(person)
        if place is None:
            return person
        others = {name: at for name, at in person.addresses.items() if name != NAME}
        known = others if place.why_not else {**others, NAME: place.address}
        return replace(person, addresses=known)

    def _compare(self) -> None:
        """Tell where more, or other things, are known than were answered."""
        if self.asked is None or self._given is None:
            return
        now = self._as_known(self.asked)
        if now != self._given:
            self._given = now
            self._wiring.learnt()

    async def _look(self) -> None:
        await keep_looking(
            self._awake, self._look_once, "Teams", again=LOOKS_AGAIN, soon=LOOKS_SOON
        )

    async def _look_once(self) -> bool:
        """Give whether Teams has said everything."""
        if self.asked is None:
            return True
        whole = await self._learn(self.asked)
        self._compare()
        return whole


def _now() -> float:
    return asyncio.get_running_loop().time()
