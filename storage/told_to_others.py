"""What is told to somebody else than the customer: to whom it goes, what it says, and the file that goes with it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement import AgreementTerms
from policies.beside import MessageKind, Piece
from policies.claim_file import ClaimFile
from policies.roles import Person, Role
from storage import insurance_claim_books
from storage.agencies import ADDRESS
from storage.insurance_claim_file import file_of_claim

_PLACED = text(
    f"""
    SELECT p.agency_name, CASE WHEN a.id IS NULL THEN p.address ELSE {ADDRESS} END AS address, p.reference, p.currency, r.language, w.why, w.amount, w.on_day,
           ARRAY(SELECT i.number FROM placement_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
                 WHERE k.placement_id = p.id ORDER BY i.due, i.number) AS invoices
    FROM correspondence w JOIN placement p ON p.id = w.origin_id JOIN creditor r ON r.id = p.creditor_id
    LEFT JOIN agency a ON a.id = p.agency_id WHERE w.id = :row
    """  # noqa: S608 - our own names
)
"""It goes where the agency's files go now, wherever this one went."""
_CLAIMED = text(
    f"""
    SELECT c.id, c.state, c.amount, a.insurer, a.policy, a.currency, {ADDRESS} AS address, r.language, w.on_day,
           ARRAY(SELECT i.number FROM insurance_claim_case k JOIN cases s ON s.id = k.case_id JOIN invoice i ON i.id = s.invoice_id
                 WHERE k.claim_id = c.id ORDER BY i.due, i.number) AS invoices
    FROM correspondence w JOIN insurance_claim c ON w.subject = 'claim:' || c.id
    JOIN credit_insurance a ON a.id = c.insurance_id JOIN creditor r ON r.id = c.creditor_id WHERE w.id = :row
    """  # noqa: S608 - our own names
)


@dataclass(frozen=True, slots=True)
class ToOther:
    """What one row of correspondence tells, in the creditor's language, and to whom.

    To an agency `piece.words` is why, as a code of `policies.placement`; to an insurer it is the number of the policy.
    """

    person: Person
    language: str
    currency: str
    piece: Piece
    claim: int | None = None
    """The number of the claim on the insurer."""


async def to_other(connection: AsyncConnection, row: int, kind: MessageKind, at: datetime) -> ToOther | str:
    """To whom the row goes and what it says; or why it leaves no more."""
    if kind is MessageKind.INSURANCE_CLAIM:
        return await _to_insurer(connection, row, at)
    found = (await connection.execute(_PLACED, {"row": row})).one()
    piece = Piece(
        kind, ", ".join(found.invoices), found.amount, found.amount, found.on_day, words=found.why,
        terms=AgreementTerms(reference=found.reference),
    )  # fmt: skip
    name = "" if "@" in found.agency_name else found.agency_name
    return ToOther(Person(Role.ACCOUNTS, name, found.address), found.language, found.currency, piece)


async def _to_insurer(connection: AsyncConnection, row: int, at: datetime) -> ToOther | str:
    """A claim leaves as it was approved, or not at all."""
    found = (await connection.execute(_CLAIMED, {"row": row})).one()
    if found.state != "approved":
        return f"the claim is {found.state}"
    if not found.address:
        return "the policy names neither an address nor a folder for claims"
    if wrong := await insurance_claim_books.why_not_as_it_is(connection, found.id, at):
        return wrong
    piece = Piece(
        MessageKind.INSURANCE_CLAIM, ", ".join(found.invoices), found.amount, found.amount, found.on_day, words=found.policy,
        terms=AgreementTerms(reference=str(found.id)),
    )  # fmt: skip
    person = Person(Role.ACCOUNTS, found.insurer, found.address)
    return ToOther(person, found.language, found.currency, piece, found.id)


async def file_for(connection: AsyncConnection, told: ToOther, at: datetime) -> ClaimFile | None:
    """The file that goes with it; None: none does."""
    return None if told.claim is None else await file_of_claim(connection, told.claim, at)
