"""Of a weekly report: what left to debtors, what did not arrive, and what they answered."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.stages import HARDNESS, Stage
from storage.bulk import rows_of
from storage.week_report_span import Span


@dataclass(frozen=True, slots=True)
class Sent:
    """Messages that left. A step has a stage; beside the ladder `kind` says what it was. `sink`: of them, kept back here."""

    kind: str
    stage: str
    channel: str
    count: int
    sink: int
    last_on: date
    """The creditor's day on which the last of them left."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came from debtors, by kind: `reply`, `opt_out`, …"""

    kind: str
    count: int
    unread: int
    """Of them, those nobody has dealt with yet."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reason customers gave for being late: in how many answers, and who gave it last."""

    reason: str
    count: int
    customer_number: str
    customer_name: str


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Both ways of the week. `undelivered`: messages reported not to have arrived."""

    sent: tuple[Sent, ...]
    undelivered: int
    heard: tuple[Heard, ...]
    reasons: tuple[Said, ...]


_SENT = text(
    """
    SELECT kind, stage, channel, count(*) AS count, count(*) FILTER (WHERE route = 'sink') AS sink,
           (max(handed_at) AT TIME ZONE :zone)::date AS last_on
    FROM message WHERE creditor_id = :creditor AND state = 'confirmed' AND handed_at >= :starts AND handed_at < :ends
    GROUP BY kind, stage, channel
    """
)
_UNDELIVERED = text(
    "SELECT count(DISTINCT v.message_id) FROM delivery_event v JOIN message m ON m.id = v.message_id "
    "WHERE m.creditor_id = :creditor AND v.kind IN ('not_delivered', 'dead_address') AND v.at >= :starts AND v.at < :ends"
)
_HEARD = text(
    """
    SELECT kind, count(*) AS count, count(*) FILTER (WHERE read_at IS NULL) AS unread FROM incoming_message
    WHERE creditor_id = :creditor AND kind IN ('reply', 'opt_out', 'complaint', 'auto_reply')
      AND received_at >= :starts AND received_at < :ends
    GROUP BY kind ORDER BY count(*) DESC, kind
    """
)
_REASONS = text(
    """
    SELECT a.reason, count(DISTINCT (a.customer_id, a.at)) AS count,
           (array_agg(d.number ORDER BY a.at DESC, a.id DESC))[1] AS customer_number,
           (array_agg(d.name ORDER BY a.at DESC, a.id DESC))[1] AS customer_name
    FROM answer_reason a JOIN customer d ON d.id = a.customer_id
    WHERE d.creditor_id = :creditor AND a.on_day >= :first AND a.on_day <= :last
    GROUP BY a.reason ORDER BY 2 DESC, a.reason
    """
)


async def correspondence(connection: AsyncConnection, span: Span) -> Correspondence:
    """What left and what came in the week."""
    sent = tuple(Sent(**row) for row in await rows_of(connection, _SENT, span.values))
    heard = tuple(Heard(**row) for row in await rows_of(connection, _HEARD, span.values))
    reasons = tuple(Said(**row) for row in await rows_of(connection, _REASONS, span.values))
    undelivered = int(await connection.scalar(_UNDELIVERED, span.values) or 0)
    return Correspondence(tuple(sorted(sent, key=_place)), undelivered, heard, reasons)


def _place(one: Sent) -> tuple[int, str, str]:
    """Steps from the gentlest to the hardest, then what stands beside the ladder."""
    return (HARDNESS[Stage(one.stage)] if one.stage else len(HARDNESS), one.kind, one.channel)
