"""Who follows which policy: the choices people made for a customer, a segment, a country, a kind, or for everybody."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem
from storage import journal, pinning
from storage.session import reading, transaction
from storage.whom import find


@dataclass(frozen=True, slots=True)
class Rule:
    """The policy of the creditor's customers of a segment, country or kind; empty means any."""

    segment: str
    country: str
    kind: str
    policy: str

    @property
    def words(self) -> str:
        """Whom it is for: *retail*, *consumer in FR*."""
        whom = " ".join(part for part in (self.segment, self.kind) if part)
        return f"{whom or 'customers'} in {self.country}" if self.country else whom


@dataclass(frozen=True, slots=True)
class Assigned:
    """What was chosen for whom; how many open cases keep what they have."""

    whom: str
    policy: str
    open_cases: int


_RULES = text(
    "SELECT segment, country, kind, policy FROM policy_rule WHERE creditor_id = :creditor ORDER BY segment, country, kind"
)
_SET_RULE = text(
    """
    INSERT INTO policy_rule (creditor_id, segment, country, kind, policy) VALUES (:creditor, :segment, :country, :kind, :policy)
    ON CONFLICT (creditor_id, segment, country, kind) DO UPDATE SET policy = excluded.policy
    """
)
_END_RULE = text(
    "DELETE FROM policy_rule WHERE creditor_id = :creditor AND segment = :segment AND country = :country AND kind = :kind"
)
_CUSTOMER = text("UPDATE customer SET policy = :policy WHERE id = :id")
_INVOICE = text(
    "UPDATE invoice SET policy = :policy WHERE creditor_id = :creditor AND number = :number AND kind = 'invoice' "
    "RETURNING id, customer_id"
)
_CREDITOR = text("UPDATE creditor SET policy = :policy WHERE id = :creditor")
_OPEN = text(
    """
    SELECT count(*) FROM cases c JOIN customer d ON d.id = c.customer_id
    WHERE c.closed_at IS NULL AND c.creditor_id = :creditor
      AND (:customer = 0 OR d.id = :customer) AND (:invoice = 0 OR c.invoice_id = :invoice)
      AND (:segment = '' OR d.segment = :segment) AND (:country = '' OR d.country = :country)
      AND (:kind = '' OR d.kind = :kind)
    """
)


def rule_from(row: RowMapping) -> Rule:
    """The rule in a row."""
    return Rule(row["segment"], row["country"], row["kind"], row["policy"])


async def rules_in(connection: AsyncConnection, creditor: int) -> tuple[Rule, ...]:
    """The rules of a creditor, in the caller's transaction."""
    return tuple(rule_from(row) for row in (await connection.execute(_RULES, {"creditor": creditor})).mappings())


async def rules(creditor: int) -> tuple[Rule, ...]:
    """The rules of a creditor."""
    async with reading() as connection:
        return await rules_in(connection, creditor)


async def assign_to_customer(
    creditor: int, customer: str, policy: str, actor: str, at: datetime
) -> Assigned | list[Problem]:
    """The customer follows `policy` from its next case on; empty: what all follow."""
    async with transaction() as connection:
        whom = await find(connection, customer)
        problems = whom if isinstance(whom, list) else await _unknown(connection, policy)
        if isinstance(whom, list) or problems:
            return problems
        await connection.execute(_CUSTOMER, {"id": whom.customer, "policy": policy})
        facts = {"policy": policy, "actor": actor}
        await journal.append(connection, "customer", whom.customer, "policy_assigned", facts, at)
        return Assigned(whom.name, policy, await _open_cases(connection, creditor, customer=whom.customer))


async def assign_to_invoice(
    creditor: int, number: str, policy: str, actor: str, at: datetime
) -> Assigned | list[Problem]:
    """The invoice follows `policy` when its case is opened; empty: what its customer follows."""
    async with transaction() as connection:
        if problems := await _unknown(connection, policy):
            return problems
        values = {"creditor": creditor, "number": number, "policy": policy}
        found = (await connection.execute(_INVOICE, values)).mappings().all()
        if not found:
            return [Problem(pinning.SOURCE, None, "invoice", f"There is no invoice {number}.")]
        for row in found:
            facts = {"policy": policy, "invoice": row["id"], "actor": actor}
            await journal.append(connection, "customer", row["customer_id"], "invoice_policy_assigned", facts, at)
        return Assigned(number, policy, await _open_cases(connection, creditor, invoice=found[0]["id"]))


async def assign_to_all(creditor: int, policy: str, actor: str, at: datetime) -> Assigned | list[Problem]:
    """Every customer follows `policy` for whom nothing nearer was chosen, and whose kind and country it is for."""
    async with transaction() as connection:
        if problems := await _unknown(connection, policy):
            return problems
        await connection.execute(_CREDITOR, {"creditor": creditor, "policy": policy})
        await journal.append(
            connection, "creditor", creditor, "policy_assigned", {"policy": policy, "actor": actor}, at
        )
        return Assigned("everybody", policy, await _open_cases(connection, creditor))


async def set_rule(creditor: int, rule: Rule, actor: str, at: datetime) -> Assigned | list[Problem]:
    """Customers of a segment, country or kind follow a policy; an empty one ends the rule."""
    async with transaction() as connection:
        if problems := await _unknown(connection, rule.policy):
            return problems
        which = {"creditor": creditor, "segment": rule.segment, "country": rule.country, "kind": rule.kind}
        if rule.policy:
            await connection.execute(_SET_RULE, which | {"policy": rule.policy})
        else:
            await connection.execute(_END_RULE, which)
        facts = {"policy": rule.policy, "country": rule.country, "kind": rule.kind, "actor": actor}
        await journal.append(connection, "creditor", creditor, "policy_rule_set", facts, at)
        where = {"segment": rule.segment, "country": rule.country, "kind": rule.kind}
        return Assigned(rule.words, rule.policy, await _open_cases(connection, creditor, **where))


async def _unknown(connection: AsyncConnection, policy: str) -> list[Problem]:
    """Why the policy cannot be followed; a policy is chosen by its id, so that its versions can follow one another."""
    if not policy:
        return []
    found = await pinning.newest(connection, policy)
    if isinstance(found, list):
        return found
    reason = f"“{policy}” is one version of {found.id}: choose a policy by its id."
    return [] if found.id == policy else [Problem(pinning.SOURCE, None, "policy", reason)]


async def _open_cases(connection: AsyncConnection, creditor: int, **where: Any) -> int:
    any_of = {"customer": 0, "invoice": 0, "segment": "", "country": "", "kind": ""}
    return int(await connection.scalar(_OPEN, any_of | where | {"creditor": creditor}) or 0)
