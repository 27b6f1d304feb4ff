"""`relance report`: what there is to learn from the books."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.at_work import at_work
from cli.exposures import report_exposure
from cli.printing import fields_of, print_json, print_table
from cli.refusal import Refusal
from cli.report_doubtful import report_doubtful
from cli.report_week import LAST, report_week
from policies.answer_reasons import REASON_LAWS, AnswerReason

if TYPE_CHECKING:
    from storage.answer_reasons import ReasonCount, WhyLate

DOUBTFUL, EXPOSURE = "doubtful", "exposure"
UNSAID = (
    "Say which report you want: --week (what was done), --why (why we are paid late), exposure (who is above its limit) or "
    "doubtful (what may be lost)."
)
_DAY = ["%Y-%m-%d"]
Which = Annotated[
    str,
    typer.Argument(
        metavar="WEEK", help="With --week: 2026-W47, without it the last one that is over. Or: exposure, doubtful."
    ),
]
Why = Annotated[bool, typer.Option("--why", help="Why we are paid late: the reasons customers gave.")]
Since = Annotated[
    datetime | None, typer.Option("--since", formats=_DAY, help="--why: from this day on; ever without it.")
]
Week = Annotated[bool, typer.Option("--week", help="What was done in a week, what waits, what comes; see WEEK.")]
AsOf = Annotated[datetime | None, typer.Option("--as-of", formats=_DAY, help="doubtful: the day; today without it.")]
Out = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="doubtful: as a table to open.")]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


def report(
    which: Which = LAST,
    why: Why = False,
    since: Since = None,
    week: Week = False,
    as_of: AsOf = None,
    out: Out = None,
    json: Json = False,
) -> None:
    """The manager's week; why we are paid late, by customer and by segment; with the word `exposure` who is above its credit
    limit; with the word `doubtful` the open items an accountant goes through."""
    if week:
        report_week(which, as_json=json)
    elif why and which == LAST:
        _report_why(None if since is None else since.date(), as_json=json)
    elif which == DOUBTFUL and not why:
        report_doubtful(None if as_of is None else as_of.date(), out, as_json=json)
    elif which == EXPOSURE and not why:
        report_exposure(as_json=json)
    else:
        raise Refusal(UNSAID)


def _report_why(since: date | None, *, as_json: bool) -> None:
    from storage.answer_reasons import why_late

    found = at_work(lambda: why_late(since))
    if as_json:
        print_json({"since": since, **{name: [_shown(one) for one in part] for name, part in _parts(found).items()}})
        return
    _tell(found)


def _parts(found: "WhyLate") -> dict[str, Sequence["ReasonCount"]]:
    return {"reasons": found.reasons, "segments": found.segments, "customers": found.customers}


def _shown(one: "ReasonCount") -> dict[str, Any]:
    return fields_of(one) | {"says": _sentence(one.reason)}


def _sentence(reason: str) -> str:
    return REASON_LAWS[AnswerReason(reason)].said


def _tell(found: "WhyLate") -> None:
    figures = ("Answers", "Customers", "Invoices", "Last")
    nothing = "Nobody has said yet why it is late: reasons come from answers to replies and from logged calls."
    print_table(("Reason", *figures), [(_sentence(one.reason), *_figures(one)) for one in found.reasons], nothing)
    if not found.reasons:
        return
    print()
    segments = [(one.key or "(none)", _sentence(one.reason), *_figures(one)) for one in found.segments]
    print_table(("Segment", "Reason", *figures), segments, "")
    print()
    customers = [
        (f"{one.key} {one.name}", _sentence(one.reason), one.answers, one.invoices, one.last_on)
        for one in found.customers
    ]
    print_table(("Customer", "Reason", "Answers", "Invoices", "Last"), customers, "")


def _figures(one: "ReasonCount") -> tuple[object, ...]:
    return one.answers, one.customers, one.invoices, one.last_on
