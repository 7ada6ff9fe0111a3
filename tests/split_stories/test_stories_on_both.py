"""The stories once more with the cast split over Slack and Teams, one way round or the other."""

from collections import Counter

import pytest

from tests.stories.on_both import CASTS, cast_of
from tests.stories.taken_over import taken_over

pytestmark = pytest.mark.thorough

HOME = "test_where_is_everyone_is_on_the_home_card_of_whoever_watches_over_everybody"
"""On Teams ``home`` shows the whole page: ``tests/stories/test_own_page.py``."""
FROM_THE_OTHER_SIDE = (
    "test_P6_in_the_office_channel_it_is_answered_for_whoever_presses",
    "test_P6_an_outsider_with_every_button_and_form_changes_and_learns_nothing",
)
"""Whoever isn't on the office's platform can't press in its channel."""

globals().update(taken_over(HOME, *FROM_THE_OTHER_SIDE))


def test_they_are_most_of_the_stories() -> None:
    assert len(taken_over()) > 150


def test_there_are_many_either_way_round() -> None:
    told = Counter(map(cast_of, taken_over()))
    assert set(told) == set(CASTS)
    assert min(told.values()) > 100
