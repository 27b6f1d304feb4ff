"""A person is asked what a bank line pays, where matching proposes and does not know: one question per line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.matching.reasons import Gap
from storage.bulk import append_to_cases, arrays, chunks, rows_of
from storage.facts import lock
from storage.journal import canonical
from storage.presence import in_place_of, team
from storage.session import reading, transaction


@dataclass(frozen=True, slots=True)
class OfferedShare:
    """What a reading of the line sets against an item, in minor units; negative: a credit note that is netted."""

    invoice: int
    number: str
    customer: str
    due: date
    open: int
    amount: int
    lets_go: int
    gap: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a line, with the codes of what speaks for it and against it."""

    shares: tuple[OfferedShare, ...]
    reason: str
    witnesses: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A bank line about which a person is asked, for whoever puts it into words. `left` in minor units."""

    payment: int
    booked: date
    value_date: date
    amount: int
    left: int
    currency: str
    counterparty: str
    iban: str
    reference: str
    text: str
    readings: tuple[Reading, ...]
    """The proposal first."""


@dataclass(frozen=True, slots=True)
class LineWording:
    """A question about a line in words; `offers` are the sentences of its readings, in their order."""

    title: str
    description: str
    offers: tuple[str, ...]


Describe = Callable[[AskedLine], LineWording]

_UNASKED = """
    FROM line_match m JOIN payment p ON p.id = m.payment_id
    WHERE m.sureness = 'likely' AND NOT m.aside
      AND NOT EXISTS (SELECT FROM question q WHERE q.payment_id = m.payment_id AND q.kind = 'match' AND q.state = 'open')
      AND NOT EXISTS (SELECT FROM decision_to_settle w JOIN match_decision d ON d.id = w.decision_id
        WHERE d.payment_id = m.payment_id)
