"""Finds the text of a policy by the name or the path that a school file gives."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from bot.settings.toml import decode

SHIPPED = ("slps", "pastoral")


def shipped(name: str) -> str:
    """Give the text of a policy that comes with Doorstep; a LookupError if none has this name."""
    if name not in SHIPPED:
        raise LookupError(name)
    return files("bot").joinpath("policies", f"{name}.toml").read_text(encoding="utf-8")


def policies_beside(folder: Path) -> Callable[[str], str]:
    """Policies by shipped name, or by a path that is relative to the school file's folder."""

    def find(name: str) -> str:
        if name in SHIPPED:
            return shipped(name)
        return decode((folder / name).read_bytes(), name)

    return find
