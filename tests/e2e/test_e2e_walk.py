"""Dies at every single failpoint of every told story, in memory: before and after each commit, each
send, each edit and each settling, and starts again.

Each life goes on from where the life without a death stood before the step in which it dies: what
was before that is no different. Slices keep each test short.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.ports import Answer
from storage.memory import MemoryStore
from storage.memory.kept import Kept
from tests.stories.crashing import Player, Story, Told, comparable, is_as_before
from tests.stories.failpoints import MortalChat
from tests.stories.told_stories import STORIES
from tests.stories.world import World

SLICES = 12
KINDS = {"press", "lease", "draw", "settle", "wake"}
POINTS = {f"{when} the commit of a {kind}" for when in ("before", "after") for kind in KINDS} | {
    f"{when} {what}" for when in ("before", "after") for what in ("a send", "an edit")
}


@pytest.fixture(autouse=True)
def _comparable() -> Iterator[None]:
    with comparable():
        yield


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a life stands before one of its steps."""

    step: int
    passed: int
    kept: Kept
    chat: MortalChat
    world: World
    answers: dict[str, Answer]

    def dies(self, at: int) -> Player:
        """Another life from here on, which dies at the ``at``-th failpoint of the whole story."""
        kept = copied(self.kept)
        player = Player(lambda: MemoryStore(kept), at - self.passed, chat=self.chat.copied())
        player.world._deliveries = self.world._deliveries
        for name, answer in self.answers.items():
            player.world.people[name].answer = answer
        return player


def copied(kept: Kept) -> Kept:
    """The same rows, in tables of their own."""
    other = Kept()
    for name in Kept.__slots__:
        if name != "_undo":
            dict.update(getattr(other, name), getattr(kept, name))
    return other


async def lives(story: Story) -> tuple[Player, Told, list[Mark]]:
    """The story without a death, and where it stood before each step."""
    kept, marks = Kept(), []
    player = Player(lambda: MemoryStore(kept))
    for number, step in enumerate(story):
        answers = {name: actor.answer for name, actor in player.world.people.items()}
        passed, chat = len(player.fate.passed), player.chat.copied()
        marks.append(Mark(number, passed, copied(kept), chat, player.world, answers))
        await player.play((step,))
    return player, await player.told(), marks


@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.parametrize("name", STORIES)
async def test_it_may_die_at_any_point_and_tells_everybody_the_same(name: str, part: int) -> None:
    story = STORIES[name]
    alive, expected, marks = await lives(story)
    assert set(alive.fate.passed) == POINTS, "a kind of point that no story passes"
    assert not expected.doubles
    doubled = 0
    for at in range(1 + part, len(alive.fate.passed) + 1, SLICES):
        mark = next(each for each in reversed(marks) if each.passed < at)
        player = await mark.dies(at).play(story[mark.step :])
        assert player.died == alive.fate.passed[at - 1]
        told = await player.told()
        is_as_before(player, told, expected)
        doubled += len(told.doubles)
    assert doubled, "nobody died between a send and its settling"
