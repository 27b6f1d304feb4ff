"""A local server that answers like Twilio: it takes, lists and tells of messages, and refuses its magic numbers.

Where Twilio's description is beside the checkout every request and every answer is held against it; what does not fit is
kept in `wrong`.
"""

from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

from aiohttp import web

from tasks.twilio_client import TwilioAccount
from tests.tasks.twilio_openapi import described, wrong_answer, wrong_request

SID = "AC" + "0123456789abcdef" * 2
SERVICE = "MG" + "0123456789abcdef" * 2
TOKEN = "s3cret"
OURS = "+15005550006"
ACCOUNT = f"/2010-04-01/Accounts/{SID}.json"
LIST = f"/2010-04-01/Accounts/{SID}/Messages.json"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

REFUSED_TO = {
    "+15005550001": 21211, "+15005550002": 21612, "+15005550003": 21408, "+15005550004": 21610, "+15005550009": 21614,
}  # fmt: skip
REFUSED_FROM = {"+15005550001": 21212, "+15005550007": 21606, "+15005550008": 21611}
"""Twilio's magic numbers: what it answers to each."""


@dataclass
class Twilio:
    """What the server knows and what it was asked."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    """Method, path, and the form or the query."""
    wrong: list[str] = field(default_factory=list)
    refuses: tuple[int, int, str] | None = None
    """Status, Twilio's number and words with which everything is refused."""
    loses_answers: bool = False
    """Takes a message, then hangs up."""
    loses_answers_to: str = ""
    """The same for one number alone."""
    page: int = 50
    at: datetime = NOON
    url: str = ""
    token: str = TOKEN

    def account(self, sender: str = OURS) -> TwilioAccount:
        """The account that talks to this server."""
        return TwilioAccount(SID, TOKEN, sender, self.url)

    def add(self, **said: Any) -> dict[str, Any]:
        """A message the server knows of; `said` as Twilio's JSON."""
        number = len(self.messages) + 1
        at = format_datetime(said.pop("at", self.at))
        sid = said.get("sid", f"SM{number:032x}")
        told = {
            "account_sid": SID, "api_version": "2010-04-01", "body": "", "date_created": at, "date_sent": at,
            "date_updated": at, "direction": "outbound-api", "error_code": None, "error_message": None, "from": OURS,
            "messaging_service_sid": None, "num_media": "0", "num_segments": "1", "price": None, "price_unit": "USD",
            "sid": sid, "status": "queued", "to": "+33612345678", "subresource_uris": {},
            "uri": f"/2010-04-01/Accounts/{SID}/Messages/{sid}.json",
        }  # fmt: skip
        self.messages.append(told | said)
        return self.messages[-1]

    def says(self, place: int, **said: Any) -> None:
        """What becomes of the message at this place."""
        self.messages[place] |= said

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Any request: held against the description, then answered."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        query = dict(request.query)
        self.asked.append((request.method, request.path, form or query))
        if described() is not None:
            self.wrong += wrong_request(
                request.method, request.path, request.query.items(), form.items(), request.content_type
            )
        credentials = "Basic " + b64encode(f"{SID}:{self.token}".encode()).decode()
        if request.headers.get("Authorization") != credentials:
            return _refusal(401, 20003, "Authenticate")
        if self.refuses is not None:
            return _refusal(*self.refuses)
        if request.method == "POST":
            return self._take(request, form)
        return self._tell(request, query)

    def _take(self, request: web.Request, form: Mapping[str, str]) -> web.StreamResponse:
        sender = form.get("From", "")
        code = REFUSED_TO.get(form["To"]) or REFUSED_FROM.get(sender)
        if code is not None:
            return _refusal(400, code, "refused as the magic numbers say")
        if len(form["Body"]) > 1600:
            return _refusal(400, 21617, "The concatenated message body exceeds the 1600 character limit")
        made = self.add(
            body=form["Body"],
            to=form["To"],
            messaging_service_sid=form.get("MessagingServiceSid"),
            **{"from": sender or None},
        )
        if self.loses_answers or form["To"] == self.loses_answers_to:
            assert request.transport is not None
            request.transport.close()
        return self._json(request, 201, made)

    def _tell(self, request: web.Request, query: Mapping[str, str]) -> web.StreamResponse:
        if request.path == ACCOUNT:
            return self._json(request, 200, {"sid": SID, "status": "active", "friendly_name": "Martin"})
        if request.path != LIST:
            sid = request.path.rpartition("/")[2].removesuffix(".json")
            found = next((one for one in self.messages if one["sid"] == sid), None)
            return self._json(request, 200, found) if found else _refusal(404, 20404, "not found")
        after = query.get("DateSent>", "")
        listed = [
            one for one in reversed(self.messages)
            if query.get("To") in (None, one["to"])
            if not after or parsedate_to_datetime(one["date_sent"]) > datetime.fromisoformat(after)
        ]  # fmt: skip
        size, page = min(int(query.get("PageSize", self.page)), self.page), int(query.get("Page", "0"))
        part = listed[page * size : (page + 1) * size]
        more = len(listed) > (page + 1) * size
        others = "&".join(f"{name}={value}".replace("+", "%2B") for name, value in query.items() if name != "Page")
        told = {
            "first_page_uri": LIST, "end": page * size + len(part), "page": page, "page_size": size, "start": page * size,
            "previous_page_uri": None, "uri": LIST, "messages": part,
            "next_page_uri": f"{LIST}?{others}&Page={page + 1}" if more else None,
        }  # fmt: skip
        return self._json(request, 200, {name: value for name, value in told.items() if name != "previous_page_uri"})

    def _json(self, request: web.Request, status: int, body: Any) -> web.Response:
        if described() is not None:
            self.wrong += wrong_answer(request.method, request.path, status, body)
        return web.json_response(body, status=status)


def _refusal(status: int, code: int, words: str) -> web.Response:
    more = f"https://www.twilio.com/docs/errors/{code}"
    return web.json_response({"code": code, "message": words, "more_info": more, "status": status}, status=status)


@asynccontextmanager
async def twilio() -> AsyncIterator[Twilio]:
    """Such a server on this machine."""
    server = Twilio()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    server.url = f"http://{host}:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()
