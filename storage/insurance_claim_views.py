"""Claims on the credit insurer as people look at them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.insurance_claim import shared
from storage.agencies import ADDRESS
from storage.session import reading


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim; sums in minor units of `currency`. `share`: the insurer's part of what came in since it paid."""

    number: int
    customer_number: str
    name: str
    insurer: str
    policy: str
    state: str
    currency: str
    amount: int
    indemnity: int
    last_day: date | None
    filed_on: date | None
    reference: str
    received: int
    recovered: int
    sent_to: str
    """Where it leaves to by itself; empty: a person sends its file."""
    why: str
    """Why it was refused, or did not arrive."""

    @property
    def share(self) -> int:
        """The insurer's part of what the debtor paid since the first indemnity."""
        return shared(self.recovered, self.received, self.amount)


_VIEW = text(
    f"""
    SELECT c.id AS number, d.number AS customer_number, d.name, a.insurer, a.policy, c.state, a.currency, c.amount, c.indemnity, c.last_day,
           c.filed_on, c.insurer_reference AS reference, {ADDRESS} AS sent_to, c.why,
           coalesce((SELECT sum(y.amount) FROM insurance_indemnity y WHERE y.claim_id = c.id), 0)::bigint AS received,
           coalesce((SELECT sum(x.amount) FROM insurance_claim_case k JOIN cases s ON s.id = k.case_id
                     JOIN allocation x ON x.invoice_id = s.invoice_id AND x.kind = 'payment' AND x.undone_at IS NULL
                     WHERE k.claim_id = c.id AND x.value_date >= (SELECT min(y.on_day) FROM insurance_indemnity y WHERE y.claim_id = c.id)),
                    0)::bigint AS recovered
    FROM insurance_claim c JOIN customer d ON d.id = c.customer_id JOIN credit_insurance a ON a.id = c.insurance_id
    WHERE CAST(:id AS bigint) IS NULL OR c.id = :id ORDER BY c.id
    """  # noqa: S608 - our own names
)


async def claims() -> tuple[ClaimView, ...]:
    """Every claim, with what came in since the insurer paid."""
    async with reading() as connection:
        return tuple(ClaimView(**row) for row in (await connection.execute(_VIEW, {"id": None})).mappings())


async def view_of(connection: AsyncConnection, number: int) -> ClaimView:
    """One claim as it stands."""
    return ClaimView(**(await connection.execute(_VIEW, {"id": number})).mappings().one())
