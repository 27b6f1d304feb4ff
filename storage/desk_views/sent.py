"""What was handed over on a day: how much at which stage by which channel, and each message of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from storage.bulk import rows_of
from storage.session import reading


@dataclass(frozen=True, slots=True)
class SentCount:
    """Messages of one stage (or kind) by one channel in one currency; `demanded` in minor units."""

    stage: str
    channel: str
    currency: str
    count: int
    demanded: int
    sink: int
    """How many of them only the local sink has."""
    unsure: int
    """How many may or may not have left."""


@dataclass(frozen=True, slots=True)
class SentMessage:
    """One message; no stage: it is beside the ladder and `stage` says its kind."""

    id: int
    at: datetime
    customer_number: str
    customer_name: str
    stage: str
    channel: str
    state: str
    route: str
    recipient: str
    subject: str
    currency: str
    demanded: int


_LEFT = "m.handed_at >= :since AND m.handed_at < :until AND m.state IN ('handing_over', 'confirmed', 'ambiguous')"
_STAGE = "coalesce(nullif(m.stage, ''), m.kind)"
_COUNTS = text(
    f"""
    SELECT {_STAGE} AS stage, m.channel, m.currency, count(*) AS count, sum(m.demanded)::bigint AS demanded,
           count(*) FILTER (WHERE m.route = 'sink') AS sink, count(*) FILTER (WHERE m.state = 'ambiguous') AS unsure
    FROM message m WHERE {_LEFT} GROUP BY 1, 2, 3 ORDER BY count DESC, 1, 2, 3
    """  # noqa: S608 - no outside text
)
_MESSAGES = text(
    f"""
    SELECT m.id, m.handed_at AS at, d.number AS customer_number, d.name AS customer_name, {_STAGE} AS stage, m.channel,
           m.state, m.route, m.recipient, m.subject, m.currency, m.demanded
    FROM message m JOIN customer d ON d.id = m.customer_id
    WHERE {_LEFT} AND (:stage = '' OR {_STAGE} = :stage) AND (:channel = '' OR m.channel = :channel)
    ORDER BY m.handed_at, m.id LIMIT :limit OFFSET :offset
    """  # noqa: S608 - no outside text
)
_LAST = text(
    "SELECT max(handed_at) FROM message WHERE handed_at < :before AND state IN ('handing_over', 'confirmed', 'ambiguous')"
)


def bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The first moment of the day in this zone, and the first of the next one."""
    return tuple(datetime.combine(one, time(0), zone) for one in (day, day + timedelta(days=1)))  # type: ignore[return-value]


async def last_day_before(day: date, zone: ZoneInfo) -> date | None:
    """The latest day before `day` on which anything left; None: there is none."""
    async with reading() as connection:
        found: datetime | None = await connection.scalar(_LAST, {"before": bounds(day, zone)[0]})
    return None if found is None else found.astimezone(zone).date()


async def sent_on(day: date, zone: ZoneInfo) -> tuple[SentCount, ...]:
    """What left on the day, counted, the most first."""
    since, until = bounds(day, zone)
    async with reading() as connection:
        return tuple(SentCount(**row) for row in await rows_of(connection, _COUNTS, {"since": since, "until": until}))


async def messages_of(
    day: date, zone: ZoneInfo, *, stage: str = "", channel: str = "", offset: int = 0, limit: int = 50
) -> tuple[SentMessage, ...]:
    """The messages of the day in the order they left; empty texts do not matter."""
    since, until = bounds(day, zone)
    values = {"since": since, "until": until, "stage": stage, "channel": channel, "offset": offset, "limit": limit}
    async with reading() as connection:
        return tuple(SentMessage(**row) for row in await rows_of(connection, _MESSAGES, values))
