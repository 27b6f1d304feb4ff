"""The claim as a file, exact to the cent: what whoever gets the message reads into its own program.

Where the whole file goes with it the tables are those of the file (`tasks.handover_tables`).
"""

import csv
import io
from functools import partial
from typing import Any

from policies.message import MessageFacts
from policies.money import plain
from tasks.compose import Attachment
from tasks.handover_tables import as_json, claim_tables

COLUMNS = ("invoice", "issued", "due", "days_late", "currency", "original", "paid", "credited", "open")


def claim_files(facts: MessageFacts) -> list[Attachment]:
    """The claimed items as CSV and as JSON, with the parties and the day of the figures."""
    file = facts.file if facts.court is None else facts.court.file
    (table, rows), (document, claim) = _of_lines(facts) if file is None else claim_tables(file)
    return [Attachment(table, "text/csv", rows), Attachment(document, "application/json", claim)]


def _of_lines(facts: MessageFacts) -> tuple[tuple[str, bytes], tuple[str, bytes]]:
    """The same of a message without the whole file."""
    rows = [_row(facts, place) for place, line in enumerate(facts.lines) if line.demanded]
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    claim = {
        "creditor": facts.creditor.name,
        "customer": {"number": facts.customer_number, "name": facts.customer_name},
        "calculated_on": facts.written_on.isoformat(),
        "position_on": facts.position_on.isoformat() if facts.position_on else None,
        "currency": facts.currency,
        "total": plain(facts.demanded, facts.currency),
        "accessories": _accessories(facts),
        "items": rows,
    }
    return ("claim.csv", table.getvalue().encode()), ("claim.json", as_json(claim))


def _accessories(facts: MessageFacts) -> dict[str, Any] | None:
    """Interest and flat sums by item with their calculation; None where they are reserved or nothing is claimed."""
    found = facts.accessories
    if found is None or found.reserved:
        return None
    exact = partial(plain, currency=facts.currency)
    return {
        "interest": exact(found.interest or 0),
        "flat": None if found.flat is None else exact(found.flat),
        "total_with": exact(found.total_with or 0),
        "basis": list(found.basis),
        "items": [
            {
                "invoice": line.invoice,
                "interest": exact(line.interest),
                "flat": None if line.flat is None else exact(line.flat),
                "segments": [
                    {
                        "from": part.start.isoformat(),
                        "to": part.end.isoformat(),
                        "days": part.days,
                        "rate": f"{part.rate:f}",
                        "year": part.year,
                        "principal": exact(part.principal),
                        "interest": exact(part.interest),
                    }
                    for part in line.segments
                ],
            }
            for line in found.lines
        ],
    }


def _row(facts: MessageFacts, place: int) -> dict[str, str]:
    line = facts.lines[place]
    amounts = {name: plain(getattr(line, name), facts.currency) for name in ("original", "paid", "credited", "open")}
    return {
        "invoice": line.invoice,
        "issued": line.issued.isoformat() if line.issued else "",
        "due": line.due.isoformat(),
        "days_late": str(line.days_late),
        "currency": facts.currency,
        **amounts,
    }
