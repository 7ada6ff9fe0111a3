"""The architecture page fails the build when it is out of date."""

from tests.docs.diagram import PAGE, page_with_diagram


def test_the_state_diagram_is_that_of_the_table() -> None:
    page = PAGE.read_text("utf-8")
    assert page == page_with_diagram(page), "run: python -m tests.docs.diagram"
