"""Writing a page of the desk: the template, the reader's language, and what every page shows."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from policies.answer_reasons import REASON_LAWS
from storage import clock
from storage.desk_views.house_day import House, house_at
from tasks.staff_text import colon
from web import house_names as names
from web.house_paying import paying
from web.house_reader import Reader, Spoken, reader_of, spoken_name
from web.house_words import say, single, told

PAGES = Path(__file__).parent / "pages"
FRESH = {"cache-control": "no-store"}
"""A page is never shown from a browser's memory: it names what people owe."""


class Asked(Protocol):
    """What stands in a list of questions."""

    kind: str
    stage: str


class Desk:
    """One visit: who looks, at what moment, whose house it is."""

    def __init__(self, request: Request, reader: Reader, house: House, at: datetime) -> None:
        self.request = request
        self.reader = reader
        self.house = house
        self.at = at

    def page(self, name: str, status: int = 200, *, here: str = "", **values: Any) -> HTMLResponse:
        """The page `name` with its values."""
        common = {
            "reader": self.reader, "house": self.house, "at": self.at, "here": here, "looked_for": "",
            **Spoken(self.reader, self.house).names(),
        }  # fmt: skip
        text = environment().get_template(f"{name}.html").render(common | values)
        return HTMLResponse(text, status, FRESH)

    def beyond(self, pages: int, here: str) -> HTMLResponse:
        """There is no page of this number: how many there are."""
        sentence = say("There is only one page.") if pages == 1 else say("There are only {pages} pages.", pages=pages)
        return self.sentence(404, say("Not found"), sentence, here=here)

    def sentence(self, status: int, title: str, sentence: str, **values: Any) -> HTMLResponse:
        """A page that says why there is nothing to show, and where to go from here."""
        return self.page("sentence", status, heading=title, sentence=sentence, **values)


async def visit(request: Request) -> Desk:
    """The desk as it stands when the page is asked for."""
    at = await clock.now()
    return Desk(request, reader_of(request.scope), await house_at(at), at)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates; a name that is missing is an error, and everything is escaped."""
    made = Environment(
        loader=FileSystemLoader(PAGES), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"path": path, "what_is_asked": what_is_asked, "stage_or_kind": stage_or_kind}
    made.globals |= {
        "t": say, "said": told, "paying": paying, "colon": colon, "single": single, "reason_said": reason_said,
        **{name: _named(table) for name, table in NAMED.items()},
    }  # fmt: skip
    return made


NAMED: Mapping[str, Mapping[str, str]] = {
    "kind_name": names.KINDS,
    "stage_name": names.STAGES,
    "channel_name": names.CHANNELS,
    "state_name": names.STATES,
    "hold_name": names.HOLDS,
    "measure_name": names.MEASURES,
    "role_name": names.ROLES,
    "import_name": names.IMPORTS,
    "incoming_name": names.INCOMING,
    "order_name": names.ORDERS,
    "whose_name": names.WHOSE,
    "act_name": names.ACTS,
}
"""What templates call to name a code."""


def reason_said(code: str) -> str:
    """Why a customer has not paid, as its law says it."""
    return next((law.said for reason, law in REASON_LAWS.items() if reason == code), code.replace("_", " "))


def path(text: str) -> str:
    """A number as part of an address, slashes and all."""
    return quote(text, safe="")


def what_is_asked(one: Asked) -> str:
    """*Approval: formal notice*, *Reply*."""
    kind = spoken_name(names.KINDS, one.kind)
    return f"{kind} · {spoken_name(names.STAGES, one.stage)}" if one.stage else kind


def stage_or_kind(code: str) -> str:
    """What a message was: the step of the ladder, or its kind beside it."""
    return spoken_name(names.STAGES if code in names.STAGES else names.SENT, code)


def _named(table: Mapping[str, str]) -> Callable[[str | None], str]:
    return lambda code: spoken_name(table, code)
