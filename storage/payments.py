"""Bank lines: each is booked once, and set against the invoices it names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.payment_record import PaymentRecord
from policies.problems import Problem
from storage import bank_positions
from storage.bank_lines import keep_lines
from storage.importing import importing, remember
from storage.settling import settle_all

_PROPOSED = text("SELECT count(*) FROM line_match WHERE sureness = 'likely' AND payment_id = ANY(:lines)")


@dataclass(frozen=True, slots=True)
class Booked:
    """What an import of bank lines did. Of the new lines, `booked` found an invoice (or, returned, their payment), in
    whole or in part; `unmatched` found none; `proposed` wait for a person to confirm; `pending` are announced by the bank
    and settle nothing. `changed`: known lines of which the file says more, or which are booked now."""

    read: int
    new: int
    changed: int
    unchanged: int
    booked: int
    proposed: int
    unmatched: int
    problems: tuple[Problem, ...] = ()
    pending: int = 0


async def book_payments(
    records: Sequence[PaymentRecord], source: str, sha256: str, creditor: int, at: datetime, dry_run: bool = False,
    through: date | Mapping[str, date] | None = None, is_part: bool = False,
) -> Booked:  # fmt: skip
    """Book a file of bank lines. The same line twice books once; cases whose invoice is paid or unpaid by it wake.

    `through` says, of the whole file or per account, up to which day it knows everything; None: up to its last line. An
    account that is not in it (notifications of single movements) is known no further than before. `is_part`: rows of the
    file are missing, so it makes no account known any further.
    """
    async with importing(creditor, dry_run=dry_run) as connection:
        kept = await keep_lines(connection, records, source, creditor)
        used: Mapping[int, int] = await settle_all(connection, creditor, at) if kept.moves else {}
        known = await _known(connection, creditor, records, through)
        last = max((*known.values(), *(record.booked for record in records)), default=at.date())
        await remember(connection, creditor, "payments", source, sha256, last)
        if is_part:
            await bank_positions.read_in_part(connection, creditor, _first_days(records), at)
        else:
            await bank_positions.read_through(connection, creditor, known, at)
        proposed = int(await connection.scalar(_PROPOSED, {"lines": list(kept.new)}) or 0) if kept.new else 0
    matched = sum(1 for payment in kept.new if used.get(payment))
    new, unmatched = len(kept.new) + kept.pending, len(kept.new) - matched - proposed
    unchanged = len(records) - new - kept.told_better
    return Booked(len(records), new, kept.told_better, unchanged, matched, proposed, unmatched, pending=kept.pending)


async def _known(
    connection: AsyncConnection,
    creditor: int,
    records: Sequence[PaymentRecord],
    through: date | Mapping[str, date] | None,
) -> dict[str, date]:
    """Up to which day each account is known after this file. An empty one speaks of every account known so far."""
    if not isinstance(through, date):
        return _last_days(records) if through is None else dict(through)
    named = {record.account for record in records} or await bank_positions.open_accounts(connection, creditor)
    return dict.fromkeys(named, through)


def _last_days(records: Sequence[PaymentRecord]) -> dict[str, date]:
    """The last day each account of the file speaks of."""
    days: dict[str, date] = {}
    for record in records:
        days[record.account] = max(record.booked, days.get(record.account, date.min))
    return days


def _first_days(records: Sequence[PaymentRecord]) -> dict[str, date]:
    """The first day each account of the file speaks of."""
    days: dict[str, date] = {}
    for record in records:
        days[record.account] = min(record.booked, days.get(record.account, date.max))
    return days
