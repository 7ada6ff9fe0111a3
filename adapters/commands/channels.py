"""The table of channels: the only place that knows which there are. One line each.

A channel is imported when it is on, so that a school on Slack never loads Teams.
"""

from collections.abc import Callable

from adapters.plug import Plug


def _slack() -> Plug:
    from adapters.slack.plugged import PluggedSlack

    return PluggedSlack


def _teams() -> Plug:
    from adapters.teams.plugged import PluggedTeams

    return PluggedTeams


PLUGS: dict[str, Callable[[], Plug]] = {"slack": _slack, "teams": _teams}
"""By the channel's name in the school file: imports it, and gives what makes it."""


def not_there(name: str) -> str:
    """The sentence about a channel that is configured, and that this version doesn't have."""
    return f"{name.capitalize()} comes with a later version; `doorstep demo` runs today."
