"""The inbox: what waits for people, sifted and in an order, a page at a time."""

from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.responses import Response

from storage.desk_views import waiting
from storage.desk_views.waiting import Order, Wanted
from web.house_names import KINDS, ORDERS, STAGES, WHOSE
from web.house_pages import Desk
from web.house_query import chosen, code, page_number, query_of
from web.house_reader import Reader
from web.house_words import say

SHOWN = 50
"""Questions on a page."""
ADDRESS = "/desk/inbox"


async def inbox(desk: Desk) -> Response:
    """The questions the address asks for, and how many there are."""
    query = desk.request.query_params
    sifted = _sifted(query)
    number = page_number(query)
    found = await waiting.page(wanted(desk.reader, sifted), offset=(number - 1) * SHOWN, limit=SHOWN)
    pages = max(1, -(-found.total // SHOWN))
    if number > pages:
        sentence = say("There is only one page.") if pages == 1 else say("There are only {pages} pages.", pages=pages)
        return desk.sentence(404, say("Not found"), sentence, here="inbox")
    return desk.page(
        "inbox", here="inbox", found=found, sifted=sifted, number=number, pages=pages, kinds=sorted(KINDS),
        stages=tuple(STAGES), orders=tuple(ORDERS), whose=tuple(WHOSE),
        address=lambda page: address(**sifted | {"page": str(page)}),
    )  # fmt: skip


def wanted(reader: Reader, sifted: dict[str, str]) -> Wanted:
    """The questions meant: *for my role* are those that ask nobody in particular, or the role by name."""
    todos = {"mine": (reader.login,), "role": ("", reader.role.value)}.get(sifted["whose"])
    return Wanted(todos, sifted["kind"], sifted["stage"], sifted["customer"], Order(sifted["order"]))


def address(**sifted: str) -> str:
    """The inbox sifted like this."""
    said = query_of(
        {
            name: value
            for name, value in sifted.items()
            if (name, value) not in (("page", "1"), ("whose", "all"), ("order", "amount"))
        }
    )
    return f"{ADDRESS}?{urlencode(said)}" if said else ADDRESS


def _sifted(query: QueryParams) -> dict[str, str]:
    return {
        "whose": chosen(query, "whose", WHOSE, "all"),
        "kind": code(query, "kind"),
        "stage": chosen(query, "stage", STAGES),
        "customer": code(query, "customer"),
        "order": chosen(query, "order", ORDERS, "amount"),
    }
