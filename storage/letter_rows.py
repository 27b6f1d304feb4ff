"""Letters that were in the print queue, found by their number (`L12`) or by what the post calls them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.letter_outcome import Outcome
from policies.problems import Problem
from storage.facts import carried_by, lock
from storage.session import reading

SOURCE = "form"
_SELECT = """
    SELECT p.id, p.message_id, m.customer_id, d.number AS customer_number, d.name AS customer_name, d.zone, r.zone AS office_zone,
           m.stage, m.step, p.address, p.registered, p.law, p.pay_within, p.queued_at, p.printed_on, p.file, p.pages, p.cost,
           p.cost_currency, p.placed_at IS NOT NULL AS placed, p.withdrawn_at, p.withdrawn_why, p.posted_on, p.posted_by,
           p.tracking, p.outcome, p.outcome_on, p.pay_by, p.runs_why, m.demanded, m.currency,
           p.outcome = 'unknown_at_address' AND EXISTS (SELECT FROM contact k WHERE k.customer_id = d.id
               AND k.postal_dead_at IS NOT NULL) AS address_sought
    FROM posting p JOIN message m ON m.id = p.message_id JOIN customer d ON d.id = m.customer_id
    JOIN creditor r ON r.id = p.creditor_id
"""
_BY_NUMBER = text(f"{_SELECT} WHERE p.id = :id")
_BY_TRACKING = text(f"{_SELECT} WHERE p.tracking = :tracking ORDER BY p.id")
_OPEN = text(
    f"""
    {_SELECT} WHERE (CAST(:creditor AS bigint) IS NULL OR p.creditor_id = :creditor)
      AND (p.posted_on IS NULL AND (p.withdrawn_at IS NULL OR p.withdrawn_at > :since)
        OR p.posted_on IS NOT NULL AND p.outcome IS NULL AND p.registered
        OR p.outcome = 'unknown_at_address' AND EXISTS (SELECT FROM contact k WHERE k.customer_id = d.id AND k.postal_dead_at IS NOT NULL))
    ORDER BY p.id
    """
)
_ALL = text(f"{_SELECT} ORDER BY p.id")


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter, from the queue to what became of it. Amounts in minor units, days in the creditor's and debtor's zones."""

    id: int
    message: int
    customer: int
    customer_number: str
    customer_name: str
    zone: str
    office_zone: str
    stage: str
    step: str
    address: str
    registered: bool
    law: str
    pay_within: int | None
    queued_at: datetime
    printed_on: date
    file: str
    pages: int
    cost: int | None
    cost_currency: str
    placed: bool
    withdrawn_at: datetime | None
    withdrawn_why: str
    posted_on: date | None
    posted_by: str
    tracking: str
    outcome: Outcome | None
    outcome_on: date | None
    pay_by: date | None
    runs_why: str
    demanded: int
    currency: str
    address_sought: bool

    @property
    def name(self) -> str:
        """What staff call it: *L12*."""
        return f"L{self.id}"

    @property
    def state(self) -> str:
        """`to_post`, `withdrawn`, `posted`, or what became of it."""
        if self.outcome is not None:
            return self.outcome.value
        if self.posted_on is not None:
            return "posted"
        return "withdrawn" if self.withdrawn_at is not None else "to_post"

    def office_day(self, at: datetime) -> date:
        """The creditor's day: letters are posted from its office."""
        return at.astimezone(ZoneInfo(self.office_zone)).date()


def _row(values: object) -> LetterRow:
    row = dict(values)  # type: ignore[call-overload]
    row["message"], row["customer"] = row.pop("message_id"), row.pop("customer_id")
    row["outcome"] = None if row["outcome"] is None else Outcome(row["outcome"])
    return LetterRow(**row | {"address_sought": bool(row["address_sought"])})


async def letter_called(connection: AsyncConnection, said: str, source: str = SOURCE, line: int | None = None) -> LetterRow | Problem:  # fmt: skip
    """The letter of this number (`L12`, `12`) or tracking number; a number that is not one letter's is a problem, and so is
    a bare one that the post gave to another letter."""
    name = said.strip()
    number = name[1:] if name[:1] in ("L", "l") else name
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    found = list((await connection.execute(_BY_NUMBER, {"id": int(number)})).mappings()) if is_number else []
    if name and (not found or number == name):
        by_post = (await connection.execute(_BY_TRACKING, {"tracking": name})).mappings()
        found += [row for row in by_post if row["id"] not in {one["id"] for one in found}]
    if len(found) == 1:
        return _row(found[0])
    why = (
        "fits several letters: give the letter's number, L… in the list" if found else "is no letter of the print queue"
    )
    return Problem(source, line, "letter", f"“{name}” {why} (./relance letters list).")


async def lock_letter(connection: AsyncConnection, letter: LetterRow) -> LetterRow:
    """The same letter as it stands once its cases are locked: two people who say something of it come one after the other."""
    await lock(connection, await carried_by(connection, [letter.message]))
    return _row((await connection.execute(_BY_NUMBER, {"id": letter.id})).mappings().one())


async def lock_letters(connection: AsyncConnection, letters: Sequence[LetterRow]) -> None:
    """Lock the cases of all these letters at once, in one order."""
    await lock(connection, await carried_by(connection, [one.message for one in letters]))


async def open_letters(since: datetime) -> tuple[LetterRow, ...]:
    """Letters about which something is to be done or known: to post, withdrawn after `since`, posted registered without an
    outcome, returned from an address while another is sought."""
    async with reading() as connection:
        return await of_creditor(connection, None, since)


async def of_creditor(connection: AsyncConnection, creditor: int | None, since: datetime) -> tuple[LetterRow, ...]:
    """The same of one creditor; None: of all."""
    rows = await connection.execute(_OPEN, {"creditor": creditor, "since": since})
    return tuple(_row(row) for row in rows.mappings())


async def all_letters() -> tuple[LetterRow, ...]:
    """Every letter that was in the queue."""
    async with reading() as connection:
        return tuple(_row(row) for row in (await connection.execute(_ALL)).mappings())
