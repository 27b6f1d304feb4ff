"""The desk's own pages in Chromium: on a telephone, by keyboard, in the dark, and without any other host."""

import asyncio
import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.desk_world import furnish
from cli.home import CHECKOUT, open_home
from cli.ports import free_port
from cli.postgres import Database
from storage import clock
from storage.migrate import migrate
from storage.session import URL, disconnect

pytestmark = pytest.mark.browser

PAGES = (
    "/desk", "/desk/inbox", "/desk/calls", "/desk/agreements", "/desk/sent", "/desk/search?q=client+1", "/desk/search?q=179,19", "/desk/customers/C7",
    "/desk/invoices/FA-7", "/desk/cases/300", "/desk/messages/7", "/desk/customers/nobody",
)  # fmt: skip
UNNAMED = """[...document.querySelectorAll("input,select,button,a,summary")].filter(one => !(
    (one.labels && one.labels.length) || one.textContent.trim() || one.getAttribute("aria-label"))).map(one => one.outerHTML)"""
TOO_SMALL = """[...document.querySelectorAll("a,button,input,select")].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.left >= 0 && box.height < 40 && !one.closest("p, dd, footer, li.words");
}).map(one => one.outerHTML)"""
FAINT = """(() => {
    const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(
        part => (part /= 255) <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
    const ground = one => { for (; one; one = one.parentElement) { const colour = getComputedStyle(one).backgroundColor;
        if (!colour.endsWith(", 0)") && colour !== "transparent") return colour; } return "rgb(255, 255, 255)"; };
    return [...document.querySelectorAll("body *")].filter(one => [...one.childNodes].some(
        node => node.nodeType === 3 && node.textContent.trim())).filter(one => {
        const [a, b] = [light(getComputedStyle(one).color), light(ground(one))].sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05) < 4.5; }).map(one => one.outerHTML.slice(0, 120)); })()"""


async def _furnished(owner: str) -> None:
    await furnish(owner, customers=40, asked=30, invoices=400)
    await clock.start(clock.Mode.STEPPED, clock.datetime(2026, 3, 3, 12, tzinfo=clock.UTC))
    await disconnect()


@pytest.fixture(scope="module")
def pages(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages of a house with thirty open questions; only where there is a browser to look at them."""
    port = free_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(URL, raising=False)
        with Database(open_home(tmp_path_factory.mktemp("pages"))) as database:
            patch.setenv(URL, database.urls.app)
            with ThreadPoolExecutor(1) as thread:  # the browser's own event loop runs in this one
                thread.submit(migrate, database.urls.owner).result()
                thread.submit(asyncio.run, _furnished(database.urls.owner)).result()
            command = [
                sys.executable,
                "-m",
                "uvicorn",
                "tests.browser.desk_served:app",
                "--port",
                str(port),
                "--lifespan",
                "off",
            ]
            server = subprocess.Popen(command, cwd=CHECKOUT, env=dict(os.environ), stderr=subprocess.DEVNULL)
            try:
                _wait(port)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()
                server.wait(20)


def _wait(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", "/desk/style.css")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError("The pages did not start.")


@pytest.fixture(params=[("en-GB", "light"), ("fr-FR", "dark")], ids=["english-light", "french-dark"])
def telephone(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A window of 360 pixels, in a language and a colour."""
    language, colour = request.param
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, locale=language, color_scheme=colour, has_touch=True,
        extra_http_headers={"Accept-Language": language},
    )  # fmt: skip
    yield context.new_page()
    context.close()


def test_on_a_telephone_nothing_stands_beside_the_screen_and_everything_can_be_touched_and_read(
    pages: str, telephone: Page
) -> None:
    wrong = {}
    for address in PAGES:
        reply = telephone.goto(pages + address)
        assert reply is not None
        assert reply.status == (404 if address.endswith("nobody") else 200)
        beside = telephone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = [beside] * (beside > 0) + [
            one for looked in (TOO_SMALL, FAINT, UNNAMED) for one in telephone.evaluate(looked)
        ]
        if found:
            wrong[address] = found
    assert wrong == {}


def test_nothing_is_asked_of_another_host_and_the_keyboard_reaches_the_content_at_once(
    pages: str, chromium: Browser
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    context.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    for address in PAGES[:-1]:
        page.goto(pages + address)
    page.goto(f"{pages}/desk")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("document.querySelectorAll('h1').length") == 1
    assert page.get_by_role("table").count() >= 2
    page.get_by_role("searchbox").fill("FA-7")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/search?q=FA-7")
    assert set(asked) == {urlsplit(pages).netloc}
    assert errors == []
    context.close()