"""
_TO_ASK = text(
    f"""
    SELECT m.creditor_id, m.payment_id, m.left, m.said, left(m.fingerprint, 6) AS fingerprint, p.booked, p.value_date, p.amount, p.currency,
           p.counterparty, p.iban, p.reference, p.text {_UNASKED}
      AND (m.ask_from IS NULL OR m.ask_from <= :as_of) ORDER BY p.booked, p.id
    """
)
_NEXT = text(
    f"""
    SELECT min(moment) FROM (
        SELECT coalesce(m.ask_from, :now) AS moment {_UNASKED}
        UNION ALL SELECT CAST(:now AS timestamptz) FROM question WHERE kind = 'match' AND state = 'open' AND run_id IS NULL
        UNION ALL SELECT CAST(:now AS timestamptz) FROM decision_to_settle
        UNION ALL SELECT CAST(:now AS timestamptz) FROM credit_decision WHERE to_settle
    ) waiting
    """  # noqa: S608 - no outside text
)
_ITEMS = text(
    """
    SELECT i.id, i.number, i.due, i.total - i.prepaid - i.paid - i.credited AS open, d.id AS customer_id, d.name,
           coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM invoice i JOIN customer d ON d.id = i.customer_id JOIN creditor r ON r.id = i.creditor_id WHERE i.id = ANY(:ids)
    """
)
_CASES = text(
    """
    SELECT c.id, c.invoice_id, i.total - i.prepaid - i.paid - i.credited AS principal
    FROM cases c JOIN invoice i ON i.id = c.invoice_id
    WHERE c.invoice_id = ANY(:invoices) AND c.closed_at IS NULL ORDER BY c.id
    """
)
_STILL = text(
    "SELECT payment_id, left(fingerprint, 6) AS fingerprint FROM line_match WHERE payment_id = ANY(:lines) FOR UPDATE SKIP LOCKED"
)
"""The first six letters are of what a question shows; the others of what is held besides."""
_ASK = text(
    """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, attempt, state, todo, title, description,
        fingerprint, shown_facts, amount, asked_at, payment_id, offers)
    SELECT g.creditor, g.customer, g.currency, 'match', '', '', 0, 'open', g.todo, g.title, g.description, g.fingerprint,
        '', g.amount, :at, g.line, CAST(g.offers AS jsonb)
    FROM unnest(CAST(:creditor AS bigint[]), CAST(:customer AS bigint[]), CAST(:currency AS text[]),
        CAST(:todo AS text[]), CAST(:title AS text[]), CAST(:description AS text[]), CAST(:fingerprint AS text[]),
        CAST(:amount AS bigint[]), CAST(:line AS bigint[]), CAST(:offers AS text[]))
        AS g(creditor, customer, currency, todo, title, description, fingerprint, amount, line, offers)
    RETURNING id, payment_id
    """
)
_ASKING = (
    "creditor", "customer", "currency", "todo", "title", "description", "fingerprint", "amount", "line", "offers",
)  # fmt: skip
_COVER = text(
    """
    INSERT INTO question_case (question_id, case_id, principal)
    SELECT g.* FROM unnest(CAST(:question AS bigint[]), CAST(:case AS bigint[]), CAST(:principal AS bigint[])) AS g
    """
)
AT_ONCE = 500
"""Questions written in one transaction."""


async def ask_about_lines(as_of: datetime, describe: Describe) -> int:
    """Ask about every line for which something is proposed and nobody is asked yet; answers how many. Done twice it
    asks nothing more."""
    async with reading() as connection:
        lines = await rows_of(connection, _TO_ASK, {"as_of": as_of})
        ids = sorted({item for line in lines for item in _mentioned(line["said"])})
        items = {row["id"]: row for row in await rows_of(connection, _ITEMS, {"ids": ids})}
    asked = 0
    for part in chunks(lines, AT_ONCE):
        asked += await _ask([_question(line, items, describe) for line in part], as_of)
    return asked


async def next_question(now: datetime) -> datetime | None:
    """When a person is to be asked about a line next, or an answer to be settled; None: nothing waits."""
    async with reading() as connection:
        return await connection.scalar(_NEXT, {"now": now})  # type: ignore[no-any-return]


def readings_of(said: Mapping[str, Any], items: Mapping[int, Mapping[str, Any]]) -> tuple[Reading, ...]:
    """The proposal and its alternatives, as matching left them; those that come to the same are one."""
    gaps = {item: (gap, amount) for item, gap, amount in said["remains"] if gap != Gap.SHORT}
    found = [_reading(said["shares"], said["why"], items, gaps)]
    for one in said["alternatives"]:
        if one["shares"] not in [[[share.invoice, share.amount] for share in other.shares] for other in found]:
            found.append(_reading(one["shares"], one["why"], items, {}))
    return tuple(found)


def _reading(
    shares: Sequence[Sequence[int]], why: Mapping[str, Any], items: Mapping[int, Mapping[str, Any]],
    gaps: Mapping[int, tuple[str, int]],
) -> Reading:  # fmt: skip
    made = []
    for item, amount in shares:
        row, (gap, lets_go) = items[item], gaps.get(item, ("", 0))
        made.append(OfferedShare(item, row["number"], row["name"], row["due"], row["open"], amount, lets_go, gap))
    return Reading(tuple(made), why["reason"], tuple(why["witnesses"]), tuple(why["doubts"]))


def _mentioned(said: Mapping[str, Any]) -> set[int]:
    shares = [*said["shares"], *(share for one in said["alternatives"] for share in one["shares"])]
    return {item for item, _ in shares}


def _question(line: Mapping[str, Any], items: Mapping[int, Mapping[str, Any]], describe: Describe) -> dict[str, Any]:
    """The question about a line as a row, with the invoices it is about."""
    readings = readings_of(line["said"], items)
    words = describe(AskedLine(payment=line["payment_id"], readings=readings, **{name: line[name] for name in _SHOWN}))
    offered = [[[share.invoice, max(share.amount, 0), share.lets_go] for share in one.shares] for one in readings]
    first = items[readings[0].shares[0].invoice]
    return {
        "creditor": line["creditor_id"], "customer": first["customer_id"], "currency": line["currency"],
        "todo": first["owner"], "title": words.title, "description": words.description, "amount": line["left"],
        "fingerprint": line["fingerprint"], "line": line["payment_id"], "invoices": _mentioned(line["said"]),
        "offers": canonical({"sentences": words.offers, "readings": offered, "named": line["said"]["named"]}),
    }  # fmt: skip


_SHOWN = ("booked", "value_date", "amount", "left", "currency", "counterparty", "iban", "reference", "text")


async def _ask(rows: Sequence[dict[str, Any]], as_of: datetime) -> int:
    try:
        async with transaction() as connection:
            return await _write(connection, rows, as_of)
    except IntegrityError:  # another round was quicker; what it left is asked in the next
        return 0


async def _write(connection: AsyncConnection, rows: Sequence[dict[str, Any]], as_of: datetime) -> int:
    invoices = sorted({invoice for row in rows for invoice in row["invoices"]})
    cases = {case["invoice_id"]: case for case in await rows_of(connection, _CASES, {"invoices": invoices})}
    await lock(connection, [case["id"] for case in cases.values()])
    still = await rows_of(connection, _STILL, {"lines": [row["line"] for row in rows]})
    same = {(row["payment_id"], row["fingerprint"]) for row in still}
    asked = [row for row in rows if (row["line"], row["fingerprint"]) in same]
    if not asked:
        return 0
    there = {creditor: await team(connection, creditor, as_of) for creditor in {row["creditor"] for row in asked}}
    for row in asked:
        row["todo"] = await in_place_of(connection, row["todo"], row["customer"], there[row["creditor"]])
    made = await rows_of(connection, _ASK, arrays(asked, _ASKING) | {"at": as_of})
    questions = {row["payment_id"]: row["id"] for row in made}
    covered = [
        {"question": questions[row["line"]], "case": cases[invoice]["id"], "principal": cases[invoice]["principal"],
         "line": row["line"]}
        for row in asked for invoice in sorted(row["invoices"]) if invoice in cases
    ]  # fmt: skip
    await connection.execute(_COVER, arrays(covered, ("question", "case", "principal")))
    entries = [(one["case"], {"question": one["question"], "kind": "match", "payment": one["line"]}) for one in covered]
    await append_to_cases(connection, "asked", entries, as_of)
    return len(asked)
