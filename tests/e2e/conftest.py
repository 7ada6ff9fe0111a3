"""One Chromium for each file; for each test a process, a folder and a page of its own."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.e2e.looking import Demonstration
from tests.e2e.running import START, Demo

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 10_000
"""Milliseconds that anything may take to appear; most of it takes a few."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for longer than a file: while it is open its own event loop runs, and files that are
    async could have none.
    """
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium here; this gets it: apt-get install chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Demo]]:
    """Gives demos one after another. Each starts while the test before it runs, to save time."""
    launched: list[Demo] = []

    def launch() -> None:
        demo = Demo(tmp_path_factory.mktemp("demo"))
        launched.append(demo)
        demo.seed_clock(START)
        demo.launch()

    def take() -> Demo:
        demo = launched[-1]
        demo.is_ready()
        launch()
        return demo

    launch()
    yield take
    launched[-1].end()


@pytest.fixture
def demo(demos: Callable[[], Demo]) -> Iterator[Demo]:
    """The demo, at one o'clock on a Monday. It must end with nothing to complain of."""
    demo = demos()
    yield demo
    demo.end()
    assert demo.complaints() == []


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        viewport={"width": 1366, "height": 768}, locale="en-GB", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(
    context: BrowserContext, demo: Demo, request: pytest.FixtureRequest
) -> Iterator[Demonstration]:
    page = Demonstration(context.new_page(), demo.address).open()
    yield page
    page.looks(f"end-{request.node.name}")
