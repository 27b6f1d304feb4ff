"""The file of a claim on the credit insurer: what an agency gets, in the creditor's language, for the insurer."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.claim_file import ClaimFile, FileChoice
from storage import insurance_claim_books as books
from storage.claim_file import claim_file

_FOR = text(
    "SELECT p.insurer, p.policy, r.language FROM insurance_claim c JOIN credit_insurance p ON p.id = c.insurance_id "
    "JOIN creditor r ON r.id = c.creditor_id WHERE c.id = :id"
)


async def file_of_claim(connection: AsyncConnection, number: int, at: datetime) -> ClaimFile:
    """Its invoices as the books stand."""
    found = (await connection.execute(_FOR, {"id": number})).one()
    choice = FileChoice(found.language, receiver=found.insurer, reference=f"{found.policy} / {number}")
    return await claim_file(connection, await books.cases_of(connection, number), at, choice)
