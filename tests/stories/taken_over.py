"""Every story that plays in one world alone, to be told once more on another channel.

Stories that make a world of their own are about stores and restarts, which no channel changes.
"""

import importlib
import inspect
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
ELSEWHERE = {"test_step_by_step", "test_deliveries", "test_pressed_on", "test_rewritten"}
"""About a channel without forms (on Slack and Teams a press opens one), and about what is handed to
the engine itself, or comes from each channel in a form of its own. A module with a
world of its own is left out as well.
"""
NAMELESS = "test_an_unknown_action_and_an_unknown_form_say_so"
"""A button without an action is none of ours, so that on a real channel there is no answer."""
Story = Callable[..., Coroutine[Any, Any, None]]


def taken_over(*without: str) -> dict[str, Story]:
    """Each story that asks for a world and for nothing else that makes one, by a name for it."""
    found: dict[str, Story] = {}
    for path in sorted(FOLDER.glob("test_*.py")):
        module = importlib.import_module(f"tests.stories.{path.stem}")
        if path.stem in ELSEWHERE or hasattr(module, "world"):
            continue
        for name, story in inspect.getmembers(module, inspect.iscoroutinefunction):
            asked = set(inspect.signature(story).parameters)
            alone = "world" in asked and not asked & {"store", "opener"}
            if name.startswith("test_") and alone and name not in {NAMELESS, *without}:
                found[f"{name}__{path.stem.removeprefix('test_')}"] = story
    return found
