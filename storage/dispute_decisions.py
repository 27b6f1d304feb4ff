"""What was decided about a dispute becomes facts: a credit note awaited, or the invoice goes on as before.

Accepted: what is accepted is not demanded while its credit note is awaited. Rejected: the customer is told why, and nothing
leaves for some days. Withdrawn by the customer: the ladder goes on where it stood.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind
from policies.consequences import AddNote, Consequence, DecideDispute
from policies.dispute_terms import rest_until
from policies.dispute_verdict import Decided, Owed, Verdict
from policies.dispute_verdict import decided as stands_after
from policies.facts import HoldKind
from storage import approvals, correspondence, holds, journal
from storage.beside_cases import write_note
from storage.bulk import append_to_cases
from storage.dispute_views import DisputeView, show_in
from storage.facts import lock, lock_debtor, open_cases_of, touch

_LOCK = text("SELECT id FROM dispute WHERE id = :id FOR UPDATE")
_WHOSE = text("SELECT customer_id, case_id FROM dispute WHERE id = :id")
_DECIDE = text(
    """
    UPDATE dispute SET state = :state, expected = :expected, ask_on = CAST(:ask_on AS date), decided_by = :actor, decided_at = :at,
        decided_on = CAST(:today AS date), why = :why WHERE id = :id
    """
)
_LATER = text(
    "UPDATE dispute SET ask_on = CAST(:ask_on AS date), deadline = greatest(deadline, CAST(:ask_on AS date)) WHERE id = :id"
)
_END_HOLD = text(
    "UPDATE hold h SET ended_at = :at, ended_by = :actor FROM dispute x WHERE x.id = :id AND h.kind = 'dispute' "
    "AND h.ended_at IS NULL AND (h.id = x.hold_id OR h.case_id = x.case_id) RETURNING h.id"
)
"""Of one invoice every hold for it: it may have been put on hold twice."""
WIDE = (
    "This dispute is about everything the customer owes: open one for each invoice that is to be credited "
    "(./relance disputes open), then say here that the rest stands, or that it is disputed no longer."
)
OVER = "This dispute is over: nothing was done."


@dataclass(frozen=True, slots=True)
class _Deciding:
    connection: AsyncConnection
    view: DisputeView
    said: DecideDispute
    actor: str
    at: datetime

    async def told(self, kind: str, facts: dict[str, object]) -> None:
        """Write it into the journal of the case; of everything the customer owes into each of them."""
        view = self.view
        if view.case is not None:
            await journal.append(self.connection, "case", view.case, kind, facts, self.at)
            return
        await journal.append(self.connection, "customer", view.customer, kind, facts, self.at)
        cases = await open_cases_of(self.connection, view.customer)
        await append_to_cases(self.connection, kind, [(case, facts) for case in cases], self.at)


async def lock_about(connection: AsyncConnection, number: int) -> None:
    """Lock the case a dispute is about, or the customer with all its cases; both before any question."""
    row = (await connection.execute(_WHOSE, {"id": number})).one()
    if row.case_id is None:
        await lock_debtor(connection, row.customer_id)
    else:
        await lock(connection, [row.case_id])


async def why_not(
    connection: AsyncConnection, number: int | None, outcome: Iterable[Consequence], at: datetime
) -> str | None:
    """The sentence that refuses a decision about the dispute; None: it may be taken, or it is about no dispute."""
    said = next((one for one in outcome if isinstance(one, DecideDispute)), None)
    if said is None or number is None:
        return None
    view = await show_in(connection, number, at)
    found = OVER if view is None or view.standing not in ("open", "credit_awaited") else _after(view, said)
    return found if isinstance(found, str) else None


def _after(view: DisputeView, said: DecideDispute) -> Decided | str:
    if not view.invoice and said.verdict in (Verdict.ACCEPT, Verdict.ACCEPT_PART):
        return WIDE
    owed = Owed(view.open, view.credited, view.currency)
    return stands_after(view.dispute, said.verdict, said.amount or None, owed, view.today, said.on)


async def decided(
    connection: AsyncConnection, number: int | None, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """Make the answer facts, in the transaction that takes it; what it is about is locked, and wakes."""
    assert number is not None, "a question of this kind has its dispute"
    for one in outcome:
        view = await show_in(connection, number, at)
        assert view is not None, "a dispute is never deleted"
        if isinstance(one, DecideDispute):
            await connection.execute(_LOCK, {"id": number})
            await _decide(_Deciding(connection, view, one, actor, at))
        if isinstance(one, AddNote):
            await write_note(connection, view.customer, actor, one.text, at, view.case)
        cases = await open_cases_of(connection, view.customer) if view.case is None else (view.case,)
        await touch(connection, cases)


async def _decide(deciding: _Deciding) -> None:
    view, said, connection = deciding.view, deciding.said, deciding.connection
    after = _after(view, said)
    assert isinstance(after, Decided), "the answer was checked"
    facts: dict[str, object] = {
        "dispute": view.number, "verdict": said.verdict.value, "amount": after.expected, "actor": deciding.actor
    }  # fmt: skip
    if said.verdict is Verdict.LATER:
        await connection.execute(_LATER, {"id": view.number, "ask_on": after.ask_on})
        await deciding.told("dispute_decided", facts | {"until": after.ask_on})
        return
    values = {
        "id": view.number, "state": after.state, "expected": after.expected, "ask_on": after.ask_on,
        "actor": deciding.actor, "at": deciding.at, "today": view.today, "why": said.words,
    }  # fmt: skip
    await connection.execute(_DECIDE, values)
    await deciding.told("dispute_decided", facts)
    holding = {"id": view.number, "at": deciding.at, "actor": deciding.actor}
    for ended in sorted(await connection.scalars(_END_HOLD, holding)):
        await deciding.told("released", {"hold": ended, "actor": deciding.actor})
    if view.case is not None:
        await approvals.void(connection, [view.case], "the dispute was decided", deciding.at)
    if said.verdict is Verdict.REJECT:
        await _explain(deciding)


async def _explain(deciding: _Deciding) -> None:
    """The customer is told why the invoice stands, and has some days before the next step."""
    view, at = deciding.view, deciding.at
    customer = view.customer if view.case is None else None
    await correspondence.insert(
        deciding.connection, MessageKind.DISPUTE_REJECTED, at, words=deciding.said.words, actor=deciding.actor,
        fact=f"dispute {view.number} rejected", customer=customer, case=view.case,
    )  # fmt: skip
    await holds.place(
        deciding.connection, view.customer, view.case, HoldKind.MANUAL, "the customer was told why the invoice stands",
        view.today, rest_until(view.today), deciding.actor, at,
    )  # fmt: skip
