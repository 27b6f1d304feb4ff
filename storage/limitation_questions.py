"""A person is asked before claims die: one question per customer, currency and warning, beside the cases' own runs.

Every open case old enough is looked at once a day, its customers spread over the day; whoever has an open question is
looked at every time, so that it never shows what is no longer so.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.decide import decide
from policies.decisions import Ask
from policies.fingerprint import fingerprint
from policies.limitation_warnings import next_warning, warning_due
from policies.questions import QuestionKind
from policies.stages import Channel
from storage import journal, policy_store
from storage.bulk import chunks
from storage.dossier import Dossier, load
from storage.facts import lock, touch
from storage.presence import asked_of
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.voiding import void

SLOTS = 96
"""Quarters of an hour in a day: a customer's cases are looked at in one of them."""
SHORTEST_DAYS = 365
"""No law gives a claim less than a year."""
LOADED = 500
MORNING = time(6)
"""When the stepped clock stops for a warning (UTC)."""

Describe = Callable[[Sequence[Dossier], int, datetime], Wording]


@dataclass(frozen=True, slots=True)
class Found:
    """What one round did: questions asked, and cases woken because their claim has died."""

    asked: int
    dead: int


_OLD = text(
    """
    SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id
    WHERE c.closed_at IS NULL AND i.due <= :before
      AND (CAST(:slot AS integer) IS NULL OR c.customer_id % :slots = :slot OR c.customer_id = ANY(:asked))
    ORDER BY c.customer_id, c.id
    """
)
_LADDERS = text("SELECT DISTINCT policy_hash FROM cases WHERE closed_at IS NULL")
_ASKED = text("SELECT id, customer_id, currency FROM question WHERE kind = 'limitation' AND state = 'open' ORDER BY id")
_ASKED_OF = text(
    "SELECT id, fingerprint FROM question WHERE kind = 'limitation' AND state = 'open' AND customer_id = :customer "
    "AND currency = :currency"
)
_BEING_ASKED = text(
    "SELECT DISTINCT k.case_id FROM question_case k JOIN question q ON q.id = k.question_id "
    "WHERE q.kind = 'time_barred' AND q.state = 'open' AND k.case_id = ANY(:cases)"
)
_ASK = text(
    """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, attempt, state, todo, title,
        description, fingerprint, shown_facts, amount, asked_at)
    VALUES (:creditor, :customer, :currency, 'limitation', '', :warning, 0, 'open', :todo, :title, :description,
        :fingerprint, :shown, :amount, :at) RETURNING id
    """
)
_COVER = text("INSERT INTO question_case (question_id, case_id, principal) VALUES (:question, :case, :principal)")

Debtor = tuple[int, str]
"""A customer and a currency."""


async def ask_about_dying(as_of: datetime, channels: frozenset[Channel], describe: Describe, *, all_now: bool) -> Found:
    """One round: ask what must be asked, replace what has changed, wake the cases whose claim has died.

    `all_now` looks at every case at once (the stepped clock); else at those whose quarter of an hour it is.
    """
    dying, dead, looked_at = await _look(as_of, channels, None if all_now else _slot(as_of))
    asked = 0
    for debtor, members in dying.items():
        asked += await _ask(debtor, members, as_of, describe)
    await _let_go(looked_at - dying.keys(), as_of)
    await _wake(dead)
    return Found(asked, len(dead))


async def next_question(as_of: datetime, until: datetime, channels: frozenset[Channel]) -> datetime | None:
    """When the next question about a dying claim falls due before `until`; None when none does."""
    days: list[date] = []
    async with reading() as connection:
        ids = await _old(connection, until, None)
        for part in chunks(ids, LOADED):
            for one in (await load(connection, part, as_of, channels)).values():
                day = next_warning(one.case, one.ladder, one.case.calendar.day(as_of))
                days += [] if day is None else [day]
    first = min(days, default=None)
    return None if first is None else max(datetime.combine(first, MORNING, UTC), as_of + timedelta(minutes=1))


async def _look(
    as_of: datetime, channels: frozenset[Channel], slot: int | None
) -> tuple[dict[Debtor, list[Dossier]], list[int], set[Debtor]]:
    """Debtors with a warning due, cases whose claim has died and of which nobody was asked, debtors looked at."""
    dying: dict[Debtor, list[Dossier]] = defaultdict(list)
    dead: list[int] = []
    looked_at: set[Debtor] = set()
    async with reading() as connection:
        for part in chunks(await _old(connection, as_of, slot), LOADED):
            for one in (await load(connection, part, as_of, channels)).values():
                looked_at.add((one.case.customer, one.case.currency))
                if _warning(one, as_of) is not None:
                    dying[one.case.customer, one.case.currency].append(one)
                if _is_asked_of_the_dead(one, as_of):
                    dead.append(one.case.id)
        already = set(await connection.scalars(_BEING_ASKED, {"cases": dead})) if dead else set()
    return dying, [case for case in dead if case not in already], looked_at


