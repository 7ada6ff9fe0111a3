"""The stories once more on Slack: through signed payloads, the adapter, and a workspace that
refuses what Slack refuses.
"""

from tests.stories.taken_over import taken_over

globals().update(taken_over())


def test_they_are_most_of_the_stories() -> None:
    assert len(taken_over()) > 150
