"""Slack's own packages, as package.json pins them."""

from pathlib import Path

from tests import npm

HERE = Path(__file__).parent


def installed() -> Path:
    """Give ``node_modules``; skip the test that asks where it can't be had."""
    return npm.installed(HERE)


def install() -> Path:
    """Install what is pinned, unless it is there."""
    return npm.install(HERE)
