"""Why an invoice of a file cannot go in, in a sentence."""

from collections.abc import Mapping
from typing import Any

from policies.problems import Problem
from policies.records import InvoiceRecord


def _no_claim_here(record: InvoiceRecord, values: Mapping[str, Any], source: str) -> Problem | None:
    """Why nothing is owed to us by it on a day."""
    if record.is_draft:
        return Problem(source, record.line, "kind", f"{record.number} is a draft: nobody owes anything by it yet.")
    if values["due"] is None:
        return Problem(source, record.line, "due", f"{record.number} names neither a due date nor a date of issue.")
    return None


def refused(
    record: InvoiceRecord, values: Mapping[str, Any], row: Mapping[str, Any] | None, elsewhere: Mapping[tuple[str,
    str], str],
    source: str,
) -> Problem | None:  # fmt: skip
    """Why the row cannot go in: it would make one debt two, another debt of a known one, or is no claim of a day."""
    if (unfit := _no_claim_here(record, values, source)) is not None:
        return unfit
    if row is None:
        other = elsewhere.get((record.part_of or record.number, record.customer_number))
        if other is None:
            return None
        reason = f"{record.part_of or record.number} of this customer was imported before under the source “{other}”: use --source {other}."
        return Problem(source, record.line, "number", reason)
    if row["part_of"] != record.part_of:
        reason = f"{record.number} is known as an instalment of {row['part_of']}: import it under another number."
        return Problem(source, record.line, "number", reason)
    for name, said in (("currency", "currency"), ("kind", "kind of document"), ("customer", "customer")):
        if row[name] != values[name]:
            reason = f"{record.number} is known with another {said}: withdraw it, and import it under a new number."
            return Problem(source, record.line, "customer_number" if name == "customer" else name, reason)
    return None
