"""Of a weekly report: who is treated outside the policy, and what needs somebody to look at it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulk import rows_of
from storage.policy_exceptions import TreatedOtherwise, exceptions
from storage.unchosen import unchosen
from storage.week_report_span import Span

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Those in force, counted by `way` and what it is (`hold manual`), and the latest of those begun since the week began."""

    counts: Mapping[tuple[str, str], int]
    begun: int
    latest: tuple[TreatedOtherwise, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that needs a person: a code, how many, and where it helps the sentence about it or an example."""

    code: str
    count: int
    words: str = ""


_COUNTS = text(
    """
    SELECT (SELECT count(*) FROM cases WHERE creditor_id = :creditor AND failures > 0 AND closed_at IS NULL) AS in_trouble,
           (SELECT count(*) FROM message WHERE creditor_id = :creditor AND state = 'ambiguous') AS ambiguous,
           (SELECT count(*) FROM incoming_message WHERE creditor_id = :creditor AND read_at IS NULL
              AND kind IN ('reply', 'complaint')) AS unread,
           (SELECT count(*) FROM payment WHERE creditor_id = :creditor AND amount <> allocated AND NOT is_pending
              AND NOT is_replaced
              AND NOT EXISTS (SELECT FROM line_match m WHERE m.payment_id = payment.id AND m.aside)) AS unmatched,
           (SELECT count(*) FROM contact k JOIN customer d ON d.id = k.customer_id WHERE d.creditor_id = :creditor
              AND k.email_dead_at >= :starts AND k.email_dead_at < :ends) AS dead_addresses,
           (SELECT count(*) FROM staff_message WHERE creditor_id = :creditor
              AND (state = 'ambiguous' OR state = 'refused' AND next_at IS NULL)
              AND written_at >= :starts) AS staff_mail
    """
)
_SWITCHES = text("SELECT live, collecting FROM creditor WHERE id = :creditor")
_EXAMPLE = text(
    "SELECT problem FROM cases WHERE creditor_id = :creditor AND failures > 0 AND closed_at IS NULL "
    "ORDER BY failures DESC, id LIMIT 1"
)


async def treated_otherwise(span: Span) -> Exceptions:
    """Everybody who is treated outside the policy now."""
    found = await exceptions(span.at)
    begun = sorted((one for one in found if one.since >= span.week.first), key=lambda one: one.since, reverse=True)
    counts = Counter((one.way.value, "" if one.way.value != "hold" else one.what) for one in found)
    return Exceptions(dict(sorted(counts.items())), len(begun), tuple(begun[:SHOWN]))


async def troubles(connection: AsyncConnection, span: Span) -> tuple[Trouble, ...]:
    """What needs somebody to look at it, as it stands now."""
    [counts] = await rows_of(connection, _COUNTS, span.values)
    [switches] = await rows_of(connection, _SWITCHES, span.values)
    example = await connection.scalar(_EXAMPLE, span.values) or ""
    told = [Trouble(code, count, example if code == "in_trouble" else "") for code, count in counts.items() if count]
    told += [Trouble("not_live", 1)] if not switches["live"] else []
    told += [Trouble("not_collecting", 1)] if not switches["collecting"] else []
    return (*told, *[Trouble("without_policy", one.count, one.why) for one in await unchosen(span.at)])
