"""The stories once more on Slack: through signed payloads, the adapter, and a workspace that
refuses what Slack refuses.
"""

import pytest

from tests.stories.taken_over import taken_over

pytestmark = pytest.mark.thorough

globals().update(taken_over())


def test_they_are_most_of_the_stories() -> None:
    assert len(taken_over()) > 150