def _is_asked_of_the_dead(dossier: Dossier, as_of: datetime) -> bool:
    decision = decide(dossier.case, dossier.ladder, as_of)
    return isinstance(decision, Ask) and decision.question is QuestionKind.TIME_BARRED


async def _old(connection: AsyncConnection, as_of: datetime, slot: int | None) -> list[int]:
    """Open cases whose claim may be near its end at `as_of`."""
    before = as_of.date() + timedelta(days=await _longest_warning(connection) + 1 - SHORTEST_DAYS)
    asked = [row.customer_id for row in await connection.execute(_ASKED)]
    values = {"before": before, "slot": slot, "slots": SLOTS, "asked": asked}
    return list(await connection.scalars(_OLD, values))


async def _longest_warning(connection: AsyncConnection) -> int:
    """The most days before its end on which any ladder in use asks."""
    hashes = list(await connection.scalars(_LADDERS))
    ladders = [await policy_store.pinned(connection, hash) for hash in hashes]
    return max((days for ladder in ladders for days in ladder.limitation_warnings), default=0)


def _slot(as_of: datetime) -> int:
    return (as_of.hour * 60 + as_of.minute) * SLOTS // (24 * 60)


async def _ask(debtor: Debtor, dying: Sequence[Dossier], as_of: datetime, describe: Describe) -> int:
    """Ask about the debtor's dying claims, unless an open question says the same. Answers how many were asked."""
    members = sorted(dying, key=lambda one: (one.life.dies_on or date.max, one.case.id))
    warning = min(warning for one in members if (warning := _warning(one, as_of)) is not None)
    content = _content(members, warning)
    try:
        async with transaction() as connection:
            await lock(connection, [one.case.id for one in members])
            which = dict(zip(("customer", "currency"), debtor, strict=True))
            open_ones = (await connection.execute(_ASKED_OF, which)).all()
            if any(row.fingerprint == content for row in open_ones):
                return 0
            await void(connection, [row.id for row in open_ones], "what it showed has changed", as_of, wake=False)
            await _insert(connection, members, warning, content, describe(members, warning, as_of), as_of)
    except IntegrityError:  # another round was quicker
        return 0
    return 1


def _warning(dossier: Dossier, as_of: datetime) -> int | None:
    return warning_due(dossier.case, dossier.ladder, dossier.case.calendar.day(as_of))


def _content(members: Iterable[Dossier], warning: int) -> str:
    lines = [f"{one.case.invoice}={one.case.principal}={one.life.dies_on}" for one in members]
    return fingerprint([QuestionKind.LIMITATION.value, str(warning), *lines])


async def _insert(
    connection: AsyncConnection, members: Sequence[Dossier], warning: int, content: str, words: Wording, as_of: datetime
) -> None:
    lead = members[0]
    values: dict[str, Any] = {
        "creditor": lead.creditor, "customer": lead.case.customer, "currency": lead.case.currency,
        "warning": str(warning), "todo": await asked_of(connection, lead.creditor, lead.owner, lead.case.customer, as_of), "title": words.title, "description": words.description,
        "fingerprint": content, "shown": words.shown_facts, "at": as_of,
        "amount": sum(one.case.principal for one in members),
    }  # fmt: skip
    question = int(await connection.scalar(_ASK, values))
    for one in members:
        await connection.execute(_COVER, {"question": question, "case": one.case.id, "principal": one.case.principal})
        facts = {"question": question, "kind": "limitation", "dies_on": one.life.dies_on, "warning": warning}
        await journal.append(connection, "case", one.case.id, "asked", facts, as_of)


async def _let_go(debtors: set[Debtor], as_of: datetime) -> None:
    """Open questions of debtors none of whose claims is dying any more are not asked any more."""
    async with transaction() as connection:
        gone = [row.id for row in await connection.execute(_ASKED) if (row.customer_id, row.currency) in debtors]
        await void(connection, gone, "no claim is about to die any more", as_of, wake=False)


async def _wake(dead: Sequence[int]) -> None:
    if dead:
        async with transaction() as connection:
            await touch(connection, dead)
