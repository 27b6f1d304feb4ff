"""`relance report --week`: the manager's Monday at the terminal, the same figures as in the run's page."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cli.at_work import at_work, channels
from cli.printing import clean, fields_of, print_aligned, print_json
from cli.refusal import Refusal
from policies.report_week import ReportWeek, last_told, read_week, week_of

if TYPE_CHECKING:
    from storage.creditor import Creditor
    from storage.week_report import WeekReport

LAST = "last"
"""The week that was over on the latest Monday."""


def report_week(words: str, *, as_json: bool) -> None:
    """Print the report of the week called `words`."""
    asked = None if words == LAST else read_week(words)
    if isinstance(asked, str):
        raise Refusal(asked)
    found = at_work(lambda: _reports(asked))
    if as_json:
        shown = [week_json(one) for one in found]
        print_json(shown[0] if len(shown) == 1 else {"reports": shown})
        return
    for one in found:
        tell_week(one)


async def _reports(asked: ReportWeek | None) -> "list[WeekReport]":
    from storage import clock
    from storage.creditor import all_creditors, ensure_creditor
    from storage.week_report import week_report

    at = await clock.now()
    await ensure_creditor()
    return [await week_report(one, _week(asked, one, at), at, channels()) for one in await all_creditors()]


def _week(asked: ReportWeek | None, creditor: "Creditor", at: datetime) -> ReportWeek:
    from zoneinfo import ZoneInfo

    zone = ZoneInfo(creditor.zone)
    week = asked or last_told(at, zone, 0)
    if week > week_of(at.astimezone(zone).date()):
        raise Refusal(f"The week {week} has not begun.")
    return week


def tell_week(report: "WeekReport") -> None:
    """The report as tables."""
    from tasks.week_tables import heading, tables

    title, under = heading(report)
    print(clean(f"{title.upper()}\n{under}"))
    for one in tables(report):
        print(f"\n{clean(one.title)}")
        print_aligned(one.headers, [row.cells for row in one.rows], one.figures, one.nothing)


def week_json(report: "WeekReport") -> dict[str, Any]:
    """The report for other programs: amounts as strings with the currency's decimals, a page for each line where there is one."""
    return {
        "week": str(report.week),
        "first": report.week.first,
        "last": report.week.last,
        "creditor": report.creditor,
        "as_of": report.at,
        **_done(report),
        **_agreed(report),
        **_owed(report),
        "ahead": {
            "until": report.ahead.until, "acts": [fields_of(one) for one in report.ahead.acts],
            "beyond": report.ahead.beyond,
        },
        "exceptions": {
            "counts": [{"way": way, "what": what, "count": n} for (way, what), n in report.exceptions.counts.items()],
            "begun": report.exceptions.begun,
            "latest": [fields_of(one) for one in report.exceptions.latest],
        },
        "problems": [fields_of(one) for one in report.troubles],
    }  # fmt: skip


def _done(report: "WeekReport") -> dict[str, Any]:
    """What was sent and said, what came back, and what waited on us."""
    sent, waits = report.correspondence, report.waiting
    return {
        "sent": [fields_of(one) for one in sent.sent],
        "undelivered": sent.undelivered,
        "calls": [fields_of(one) for one in report.calls],
        "answered": {"heard": [fields_of(one) for one in sent.heard], "reasons": [fields_of(one) for one in sent.reasons]},
        "waiting": {
            "all": fields_of(waits.all),
            "kinds": [fields_of(one) for one in waits.kinds],
            "people": [fields_of(one) for one in waits.people],
        },
    }  # fmt: skip


def _agreed(report: "WeekReport") -> dict[str, Any]:
    """What was promised and agreed, what became of it, and what is disputed."""
    agreed = report.agreed
    return {
        "promises": fields_of(agreed.promises),
        "plans": fields_of(agreed.plans),
        "settlements": fields_of(agreed.settlements),
        "broken": [fields_of(one) for one in agreed.broken],
        "measures": [fields_of(one) for one in agreed.measures],
        "disputes": [fields_of(one, {"amount": "currency"}) for one in agreed.disputes],
    }


def _owed(report: "WeekReport") -> dict[str, Any]:
    """What came in, and who owes most."""
    from tasks.week_rows import customer_page

    owed = {"open": "currency", "overdue": "currency"}
    return {
        "money_in": [fields_of(one, {"amount": "currency"}) for one in report.money.received],
        "unplaced": [fields_of(one, {"amount": "currency"}) for one in report.money.unplaced],
        "customers": [fields_of(one, owed) | {"page": customer_page(one.number)} for one in report.customers],
    }
