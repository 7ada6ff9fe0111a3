"""Somebody saves the school file: what counts is what stands there once they have finished."""

import os
from pathlib import Path

import pytest

from adapters.school_file import LOOKS, Settling, Watcher, look
from bot.settings import Files, Found

BEFORE, AFTER, HALF = (Found(text) for text in (b"before", b"after", b"aft"))


def file(found: Found, policy: Found | None = None) -> Files:
    return Files("school.toml", found, policy)


def taken(settling: Settling, *looks: Found) -> list[bytes]:
    given = (settling.settled(file(found)) for found in looks)
    return [files.school.data or files.school.trouble.encode() for files in given if files]


@pytest.fixture
def settling() -> Settling:
    return Settling(file(BEFORE))


def test_what_is_known_is_never_given_again(settling: Settling) -> None:
    assert taken(settling, *[BEFORE] * 10) == []


def test_a_change_is_given_once_it_stands_still_and_once_only(settling: Settling) -> None:
    assert taken(settling, *[AFTER] * (LOOKS - 1)) == []
    assert taken(settling, AFTER) == [b"after"]
    assert taken(settling, *[AFTER] * 10) == []


def test_a_file_written_in_pieces_counts_when_it_is_whole(settling: Settling) -> None:
    assert taken(settling, Found(b""), HALF, HALF, AFTER, AFTER) == []
    assert taken(settling, AFTER) == [b"after"]


def test_an_editor_that_replaces_the_file_leaves_a_moment_without_one(settling: Settling) -> None:
    gone = Found(trouble="No such file or directory")
    assert taken(settling, gone, gone, AFTER, AFTER, AFTER) == [b"after"]


def test_a_file_that_stays_away_is_news(settling: Settling) -> None:
    gone = Found(trouble="No such file or directory")
    assert taken(settling, *[gone] * 9) == [b"No such file or directory"]


def test_back_to_what_was_known_before_it_settled_is_no_change(settling: Settling) -> None:
    assert taken(settling, AFTER, AFTER, *[BEFORE] * 9) == []


def test_back_and_forth_is_given_each_time(settling: Settling) -> None:
    assert taken(settling, *[AFTER] * 4, *[BEFORE] * 4) == [b"after", b"before"]


def test_a_change_of_the_policy_file_is_a_change(settling: Settling) -> None:
    with_policy = [settling.settled(file(BEFORE, AFTER)) for _ in range(LOOKS)]
    assert with_policy[-1] == file(BEFORE, AFTER)


def test_looking_reads_the_school_file_and_the_policy_that_it_names(tmp_path: Path) -> None:
    school = tmp_path / "school.toml"
    assert look(school).school.trouble
    school.write_text('[school]\npolicy = "slps"\n')
    assert look(school).policy is None
    school.write_text('[school]\npolicy = "ours/policy.toml"\n')
    assert look(school).policy == Found(trouble=os.strerror(2))
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "policy.toml").write_text("ours")
    assert look(school).policy == Found(b"ours")


async def test_what_could_not_be_taken_is_tried_again_until_it_is(tmp_path: Path) -> None:
    school = tmp_path / "school.toml"
    school.write_text("before")
    taken: list[bytes] = []
    away = True

    async def take(files: Files) -> None:
        if away:
            raise ConnectionError
        taken.append(files.school.data)

    watcher = Watcher(school, look(school), take)
    school.write_text("after")
    for _ in range(LOOKS + 2):
        await watcher.look()
    assert taken == []
    away = False
    await watcher.look()
    await watcher.look()
    assert taken == [b"after"]


async def test_what_came_meanwhile_is_what_is_taken(tmp_path: Path) -> None:
    school = tmp_path / "school.toml"
    school.write_text("before")
    taken: list[bytes] = []
    away = True

    async def take(files: Files) -> None:
        if away:
            raise ConnectionError
        taken.append(files.school.data)

    watcher = Watcher(school, look(school), take)
    for text in ("one", "two"):
        school.write_text(text)
        for _ in range(LOOKS):
            await watcher.look()
    away = False
    await watcher.look()
    assert taken == [b"two"]
