"""Who is who on Slack: accounts by id, ids by e-mail, and the direct messages of each.

What Slack said is kept for an hour; an event says sooner. Names are never matched: whoever changes
their display name stays who they are. Nobody is a colleague before Slack has said who they are;
who has been identified (``met``) stays so while Slack says nothing.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from adapters.slack.api import Api, Limited, Refusal, Unanswered
from adapters.slack.met import NAME, Met
from bot.domain.school import Person, School

KEPT = 3600.0
AGAIN = 5.0
"""Seconds between two questions about somebody of whom Slack says nothing."""
AT_ONCE = 6
NOBODY = "no account that Slack knows"


@dataclass(frozen=True, slots=True)
class Account:
    """What matters of a Slack account. ``why_not`` says why it can't be a colleague's, if so."""

    id: str
    email: str = ""
    why_not: str = ""


def read_account(user: Mapping[str, Any], team: str) -> Account:
    """Read a user object."""
    profile = user.get("profile")
    email = str(profile.get("email", "")) if isinstance(profile, dict) else ""
    why_not = ""
    if user.get("deleted"):
        why_not = "a deactivated account"
    elif user.get("is_bot") or user.get("id") == "USLACKBOT":
        why_not = "a bot"
    elif user.get("is_restricted") or user.get("is_ultra_restricted"):
        why_not = "a guest"
    elif user.get("is_stranger") or (team and user.get("team_id", team) != team):
        why_not = "an account of another workspace"
    return Account(str(user.get("id", "")), email.casefold(), why_not)


class People:
    """Asks Slack, and remembers. ``team`` is this workspace's id, once known; before it is, nobody
    is identified. Without ``met`` nothing is remembered of before.
    """

    def __init__(self, api: Api, met: Met | None = None) -> None:
        self.team = ""
        self._met = met
        self._api = api
        self._accounts: dict[str, tuple[Account, float]] = {}
        self._ids: dict[str, tuple[str, float]] = {}
        self._rooms: dict[str, str] = {}
        self._tried: dict[str, float] = {}
        self.nobodys: set[str] = set()
        """Ids that Slack knows no account of."""
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def account(self, user: str) -> Account | None:
        """The account with this id; None where there is none. Raises as ``Api.call`` does."""
        known = self._accounts.get(user)
        if known and known[1] > _now():
            return known[0]
        try:
            async with self._turns:
                answer = await self._api.call("users.info", user=user)
        except Refusal as refusal:
            if refusal.error in {"user_not_found", "user_not_visible", "users_not_found"}:
                self.nobodys.add(user)
                return None
            raise
        self.nobodys.discard(user)
        return self.learn(answer.get("user") or {})

    def learn(self, user: Mapping[str, Any]) -> Account:
        """Keep what Slack says of an account, asked for or not."""
        account = read_account(user, self.team)
        if self._met and not account.id:
            raise Unanswered("an answer without an account")
        if self._met and self.team:
            self._met.learn(account.id, account.email, account.why_not)
        elif self._met:
            return account
        self._accounts[account.id] = (account, _now() + KEPT)
        if account.email:
            self._ids[account.email] = (account.id, _now() + KEPT)
        return account

    def learn_change(self, user: Mapping[str, Any]) -> None:
        """An event tells of everybody in the workspace; only those asked about are kept."""
        if user.get("id") in self._accounts:
            self.learn(user)

    def forget(self, user: str) -> None:
        """Ask again when this account is next looked at."""
        self._accounts.pop(user, None)

    async def by_email(self, email: str) -> str:
        """The id of whoever has this e-mail address; empty where nobody has."""
        known = self._ids.get(email.casefold())
        if known and known[1] > _now():
            return known[0]
        try:
            async with self._turns:
                answer = await self._api.call("users.lookupByEmail", email=email)
        except Refusal as refusal:
            if refusal.error != "users_not_found":
                raise
            return ""
        found = self.learn(answer.get("user") or {}).id
        self._ids[email.casefold()] = (found, _now() + KEPT)
        return found

    async def learn_all(self, people: Iterable[Person]) -> bool:
        """Ask about everybody; False where Slack didn't say it all."""
        answers = await asyncio.gather(*map(self._learn_one, people))
        return all(answers)

    async def _learn_one(self, person: Person) -> bool:
        try:
            user = person.addresses.get(NAME, "")
            if not user and person.email:
                user = await self.by_email(person.email)
            if user:
                await self.account(user)
        except Refusal:
            return True  # a scope is missing: `doorstep check` says so, and asking again won't help
        except (Limited, Unanswered):
            return False
        return True

    async def identify(self, user: str) -> str | None:
        """Why an account is no colleague's, asked for where Slack has never said; None where it
        doesn't now.
        """
        if self._met is None:
            return ""
        if self._met.why_not(user) is None and self._tried.get(user, 0.0) <= _now():
            self._tried[user] = _now() + AGAIN
            try:
                account = await self.account(user)
            except (Refusal, Limited, Unanswered):
                return None
            del self._tried[user]
            if account is None:
                return NOBODY
        return self._met.why_not(user)

    def is_identified(self, user: str) -> bool:
        """Whether Slack has ever said who this is."""
        return self._met is None or self._met.why_not(user) is not None

    async def remember(self, school: School) -> None:
        """Keep who has been identified of the school."""
        if self._met:
            users = [user for person in school.people if (user := self.known(person)[0])]
            await self._met.keep(school.id, [u for u in users if self.is_identified(u)])

    def known(self, person: Person) -> tuple[str, str]:
        """The id of a person as far as it is known, and why the account won't do, if so."""
        user = person.addresses.get(NAME, "")
        if not user and person.email:
            before = self._met.by_email(person.email) if self._met else ""
            user = self._ids.get(person.email.casefold(), (before, 0.0))[0]
        account = self._accounts.get(user)
        before = (self._met.why_not(user) if self._met else "") or ""
        return user, account[0].why_not if account else before

    def addressed(self, school: School) -> School:
        """The school with the ids that are known, and without those of accounts that won't do."""
        return replace(school, people=tuple(map(self._addressed, school.people)))

    def _addressed(self, person: Person) -> Person:
        user, why_not = self.known(person)
        others = {name: at for name, at in person.addresses.items() if name != NAME}
        return replace(person, addresses=others if why_not or not user else {**others, NAME: user})

    async def room(self, address: str) -> str:
        """The conversation at an address: a channel is its own, a person's is opened once."""
        if address[:1] in {"C", "G", "D"}:
            return address
        if address not in self._rooms:
            answer = await self._api.call("conversations.open", users=address)
            self._rooms[address] = str((answer.get("channel") or {}).get("id", ""))
        return self._rooms[address]

    def room_known(self, address: str) -> str:
        """The conversation if it is known; else the address, which Slack takes for a post too."""
        return self._rooms.get(address, address)

    def keep_room(self, address: str, room: str) -> None:
        """Remember what a post has told."""
        if room and address != room:
            self._rooms[address] = room


def _now() -> float:
    return asyncio.get_running_loop().time()
