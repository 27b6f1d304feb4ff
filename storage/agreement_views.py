"""Agreements and promises as commands and pages show them: what was agreed, what came, where each stands."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, text

from policies.agreement import AgreementKind
from policies.facts import DatedAmount
from policies.plan_state import next_day, plan_state
from policies.stages import Channel
from storage.dispute_sums import OPEN
from storage.dossier import Dossier, load
from storage.promises import still_asked
from storage.session import reading

MOST = 200
"""Agreements and promises shown at once, the latest first."""

_AGREEMENTS = text(
    f"""
    SELECT a.*, d.number AS customer_number, d.name AS customer_name,
           array_agg(i.number ORDER BY i.due, i.number) AS invoices, min(k.case_id) AS first_case,
           {still_asked(OPEN)}::bigint AS open
    FROM agreement a JOIN customer d ON d.id = a.customer_id JOIN agreement_case k ON k.agreement_id = a.id
    JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE (:said = '' OR d.number = :said OR lower(d.name) = lower(:said)) AND (CAST(:number AS bigint) IS NULL OR a.id = :number)
      AND (:all OR a.state <> 'ended') GROUP BY a.id, d.id ORDER BY a.id DESC LIMIT :most
    """  # noqa: S608 - no outside text
)
_PROMISES = text(
    """
    SELECT h.id, d.number AS customer_number, d.name AS customer_name, coalesce(i.number, '') AS invoice, h.since, h.until, h.word,
           coalesce(i.currency, (SELECT min(c.currency) FROM cases c WHERE c.customer_id = d.id), '') AS currency,
           ARRAY(SELECT ARRAY[to_char(p.on_day, 'YYYYMMDD')::bigint, p.amount] FROM hold_instalment p WHERE p.hold_id = h.id
                 ORDER BY p.on_day) AS payments
    FROM hold h JOIN customer d ON d.id = h.customer_id LEFT JOIN cases c ON c.id = h.case_id LEFT JOIN invoice i ON i.id = c.invoice_id
    WHERE h.kind = 'promise' AND h.agreement_id IS NULL AND (h.ended_at IS NULL OR h.word IS NOT NULL AND :all)
      AND (:said = '' OR d.number = :said OR lower(d.name) = lower(:said)) ORDER BY h.id DESC LIMIT :most
    """
)


@dataclass(frozen=True, slots=True)
class AgreementView:
    """One agreement. Amounts in minor units; `state`: proposed, awaiting_first, on_track, late, agreed, or how it ended."""

    number: int
    kind: AgreementKind
    state: str
    customer_number: str
    customer_name: str
    invoices: tuple[str, ...]
    currency: str
    amount: int
    open: int
    received: int
    due: date | None
    next_on: date | None
    next_amount: int
    payments: tuple[DatedAmount, ...]
    their_invoice: str
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class PromiseView:
    """One promise; no payments: everything by `until`. `word`: kept, partly_kept, broken, or empty while it is waited for."""

    customer_number: str
    customer_name: str
    invoice: str
    currency: str
    until: date | None
    payments: tuple[DatedAmount, ...]
    word: str


async def agreements(
    at: datetime, customer: str = "", number: int | None = None, *, over: bool = False
) -> tuple[AgreementView, ...]:
    """The agreements of a customer (by number or name; empty: of all), the latest first; `over`: those that ended as well."""
    values = {"said": customer.strip(), "number": number, "all": over or number is not None, "most": MOST}
    async with reading() as connection:
        rows = (await connection.execute(_AGREEMENTS, values)).mappings().all()
        dossiers = await load(connection, {row["first_case"] for row in rows}, at, frozenset[Channel]())
    return tuple(_view(row, dossiers[row["first_case"]], at) for row in rows)


async def promises(customer: str = "", *, over: bool = False) -> tuple[PromiseView, ...]:
    """The promises of a customer (empty: of all), the latest first; `over`: those whose word is known as well."""
    values = {"said": customer.strip(), "all": over, "most": MOST}
    async with reading() as connection:
        rows = (await connection.execute(_PROMISES, values)).mappings().all()
    return tuple(
        PromiseView(
            row["customer_number"], row["customer_name"], row["invoice"], row["currency"], row["until"],
            tuple(DatedAmount(_day(on), amount) for on, amount in row["payments"]), row["word"] or "",
        )
        for row in rows
    )  # fmt: skip


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)


def _view(row: RowMapping, about: Dossier, at: datetime) -> AgreementView:
    hold, calendar, state = about.held_by(row["id"]), about.case.calendar, row["ended_how"] or row["state"]
    following = None
    if hold is not None and row["state"] == "agreed":
        state = plan_state(hold, about.ladder, calendar, calendar.day(at), about.case.bank).value
        following = next_day(hold, about.ladder, calendar)
    received = 0 if hold is None else sum(one.amount for one in hold.receipts)
    return AgreementView(
        row["id"], AgreementKind(row["kind"]), state, row["customer_number"], row["customer_name"], tuple(row["invoices"]),
        row["currency"], row["amount"], row["open"], received, row["due"],
        None if following is None else following.on, 0 if following is None else max(following.needed - received, 0),
        () if hold is None else hold.instalments, row["their_invoice"], row["why"], row["agreed_by"] or row["proposed_by"],
    )  # fmt: skip
