"""Rows of the weekly report, and the pages they lead to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from tasks import wording
from tasks.staff_text import short_day
from tasks.staff_words import STAFF


@dataclass(frozen=True, slots=True)
class Row:
    """Cells, and the page that shows more of it; empty: there is none."""

    cells: tuple[str, ...]
    link: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a title; `figures` are the columns that stand to the right. `nothing` is said where there are no rows."""

    title: str
    headers: tuple[str, ...]
    figures: frozenset[int]
    rows: tuple[Row, ...]
    nothing: str


def table(title: str, headers: Sequence[str], figures: Iterable[int], rows: Iterable[Row], nothing: str) -> Table:
    """A table of these rows."""
    return Table(title, tuple(headers), frozenset(figures), tuple(rows), nothing)


def customer_page(number: str) -> str:
    """The desk's page of a customer."""
    return f"/desk/customers/{quote(number, safe='')}"


def inbox_page(**sifted: str) -> str:
    """The desk's inbox, sifted."""
    return f"/desk/inbox?{urlencode(sifted)}"


def sent_page(**sifted: str) -> str:
    """The desk's list of what left on a day, sifted."""
    return f"/desk/sent?{urlencode(sifted)}"


def runs_page(tag: str) -> str:
    """The runs with this tag, in Prefect's UI."""
    return f"/v2/runs?tab=flow-runs&tags={quote(tag, safe='')}"


def amount(minor: int, currency: str) -> str:
    """An amount as staff read it."""
    return wording.amount(minor, currency, STAFF)


def day_of_year(on: date) -> str:
    """`17 Jan 2026`, on one line: a narrow column would break it."""
    return f"{short_day(on)} {on.year}".replace(" ", "\u00a0")
