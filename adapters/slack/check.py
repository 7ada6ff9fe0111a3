"""What ``doorstep check`` asks Slack: the tokens, the scopes, the office channel and the people."""

from collections.abc import AsyncIterator

from adapters.environment import Environment
from adapters.plug import ChannelOff
from adapters.slack.api import Api, Limited, Refusal, Unanswered
from adapters.slack.identity import Identity
from adapters.slack.inbound import NAME
from adapters.slack.manifest import WHAT_FOR
from adapters.slack.office import Offices
from adapters.slack.people import People
from bot.domain.school import School

SILENT = "Slack does not answer; a network that reaches it, and SLACK_API_URL, would be right."


async def check(api: Api, apps: Api, school: School, env: Environment) -> tuple[str, ...]:
    """A sentence for each thing to mend."""
    try:
        return tuple([sentence async for sentence in _check(api, apps, school, env)])
    except (Limited, Unanswered):
        return (SILENT,)
    except ChannelOff as off:
        return (str(off),)


async def _check(api: Api, apps: Api, school: School, env: Environment) -> AsyncIterator[str]:
    identity = Identity()
    if not await identity.ask(api):
        yield SILENT
        return
    if api.scopes:
        for scope in sorted(set(WHAT_FOR) - api.scopes):
            yield (
                f"Slack: the scope {scope} is missing ({WHAT_FOR[scope]}); adding it under OAuth & "
                "Permissions, and installing the app again, would be right."
            )
    if env.slack_app_token:
        try:
            await apps.call("apps.connections.open")
        except Refusal as refusal:
            yield (
                f"Slack refuses SLACK_APP_TOKEN ({refusal.error}); an app-level token with the "
                "scope connections:write would be right."
            )
    people = People(api)
    people.team = identity.team
    async for sentence in _office(api, people, school):
        yield sentence
    async for sentence in _everybody(people, school):
        yield sentence


async def _office(api: Api, people: People, school: School) -> AsyncIterator[str]:
    office = school.office.get(NAME)
    if not office:
        return
    verdict = await Offices(api, people).verdict(office, public=school.office_public)
    if not verdict.fit:
        yield f"Slack: the office channel {office} is told no names: {verdict.why_not}."


async def _everybody(people: People, school: School) -> AsyncIterator[str]:
    for person in school.people:
        address = person.addresses.get(NAME, "")
        try:
            user = address or (await people.by_email(person.email) if person.email else "")
            account = await people.account(user) if user else None
        except Refusal as refusal:
            yield f"Slack: nobody can be looked up ({refusal.error}: {refusal.needed or 'users'})."
            return
        if account and account.why_not:
            yield (
                f"Slack: {person.name} has {account.why_not}, so nothing is shown to them; a "
                "full member's account would be right."
            )
        elif account is None and address:
            yield f"Slack: there is nobody with the id {address} ({person.name})."
        elif account is None and person.email and not person.addresses:
            yield f"Slack: nobody has the e-mail address of {person.name}."
