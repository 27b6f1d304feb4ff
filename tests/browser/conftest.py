"""Debian's Chromium without a window, watched for requests to any other host."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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
SIZE = {"width": 1400, "height": 1000}
PATIENCE = 15_000
"""Milliseconds the browser waits for what it is told to click or read."""


@dataclass
class Window:
    """One browser window of one person, with what it asked of whom."""

    page: Page
    asked: list[str] = field(default_factory=list)
    """Every host and port that was asked for something."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium; the tests are skipped where the machine has none."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed on this machine (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def window(chromium: Browser) -> Iterator[Window]:
    """A fresh window without any session."""
    context: BrowserContext = chromium.new_context(viewport=SIZE)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    opened = Window(context.new_page())
    context.on("request", lambda request: opened.asked.append(urlsplit(request.url).netloc))
    yield opened
    context.close()
