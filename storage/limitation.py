"""How long claims live: the law of `policies.limitation` over what people recorded, what was paid, and what left."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.law.limitation_rules import Interruption, LimitationRule
from policies.limitation import LifeAct, Lifetime, lifetime
from policies.limitation_warnings import seen
from storage.agreed import clauses_of


@dataclass(frozen=True, slots=True)
class Claim:
    """What is known of a claim before its acts: `rule` None where no law is known, `warnings` are its ladder's."""

    due: date
    issued: date | None
    rule: LimitationRule | None
    warnings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """How long a claim lives, and the warnings a person has answered."""

    time: Lifetime | None
    seen: frozenset[int] = frozenset()

    @property
    def dies_on(self) -> date | None:
        """Last day it can be brought to court; None: not known."""
        return None if self.time is None else self.time.dies_on


UNKNOWN = Life(None)

_ACTS = text(
    """
    SELECT a.case_id, a.kind, a.on_day, a.words FROM limitation_act a
    WHERE a.case_id = ANY(:ids) AND a.undoes IS NULL
      AND NOT EXISTS (SELECT FROM limitation_act u WHERE u.undoes = a.id)
    UNION ALL
    SELECT c.id, 'part_payment', least(p.booked, l.value_date), ''
    FROM cases c JOIN allocation l ON l.invoice_id = c.invoice_id AND l.kind = 'payment' AND l.undone_at IS NULL
    JOIN payment p ON p.id = l.payment_id WHERE c.id = ANY(:ids)
    UNION ALL
    SELECT e.case_id, 'written_demand', (e.changed_at AT TIME ZONE d.zone)::date, m.subject
    FROM effect e JOIN message m ON m.id = e.message_id JOIN customer d ON d.id = m.customer_id
    WHERE e.case_id = ANY(:ids) AND e.state = 'confirmed' AND e.route = 'live' AND m.stage = 'formal_notice'
      AND e.channel IN ('email', 'letter')
    """
)
"""Acts of every source. A payment counts from the earlier of its days; what went to the sink reached nobody."""
_ASKED = text(
    """
    SELECT k.case_id, max((q.asked_at AT TIME ZONE d.zone)::date) AS asked_on
    FROM question_case k JOIN question q ON q.id = k.question_id
    JOIN cases c ON c.id = k.case_id JOIN customer d ON d.id = c.customer_id
    WHERE k.case_id = ANY(:ids) AND q.kind IN ('limitation', 'time_barred') AND q.state = 'answered' GROUP BY k.case_id
    """
)


async def lives(connection: AsyncConnection, claims: Mapping[int, Claim]) -> dict[int, Life]:
    """How long each of these claims lives, by case."""
    ids = sorted(case for case, claim in claims.items() if claim.rule is not None)
    if not ids:
        return dict.fromkeys(claims, UNKNOWN)
    acts, agreed = await acts_of(connection, ids), await clauses_of(connection, ids)
    asked = {row.case_id: row.asked_on for row in await connection.execute(_ASKED, {"ids": ids})}
    return {case: _life(claim, agreed.get(case), acts.get(case, ()), asked.get(case)) for case, claim in claims.items()}


async def acts_of(connection: AsyncConnection, cases: list[int]) -> dict[int, tuple[LifeAct, ...]]:
    """Everything that may have given these claims a new life, by case; what was taken back is left out."""
    found: dict[int, list[LifeAct]] = defaultdict(list)
    for row in await connection.execute(_ACTS, {"ids": cases}):
        found[row.case_id].append(LifeAct(row.on_day, Interruption(row.kind), row.words))
    return {case: tuple(acts) for case, acts in found.items()}


def _life(claim: Claim, agreed: int | None, acts: tuple[LifeAct, ...], asked_on: date | None) -> Life:
    if claim.rule is None:
        return UNKNOWN
    time = lifetime(claim.rule.as_agreed(agreed), claim.due, acts, claim.issued)
    return Life(time, seen(time.dies_on, claim.warnings, asked_on))
