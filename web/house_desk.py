"""The home page of the desk: what waits, whom to call, what left, how fresh the data is, what is wrong."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from starlette.responses import Response

from storage.call_list import Call, calls
from storage.desk_views import sent, troubles, waiting
from storage.desk_views.house_day import House
from storage.desk_views.waiting import Wanted
from web import house_inbox
from web.house_names import CHANNELS, WHOSE
from web.house_pages import Desk
from web.house_query import chosen, code, day, page_number
from web.house_words import say

FIRST = 8
"""Rows of a list on the home page; the rest is a page of its own."""
SHOWN = 50
AMONG, AMONG_FIRST = 200, 50
"""Calls their page knows of, and the home page: those of the largest amounts, as nobody makes more in a day."""
OLD_FILE = 7
"""Days after which a file of invoices or customers is called old."""


async def home(desk: Desk) -> Response:
    """Everything a person looks at in the morning."""
    mine = await waiting.page(Wanted((desk.reader.login,)), limit=FIRST)
    first = mine if mine.total else await waiting.page(Wanted(), limit=FIRST)
    counts, broken, unchosen = await troubles.troubles(desk.at)
    known = await troubles.sources(desk.at)
    last = await sent.last_day_before(desk.house.today, desk.house.zone)
    return desk.page(
        "home", here="home", tiles=await _tiles(desk), mine=mine, first=first,
        heaps=await waiting.heaps(desk.reader.login), calls=await _first_calls(desk),
        yesterday=desk.house.today - timedelta(days=1), last=last,
        sent=await sent.sent_on(last, desk.house.zone) if last else (), counts=counts, broken=broken, unchosen=unchosen,
        sources=known, old=_old_files(known, desk.house.today), inbox_address=house_inbox.address,
    )  # fmt: skip


async def _tiles(desk: Desk) -> list[dict[str, Any]]:
    """How many questions are for the person, for the role, for everybody."""
    counts = [(whose, await waiting.count(house_inbox.wanted(desk.reader, {"whose": whose}))) for whose in WHOSE]
    return [{"whose": whose, "count": count, "address": house_inbox.address(whose=whose)} for whose, count in counts]


def _old_files(known: troubles.Sources, today: date) -> frozenset[str]:
    return frozenset(one.kind for one in known.imports if troubles.days_old(one, today) > OLD_FILE)


async def calls_page(desk: Desk) -> Response:
    """Whom to call, the call that is worth most first."""
    query = desk.request.query_params
    number, whose = page_number(query), chosen(query, "whose", ("mine", "all"), "all")
    found = await calls(desk.at, desk.reader.login if whose == "mine" else None, AMONG)
    pages = max(1, -(-len(found) // SHOWN))
    if number > pages:
        return desk.beyond(pages, "calls")
    return desk.page(
        "calls", here="calls", calls=found[(number - 1) * SHOWN : number * SHOWN], total=len(found), whose=whose,
        cut=len(found) >= AMONG, number=number, pages=pages, address=lambda page: f"/desk/calls?whose={whose}&page={page}",
    )  # fmt: skip


async def _first_calls(desk: Desk) -> tuple[Call, ...]:
    """The person's own calls of today, else everybody's, among the largest amounts."""
    mine = [one for one in await calls(desk.at, desk.reader.login, AMONG_FIRST) if _is_today(one, desk.house)]
    others = () if mine else await calls(desk.at, None, AMONG_FIRST)
    return tuple(mine or [one for one in others if _is_today(one, desk.house)])[:FIRST]


def _is_today(one: Call, house: House) -> bool:
    """Whether it may be made before the day of the house is over."""
    return one.next_at is not None and one.next_at.astimezone(house.zone).date() <= house.today


async def sent_page(desk: Desk) -> Response:
    """What left on a day; without one in the address the last day on which anything did."""
    query, house = desk.request.query_params, desk.house
    asked, number = day(query), page_number(query)
    stage, channel = code(query, "stage"), chosen(query, "channel", CHANNELS)
    on = asked or await sent.last_day_before(house.today + timedelta(days=1), house.zone) or house.today
    if not date(2000, 1, 1) <= on <= date(2200, 1, 1):
        return desk.sentence(422, say("This cannot be shown"), say("Choose a day between 2000 and 2200."), here="sent")
    counts = await sent.sent_on(on, house.zone)
    total = sum(one.count for one in counts if stage in ("", one.stage) and channel in ("", one.channel))
    pages = max(1, -(-total // SHOWN))
    if number > pages:
        return desk.beyond(pages, "sent")
    messages = await sent.messages_of(
        on, house.zone, stage=stage, channel=channel, offset=(number - 1) * SHOWN, limit=SHOWN
    )
    return desk.page(
        "sent", here="sent", on=on, before=on - timedelta(days=1), after=on + timedelta(days=1), counts=counts,
        messages=messages, stage=stage, channel=channel, number=number, pages=pages, total=total,
        address=lambda page: _of_day(on, stage, channel, page),
    )  # fmt: skip


def _of_day(on: date, stage: str, channel: str, page: int) -> str:
    parts: Iterable[tuple[str, str]] = (("stage", stage), ("channel", channel), ("page", str(page)))
    return f"/desk/sent?day={on}" + "".join(f"&{name}={value}" for name, value in parts if value)
