"""What a person does about a bank line by hand: book it, take it back, refuse invoices for it, set it aside."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.matching.by_hand import SOURCE, Bookable, read_parts
from policies.matching.verdicts import Part, Verdict
from policies.problems import Problem
from storage.bulk import rows_of
from storage.importing import importing
from storage.match_decisions import decide, said_of_lines
from storage.session import reading
from storage.settling import settle_all

NO_REASON = "Say why, in a few words: --why."

_LINE = text(
    "SELECT id, creditor_id AS creditor, value_date, amount, allocated, currency, counterparty, is_pending, is_replaced "
    "FROM payment WHERE id = :id"
)
_BOOKABLE = text(
    """
    SELECT i.id, i.number, i.currency, i.total - i.prepaid - i.paid - i.credited + coalesce((
        SELECT sum(a.amount) FROM allocation a
        WHERE a.invoice_id = i.id AND a.payment_id = :line AND a.undone_at IS NULL), 0)::bigint AS open
    FROM invoice i WHERE i.creditor_id = :creditor AND i.kind = 'invoice' AND i.number = ANY(:numbers)
    """
)
_BOOKED = text(
    """
    SELECT i.id, i.number, a.amount, a.kind FROM allocation a JOIN invoice i ON i.id = a.invoice_id
    WHERE a.payment_id = :line AND a.undone_at IS NULL ORDER BY i.due, i.number, a.kind DESC
    """
)
_LEFT = text("SELECT amount - allocated AS left FROM payment WHERE id = :line")


@dataclass(frozen=True, slots=True)
class HandledLine:
    """A bank line, in minor units; `left` is what has not found its place."""

    payment: int
    creditor: int
    value_date: date
    amount: int
    left: int
    currency: str
    counterparty: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the money of a line stands after a deed: invoice numbers with amounts in minor units."""

    line: HandledLine
    verdict: Verdict
    booked: tuple[tuple[str, int], ...]


async def book_by_hand(line: int, words: Sequence[str], why: str, actor: str, at: datetime) -> Placed | list[Problem]:
    """Book the line on the invoices named (`FA-1=250.00`, or `FA-1` for all that is left), instead of what stands."""
    found = await _found(line, why)
    if isinstance(found, list):
        return found
    if found.amount <= 0:
        return _no("Money that left the account pays no invoice.")
    async with importing(found.creditor) as connection:
        parts = read_parts(words, found.amount, found.currency, await _bookable(connection, found, words))
        if isinstance(parts, list):
            return parts
        return await _done(connection, found, Verdict.BOOK, parts, why, actor, at)


async def refuse_by_hand(
    line: int, numbers: Sequence[str], why: str, actor: str, at: datetime
) -> Placed | list[Problem]:
    """The line is not for exactly these invoices: it is neither booked on them nor proposed for them again."""
    found = await _found(line, why)
    if isinstance(found, list):
        return found
    async with importing(found.creditor) as connection:
        known = await _bookable(connection, found, numbers)
        missing = [number for number in numbers if len(known.get(number, ())) != 1]
        if missing:
            return _no(*(f"There is no invoice {number}, or several are called so." for number in missing))
        parts = [Part(known[number][0].id, 0) for number in numbers]
        return await _done(connection, found, Verdict.REFUSE, parts, why, actor, at)


async def undo(line: int, why: str, actor: str, at: datetime) -> Placed | list[Problem]:
    """Take back what a person decided about the line; where nobody did, what was booked by itself."""
    found = await _found(line, why or "taken back")
    if isinstance(found, list):
        return found
    async with importing(found.creditor) as connection:
        said = (await said_of_lines(connection, found.creditor)).get(line)
        booked = await rows_of(connection, _BOOKED, {"line": line})
        if not booked and (said is None or said.booked is None):
            return _no(f"Nothing of bank line {line} is booked or decided: there is nothing to take back.")
        return await _done(connection, found, Verdict.UNDO, _parts(booked), why, actor, at)


async def set_aside(line: int, why: str, actor: str, at: datetime) -> Placed | list[Problem]:
    """What is not booked of the line pays no invoice: it leaves the unmatched list, and no act waits for it any more."""
    found = await _found(line, why)
    if isinstance(found, list):
        return found
    async with importing(found.creditor) as connection:
        parts = _parts(await rows_of(connection, _BOOKED, {"line": line}))
        return await _done(connection, found, Verdict.ASIDE, parts, why, actor, at)


def _parts(booked: Sequence[Mapping[str, Any]]) -> list[Part]:
    """What stands of a line, with the differences let go."""
    gone = {row["id"]: row["amount"] for row in booked if row["kind"] == "difference"}
    return [Part(row["id"], row["amount"], gone.get(row["id"], 0)) for row in booked if row["kind"] == "payment"]


async def _done(
    connection: AsyncConnection, line: HandledLine, verdict: Verdict, parts: Sequence[Part], why: str, actor: str, at: datetime
) -> Placed:  # fmt: skip
    await decide(connection, line.creditor, line.payment, verdict, parts, actor, why, at)
    await settle_all(connection, line.creditor, at)
    rows = await rows_of(connection, _BOOKED, {"line": line.payment})
    booked = [(row["number"], row["amount"]) for row in rows if row["kind"] == "payment"]
    left = int((await connection.execute(_LEFT, {"line": line.payment})).one().left)
    now = HandledLine(line.payment, line.creditor, line.value_date, line.amount, left, line.currency, line.counterparty)
    return Placed(now, verdict, tuple(booked))


async def _found(line: int, why: str) -> HandledLine | list[Problem]:
    async with reading() as connection:
        row = (await connection.execute(_LINE, {"id": line})).mappings().first()
    if row is None:
        return _no(f"There is no bank line {line}. See ./relance unmatched.")
    if row["is_pending"]:
        return _no(f"Bank line {line} is only announced: it can be booked once a statement says it is there.")
    if row["is_replaced"]:
        return _no(
            f"Bank line {line} is a collective entry whose parts are known: name them instead. See ./relance unmatched."
        )
    if not why.strip():
        return [Problem(SOURCE, None, "why", NO_REASON)]
    left = row["amount"] - row["allocated"]
    return HandledLine(
        row["id"], row["creditor"], row["value_date"], row["amount"], left, row["currency"], row["counterparty"]
    )


async def _bookable(connection: AsyncConnection, line: HandledLine, words: Sequence[str]) -> dict[str, list[Bookable]]:
    """The invoices the words may mean, by number."""
    numbers = sorted({form for word in words for form in (word.strip(), word.rpartition("=")[0].strip()) if form})
    known: dict[str, list[Bookable]] = defaultdict(list)
    values = {"line": line.payment, "creditor": line.creditor, "numbers": numbers}
    for row in await rows_of(connection, _BOOKABLE, values):
        known[row["number"]].append(Bookable(**row))
    return known


def _no(*reasons: str) -> list[Problem]:
    return [Problem(SOURCE, None, "", reason) for reason in reasons]
