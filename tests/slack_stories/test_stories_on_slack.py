"""Every story that plays in one world alone, once more on Slack: through signed payloads, the
adapter, and a workspace that refuses what Slack refuses.

Stories that make a world of their own are about stores and restarts, which no channel changes.
"""

import importlib
import inspect
from pathlib import Path

import tests.stories

FOLDER = Path(tests.stories.__path__[0])
ELSEWHERE = {"test_step_by_step", "test_deliveries"}
"""About a channel without forms (on Slack a press opens one), and about the engine's own door. A
module with a world of its own is left out as well.
"""
NAMELESS = "test_an_unknown_action_and_an_unknown_form_say_so"
"""A button without an action is none of ours, so that on Slack there is nothing to answer."""


def _collect() -> int:
    """Take over each story that asks for a world and for nothing else that makes one."""
    count = 0
    for path in sorted(FOLDER.glob("test_*.py")):
        module = importlib.import_module(f"tests.stories.{path.stem}")
        if path.stem in ELSEWHERE or hasattr(module, "world"):
            continue
        for name, story in inspect.getmembers(module, inspect.iscoroutinefunction):
            asked = set(inspect.signature(story).parameters)
            if name.startswith("test_") and "world" in asked and not asked & {"store", "opener"}:
                if name == NAMELESS:
                    continue
                globals()[f"{name}__{path.stem.removeprefix('test_')}"] = story
                count += 1
    return count


STORIES = _collect()


def test_they_are_most_of_the_stories() -> None:
    assert STORIES > 150
