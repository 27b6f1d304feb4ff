"""Open placements are looked at again and again: what the agency must know now is told it, once, and files are taken back.

A function of the facts: payments, disputes and holds may come in any order, and a file is recalled for what is true then.
"""

from datetime import date, datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind
from policies.placement import PlacementState, Recall, Standing, to_tell
from storage import placements
from storage.correspondence import NOTIFY
from storage.dispute_sums import DEMANDED
from storage.facts import lock
from storage.hold_kinds import LASTING
from storage.session import reading, transaction

BY = "relance"


def _stands_in(said: str, place: str, more: str = "") -> str:
    """Whether the words `said` stand in `place` by themselves, not as a part of longer ones; `more`: signs a word may hold."""
    exact = f"regexp_replace({said}, '(\\W)', '\\\\\\1', 'g')"
    return f"({said} <> '' AND {place} ~* ('(^|[^\\w{more}])' || {exact} || '($|[^\\w{more}])'))"


FROM_AGENCY = f"""(p.source <> 'agency' AND ({_stands_in("a.agency_name", "p.counterparty")}
    OR {_stands_in("a.reference", "(p.text || ' ' || p.reference)", "-")}))"""
"""Whether a bank line `p` comes from the agency of placement `a`: its name or the placement's reference is on it."""
_HOLD = """EXISTS (SELECT FROM placement_case k JOIN cases c ON c.id = k.case_id
    JOIN hold h ON h.customer_id = c.customer_id AND (h.case_id IS NULL OR h.case_id = c.id)
    WHERE k.placement_id = a.id AND h.ended_at IS NULL AND (h.until IS NULL OR h.until >= a.today OR h.kind = ANY(:lasting))"""
_OPEN = text(
    f"""
    WITH a AS (
        SELECT p.*, (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today
        FROM placement p JOIN customer d ON d.id = p.customer_id
        WHERE p.ended_at IS NULL AND (CAST(:id AS bigint) IS NULL OR p.id = :id)
    )
    SELECT a.id, a.creditor_id, a.customer_id, a.currency, a.told, a.ends_on, a.today,
        (SELECT coalesce(sum(least(greatest({DEMANDED}, 0) + coalesce((
                    SELECT sum(l.amount) FROM allocation l JOIN payment p ON p.id = l.payment_id
                    WHERE l.invoice_id = i.id AND l.undone_at IS NULL AND {FROM_AGENCY}), 0), k.principal)), 0)
         FROM placement_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
         WHERE k.placement_id = a.id AND c.written_off IS NULL AND c.withdrawn IS NULL)::bigint AS open,
        EXISTS (SELECT FROM placement_case k JOIN cases c ON c.id = k.case_id JOIN dispute x ON x.invoice_id = c.invoice_id
                WHERE k.placement_id = a.id AND x.state = 'open' AND (x.amount IS NULL OR x.recorded_at > a.recorded_at))
        OR {_HOLD} AND h.kind = 'dispute') AS disputed,
        {_HOLD} AND h.kind = 'insolvency') AS insolvent,
        {_HOLD} AND h.kind IN ('complaint', 'plan', 'manual', 'death', 'over_indebtedness') AND split_part(h.origin, ':', 1) IN ('', 'stay') AND h.recorded_at > a.recorded_at) AS held,
        NOT EXISTS (SELECT FROM placement_case k JOIN cases c ON c.id = k.case_id
                    WHERE k.placement_id = a.id AND c.written_off IS NULL AND c.withdrawn IS NULL) AS given_up,
        EXISTS (SELECT FROM placement_case k JOIN step_done s ON s.case_id = k.case_id AND s.stage = 'legal'
                WHERE k.placement_id = a.id AND s.how = 'confirmed' AND s.recorded_at > a.recorded_at) AS in_court
    FROM a ORDER BY a.id
    """  # noqa: S608 - no outside text
)
_TOLD = text("UPDATE placement SET told = :open WHERE id = :id")
_LAST = text("SELECT count(*) FROM placement_event WHERE placement_id = :id")
_TELL = text(
    """
    INSERT INTO correspondence (creditor_id, customer_id, kind, currency, fact, origin_id, amount, on_day, why, state, at, next_at)
    SELECT p.creditor_id, p.customer_id, :kind, p.currency, :fact, p.id, :amount, :on, :why, 'waiting', :at, :at
    FROM placement p JOIN creditor r ON r.id = p.creditor_id
    WHERE p.id = :id AND (p.agency_id IS NOT NULL OR p.address = r.agency_email) ON CONFLICT DO NOTHING
    """
)
"""Where no agency is named, the file went to the creditor itself: nobody else is to be told."""


