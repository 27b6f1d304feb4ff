"""Sink against ledger: whether every message to a debtor that was confirmed arrived once, and nothing else did."""

from dataclasses import dataclass

from sqlalchemy import text

from storage.session import reading


@dataclass(frozen=True, slots=True)
class Comparison:
    """Numbers of messages. `duplicates` and `lost` are what must never happen."""

    sink: int
    ledger: int
    duplicates: int
    lost: int
    ambiguous: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How often something happened, by its name parts."""

    what: tuple[str, ...]
    count: int


_COMPARE = text(
    """
    SELECT (SELECT count(*) FROM sink_message s
               WHERE NOT EXISTS (SELECT FROM staff_message m WHERE m.sha256 = s.sha256)) AS sink,
           (SELECT count(*) FROM message WHERE state = 'confirmed' AND route = 'sink') AS ledger,
           (SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM sink_message GROUP BY message_id) s)::bigint
               AS duplicates,
           (SELECT count(*) FROM message m WHERE m.state = 'confirmed' AND m.route = 'sink'
               AND NOT EXISTS (SELECT FROM sink_message s WHERE s.sha256 = m.sha256)) AS lost,
           (SELECT count(*) FROM message WHERE state = 'ambiguous') AS ambiguous
    """
)
_ACTS = text(
    "SELECT stage, channel, count(*) AS n FROM message WHERE state = 'confirmed' AND kind = 'step' "
    "GROUP BY stage, channel ORDER BY stage, channel"
)
_NEWS = text(
    "SELECT kind, count(*) AS n FROM message WHERE state = 'confirmed' AND kind <> 'step' GROUP BY kind ORDER BY kind"
)
_OUTCOMES = text("SELECT coalesce(outcome, 'open') AS outcome, count(*) AS n FROM cases GROUP BY 1 ORDER BY 1")
_ANSWERS = text(
    "SELECT q.kind, q.stage, count(*) AS n FROM answer a JOIN answer_verdict v ON v.answer_id = a.id "
    "JOIN question q ON q.id = a.question_id WHERE v.accepted GROUP BY q.kind, q.stage ORDER BY q.kind, q.stage"
)
_MONEY = text(
    "SELECT currency, coalesce(sum(amount), 0)::bigint AS n FROM payment WHERE NOT is_pending AND NOT is_replaced "
    "GROUP BY currency ORDER BY currency"
)
_PROBLEMS = text("SELECT DISTINCT problem FROM cases WHERE problem <> '' ORDER BY problem")


async def compare() -> Comparison:
    """The whole sink against the whole ledger."""
    async with reading() as connection:
        return Comparison(**(await connection.execute(_COMPARE)).mappings().one())


async def acts() -> tuple[Tally, ...]:
    """Messages of steps confirmed, by stage and channel."""
    async with reading() as connection:
        return tuple(Tally((row.stage, row.channel), row.n) for row in await connection.execute(_ACTS))


async def news() -> tuple[Tally, ...]:
    """Messages beside the ladder that were confirmed, by kind."""
    async with reading() as connection:
        return tuple(Tally((row.kind,), row.n) for row in await connection.execute(_NEWS))


async def outcomes() -> tuple[Tally, ...]:
    """Cases by outcome; `open` for those that are not at their end."""
    async with reading() as connection:
        return tuple(Tally((row.outcome,), row.n) for row in await connection.execute(_OUTCOMES))


async def answers() -> tuple[Tally, ...]:
    """Accepted answers by kind of question and stage."""
    async with reading() as connection:
        return tuple(Tally((row.kind, row.stage), row.n) for row in await connection.execute(_ANSWERS))


async def money() -> tuple[Tally, ...]:
    """Money booked, in minor units by currency."""
    async with reading() as connection:
        return tuple(Tally((row.currency,), row.n) for row in await connection.execute(_MONEY))


async def problems() -> tuple[str, ...]:
    """What cases complain of."""
    async with reading() as connection:
        return tuple(await connection.scalars(_PROBLEMS))
