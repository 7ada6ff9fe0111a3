"""Ids of people and of the office on the channels, as the school file gives them."""

import re

from bot.settings.mistakes import quote
from bot.settings.table import Table

# ``web`` is the demo's own channel; a school needs only the others.
CHANNELS = ("slack", "teams", "web")

_PEOPLE = {"slack": "U0PRIYA", "teams": "29:priya", "web": "priya"}
_OFFICE = {"slack": "C0OFFICE", "teams": "19:office@thread.tacv2", "web": "office"}
_NAMES = {"slack": "Slack", "teams": "Teams", "web": "the demo page"}


def read_address(table: Table, channel: str) -> str | None:
    """Read a person's id on a channel."""
    value = table.text(channel, _PEOPLE[channel])
    if value and "@" in value.lstrip("@") and ":" not in value:
        problem = f"{quote(value)} is an e-mail address, not an id"
        table.wrong(channel, problem, f'email = "..." in place of {channel} would be right')
        return None
    return _id(table, channel, value, f"the person's id in {_NAMES[channel]}", _PEOPLE[channel])


def read_office(table: Table, channel: str) -> str | None:
    """Read the id of the office's channel."""
    value = table.text(channel, _OFFICE[channel])
    return _id(table, channel, value, f"the channel's id in {_NAMES[channel]}", _OFFICE[channel])


def _id(table: Table, channel: str, value: str | None, fits: str, example: str) -> str | None:
    if value and (value.startswith(("@", "#")) or re.search(r"\s", value)):
        problem = f"{quote(value)} is a name that people see, not an id"
        table.wrong(channel, problem, f'{fits}, as in {channel} = "{example}", would be right')
        return None
    return value
