"""What an agency is told about a file it has: to whom it goes, and what it says."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement import AgreementTerms
from policies.beside import MessageKind, Piece
from policies.roles import Person, Role

_ABOUT = text(
    """
    SELECT p.agency_name, p.address, p.reference, r.language, w.why, w.amount, w.on_day,
           ARRAY(SELECT i.number FROM placement_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
                 WHERE k.placement_id = p.id ORDER BY i.due, i.number) AS invoices
    FROM correspondence w JOIN placement p ON p.id = w.origin_id JOIN creditor r ON r.id = p.creditor_id WHERE w.id = :row
    """
)


@dataclass(frozen=True, slots=True)
class ToAgency:
    """What one row of correspondence tells, and to whom; `piece.words` is why, as a code of `policies.placement`."""

    agency: Person
    language: str
    piece: Piece


async def to_agency(connection: AsyncConnection, row: int, kind: MessageKind) -> ToAgency:
    """The agency of the placement a row of correspondence is about, in the creditor's language."""
    found = (await connection.execute(_ABOUT, {"row": row})).one()
    piece = Piece(
        kind, ", ".join(found.invoices), found.amount, found.amount, found.on_day, words=found.why,
        terms=AgreementTerms(reference=found.reference),
    )  # fmt: skip
    name = "" if "@" in found.agency_name else found.agency_name
    return ToAgency(Person(Role.ACCOUNTS, name, found.address), found.language, piece)
