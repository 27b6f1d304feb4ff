"""What matching says of lines that are not wholly placed: only differences are written, and cases learn of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.fingerprint import LENGTH, fingerprint
from policies.matching.match import Because, Match
from policies.matching.match_all import DEFAULT_TERMS
from policies.matching.reasons import Sureness
from storage.bulk import append_to_cases, arrays, chunks, rows_of
from storage.facts import cases_of, lock, touch
from storage.journal import canonical
from storage.settling_books import Books
from storage.settling_lines import Owed, Settled, asked_from
from storage.voiding import void

_STANDING = text("SELECT payment_id, fingerprint, ask_from FROM line_match WHERE creditor_id = :creditor")
_CLAIMS = text("SELECT payment_id, invoice_id, proposed FROM line_claim WHERE payment_id = ANY(:lines)")
_FORGET = (
    text("DELETE FROM line_claim WHERE payment_id = ANY(:lines)"),
    text("DELETE FROM line_match WHERE payment_id = ANY(:lines)"),
)
_SAY = text(
    """
    INSERT INTO line_match (creditor_id, payment_id, sureness, reason, "left", said, fingerprint, aside, ask_from)
    SELECT :creditor, g.line, g.sureness, g.reason, g.rest, CAST(g.said AS jsonb), g.fingerprint, g.aside, g.ask_from
    FROM unnest(CAST(:line AS bigint[]), CAST(:sureness AS text[]), CAST(:reason AS text[]), CAST(:rest AS bigint[]),
        CAST(:said AS text[]), CAST(:fingerprint AS text[]), CAST(:aside AS boolean[]),
        CAST(:ask_from AS timestamptz[])) AS g(line, sureness, reason, rest, said, fingerprint, aside, ask_from)
    """
)
_CLAIM = text(
    """
    INSERT INTO line_claim (payment_id, invoice_id, proposed, amount)
    SELECT g.* FROM unnest(CAST(:line AS bigint[]), CAST(:invoice AS bigint[]), CAST(:proposed AS boolean[]),
        CAST(:amount AS bigint[])) AS g
    """
)
_MOOT = text("SELECT id FROM question WHERE kind = 'match' AND state = 'open' AND payment_id = ANY(:lines) ORDER BY id")
_SAYING = ("line", "sureness", "reason", "rest", "said", "fingerprint", "aside", "ask_from")
_CLAIMING = ("line", "invoice", "proposed", "amount")

Claim = tuple[int, int, bool]
"""A payment, an invoice it may pay, and whether that is what is proposed."""


@dataclass(frozen=True, slots=True)
class ChangedLines:
    """Lines of which matching says something else than before: those to forget, the rows to write, and the claims that
    came and went with them."""

    gone: Sequence[int]
    made: Sequence[Mapping[str, Any]]
    moot: Sequence[int]
    """Those of them of which a question would show something else now; of the others only what is held besides changed."""
    before: frozenset[Claim]
    after: frozenset[Claim]

    @property
    def lines(self) -> list[int]:
        """All of them, by the number of the payment."""
        return sorted({*self.gone, *(row["line"] for row in self.made)})

    @property
    def invoices(self) -> list[int]:
        """The invoices that a line may pay now, or may pay no longer."""
        return sorted({invoice for _, invoice, _ in self.before ^ self.after})


async def changed_lines(
    connection: AsyncConnection, creditor: int, books: Books, done: Settled, used: Mapping[str, int]
) -> ChangedLines:
    """What is said of unplaced lines compared with what matching says now; nothing is written yet."""
    standing = {row["payment_id"]: row for row in await rows_of(connection, _STANDING, {"creditor": creditor})}
    rows = {row["line"]: row for row in _unplaced(books, done, used)}
    gone = [line for line, row in standing.items() if line not in rows or not _same(row, rows[line])]
    made = [row for line, row in rows.items() if line not in standing or not _same(standing[line], row)]
    changed = sorted({*gone, *(row["line"] for row in made)})
    before = [
        _claim(row) for part in chunks(changed) for row in await rows_of(connection, _CLAIMS, {"lines": list(part)})
    ]
    after = [(one["line"], one["invoice"], one["proposed"]) for row in made for one in row["claims"]]
    moot = [
        line
        for line in changed
        if line not in standing or line not in rows or not _shows_the_same(standing[line], rows[line])
    ]
    return ChangedLines(gone, made, moot, frozenset(before), frozenset(after))


async def tell_matches(connection: AsyncConnection, creditor: int, changed: ChangedLines, at: datetime) -> None:
    """Bring what is said of unplaced lines to what matching says now. Questions that show something else are void, and
    the cases of invoices a line may pay, or may pay no longer, are woken."""
    if not changed.lines:
        return
    for part in chunks(changed.gone):
        for statement in _FORGET:
            await connection.execute(statement, {"lines": list(part)})
    for rows_ in chunks(changed.made):
        await connection.execute(_SAY, arrays(rows_, _SAYING) | {"creditor": creditor})
    for claims_ in chunks([one for row in changed.made for one in row["claims"]]):
        await connection.execute(_CLAIM, arrays(claims_, _CLAIMING))
    moot = list(await connection.scalars(_MOOT, {"lines": list(changed.moot)}))
    await _tell_cases(connection, changed, moot, at)


def _same(standing: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return (standing["fingerprint"], standing["ask_from"]) == (row["fingerprint"], row["ask_from"])


def _shows_the_same(standing: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    shown = standing["fingerprint"][:LENGTH], standing["ask_from"]
    return shown == (row["fingerprint"][:LENGTH], row["ask_from"])


def _claim(row: Mapping[str, Any]) -> Claim:
    return row["payment_id"], row["invoice_id"], row["proposed"]


async def _tell_cases(connection: AsyncConnection, changed: ChangedLines, moot: list[int], at: datetime) -> None:
    """Journal and wake the open cases of the invoices concerned; what was reserved for their siblings is decided anew."""
    cases = await cases_of(connection, changed.invoices)
    await lock(connection, cases.all)
    await void(connection, moot, "what it showed has changed", at, wake=False)
    made, gone = changed.after - changed.before, changed.before - changed.after
    for kind, claims in (("may_be_paid", made), ("may_be_paid_no_longer", gone)):
        entries = [
            (cases.open[invoice], {"payment": line, "proposed": proposed})
            for line, invoice, proposed in sorted(claims) if invoice in cases.open
        ]  # fmt: skip
        await append_to_cases(connection, kind, entries, at)
    woken = set(cases.open.values())
    await touch(connection, woken)
    await touch(connection, cases.beside - woken, wake=False)


def _unplaced(books: Books, done: Settled, used: Mapping[str, int]) -> Iterable[dict[str, Any]]:
    """The lines that are not wholly placed, as rows with their claims."""
    owed = Owed(books, done)
    for line, match in done.matches.items():
        origin, said = books.origins[line], books.said.get(line)
        rest = origin.amount - used[line]
        if not rest:
            continue
        aside = said is not None and said.aside
        nothing = aside or rest <= (DEFAULT_TERMS.tolerance if match.sureness is Sureness.SURE else 0)
        claims = [] if nothing else list(_claims(origin.row, match, books, owed))
        told = canonical(_said(match))
        ask_from = asked_from(books, line)
        yield {
            "line": origin.row, "sureness": match.sureness.value, "reason": match.why.reason.value, "rest": rest,
            "said": told, "aside": aside, "ask_from": ask_from, "claims": claims,
            "fingerprint": fingerprint([told, str(rest), str(aside)]) + fingerprint(str(one["invoice"]) for one in claims),
        }  # fmt: skip


def _claims(row: int, match: Match, books: Books, owed: Owed) -> Iterable[dict[str, Any]]:
    """The invoices the line may pay: those proposed first, then those of other readings or that its amount could settle,
    and whatever else the customers of what is booked or proposed owe: an account is cleared before it is accused.
    """
    proposed = {share.item: share.amount for share in match.shares if share.item not in books.notes}
    if match.sureness is Sureness.SURE:
        proposed = {}
    others = {share.item for one in match.alternatives for share in one.shares} | match.could_settle
    others |= set(owed.beside(match.named))
    for item in sorted((others | proposed.keys()) - books.notes.keys()):
        is_proposed = match.sureness is Sureness.LIKELY and item in proposed
        yield {"line": row, "invoice": item, "proposed": is_proposed, "amount": proposed.get(item, 0)}


def _said(match: Match) -> dict[str, Any]:
    """The match as it is kept: shares, why, alternatives, and what could be settled."""
    return {
        "shares": [[share.item, share.amount] for share in match.shares],
        "why": _because(match.why),
        "named": sorted(match.named),
        "remains": [[one.item, one.gap.value, one.amount] for one in match.remains],
        "unused": match.unused,
        "alternatives": [
            {"shares": [[share.item, share.amount] for share in one.shares], "why": _because(one.why)}
            for one in match.alternatives
        ],
        "could_settle": sorted(match.could_settle),
    }


def _because(why: Because) -> dict[str, Any]:
    return {name: value if isinstance(value, str) else list(value) for name, value in asdict(why).items()}
