"""The credit insurance as people look at it: the policies, the cover of customers, what is insured of whom."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from policies.insurance import CreditInsurance
from policies.insured_case import InsuredCase
from policies.problems import Problem
from storage.insured_cases import of_customers
from storage.insured_invoices import insurance_of
from storage.session import reading
from storage.whom import find


@dataclass(frozen=True, slots=True)
class CoverView:
    """The cover of a customer, in minor units of `currency`."""

    customer_number: str
    name: str
    policy: str
    limit: int
    currency: str
    since: date
    until: date | None
    cancelled_on: date | None
    reference: str


@dataclass(frozen=True, slots=True)
class ConsentView:
    """What the insurer was asked, and its answer."""

    number: int
    about: str
    state: str
    until: date | None
    decided_on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class CustomerInsurance:
    """Everything about one customer."""

    customer_number: str
    name: str
    covers: tuple[CoverView, ...]
    cases: tuple[InsuredCase, ...]
    consents: tuple[ConsentView, ...]


_POLICIES = text("SELECT * FROM credit_insurance ORDER BY valid_from, id")
_COVERS = text(
    """
    SELECT d.number AS customer_number, d.name, p.policy, b.limit_amount AS "limit", p.currency, b.since, b.until, b.cancelled_on,
           b.reference
    FROM buyer_cover b JOIN credit_insurance p ON p.id = b.insurance_id JOIN customer d ON d.id = b.customer_id
    WHERE CAST(:customer AS bigint) IS NULL OR d.id = :customer ORDER BY d.name, b.since, b.id
    """
)
_CONSENTS = text(
    "SELECT id AS number, about, state, until, decided_on, coalesce(nullif(reference, ''), why) AS words "
    "FROM insurer_consent WHERE customer_id = :customer ORDER BY id"
)


async def policies() -> tuple[CreditInsurance, ...]:
    """The policies entered, the oldest first."""
    async with reading() as connection:
        return tuple(insurance_of(row) for row in (await connection.execute(_POLICIES)).mappings())


async def covers() -> tuple[CoverView, ...]:
    """What the insurer decided, of every customer."""
    async with reading() as connection:
        return tuple(CoverView(**row) for row in (await connection.execute(_COVERS, {"customer": None})).mappings())


async def of_customer(said: str) -> CustomerInsurance | list[Problem]:
    """One customer: its cover, what is insured of its open invoices, and what the insurer was asked."""
    async with reading() as connection:
        whom = await find(connection, said)
        if isinstance(whom, list):
            return whom
        values = {"customer": whom.customer}
        found = (await connection.execute(_COVERS, values)).mappings()
        cases = await of_customers(connection, [whom.customer])
        asked = (await connection.execute(_CONSENTS, values)).mappings()
        return CustomerInsurance(
            whom.number, whom.name, tuple(CoverView(**row) for row in found), tuple(cases.values()),
            tuple(ConsentView(**row) for row in asked),
        )  # fmt: skip
