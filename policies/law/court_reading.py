"""Reading what a law file says of the ways to court and of the periods in them."""

from policies.court_event import CourtEvent
from policies.deadline import DeadlineKind
from policies.law.court_rules import COURTS, SHEETS, CourtPeriod, CourtWay
from policies.law.written import WHERE_KEYS, Page, read_amount, read_where
from policies.rates.rate_cells import day
from policies.toml_table import Table
from policies.toml_values import Wrong, flag, identifier, listed, one_of, shown, text, whole

COURT_KEYS = (
    "sheet", "court", "cross_border", "not_in", "attempt_first", "attempt_up_to", "attempt_article", "is_attempt", "notice_first",
    "documents", "forbids_payment", "interrupts", "counts_interest",
)  # fmt: skip
PERIOD_KEYS = (
    *WHERE_KEYS, "route", "kind", "after", "months", "days", "order_since", "order_until", "theirs", "what",
)  # fmt: skip


def read_court(table: Table, page: Page) -> CourtWay:
    """What a `[[route]]` says of the court."""
    way = CourtWay()
    return CourtWay(
        sheet=table.take("sheet", _sheet, way.sheet),
        court=table.take("court", _court, way.court),
        cross_border=table.take("cross_border", flag, False),
        not_in=table.take("not_in", listed(_country), ()),
        attempt_first=table.take("attempt_first", flag, False),
        attempt_up_to=read_amount(table, "attempt_up_to", page),
        attempt_article=table.take("attempt_article", text, ""),
        is_attempt=table.take("is_attempt", flag, False),
        notice_first=table.take("notice_first", flag, False),
        documents=table.take("documents", flag, False),
        forbids_payment=table.take("forbids_payment", text, ""),
        interrupts=table.take("interrupts", one_of(CourtEvent), None),
        counts_interest=table.take("counts_interest", flag, False),
    )


def read_period(table: Table, page: Page) -> CourtPeriod:
    """One `[[court_period]]`."""
    table.refuse_others(PERIOD_KEYS)
    period = CourtPeriod(
        route=table.require("route", identifier, ""),
        kind=table.require("kind", one_of(DeadlineKind), DeadlineKind.COURT_STEP),
        after=table.require("after", one_of(CourtEvent), CourtEvent.FILED),
        where=read_where(table, page),
        months=table.take("months", whole(1, 360), 0),
        days=table.take("days", whole(1, 365), 0),
        order_since=table.take("order_since", day, None),
        order_until=table.take("order_until", day, None),
        theirs=table.take("theirs", flag, False),
        what=table.take("what", text, ""),
    )
    if not period.months and not period.days:
        table.note("months", "Say how long the period is, in months, in days, or both.")
    return period


def _sheet(value: object) -> str:
    if value not in SHEETS:
        raise Wrong(f"{shown(value)} is no facts sheet; use one of {', '.join(SHEETS)}.")
    return str(value)


def _court(value: object) -> str:
    if value not in COURTS:
        raise Wrong(f"{shown(value)} is no court known here; use one of {', '.join(COURTS)}.")
    return COURTS[str(value)]


def _country(value: object) -> str:
    if not isinstance(value, str) or len(value) != 2 or not value.isupper() or not value.isalpha():
        raise Wrong(f"{shown(value)} is not a country; use its two capital letters, such as FR.")
    return value
