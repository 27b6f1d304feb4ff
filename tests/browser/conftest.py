"""Debian's Chromium without a window, watched for requests to any other host; an office on a real stack."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.office import DAY, Office, furnish
from tests.browser.prefect_ui import PrefectUI
from tests.engine.stack import Stack
from tests.engine.staff import entry_link, in_a_thread
from tests.stories.conftest import forget_runs

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZE = {"width": 1280, "height": 1000}
PATIENCE = 15_000
"""Milliseconds the browser waits for what it is told to click or read."""


@dataclass
class Window:
    """One browser window of one person, with what it asked of whom."""

    page: Page
    asked: list[str] = field(default_factory=list)
    """Every host and port that was asked for something."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running Chromium; the tests are skipped where the machine has none.

    A module's, not the session's: while it runs, its event loop keeps every other one out of this thread.
    """
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed on this machine (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def open_window(chromium: Browser) -> Window:
    """A fresh window without any session."""
    context: BrowserContext = chromium.new_context(viewport=SIZE)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)  # five seconds by default, too few for a busy machine
    opened = Window(context.new_page())
    context.on("request", lambda request: opened.asked.append(urlsplit(request.url).netloc))
    return opened


@pytest.fixture
def window(chromium: Browser) -> Iterator[Window]:
    """A window of a person who has not entered yet."""
    opened = open_window(chromium)
    yield opened
    opened.page.context.close()


@pytest.fixture(scope="module")
def office(chromium: Browser, stack: Stack) -> Iterator[Office]:
    """The office on a stack of its own day, with one dispatcher; only where there is a browser to look at it."""
    begun = Office(stack, DAY)
    begun.run(forget_runs(stack))
    begun.begin()
    stack.start_dispatcher()
    furnish(begun)
    yield begun
    stack.stop_dispatchers()


@pytest.fixture(scope="module")
def marie(chromium: Browser, office: Office) -> Iterator[Window]:
    """Marie's window: she has entered by the one-time link, and looks at nothing but this desk."""
    opened = open_window(chromium)
    PrefectUI(opened.page, office.stack.desk_url).enter(in_a_thread(entry_link("marie", office.stack.desk_url)))
    yield opened
    opened.page.context.close()


@pytest.fixture
def desk(marie: Window, office: Office) -> Iterator[PrefectUI]:
    """The UI in Marie's window; nothing was asked of any other host in the meantime."""
    yield PrefectUI(marie.page, office.stack.desk_url)
    assert set(marie.asked) - {""} == {urlsplit(office.stack.desk_url).netloc}
