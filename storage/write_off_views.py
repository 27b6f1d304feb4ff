"""What was given up, as commands, questions and the accountant see it: each invoice with what of it counts as written off now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.vat_recovery import last_day
from policies.write_off import WriteOffReason, given_up
from storage.dispute_sums import LEFT, OPEN
from storage.session import reading

_ALL = """
    SELECT w.*, d.number AS customer_number, d.name AS customer_name, d.zone, d.language, coalesce(nullif(d.owner, ''), r.owner) AS owner,
           r.country AS creditor_country, r.name AS creditor_name, r.address AS creditor_address, r.mentions AS creditor_mentions,
           coalesce(k.postal, '') AS postal, l.state AS letter_state, coalesce(l.words, '') AS letter_words
    FROM write_off w JOIN customer d ON d.id = w.customer_id JOIN creditor r ON r.id = w.creditor_id
    LEFT JOIN contact k ON k.customer_id = d.id AND k.role = 'accounts'
    LEFT JOIN LATERAL (SELECT o.state, o.words FROM correspondence o WHERE o.kind = 'vat_duplicate'
                       AND o.subject = 'write_off:' || w.id ORDER BY o.id DESC LIMIT 1) l ON true
"""
_LIST = text(f"{_ALL} WHERE :every OR w.state IN ('proposed', 'standing') ORDER BY w.id")
_ONE = text(f"{_ALL} WHERE w.id = :id")
_ITEMS = text(
    f"""
    SELECT t.write_off_id, t.case_id, t.amount, t.net, t.vat, i.number, i.issued, i.due, i.total, i.net AS stated_net,
           i.vat AS stated_vat, {OPEN} AS open,
           {LEFT} AS "left", coalesce((SELECT sum(e.amount)::bigint FROM write_off_item e JOIN write_off x ON x.id = e.write_off_id
               WHERE e.invoice_id = i.id AND x.state = 'standing' AND NOT x.whole AND e.id < t.id), 0) AS earlier
    FROM write_off_item t JOIN invoice i ON i.id = t.invoice_id WHERE t.write_off_id = ANY(:ids) ORDER BY i.due, i.number
    """  # noqa: S608 - no outside text
)
_PROOFS = text(
    "SELECT write_off_id, kind, name, octet_length(content) AS size, sha256, actor FROM write_off_proof "
    "WHERE write_off_id = ANY(:ids) ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class Item:
    """An invoice of it. Minor units: `amount` was open when it was proposed, `now` counts as written off now."""

    case: int
    invoice: str
    issued: date | None
    due: date
    total: int
    amount: int
    open: int
    left: int
    """Of what is open, what is not written off in part."""
    now: int
    net: int | None
    vat: int | None
    """Of what is lost, as the debtor is told it; None: not known."""

    @property
    def told(self) -> int | None:
        """Both together; None: not known."""
        return None if self.net is None or self.vat is None else self.net + self.vat


@dataclass(frozen=True, slots=True)
class Proof:
    """A document kept with it."""

    kind: str
    name: str
    size: int
    sha256: str
    actor: str


@dataclass(frozen=True, slots=True)
class WriteOffView:
    """A write-off with all there is to it."""

    number: int
    row: RowMapping
    items: tuple[Item, ...]
    proofs: tuple[Proof, ...]

    @property
    def reason(self) -> WriteOffReason:
        """Why it is given up."""
        return WriteOffReason(self.row["reason"])

    @property
    def currency(self) -> str:
        """Of all its invoices."""
        return str(self.row["currency"])

    @property
    def state(self) -> str:
        """proposed, standing, refused or reversed."""
        return str(self.row["state"])

    @property
    def amount(self) -> int:
        """What was proposed, in minor units; of a proposal what is open now."""
        if self.state == "proposed":
            return sum(one.left if self.row["whole"] else min(one.amount, one.left) for one in self.items)
        return sum(one.amount for one in self.items)

    @property
    def now(self) -> int:
        """What of it is written off now, in minor units."""
        return sum(one.now for one in self.items)

    @property
    def lost(self) -> tuple[Item, ...]:
        """The invoices of which anything is written off now."""
        return tuple(one for one in self.items if one.now > 0)

    @property
    def net(self) -> int | None:
        """Without VAT, where it is known of every invoice."""
        return _sum([one.net for one in self.items])

    @property
    def vat(self) -> int | None:
        """The VAT, where it is known of every invoice."""
        return _sum([one.vat for one in self.items])

    @property
    def vat_until(self) -> date | None:
        """The last day on which the VAT can be got back, once the closing day is known."""
        return None if self.row["closed_on"] is None else last_day(self.row["closed_on"])


async def listing(*, every: bool = False) -> tuple[WriteOffView, ...]:
    """Those that are proposed or stand; `every`: those refused or reversed too."""
    async with reading() as connection:
        return await _views(connection, (await connection.execute(_LIST, {"every": every})).mappings().all())


async def show(number: int) -> WriteOffView | None:
    """One of them; None: there is none of this number."""
    async with reading() as connection:
        return await show_in(connection, number)


async def show_in(connection: AsyncConnection, number: int) -> WriteOffView | None:
    """The same, in a transaction of the caller's."""
    found = await _views(connection, (await connection.execute(_ONE, {"id": number})).mappings().all())
    return found[0] if found else None


async def _views(connection: AsyncConnection, rows: Sequence[RowMapping]) -> tuple[WriteOffView, ...]:
    ids = {"ids": [row["id"] for row in rows]}
    items: dict[int, list[RowMapping]] = defaultdict(list)
    for row in (await connection.execute(_ITEMS, ids)).mappings():
        items[row["write_off_id"]].append(row)
    proofs: dict[int, list[Proof]] = defaultdict(list)
    for row in (await connection.execute(_PROOFS, ids)).mappings():
        proofs[row["write_off_id"]].append(Proof(**{name: row[name] for name in Proof.__slots__}))
    return tuple(
        WriteOffView(row["id"], row, tuple(_item(row, one) for one in items[row["id"]]), tuple(proofs[row["id"]]))
        for row in rows
    )


def _item(of: RowMapping, row: RowMapping) -> Item:
    still = row["left"] if of["whole"] else row["open"] - row["earlier"]
    now = given_up(row["amount"], still, bool(of["whole"])) if of["state"] == "standing" else 0
    return Item(
        row["case_id"], row["number"], row["issued"], row["due"], row["total"], row["amount"], row["open"], row["left"], now, row["net"],
        row["vat"],
    )  # fmt: skip


def _sum(amounts: Sequence[int | None]) -> int | None:
    known = [one for one in amounts if one is not None]
    return sum(known) if len(known) == len(amounts) else None


def today_of(view: WriteOffView, at: datetime) -> date:
    """The customer's day at `at`."""
    return at.astimezone(ZoneInfo(view.row["zone"])).date()
