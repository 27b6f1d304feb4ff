"""What is known of some cases of one customer, read at once: for an agency, a court, an insurer, an administrator.

What was said in mediation and offers to settle are left out (`policies.confidential`); only our messages to this customer,
and its replies, about these very invoices are in it.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.account_lines import Line
from policies.claim_file import ClaimFile, ClaimItem, ClaimParty, FileChoice, Moved, Original
from policies.facts import DebtorKind
from policies.showing import status_of
from policies.stages import Channel
from storage.accessories import claimed_beside
from storage.bundles import creditor_facts
from storage.claim_history import agreements_in, attempts_in, calls_in, disputes_in, happened_in
from storage.claim_messages import messages_in
from storage.confidential import confidential
from storage.dispute_sums import GIVEN_UP, LEFT, SET_ASIDE
from storage.dossier import Dossier, load

_ITEMS = text(
    f"""
    SELECT c.id AS case, i.id, i.number, i.issued, i.due, i.total, i.prepaid, i.paid, i.credited, greatest({LEFT}, 0) AS open, {GIVEN_UP} AS given_up,
           CASE WHEN EXISTS (SELECT FROM dispute x WHERE x.invoice_id = i.id AND x.state = 'open' AND x.amount IS NULL)
                THEN greatest({LEFT}, 0) ELSE {SET_ASIDE} END AS disputed,
           (SELECT max(w.stands_since) FROM write_off_item t JOIN write_off w ON w.id = t.write_off_id
            WHERE t.invoice_id = i.id AND w.state = 'standing' AND NOT w.whole) AS written_off_on,
           i.document_name, i.document_type, i.document, i.document_sha256
    FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.id = ANY(:cases) ORDER BY i.due, i.number
    """  # noqa: S608 - no outside text
)
_MOVED = text(
    """
    SELECT a.invoice_id, a.value_date AS on, a.kind, a.amount, coalesce(n.number, '') AS reference, n.document_name,
           n.document_type, n.document, n.document_sha256
    FROM allocation a LEFT JOIN invoice n ON n.id = a.credit_note_id
    WHERE a.invoice_id = ANY(:invoices) AND a.undone_at IS NULL ORDER BY a.value_date, a.id
    """
)
_PARTY = text(
    """
    SELECT d.number, d.name, d.kind, coalesce(d.country, '') AS country, d.company_number, d.vat_number,
           coalesce(k.postal, '') AS postal, coalesce(s.postal, '') AS seat, coalesce(k.name, '') AS contact,
           coalesce(k.email, '') AS email, coalesce(k.phone, '') AS phone
    FROM customer d LEFT JOIN contact k ON k.customer_id = d.id AND k.role = 'accounts'
    LEFT JOIN contact s ON s.customer_id = d.id AND s.role = 'registered_office' WHERE d.id = :customer
    """
)
_POSITION = text("SELECT min(through) FROM bank_account WHERE creditor_id = :id AND closed_at IS NULL")


class SeveralDebtors(ValueError):
    """The cases belong to several customers or currencies: a file tells of one."""


async def claim_file(
    connection: AsyncConnection, cases: Collection[int], as_of: datetime, choice: FileChoice
) -> ClaimFile:
    """The file of these cases (ids of rows of `cases`, open or closed) as at `as_of`, every one of them in it.

    Raises SeveralDebtors where they are not of one customer and one currency.
    """
    found = await load(connection, cases, as_of, frozenset[Channel]())
    members = sorted(found.values(), key=lambda one: (one.case.due, one.case.id))
    if len({(one.case.customer, one.case.currency) for one in members}) != 1 or len(members) != len(set(cases)):
        raise SeveralDebtors("A file tells of cases of one customer and one currency.")
    first = members[0]
    zone, on = first.case.calendar.zone, first.case.calendar.day(as_of)
    assert isinstance(zone, ZoneInfo), "storage gives every calendar a named zone"
    items = await _items(connection, members, as_of)
    kept = await confidential(connection, [one.case.id for one in members])
    creditor, _, _ = await creditor_facts(connection, first.creditor)
    return ClaimFile(
        choice=choice,
        creditor=creditor,
        party=await _party(connection, first.case.customer),
        law=first.ladder.country or first.case.country or "",
        currency=first.case.currency,
        calculated_at=as_of,
        on=on,
        zone=zone.key,
        position_on=await connection.scalar(_POSITION, {"id": first.creditor}),
        items=items,
        accessories=await claimed_beside(
            connection, members, [_line(one) for one in items], on, choice.accessories, flat_sum=choice.flat_sum
        ),
        history=await happened_in(connection, members, kept),
        calls=await calls_in(connection, members, kept),
        agreements=await agreements_in(connection, members, kept),
        disputes=await disputes_in(connection, members, kept),
        messages=await messages_in(connection, members, kept),
        attempts=await attempts_in(connection, members),
    )


async def _items(connection: AsyncConnection, members: Sequence[Dossier], as_of: datetime) -> tuple[ClaimItem, ...]:
    rows = (await connection.execute(_ITEMS, {"cases": [one.case.id for one in members]})).mappings().all()
    moved: dict[int, list[Moved]] = defaultdict(list)
    for row in (await connection.execute(_MOVED, {"invoices": [row["id"] for row in rows]})).mappings():
        one = Moved(row["on"], row["kind"], row["amount"], row["reference"], _original(row))
        moved[row["invoice_id"]].append(one)
    today = members[0].case.calendar.day(as_of)
    return tuple(
        ClaimItem(
            case=row["case"], invoice=row["number"], issued=row["issued"], due=row["due"], original=row["total"],
            paid=row["paid"] + row["prepaid"], credited=row["credited"], open=row["open"] - row["disputed"],
            disputed=row["disputed"], days_late=max((today - row["due"]).days, 0),
            moved=(*_prepaid(row), *moved[row["id"]], *_given_up(row, today)), document=_original(row),
        )
        for row in rows
    )  # fmt: skip


def _prepaid(row: RowMapping) -> tuple[Moved, ...]:
    return (Moved(row["issued"] or row["due"], "prepaid", row["prepaid"]),) if row["prepaid"] else ()


def _given_up(row: RowMapping, today: date) -> tuple[Moved, ...]:
    """What is written off in part is claimed by nobody."""
    return (Moved(row["written_off_on"] or today, "written_off", row["given_up"]),) if row["given_up"] else ()


def _original(row: RowMapping) -> Original | None:
    if row["document"] is None:
        return None
    return Original(row["document_name"], row["document_type"], bytes(row["document"]), row["document_sha256"])


def _line(item: ClaimItem) -> Line:
    """The item as interest is calculated on it: what is disputed earns none."""
    return Line(
        item.invoice, item.issued, item.due, item.original, item.paid, item.credited, item.open,
        status_of(item.days_late, ()), item.days_late, demanded=item.open > 0, disputed=item.disputed,
    )  # fmt: skip


async def _party(connection: AsyncConnection, customer: int) -> ClaimParty:
    row = dict((await connection.execute(_PARTY, {"customer": customer})).mappings().one())
    return ClaimParty(**row | {"kind": DebtorKind(row["kind"])})
