"""Staff propose a write-off, keep its proofs, and take it back."""

import hashlib
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from policies.four_eyes import limit, needs_second
from policies.money import plain
from policies.problems import Problem
from policies.write_off import ProofKind, WriteOffWords, read_write_off
from storage import journal, write_off_books
from storage.agreement_scope import cases_for, scope_of
from storage.facts import lock_debtor
from storage.hold_deeds import Deed
from storage.session import reading, transaction
from storage.whom import SOURCE
from storage.write_off_books import NewWriteOff
from storage.write_off_views import show_in

MOST_BYTES = 10_000_000
"""Of one document."""

_PENDING = text(
    "SELECT w.id FROM write_off w JOIN write_off_item t ON t.write_off_id = w.id "
    "WHERE t.case_id = ANY(:cases) AND w.state = 'proposed' LIMIT 1"
)
_PROOF = text(
    "INSERT INTO write_off_proof (write_off_id, kind, name, content, sha256, actor, at) "
    "VALUES (:write_off, :kind, :name, :content, :sha256, :actor, :at)"
)
_CONTENT = text("SELECT name, content, sha256 FROM write_off_proof WHERE write_off_id = :id ORDER BY id")
_LIMITS = text(
    "SELECT c.second_signature_write_off FROM write_off w JOIN creditor c ON c.id = w.creditor_id WHERE w.id = :id"
)
_SIGN = text("UPDATE write_off SET reversal_signed_by = :actor WHERE id = :id")


async def propose(customer: str, invoices: str, words: WriteOffWords, actor: str, at: datetime) -> Deed | list[Problem]:
    """Propose to give up these invoices (none named: all that are open), or a part of one: a manager is asked."""
    async with transaction() as connection:
        scope = await scope_of(connection, customer, invoices)
        if isinstance(scope, list):
            return scope
        cases = await cases_for(connection, scope, at)
        if isinstance(cases, list):
            return cases
        left = await write_off_books.left_of(connection, cases.values())
        asked = read_write_off(words, sum(left.values()), scope.currency, len(scope.owed))
        if isinstance(asked, list):
            return asked
        known = await connection.scalar(_PENDING, {"cases": sorted(cases.values())})
        if known is not None:
            why = f"Write-off {known} is proposed for it already: it waits for an answer."
            return [Problem(SOURCE, None, "invoice", why)]
        items = {case: amount if asked.part is None else asked.part for case, amount in left.items()}
        new = NewWriteOff(
            scope.creditor, scope.customer, scope.currency, asked.reason, asked.words, asked.part is None, items
        )
        number = await write_off_books.propose(connection, new, actor, at)
    said = f"write-off {number}, {plain(sum(items.values()), scope.currency)} {scope.currency}, {scope.numbers}"
    return Deed("write-off", scope.number, scope.name, said, tuple(sorted(items)))


async def add_proof(number: int, kind: str, name: str, content: bytes, actor: str, at: datetime) -> list[Problem]:
    """Keep a document with a write-off, byte for byte; a question about it is asked anew with it."""
    if kind not in set(ProofKind):
        return [Problem(SOURCE, None, "kind", f"Choose one of: {', '.join(ProofKind)}.")]
    if not content or len(content) > MOST_BYTES:
        size = f"The file is larger than {MOST_BYTES // 1_000_000} MB." if content else "The file is empty."
        return [Problem(SOURCE, None, "file", size)]
    digest = hashlib.sha256(content).hexdigest()
    try:
        async with transaction() as connection:
            view = await show_in(connection, number)
            if view is None:
                return [_unknown(number)]
            await lock_debtor(connection, view.row["customer_id"])
            kept = name.encode("utf-8", "replace").decode().replace("\x00", "?")  # any bytes may name a file
            values = {"write_off": number, "kind": kind, "name": kept, "content": content, "sha256": digest}
            await connection.execute(_PROOF, values | {"actor": actor, "at": at})
            for one in view.items:
                facts = {"write_off": number, "kind": kind, "sha256": digest, "actor": actor}
                await journal.append(connection, "case", one.case, "write_off_proof", facts, at)
    except IntegrityError:
        return [Problem(SOURCE, None, "file", "This very file is kept with the write-off already.")]
    return []


async def proofs(number: int) -> tuple[tuple[str, bytes, str], ...]:
    """The documents of a write-off as they came: name, bytes, SHA-256."""
    async with reading() as connection:
        rows = (await connection.execute(_CONTENT, {"id": number})).all()
    return tuple((row.name, bytes(row.content), row.sha256) for row in rows)


async def reverse(number: int, why: str, actor: str, at: datetime) -> Deed | list[Problem]:
    """It is owed again, at its age. Above the creditor's amount two people say so: the first one only signs."""
    if not why.strip():
        return [Problem(SOURCE, None, "why", "Write down why it is owed again.")]
    async with transaction() as connection:
        found = await write_off_books.read(connection, number)
        if found is None:
            return [_unknown(number)]
        await lock_debtor(connection, found["customer_id"])
        view = await show_in(connection, number)
        assert view is not None, "write-offs are never deleted"
        if view.state != "standing" or view.row["made_by"]:
            said = f"made by the {view.row['made_by']}" if view.row["made_by"] else view.state
            return [Problem(SOURCE, None, "", f"Write-off {number} is {said}: there is nothing to reverse here.")]
        limits = [limit(str(await connection.scalar(_LIMITS, {"id": number}) or ""))]
        signed = view.row["reversal_signed_by"]
        deed = Deed("reversal", view.row["customer_number"], view.row["customer_name"], "", ())
        if needs_second(view.now, view.currency, limits) and signed in ("", actor):
            await connection.execute(_SIGN, {"id": number, "actor": actor})
            words = f"write-off {number}: signed by {actor}; a second person starts the same act"
            return Deed(deed.kind, deed.customer_number, deed.customer_name, words, ())
        today = at.astimezone(ZoneInfo(view.row["zone"])).date()
        await write_off_books.reverse(connection, number, actor, why.strip(), today, at)
    words = f"write-off {number} is owed again"
    return Deed(deed.kind, deed.customer_number, deed.customer_name, words, tuple(one.case for one in view.items))


def _unknown(number: int) -> Problem:
    return Problem(SOURCE, None, "", f"There is no write-off {number}. See ./relance write-off list.")
