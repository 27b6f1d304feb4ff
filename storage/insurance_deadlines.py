"""The last days of an insurance are kept in step with the books: set when a case is insured, changed with it, dropped on payment."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.deadline import DeadlineKind
from policies.insured_case import InsuredCase
from storage.bulk import chunks
from storage.deadlines import NewDeadline, drop, set_deadline
from storage.facts import lock_debtor
from storage.insured_cases import of_customers
from storage.session import reading, transaction

BY = "relance"
OVER = "paid, or not insured any more"
LOADED = 500

_CUSTOMERS = text(
    """
    SELECT d.id, d.zone FROM customer d WHERE d.id IN (
        SELECT c.customer_id FROM cases c WHERE c.closed_at IS NULL AND EXISTS (
            SELECT FROM credit_insurance p WHERE p.creditor_id = c.creditor_id AND (p.blind_cover > 0 OR EXISTS (
                SELECT FROM buyer_cover b WHERE b.insurance_id = p.id AND b.customer_id = c.customer_id)))
        UNION SELECT x.customer_id FROM deadline x WHERE x.state = 'standing' AND x.subject LIKE 'insurance:%')
    ORDER BY d.id
    """
)
_KNOWN = text(
    f"""
    SELECT x.customer_id, x.kind, x.subject, x.last_day, x.article, x.state,
           ARRAY(SELECT k.case_id FROM deadline_case k WHERE k.deadline_id = x.id) AS cases
    FROM deadline x WHERE x.customer_id = ANY(:customers) AND x.subject LIKE 'insurance:%'
      AND (x.state <> 'dropped' OR x.ended_by <> '{BY}') ORDER BY x.id
    """  # noqa: S608 - no outside text
)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A last day of some cases of a customer."""

    kind: DeadlineKind
    subject: str
    last_day: date
    article: str
    numbers: Mapping[int, str]
    """The invoices by case."""
    over: bool
    """An extension that is over: nobody is warned of it anew, and who was goes on being asked."""

    @property
    def cases(self) -> tuple[int, ...]:
        """Its cases."""
        return tuple(self.numbers)

    @property
    def what(self) -> str:
        """The invoices it is about, the first five."""
        return ", ".join(list(self.numbers.values())[:5])

    def without(self, behind: Iterable[int]) -> "_Wanted":
        """Of the cases for which nothing was done about this very day yet."""
        left_out = set(behind)
        return replace(self, numbers={case: number for case, number in self.numbers.items() if case not in left_out})


async def keep_in_step(as_of: datetime) -> int:
    """One round; only customers of whom something differs are locked. Answers of how many."""
    differing: list[tuple[int, date]] = []
    async with reading() as connection:
        zones = {row.id: row.zone for row in await connection.execute(_CUSTOMERS)}
        for part in chunks(list(zones), LOADED):
            days = {customer: as_of.astimezone(ZoneInfo(zones[customer])).date() for customer in part}
            to_do = await _to_do(connection, days)
            differing += [(customer, days[customer]) for customer in part if any(to_do.get(customer, ((), ())))]
    for customer, today in differing:
        async with transaction() as connection:
            await lock_debtor(connection, customer)
            setting, dropping = (await _to_do(connection, {customer: today})).get(customer, ((), ()))
            for kind, subject in dropping:
                await drop(connection, subject, OVER, today, BY, as_of, kind=kind)
            for one in setting:
                new = NewDeadline(one.kind, one.subject, one.last_day, one.article, one.what)
                await set_deadline(connection, new, customer, one.cases, today, BY, as_of)
    return len(differing)


_ToDo = tuple[tuple[_Wanted, ...], tuple[tuple[DeadlineKind, str], ...]]


async def _to_do(connection: AsyncConnection, days: Mapping[int, date]) -> dict[int, _ToDo]:
    """By customer, what is to be set and what is to be dropped."""
    known = defaultdict(list)
    for row in await connection.execute(_KNOWN, {"customers": list(days)}):
        known[row.customer_id].append(row)
    insured = await of_customers(connection, days)
    filed = frozenset(await connection.scalars(_FILED, {"cases": list(insured)}))
    of_customer: dict[int, list[InsuredCase]] = defaultdict(list)
    for row in await connection.execute(_OWNERS, {"cases": list(insured)}):
        of_customer[row.customer_id].append(insured[row.id])
    return {
        customer: _differences(_wanted(customer, of_customer.get(customer, ()), filed, today), known.get(customer, []))
        for customer, today in days.items()
    }


_FILED = text(
    "SELECT DISTINCT k.case_id FROM insurance_claim_case k JOIN insurance_claim c ON c.id = k.claim_id "
    "WHERE k.case_id = ANY(:cases) AND c.state IN ('filed', 'paid')"
)
"""The insurer has their claim, whatever day they are due by now."""
_OWNERS = text("SELECT id, customer_id FROM cases WHERE id = ANY(:cases) ORDER BY id")


def _differences(wanted: Iterable[_Wanted], known: Iterable[Any]) -> _ToDo:
    rows = list(known)
    standing = {(row.kind, row.subject): row for row in rows if row.state == "standing"}
    behind: dict[tuple[str, str, date], set[int]] = defaultdict(set)
    for row in rows:
        if row.state != "standing":
            behind[row.kind, row.subject, row.last_day] |= set(row.cases)
    stays, setting = set(), []
    for whole in wanted:
        one = whole.without(behind[whole.kind.value, whole.subject, whole.last_day])
        row = standing.get((one.kind.value, one.subject))
        stays.add((one.kind.value, one.subject))
        same = row is not None and (row.last_day, row.article) == (one.last_day, one.article)
        if one.over:
            continue
        if one.cases and not (same and row is not None and set(one.cases) <= set(row.cases)):
            setting.append(one)
    dropping = [(DeadlineKind(kind), subject) for kind, subject in sorted(standing.keys() - stays)]
    return tuple(setting), tuple(dropping)


def _wanted(customer: int, cases: Iterable[InsuredCase], claimed: frozenset[int], today: date) -> list[_Wanted]:
    """One of each kind for the cases of a policy that are due on one day: the earliest, where the insurer put off some of them."""
    groups: dict[tuple[str, DeadlineKind], list[tuple[date, str, InsuredCase]]] = defaultdict(list)
    for one in cases:
        insurance, extension, filing = one.insured.insurance, one.extension, one.insured.filing
        if insurance is None or extension is None or filing is None:
            continue
        subject = f"insurance:{insurance.number}:{customer}:{one.insured.invoice.due}"
        agreed = "consent of the insurer" if one.insured.extension != extension else insurance.extension_clause
        last = (extension, insurance.article(agreed), one)
        groups[subject, DeadlineKind.INSURANCE_EXTENSION].append(last)
        if one.insured.invoice.case in claimed:
            continue
        filed = (filing, insurance.article(insurance.filing_clause), one)
        groups[subject, DeadlineKind.INSURANCE_FILING].append(filed)
    return [_of_group(subject, kind, them, today) for (subject, kind), them in groups.items()]


def _of_group(subject: str, kind: DeadlineKind, them: Iterable[tuple[date, str, InsuredCase]], today: date) -> _Wanted:
    found = sorted(them, key=lambda it: (it[0], it[2].insured.invoice.number))
    last, article, _ = found[0]
    bills = [one.insured.invoice for _, _, one in found]
    over = kind is DeadlineKind.INSURANCE_EXTENSION and last < today
    return _Wanted(kind, subject, last, article, {bill.case: bill.number for bill in bills}, over)
