"""The stories once more on Teams: through activities with tokens, the adapter, and a tenant that
refuses what Teams refuses.
"""

import pytest

from tests.stories.taken_over import taken_over

pytestmark = pytest.mark.thorough

HOME = "test_where_is_everyone_is_on_the_home_card_of_whoever_watches_over_everybody"
"""On Teams ``home`` shows the whole page: ``tests/stories/test_own_page.py``."""

globals().update(taken_over(HOME))


def test_they_are_most_of_the_stories() -> None:
    assert len(taken_over()) > 150
