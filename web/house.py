"""The desk's own pages, below /desk: home, inbox, calls, what was sent, search, customers, invoices, messages.

The gate in front has signed the person in and leaves who it is in `scope["relance.caller"]`, with `actor`, `role` and
`language`. Pages only read; what a person does is done in forms of Prefect's UI, which the pages link to, pre-filled.
Every page is whole without a script, and asks nothing of any other host.
"""

import logging
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tasks.staff_text import speaking
from web import house_agreed, house_books, house_desk, house_found, house_inbox, house_start
from web.house_pages import PAGES, Desk, visit
from web.house_query import Unreadable
from web.house_reader import reader_of
from web.house_words import say

log = logging.getLogger("relance.desk")
Page = Callable[[Desk], Awaitable[Response]]
LATER = "This page cannot be shown now. Please try again in a moment."
KEPT = {"cache-control": "private, max-age=600"}


def shown(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """The page in the reader's language."""

    async def endpoint(request: Request) -> Response:
        with speaking(reader_of(request.scope).language):
            try:
                return await page(await visit(request))
            except Unreadable as wrong:
                return (await visit(request)).sentence(wrong.status, say("This cannot be shown"), wrong.sentence)
            except Exception as problem:
                log.error("The page %s could not be written: %s", request.url.path, type(problem).__name__)
                log.debug("The error was:", exc_info=True)
                return PlainTextResponse(say(LATER), 503)

    return endpoint


def _file(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(_: Request) -> Response:
        return FileResponse(PAGES / name, media_type=kind, headers=KEPT)

    return endpoint


async def _wrong(request: Request, problem: Exception) -> Response:
    """No such page, or a page that is only looked at."""
    status = problem.status_code if isinstance(problem, HTTPException) else 404
    with speaking(reader_of(request.scope).language):
        sentence = say("A page can only be looked at.") if status == 405 else say("There is no such page.")
        return (await visit(request)).sentence(status, say("Not found") if status == 404 else say("Refused"), sentence)


ROUTES: tuple[tuple[str, Page], ...] = (
    ("/desk", house_desk.home),
    ("/desk/inbox", house_inbox.inbox),
    ("/desk/calls", house_desk.calls_page),
    ("/desk/sent", house_desk.sent_page),
    ("/desk/agreements", house_agreed.agreements_page),
    ("/desk/search", house_found.search_page),
    ("/desk/customers/{number:path}", house_books.customer_page),
    ("/desk/invoices/{number:path}", house_books.invoice_page),
    ("/desk/cases/{case}", house_books.case_page),
    ("/desk/messages/{message}", house_books.message_page),
    ("/desk/start/{deployment}", house_start.start),
)
app = Starlette(
    routes=[
        Route("/desk/style.css", _file("desk.css", "text/css")),
        Route("/desk/icon.svg", _file("icon.svg", "image/svg+xml")),
        *(Route(address, shown(page), methods=["GET"]) for address, page in ROUTES),
    ],
    exception_handlers={HTTPException: _wrong},
)


async def house(scope: Scope, receive: Receive, send: Send) -> None:
    """Serves every path from /desk on to a person the gate has let in."""
    await app(scope, receive, send)
