"""Cases as people look at them: what is open, what was reached, what comes next, and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.decide import decide
from policies.decisions import Act, Ask, Close, Decision, Wait
from policies.explain import Explanation, explain
from policies.facts import HoldKind
from policies.interest.statement import Statement
from policies.interest.undisputed import reserved
from policies.ladder import Ladder
from policies.law.ways_on import DECLARED, Ways, ways_on
from policies.problems import Problem
from policies.said import sentence
from policies.stages import HARDNESS, Channel, Stage
from storage.accessories import statement_of
from storage.bulk import chunks
from storage.court_proposals import proposal_for
from storage.deadline_views import DeadlineView
from storage.deadline_views import of_case as deadlines_of
from storage.dossier import Dossier, load
from storage.due_items import in_instalments
from storage.limitation_acts import RecordedAct, of_case
from storage.session import reading

LOADED = 500
"""Dossiers loaded at a time."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case; amounts in minor units, days in the debtor's time zone.

    `state`: waiting, held, acting, asking, in_trouble, or how it ended. `says` is the decision in a sentence.
    """

    id: int
    customer_number: str
    customer_name: str
    invoice: str
    due: date
    currency: str
    original: int
    open: int
    reached: Stage | None
    reached_on: date | None
    next_step: str | None
    next_on: date | None
    state: str
    outcome: str | None
    says: str
    problem: str
    owner: str
    run: UUID | None
    dies_on: date | None
    """The last day the claim can be brought to court; None: not known."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A case with its decision now, why it is that, and the acts to come if nothing changes."""

    view: CaseView
    why: Explanation
    ladder: Ladder
    dossier: Dossier
    acts: tuple[RecordedAct, ...]
    """What people recorded that keeps the claim alive."""
    claimable: Statement | None
    """Interest and flat sum that could be claimed, also of what is paid or closed; None: no law is known."""
    reserved_interest: int | None
    """Interest on what is disputed, in minor units, reserved until that is decided; None: nothing is, or no rate is known."""
    ways: Ways | None
    """Mediations, agencies and courts, open and closed; None: no law is known."""
    deadlines: tuple[DeadlineView, ...] = ()
    """Days after which something is lost, also those that were met or dropped."""


_IDS = text(
    """
    SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id
    WHERE (CAST(:customer AS text) IS NULL OR d.number = :customer)
      AND (:all OR (c.closed_at IS NULL) = :open) ORDER BY i.due, c.id LIMIT :limit
    """
)
_FIND = text(
    """
    SELECT c.id, i.number, d.number AS customer, c.closed_at IS NULL AS open
    FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id
    WHERE i.number = :said ORDER BY c.id DESC
    """
)
_ID = text("SELECT id FROM cases WHERE id = :id")
_KNOWN = text(
    "SELECT total - prepaid - paid - credited AS principal FROM invoice WHERE number = :said AND kind = 'invoice' "
    "LIMIT 1"
)


async def find_case(said: str) -> int | list[Problem]:
    """The case meant by an invoice number, or by a case number where no invoice has that number."""
    words = said.strip()
    async with reading() as connection:
        rows = list(await connection.execute(_FIND, {"said": words}))
        open_ones = [row for row in rows if row.open] or rows[:1]
        if len(open_ones) == 1:
            return int(open_ones[0].id)
        if open_ones:
            several = "; ".join(f"case {row.id} of customer {row.customer}" for row in open_ones)
            return [
                Problem(
                    "command", None, "case", f"{words} is the number of several invoices: {several}. Name the case."
                )
            ]
        if words.isdigit() and int(words) < 2**63:
            found = await connection.scalar(_ID, {"id": int(words)})
            if found is not None:
                return int(found)
        known = (await connection.execute(_KNOWN, {"said": words})).first()
        parts = await in_instalments(connection, words)
    if known is not None:
        why = "nothing of it is open" if known.principal <= 0 else "its first step's day has not come"
        return [Problem("command", None, "case", f"The invoice {words} has no case: {why}.")]
    reason = parts or f"There is no case and no invoice “{words}”. See ./relance case list."
    return [Problem("command", None, "case", reason)]


