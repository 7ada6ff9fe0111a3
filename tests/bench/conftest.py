import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--small", action="store_true", help="a hundredth of the size, in seconds")


@pytest.fixture
def share(request: pytest.FixtureRequest) -> float:
    """How much of the full size to measure."""
    return 0.01 if request.config.getoption("--small") else 1.0
