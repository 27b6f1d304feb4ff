"""What passed between the parties about some cases: the journal, calls, promises and plans, disputes; no offer to settle."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.claim_history import Attempt, ClaimAgreement, ClaimCall, ClaimDispute, Happened
from policies.facts import DatedAmount, DoneHow
from policies.told_to_others import is_told
from storage.confidential import Confidential
from storage.dossier import Dossier
from storage.mediation_attempts import attempts

_SETTLEMENTS = text(
    """
    SELECT DISTINCT a.id, (a.proposed_at AT TIME ZONE d.zone)::date AS on FROM agreement a JOIN customer d ON d.id = a.customer_id
    JOIN agreement_case k ON k.agreement_id = a.id AND k.case_id = ANY(:cases)
    WHERE a.kind = 'settlement' AND a.agreed_at IS NOT NULL AND a.state = 'ended' AND a.ended_how <> 'kept' ORDER BY 2, 1
    """
)
"""Offers that left, and of which nothing came."""
_JOURNAL = text(
    """
    SELECT j.at, i.number AS invoice, j.kind, j.facts FROM journal j JOIN cases c ON j.chain = 'case:' || c.id
    JOIN invoice i ON i.id = c.invoice_id WHERE c.id = ANY(:cases) ORDER BY j.at, i.due, i.number, j.place
    """
)
_CALLS = text(
    """
    SELECT p.id, p.at, p.direction, p.outcome, p.amount, p.on_day AS on, p.words,
           array_agg(i.number ORDER BY i.due, i.number) AS invoices
    FROM phone_call p JOIN phone_call_case k ON k.call_id = p.id AND k.case_id = ANY(:cases)
    JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id GROUP BY p.id ORDER BY p.at, p.id
    """
)
_PROMISES = text(
    """
    SELECT h.kind, h.since, h.until, coalesce(a.ended_how, '') AS ended, coalesce(h.word, '') AS word, min(h.id) AS id,
           h.agreement_id, array_agg(DISTINCT i.number) AS invoices
    FROM hold h LEFT JOIN agreement a ON a.id = h.agreement_id
    JOIN cases c ON c.customer_id = h.customer_id AND (h.case_id IS NULL OR h.case_id = c.id) AND c.id = ANY(:cases)
    JOIN invoice i ON i.id = c.invoice_id
    WHERE h.kind IN ('promise', 'plan') AND a.kind IS DISTINCT FROM 'settlement'
      AND (h.ended_at IS NULL OR h.word IS NOT NULL OR h.agreement_id IS NOT NULL)
    GROUP BY h.kind, h.since, h.until, a.ended_how, h.word, h.agreement_id, CASE WHEN h.agreement_id IS NULL THEN h.id END
    ORDER BY h.since, min(h.id)
    """
)
_INSTALMENTS = text("SELECT hold_id, on_day, amount FROM hold_instalment WHERE hold_id = ANY(:holds) ORDER BY on_day")
_DISPUTES = text(
    """
    SELECT x.id, coalesce(i.number, '') AS invoice, x.reason, x.amount, x.text AS words, x.opened_on, x.state, x.decided_on, x.why
    FROM dispute x LEFT JOIN invoice i ON i.id = x.invoice_id
    WHERE x.case_id = ANY(:cases) OR x.invoice_id = ANY(SELECT invoice_id FROM cases WHERE id = ANY(:cases))
       OR x.case_id IS NULL AND x.invoice_id IS NULL AND x.customer_id = :customer
    ORDER BY x.opened_on, x.id
    """
)


def _ids(members: Sequence[Dossier]) -> dict[str, Any]:
    return {"cases": [one.case.id for one in members], "customer": members[0].case.customer}


async def attempts_in(connection: AsyncConnection, members: Sequence[Dossier]) -> tuple[Attempt, ...]:
    """The attempts to agree that took place and failed: that they did is all that is told."""
    mediated = await attempts(connection, _ids(members)["cases"])
    offered = (await connection.execute(_SETTLEMENTS, _ids(members))).all()
    return (
        *(
            Attempt("mediation", one.proposed_on, one.compulsory, one.mediator, one.outcome or "", one.ended_on)
            for one in mediated
            if one.failed
        ),
        *(Attempt("settlement", row.on) for row in offered),
    )


async def happened_in(
    connection: AsyncConnection, members: Sequence[Dossier], kept: Confidential
) -> tuple[Happened, ...]:
    """The journals of the cases, together by the clock.

    Of what the former system did only the hardest step is known, with its day: that the gentler ones left is told to nobody.
    """
    rows = (await connection.execute(_JOURNAL, _ids(members))).mappings()
    found = [
        Happened(**row)
        for row in rows
        if is_told(row["kind"], row["facts"])
        and not kept.hides(row["kind"], row["facts"])
        and not _of_a_hold(row["facts"], kept)
    ]
    hardest = {one.invoice: one for one in found if _is_of_before(one)}
    return tuple(one for one in found if not _is_of_before(one) or hardest[one.invoice] is one)


def _is_of_before(one: Happened) -> bool:
    """Whether the former system did it."""
    return one.kind == "step_behind" and one.facts.get("how") == DoneHow.ELSEWHERE


def _of_a_hold(facts: Mapping[str, object], kept: Confidential) -> bool:
    """Whether an entry is about a hold of which nothing may be told: that of an offer."""
    return facts.get("hold") in kept.holds


async def calls_in(
    connection: AsyncConnection, members: Sequence[Dossier], kept: Confidential
) -> tuple[ClaimCall, ...]:
    """Calls about one of the cases; of their invoices those in the file. While an offer stood, only that somebody called."""
    rows = [dict(row) for row in (await connection.execute(_CALLS, _ids(members))).mappings()]
    found = []
    for row in rows:
        number, row["invoices"] = row.pop("id"), tuple(row["invoices"])
        bare = {"outcome": "", "words": "", "amount": 0, "on": None} if number in kept.calls else {}
        found.append(ClaimCall(**row | bare))
    return tuple(found)


async def agreements_in(
    connection: AsyncConnection, members: Sequence[Dossier], kept: Confidential
) -> tuple[ClaimAgreement, ...]:
    """Promises and plans about the cases, each once; none that was given while something was mediated and came to nothing."""
    rows = (await connection.execute(_PROMISES, _ids(members))).mappings().all()
    money: dict[int, list[DatedAmount]] = defaultdict(list)
    for row in await connection.execute(_INSTALMENTS, {"holds": [row["id"] for row in rows]}):
        money[row.hold_id].append(DatedAmount(row.on_day, row.amount))
    return tuple(
        ClaimAgreement(
            row["kind"], row["since"], _last(row["until"], money[row["id"]]), tuple(money[row["id"]]),
            row["word"] or row["ended"], tuple(sorted(row["invoices"])),
        )
        for row in rows
        if row["agreement_id"] is not None or row["id"] not in kept.holds
    )  # fmt: skip


def _last(until: date | None, payments: Sequence[DatedAmount]) -> date | None:
    return until or (payments[-1].on if payments else None)


async def disputes_in(
    connection: AsyncConnection, members: Sequence[Dossier], kept: Confidential
) -> tuple[ClaimDispute, ...]:
    """Disputes about one of the invoices, or about everything of the customer; what was said of one while an offer stood is not."""
    found = []
    for row in (await connection.execute(_DISPUTES, _ids(members))).mappings():
        told = dict(row)
        number = told.pop("id")
        told |= {"words": ""} if number in kept.disputes else {}
        told |= {"why": ""} if number in kept.verdicts else {}
        found.append(ClaimDispute(**told))
    return tuple(found)