async def listing(
    as_of: datetime,
    channels: frozenset[Channel],
    *,
    customer: str | None = None,
    which: str = "open",
    limit: int = 100_000,
) -> tuple[CaseView, ...]:
    """Cases by due date; `which` is open, closed or all."""
    async with reading() as connection:
        values = {"customer": customer, "all": which == "all", "open": which == "open", "limit": limit}
        ids = list(await connection.scalars(_IDS, values))
        views: list[CaseView] = []
        for part in chunks(ids, LOADED):
            dossiers = await load(connection, part, as_of, channels)
            views += [view_of(one, decide(one.case, one.ladder, as_of)) for one in (dossiers[case] for case in part)]
    return tuple(views)


async def explained(case: int, as_of: datetime, channels: frozenset[Channel]) -> Explained:
    """The decision about a case at `as_of`, every rule that was asked, and what is to come."""
    async with reading() as connection:
        dossier = (await load(connection, [case], as_of, channels))[case]
        today = dossier.case.calendar.day(as_of)
        claimable = await statement_of(connection, dossier, today)
        whole = await statement_of(connection, dossier, today, whole=True) if dossier.case.set_aside else None
        ways = await _ways(connection, dossier, as_of)
    why = explain(dossier.case, dossier.ladder, as_of, dossier.life.time)
    if dossier.closed:
        why = replace(why, coming=())
    return Explained(
        view_of(dossier, why.decision), why, dossier.ladder, dossier, await of_case(case), claimable,
        None if whole is None or claimable is None else reserved(whole, claimable), ways,
        await deadlines_of(case, as_of),
    )  # fmt: skip


async def _ways(connection: AsyncConnection, dossier: Dossier, as_of: datetime) -> Ways | None:
    """Where the claim may go next, thresholds tested on everything the customer owes overdue; to court as it would be asked."""
    case = dossier.case
    if any(one.kind is HoldKind.INSOLVENCY for one in case.holds):
        return DECLARED
    found = await proposal_for(connection, [dossier], as_of)
    if found is None:
        return None
    law, court = found
    ways = ways_on(law, case.kind, max(case.customer_overdue, case.principal), case.currency, contested=case.disputed)
    open_ways = tuple(one for one in ways.open if one.stage is not Stage.LEGAL)
    closed = tuple((one, why) for one, why in ways.closed if one.stage is not Stage.LEGAL)
    open_ways += tuple(one.route for one in court.open)
    return Ways(open_ways, closed + court.closed, "" if open_ways else ways.none or court.none)


def view_of(dossier: Dossier, decision: Decision) -> CaseView:
    """The case as it stands with this decision."""
    case = dossier.case
    reached, reached_on = _reached(dossier)
    step, moment = _next(decision)
    return CaseView(
        id=case.id,
        customer_number=dossier.customer_number,
        customer_name=case.customer_name,
        invoice=case.invoice,
        due=case.due,
        currency=case.currency,
        original=case.original,
        open=max(case.open, 0),
        reached=reached,
        reached_on=reached_on,
        next_step=None if dossier.closed else step,
        next_on=None if dossier.closed or moment is None else case.calendar.day(moment),
        state=_state(dossier, decision),
        outcome=dossier.closed.value if dossier.closed else None,
        says=_ended(dossier) or sentence(decision, case.calendar),
        problem=dossier.problem,
        owner=dossier.owner,
        run=dossier.run,
        dies_on=case.dies_on,
    )


def _reached(dossier: Dossier) -> tuple[Stage | None, date | None]:
    """The hardest stage with which the customer heard from us, or from the system before us."""
    stages: Iterable[tuple[Stage, date]] = (
        (step.stage, done.on)
        for done in dossier.case.done
        if done.is_contact and (step := dossier.ladder.step(done.step)) is not None
    )
    return max(stages, key=lambda one: HARDNESS[one[0]], default=(None, None))


def _next(decision: Decision) -> tuple[str | None, datetime | None]:
    match decision:
        case Wait(until=until, next_step=step):
            return (step.id if step else None), until
        case Act(step=step):
            return step.id, None
        case Ask(step=step):
            return (step.id if step else None), None
        case Close():
            return None, None


def _state(dossier: Dossier, decision: Decision) -> str:
    if dossier.closed:
        return dossier.closed.value
    if dossier.failures:
        return "in_trouble"
    if isinstance(decision, Wait):
        return "held" if decision.because.code.value == "on_hold" else "waiting"
    return {Act: "acting", Ask: "asking", Close: "closing"}[type(decision)]


def _ended(dossier: Dossier) -> str:
    return f"closed: {dossier.closed.value.replace('_', ' ')}" if dossier.closed else ""
