"""The inbox: what waits for people, sifted and in an order, a page at a time."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.responses import Response

from policies.choices import choices
from policies.questions import QuestionKind
from policies.staff import Role
from policies.stages import Stage
from policies.who_may_answer import allowed
from storage.desk_views import waiting
from storage.desk_views.waiting import Order, Wanted
from web.house_names import KINDS, ORDERS, STAGES, WHOSE
from web.house_pages import Desk
from web.house_query import chosen, code, page_number, query_of
from web.house_reader import Reader

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
        return desk.beyond(pages, "inbox")
    return desk.page(
        "inbox", here="inbox", found=found, sifted=sifted, number=number, pages=pages, kinds=sorted(KINDS),
        stages=tuple(STAGES), orders=tuple(ORDERS), whose=tuple(WHOSE),
        address=lambda page: address(**sifted | {"page": str(page)}),
    )  # fmt: skip


def wanted(reader: Reader, sifted: Mapping[str, str]) -> Wanted:
    """The questions meant. *For my role*: those that ask nobody in particular, and those an agent may not wholly decide."""
    found = Wanted(
        kind=sifted.get("kind", ""), stage=sifted.get("stage", ""), customer=sifted.get("customer", ""),
        order=Order(sifted.get("order", Order.AMOUNT)),
    )  # fmt: skip
    match sifted.get("whose"):
        case "mine":
            return replace(found, todos=(reader.login,))
        case "role":
            return replace(found, todos=() if reader.role is Role.VIEWER else ("",), matters=matters_for(reader.role))
        case _:
            return found


@lru_cache
def matters_for(role: Role) -> tuple[str, ...]:
    """The kinds of questions, as `kind:stage`, of which an answer is closed to an agent and open to this role."""
    return tuple(
        f"{kind.value}:{stage.value if stage else ''}"
        for kind in QuestionKind
        for stage in (None, *Stage)
        if _is_for(role, kind, stage)
    )


def _is_for(role: Role, kind: QuestionKind, stage: Stage | None) -> bool:
    rights = [allowed(kind, stage, one.code) for one in choices(kind, stage)]
    return any(role in may and Role.AGENT not in may for may in rights)


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
