"""What Doorstep has learnt about reaching people on Teams, kept over restarts.

Nobody can be written to before they have added the app, or an administrator has for them: from then
on Teams says where. What is read for sending is read from the store, since another process may have
learnt more; what is compared with each message is held here too.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from adapters.hashed import hashed
from adapters.teams.inbound import NAME
from adapters.teams.places import Place, from_contact, to_contact
from bot.domain.school import Person
from bot.ports import Clock, Store


class References:
    """``load`` first. ``school`` gives the school's id. ``changes`` goes up whenever what is held
    is no longer the same.
    """

    def __init__(self, store: Store, clock: Clock, school: Callable[[], str]) -> None:
        self._store, self._clock, self._school = store, clock, school
        self._places: dict[str, Place] = {}
        self._newest: dict[str, str] = {}
        """By organisation, the address at which Teams last was heard from."""
        self.changes = 0

    def __iter__(self) -> Iterator[Place]:
        return iter(tuple(self._places.values()))

    async def load(self) -> None:
        """Read everything, in place of what was held."""
        school = self._school()
        kept = await self._store.transact(lambda uow: uow.contacts.of(school, NAME))
        self._places = {each.address: from_contact(each) for each in kept}
        self.changes += 1

    def at(self, address: str) -> Place | None:
        """What is held of this address."""
        return self._places.get(address)

    async def find(self, address: str) -> Place | None:
        """Where to write to an address: a person's id, their Entra object id, or a room."""
        school = self._school()
        kept = await self._store.transact(
            lambda uow: uow.contacts.get(school, NAME, address), background=True
        )
        if kept is not None:
            self._hold(from_contact(kept))
            return self._places[address]
        self._let_go(address)
        return self._by_entra(address)

    async def learn(self, place: Place) -> bool:
        """Keep it if it says anything new; what it doesn't say stays. Whether it did."""
        self._newest[place.tenant.casefold()] = place.service_url
        before = self._places.get(place.address) or self._places.get(place.entra)
        if before is not None:
            place = replace(
                place,
                **{
                    name: getattr(before, name)
                    for name in ("tenant", "bot", "entra", "team", "names", "why_not", "identified")
                    if not getattr(place, name)
                },
            )
        if place.entra and place.entra in self._places and place.entra != place.address:
            await self.forget(place.entra)  # met before Teams told of the id that it goes by
        return await self._keep(place)

    async def follow(self, moved: Place) -> None:
        """It is at another address of Teams's now. One that nobody keeps stays so."""
        if moved.address in self._places:
            await self._keep(moved)

    async def identify(self, place: Place, names: str, entra: str, why_not: str) -> bool:
        """Keep what Teams says of the person there."""
        before = self._places.get(place.address, place)
        entra = entra or before.entra
        now = replace(before, names=names, entra=entra, why_not=why_not, identified="yes")
        return await self._keep(now)

    async def _keep(self, place: Place) -> bool:
        if self._places.get(place.address) == place:
            return False
        now, school = self._clock.now(), self._school()
        await self._store.transact(lambda uow: uow.contacts.keep(school, to_contact(place), now))
        self._hold(place)
        return True

    async def forget(self, address: str) -> bool:
        """The app was removed there. Whether it was known."""
        school = self._school()
        await self._store.transact(lambda uow: uow.contacts.drop(school, NAME, address))
        return self._let_go(address)

    def _hold(self, place: Place) -> None:
        if self._places.get(place.address) != place:
            self._places[place.address] = place
            self.changes += 1

    def _let_go(self, address: str) -> bool:
        held = self._places.pop(address, None) is not None
        self.changes += held
        return held

    def of(self, person: Person) -> Place | None:
        """A person's chat: by the id in the school file, of either kind, or by e-mail."""
        address = person.addresses.get(NAME, "")
        if address:
            return self._places.get(address) or self._by_entra(address)
        if not person.email:
            return None
        wanted = hashed(person.email)
        return next((each for each in self if wanted in each.names.split(",")), None)

    def _by_entra(self, address: str) -> Place | None:
        wanted = address.casefold()
        found = [p for p in self if p.entra == wanted and not p.is_room]
        return min(found, key=lambda p: p.address == address, default=None)

    def neighbour(self, tenant: str) -> Place | None:
        """A place of this tenant, at the address that Teams goes by now: all of an organisation is
        written to at one.
        """
        near = [p for p in self if not tenant or p.tenant.casefold() == tenant]
        return max(near, key=lambda p: self.moved(p) is None, default=None)

    def moved(self, place: Place) -> Place | None:
        """The same place at the address at which Teams was last heard from, if it is another.
        Since a restart it may not have been heard from: then where somebody else is.
        """
        tenant, here = place.tenant.casefold(), place.service_url
        elsewhere = (
            p.service_url for p in self if p.tenant.casefold() == tenant and p.service_url != here
        )
        newest = self._newest.get(tenant) or next(elsewhere, here)
        return replace(place, service_url=newest) if newest != here else None
