"""The claim as a file: what an agency or counsel reads into its own program, exact to the cent."""

import csv
import io
import json

from policies.message import MessageFacts
from policies.money import plain
from tasks.compose import Attachment

COLUMNS = ("invoice", "issued", "due", "days_late", "currency", "original", "paid", "credited", "open")


def claim_files(facts: MessageFacts) -> list[Attachment]:
    """The claimed items as CSV and as JSON, with the parties and the day of the figures."""
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
        "items": rows,
    }
    text = json.dumps(claim, ensure_ascii=False, indent=2) + "\n"
    return [
        Attachment("claim.csv", "text/csv", table.getvalue().encode()),
        Attachment("claim.json", "application/json", text.encode()),
    ]


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
