"""Steps that money, or a credit, had overtaken and about which nobody has decided yet: one list per customer and currency."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import Piece
from storage.dispute_sums import OPEN

STANDS = """EXISTS (
        SELECT FROM allocation a JOIN cases c ON c.invoice_id = a.invoice_id WHERE c.id = x.case_id AND a.undone_at IS NULL
        AND a.kind = x.origin AND coalesce(a.payment_id, a.credit_note_id) = x.origin_id)"""
"""Whether what a correction `x` rests on is still set against the invoice."""
_TOLD = text(
    f"""
    SELECT sum(amount)::bigint AS amount, max(value_date) AS on_day, bool_or(ours) AS ours FROM (
        SELECT x.amount, x.value_date, bool_or(x.ours) AS ours FROM correction x WHERE x.id = ANY(:ids) AND {STANDS}
        GROUP BY x.origin, x.origin_id, x.amount, x.value_date) once
    """  # noqa: S608 - no outside text
)
"""What one apology is about, each payment once; money that went back is none of it."""
_UNDECIDED = text(
    f"""
    SELECT x.id, x.creditor_id, x.customer_id, x.case_id, x.step, x.stage, x.done_on, x.origin, x.origin_id, x.amount, x.value_date, x.ours, x.hold_id,
           c.currency, i.number AS invoice, {OPEN} AS open, d.number AS customer_number, d.name AS customer_name,
           coalesce(nullif(d.owner, ''), r.owner) AS owner,
           (SELECT max(m.position_on) FROM import m JOIN step_done s ON s.case_id = x.case_id AND s.step = x.step
              AND s.occurrence = x.occurrence WHERE m.creditor_id = x.creditor_id AND m.kind = 'payments' AND m.recorded_at < s.recorded_at) AS bank_until
    FROM correction x JOIN cases c ON c.id = x.case_id JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = x.customer_id
    JOIN creditor r ON r.id = x.creditor_id
    WHERE x.repair = '' AND (CAST(:customer AS bigint) IS NULL OR x.customer_id = :customer) ORDER BY x.customer_id, i.number, x.done_on, x.id
    """  # noqa: S608 - no outside text
)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A step of one case, and what had come before it."""

    id: int
    case: int
    invoice: str
    step: str
    stage: str
    done_on: date
    origin: str
    origin_id: int
    """The row of its payment, or of its credit note."""
    amount: int
    value_date: date
    ours: bool
    bank_until: date | None
    """How far the bank's files reached when the step was taken; None: none was read."""
    open: int
    hold: int | None


@dataclass(frozen=True, slots=True)
class ToPutRight:
    """What is to be decided about one customer, in one currency."""

    creditor: int
    customer: int
    number: str
    name: str
    owner: str
    currency: str
    steps: tuple[Overtaken, ...]

    @property
    def amount(self) -> int:
        """What had come, in minor units: once each."""
        return sum({(one.case, one.origin, one.origin_id): one.amount for one in self.steps}.values())


async def undecided(connection: AsyncConnection, customer: int | None = None) -> tuple[ToPutRight, ...]:
    """What is to be decided about every customer, or about one."""
    rows: dict[tuple[int, str], list[RowMapping]] = defaultdict(list)
    for row in (await connection.execute(_UNDECIDED, {"customer": customer})).mappings():
        rows[row["customer_id"], row["currency"]].append(row)
    return tuple(_to_put_right(them) for them in rows.values())


def _to_put_right(rows: Sequence[RowMapping]) -> ToPutRight:
    first = rows[0]
    steps = tuple(
        Overtaken(
            row["id"], row["case_id"], row["invoice"], row["step"], row["stage"], row["done_on"], row["origin"],
            row["origin_id"], row["amount"], row["value_date"], row["ours"], row["bank_until"], row["open"], row["hold_id"],
        )
        for row in rows
    )  # fmt: skip
    return ToPutRight(
        first["creditor_id"], first["customer_id"], first["customer_number"], first["customer_name"], first["owner"],
        first["currency"], steps,
    )  # fmt: skip


def subject_of(steps: Iterable[Overtaken]) -> str:
    """What an apology is about: `correction:12,13`."""
    return f"correction:{','.join(str(one.id) for one in steps)}"


async def piece_of(connection: AsyncConnection, subject: str, piece: Piece) -> Piece | str:
    """What the apology about some steps of a case says: what came, on which day, and whether we should have seen it."""
    ids = [int(one) for one in subject.partition(":")[2].split(",") if one]
    row = (await connection.execute(_TOLD, {"ids": ids})).one()
    if row.amount is None:
        return "nothing is to be put right any more"
    return replace(piece, amount=row.amount, on=row.on_day, words="ours" if row.ours else "")
