"""`relance policy replay LADDER`: a policy over recorded history, and the contacts it would have made."""

import gc
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.import_files import readable
from cli.ladder_files import path_of, playable
from cli.printing import print_json
from cli.rates_at_hand import rates_at_hand
from cli.refusal import Refusal
from cli.replay_words import CAVEAT, difference_json, report_json, sentences, tell, tell_difference
from policies.ladder import Ladder
from policies.replay.difference import Difference
from policies.replay.past import PastCustomer
from policies.replay.period import Period
from policies.replay.replay import USUAL_DAYS
from policies.replay.report import Report

SHOWN = 20
"""Problems of a file that are printed before the rest is only counted."""
DATABASE = "db"
NOT_THEN = " What was imported later was not known then: --dated goes by the dates of facts instead."


Against = Annotated[str, typer.Option(metavar="POLICY", help="Another policy over the same history.")]
Data = Annotated[str, typer.Option(metavar="FILE|db", help="A CSV file of what was owed and paid, or this database.")]
Mapped = Annotated[
    str, typer.Option(metavar="NAME|FILE", help="How its columns are to be read.", show_default="our own layout")
]
Plain = Annotated[
    bool,
    typer.Option("--plain", help="By the policy's days alone: no weekends, holidays or caps, each invoice by itself."),
]
Dated = Annotated[
    bool, typer.Option("--dated", help="Of the database: a fact is known the day after its date, not when recorded.")
]
Within = Annotated[
    int, typer.Option(metavar="DAYS", min=0, help="Who pays everything by then pays without being asked.")
]
Page = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Also write a page with plots, which needs no network.")
]


def replay(
    policy: Annotated[str, typer.Argument(help="A policy's id, or a file.")],
    first: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First day counted.")],
    last: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day counted.")],
    against: Against = "",
    data: Data = DATABASE,
    mapping: Mapped = "",
    plain: Plain = False,
    dated: Dated = False,
    paying_within: Within = USUAL_DAYS,
    html: Page = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Count the contacts a policy would have made over recorded history. A count, not a promise of cash; nothing is sent."""
    began = time.monotonic()
    period = Period(first.date(), last.date())
    if period.last < period.first:
        raise Refusal(f"The period would end before it begins: --from {period.first} is after --to {period.last}.")
    ladders = tuple(playable(path_of(name)) for name in (policy, against) if name)
    customers = _history(data, mapping, dated=dated)
    found = _replayed(customers, period, ladders, plain=plain, within_days=paying_within)
    if (found.this if isinstance(found, Difference) else found).invoices == 0:
        hint = NOT_THEN if data == DATABASE and not dated else ""
        raise Refusal(f"No invoice was open and known from {period.first} to {period.last}.{hint}")
    if html is not None:
        _write_page(found, html)
    if json:
        print_json(as_json(found) | {"seconds": round(time.monotonic() - began, 3)})
    else:
        _tell(found)


def _tell(found: Report | Difference) -> None:
    if isinstance(found, Difference):
        tell_difference(found)
    else:
        tell(found)
    print(f"\n{CAVEAT}")


def _write_page(found: Report | Difference, file: Path) -> None:
    from tasks.replay_page import replay_page

    if file.is_dir():
        raise Refusal(f"{file} is a folder: name a file in it.")
    reports = (found,) if isinstance(found, Report) else (found.this, found.other)
    said = [[one for one in sentences(report) if not one.startswith(" ")] for report in reports]
    file.write_text(replay_page(found, said, CAVEAT, f"{datetime.now().astimezone():%Y-%m-%d}"), encoding="utf-8")


def as_json(found: Report | Difference) -> dict[str, Any]:
    """The answer for other programs: the report, and under `against` and `difference` what it is compared with."""
    if isinstance(found, Report):
        return report_json(found) | {"caveat": CAVEAT}
    compared = {"against": report_json(found.other), "difference": difference_json(found)}
    return report_json(found.this) | compared | {"caveat": CAVEAT}


def _history(data: str, mapping: str, *, dated: bool) -> list[PastCustomer]:
    if data != DATABASE:
        if dated:
            raise Refusal("--dated is about the database; a file knows no moments, only days.")
        return from_file(Path(data), mapping)
    if mapping:
        raise Refusal("--mapping is about a file; name it with --data.")
    from cli.at_work import at_work
    from storage.recorded import recorded

    return at_work(lambda: recorded(dated=dated))


def from_file(file: Path, mapping: str) -> list[PastCustomer]:
    """The history in a file; refused with everything that is wrong with it: half a history would be counted as a whole."""
    from tasks.invoice_mapping import DEFAULTS, RecordKind, load_mapping
    from tasks.read_history import customers_of, read_history

    readable(file)
    known = load_mapping(mapping or DEFAULTS[RecordKind.HISTORY])
    if isinstance(known, list):
        raise Refusal("\n".join(str(problem) for problem in known))
    gc.disable()  # a big file makes many records and no garbage
    try:
        reading = read_history(file, known)
        customers = customers_of(reading.records)
    finally:
        gc.enable()
    if reading.problems:
        said = [str(problem) for problem in reading.problems[:SHOWN]]
        more = len(reading.problems) - SHOWN
        said += [f"… and {more} more."] if more > 0 else []
        raise Refusal("\n".join([*said, f"{file.name} was refused: a history with gaps would be counted as a whole."]))
    return customers


def _replayed(
    customers: list[PastCustomer], period: Period, ladders: tuple[Ladder, ...], *, plain: bool, within_days: int
) -> Report | Difference:
    from cli.replay_shares import Asked, summed

    dues = [invoice.due.year for one in customers for invoice in one.invoices]
    if not dues:
        raise Refusal("There is no history: not a single invoice was found.")
    years = (min(dues) - 1, max(period.last.year, *dues) + 1)
    asked = Asked(ladders, period, plain, within_days, rates_at_hand(), years)
    sums = summed(customers, asked)
    replays = asked.replays()
    return sums.difference(replays, within_days) if len(replays) == 2 else sums.report(replays[0], within_days)