async def review(at: datetime) -> int:
    """Look at every open placement; answers how many were told of something or taken back."""
    async with reading() as connection:
        rows = (await connection.execute(_OPEN, {"at": at, "id": None, "lasting": list(LASTING)})).mappings().all()
    due = [row["id"] for row in rows if to_tell(_standing(row), row["today"]) is not None]
    return sum([await review_one(placement, at) for placement in due])


async def review_one(placement: int, at: datetime) -> int:
    """The same of one, under the lock of its cases."""
    async with transaction() as connection:
        await lock(connection, await connection.scalars(placements.CASES, {"id": placement}))
        found = (
            (await connection.execute(_OPEN, {"at": at, "id": placement, "lasting": list(LASTING)})).mappings().first()
        )
        told = None if found is None else to_tell(_standing(found), found["today"])
        if found is None or told is None:
            return 0
        if isinstance(told, Recall):
            await recall(connection, found, told, BY, at)
        else:
            await _update(connection, found, told, at)
    return 1


def _standing(row: RowMapping) -> Standing:
    return Standing(
        row["told"],
        row["open"],
        row["disputed"],
        row["insolvent"],
        row["held"],
        row["given_up"],
        row["in_court"],
        row["ends_on"],
    )


async def recall(
    connection: AsyncConnection, row: RowMapping, why: Recall, by: str, at: datetime, said: str = ""
) -> None:
    """Take the file back: the agency is told at once, and the ladder is free again. Its cases are locked."""
    state = PlacementState.RETURNED if why is Recall.MANDATE_OVER else PlacementState.RECALLED
    await placements.note(
        connection, row["id"], state.value, row["today"], by, at, amount=row["open"], said=said or why.value
    )
    await _tell(connection, row, MessageKind.AGENCY_RECALL, f"placement {row['id']} recall", why.value, at)
    await placements.end(connection, row["id"], state, why.value, row["today"], by, at)


async def open_row(connection: AsyncConnection, placement: int, at: datetime) -> RowMapping | None:
    """An open placement as it stands; None: it is over, or there is none."""
    return (await connection.execute(_OPEN, {"at": at, "id": placement, "lasting": list(LASTING)})).mappings().first()


async def _update(connection: AsyncConnection, row: RowMapping, now: int, at: datetime) -> None:
    """The agency goes on with the amount that is open now."""
    nth = int(await connection.scalar(_LAST, {"id": row["id"]}) or 0)
    await placements.note(connection, row["id"], "amount", row["today"], BY, at, amount=now)
    await connection.execute(_TOLD, {"id": row["id"], "open": now})
    await _tell(connection, row, MessageKind.AGENCY_UPDATE, f"placement {row['id']} amount {nth}", "", at)


async def _tell(
    connection: AsyncConnection, row: RowMapping, kind: MessageKind, fact: str, why: str, at: datetime
) -> None:
    on: date = row["today"]
    values = {
        "kind": kind, "fact": fact, "id": row["id"], "amount": row["open"], "on": on, "why": why, "at": at,
    }  # fmt: skip
    await connection.execute(_TELL, values)
    await connection.execute(NOTIFY)
