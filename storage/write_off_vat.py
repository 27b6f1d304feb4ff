"""The VAT of what is written off: its amounts, its days, its last date, and the duplicate or list the debtor is sent."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind, Piece
from policies.deadline import DeadlineKind
from policies.problems import Problem
from policies.vat_recovery import (
    ARTICLE,
    CREDITORS,
    amounts_wrong,
    days_wrong,
    last_day,
    must_be_given_back,
    why_not_yet,
)
from storage import correspondence, deadlines, journal
from storage.bundles import Copy
from storage.deadlines import NewDeadline
from storage.facts import lock_debtor
from storage.session import reading, transaction
from storage.whom import SOURCE
from storage.write_off_books import number_of, subject_of
from storage.write_off_views import WriteOffView, show_in, today_of

PDF = "application/pdf"
BY_MAIL = "e-mail"

_STATED = text(
    "UPDATE invoice SET net = :net, vat = :vat, vat_by = :actor WHERE id = (SELECT c.invoice_id FROM cases c WHERE c.id = :case)"
)
_ITEM = text("UPDATE write_off_item SET net = :net, vat = :vat WHERE write_off_id = :id AND case_id = :case")
_DAYS = text(
    "UPDATE write_off SET judged_on = coalesce(CAST(:judged AS date), judged_on), closed_on = coalesce(CAST(:closed AS date), closed_on) "
    "WHERE id = :id"
)
_DONE = text("UPDATE write_off SET vat_sent_on = :on, vat_how = :how, vat_by = :actor WHERE id = :id")
_PAGE = text("UPDATE write_off SET vat_page = :page, vat_by = :actor WHERE id = :id")
_STORED = text("SELECT vat_page FROM write_off WHERE id = :id")
_ON_ITS_WAY = text(
    "SELECT true FROM correspondence WHERE kind = 'vat_duplicate' AND subject = :subject AND state <> 'dropped' LIMIT 1"
)
_DOCUMENTS = text(
    "SELECT i.document_name AS name, i.document_type AS type, i.document AS content FROM write_off_item t "
    "JOIN invoice i ON i.id = t.invoice_id WHERE t.write_off_id = :id AND i.document IS NOT NULL ORDER BY i.due, i.number"
)
_ARRIVED = text(
    """
    SELECT w.id, w.vat_by FROM write_off w JOIN correspondence k ON k.kind = 'vat_duplicate' AND k.subject = 'write_off:' || w.id
    JOIN message m ON m.id = k.message_id WHERE w.vat_sent_on IS NULL AND k.state = 'told' AND m.state = 'confirmed' ORDER BY w.id
    """
)


@dataclass(frozen=True, slots=True)
class GiveBack:
    """What must be declared again, where money came for a claim whose VAT was got back; minor units."""

    recovered: int
    vat: int


def given_back(view: WriteOffView) -> GiveBack | None:
    """What a reversal, or money after all, owes back of the VAT; None: nothing was got back, or nothing came."""
    if view.row["vat_sent_on"] is None or view.vat is None or view.net is None:
        return None
    told = view.net + view.vat
    recovered = told if view.state == "reversed" else told - view.now
    return GiveBack(recovered, must_be_given_back(view.vat, told, recovered)) if recovered > 0 else None


async def enter_amounts(number: int, invoice: str, net: int, vat: int, actor: str, at: datetime) -> list[Problem]:
    """Net and VAT of what is lost of one invoice now, as a person reads them in the books; never from a rate."""
    async with transaction() as connection:
        view = await locked(connection, number)
        if isinstance(view, list):
            return view
        item = next((one for one in view.items if one.invoice == invoice.strip()), None)
        if item is None:
            return [Problem(SOURCE, None, "invoice", f"Write-off {number} is not about an invoice {invoice}.")]
        if view.state in ("refused", "reversed"):
            return [Problem(SOURCE, None, "", f"Write-off {number} is {view.state}: no VAT is to be got back.")]
        if view.row["vat_sent_on"] is not None or await _is_on_its_way(connection, number):
            return [Problem(SOURCE, None, "", "The page with the amounts of before is on its way, or sent, already.")]
        lost = item.now if view.state == "standing" else item.amount
        if wrong := amounts_wrong(net, vat, lost):
            return wrong
        values = {"net": net, "vat": vat, "case": item.case}
        await connection.execute(_ITEM, values | {"id": number})
        if lost == item.total:
            await connection.execute(_STATED, values | {"actor": actor})
        facts = {"write_off": number, "net": net, "vat": vat, "actor": actor}
        await journal.append(connection, "case", item.case, "vat_entered", facts, at)
    return []


async def enter_days(number: int, judged: date | None, closed: date | None, actor: str, at: datetime) -> list[Problem]:
    """The day of the liquidation judgment, and the day of closure: with that one its last date is set."""
    async with transaction() as connection:
        view = await locked(connection, number)
        if isinstance(view, list):
            return view
        if view.row["creditor_country"] not in CREDITORS:
            why = "For a creditor outside France no rule is known: ask your accountant, and set a deadline by hand."
            return [Problem(SOURCE, None, "", why)]
        if view.state != "standing":
            return [Problem(SOURCE, None, "", f"Write-off {number} is {view.state}: no VAT is to be got back.")]
        today = today_of(view, at)
        if wrong := days_wrong(judged or view.row["judged_on"], closed or view.row["closed_on"], today):
            return wrong
        await connection.execute(_DAYS, {"judged": judged, "closed": closed, "id": number})
        if closed is not None and view.row["vat_sent_on"] is None:
            await set_last_date(connection, view, closed, actor, at)
    return []


async def set_last_date(
    connection: AsyncConnection, view: WriteOffView, closed: date, actor: str, at: datetime
) -> None:
    """Its VAT is to be got back within the time that counts from the day of closure."""
    new = NewDeadline(
        DeadlineKind.VAT_RECOVERY, subject_of(view.number), last_day(closed), ARTICLE, f"write-off {view.number}"
    )
    cases = [one.case for one in view.items]
    await deadlines.set_deadline(connection, new, view.row["customer_id"], cases, today_of(view, at), actor, at)


def why_not(view: WriteOffView, today: date) -> str:
    """Why the debtor cannot be told yet; empty: it can."""
    if view.row["creditor_country"] not in CREDITORS:
        return "For a creditor outside France no rule is known: ask your accountant."
    if view.state != "standing":
        return f"Write-off {view.number} is {view.state}."
    if view.currency != "EUR":
        return "The mention is in euros; this claim is not: ask your accountant."
    if view.now <= 0:
        return "Everything of it was paid after all: nothing is lost."
    if missing := [one.invoice for one in view.items if one.told != one.now]:
        return (
            f"Enter net and VAT of what is lost of {', '.join(missing)} now first: "
            f"./relance write-off vat amounts {view.number} INVOICE --net … --vat …"
        )
    return why_not_yet(view.row["judged_on"], today)


async def send(number: int, page: bytes, actor: str, at: datetime) -> list[Problem]:
    """Somebody has read the page and sends it: it leaves by e-mail, byte for byte, through the ledger of messages."""
    async with transaction() as connection:
        view = await locked(connection, number)
        if isinstance(view, list):
            return view
        if why := why_not(view, today_of(view, at)):
            return [Problem(SOURCE, None, "", why)]
        if view.row["vat_sent_on"] is not None or await _is_on_its_way(connection, number):
            return [Problem(SOURCE, None, "", "It is on its way, or sent, already.")]
        await connection.execute(_PAGE, {"page": page, "actor": actor, "id": number})
        await correspondence.insert(
            connection, MessageKind.VAT_DUPLICATE, at, case=view.items[0].case, subject=subject_of(number), actor=actor,
        )  # fmt: skip
        await _journal(connection, view, "vat_duplicate_approved", actor, at)
    return []


async def sent(number: int, on: date, actor: str, at: datetime) -> list[Problem]:
    """The page was printed and sent on the day `on`: its deadline is met."""
    async with transaction() as connection:
        view = await locked(connection, number)
        if isinstance(view, list):
            return view
        if (before := view.row["vat_sent_on"]) is not None:
            return [Problem(SOURCE, None, "", f"The duplicate was sent on {before} already.")]
        if why := (why_not(view, on) or ("A day to come is not known yet." if on > today_of(view, at) else "")):
            return [Problem(SOURCE, None, "", why)]
        await _done(connection, view, "printed", on, actor, at)
    return []


async def note_arrived(at: datetime) -> None:
    """Pages that were handed over by e-mail: their deadline is met."""
    async with transaction() as connection:
        for row in (await connection.execute(_ARRIVED)).all():
            view = await locked(connection, row.id)
            if not isinstance(view, list):
                await _done(connection, view, BY_MAIL, today_of(view, at), row.vat_by, at)


async def is_to_note() -> bool:
    """Whether a page was handed over that is not noted yet."""
    async with reading() as connection:
        return (await connection.execute(_ARRIVED)).first() is not None


async def _is_on_its_way(connection: AsyncConnection, number: int) -> bool:
    """Whether its message waits or has left; one that was dropped may be sent again."""
    return bool(await connection.scalar(_ON_ITS_WAY, {"subject": subject_of(number)}))


def how_met(number: int, how: str) -> str:
    """How its last date was met."""
    return f"the duplicate of write-off {number} was sent ({how})"


async def _done(connection: AsyncConnection, view: WriteOffView, how: str, on: date, actor: str, at: datetime) -> None:
    await connection.execute(_DONE, {"on": on, "how": how, "actor": actor, "id": view.number})
    subject, said = subject_of(view.number), how_met(view.number, how)
    await deadlines.meet(connection, subject, DeadlineKind.VAT_RECOVERY, said, on, actor, at)
    await _journal(connection, view, "vat_duplicate_sent", actor, at)


async def _journal(connection: AsyncConnection, view: WriteOffView, kind: str, actor: str, at: datetime) -> None:
    for one in view.items:
        facts = {"write_off": view.number, "net": one.net, "vat": one.vat, "actor": actor}
        await journal.append(connection, "case", one.case, kind, facts, at)


async def locked(connection: AsyncConnection, number: int) -> WriteOffView | list[Problem]:
    """The write-off of this number, its customer locked; or that there is none."""
    view = await show_in(connection, number)
    if view is None:
        return [Problem(SOURCE, None, "", f"There is no write-off {number}. See ./relance write-off list.")]
    await lock_debtor(connection, view.row["customer_id"])
    return await show_in(connection, number) or []


async def piece_of(connection: AsyncConnection, subject: str, piece: Piece) -> Piece | str:
    """What its message says; or why it leaves no more."""
    view = await show_in(connection, number_of(subject))
    if view is None or view.state != "standing":
        return "the write-off was reversed"
    if view.row["vat_sent_on"] is not None:
        return "it was sent on paper already"
    if any(one.told != one.now for one in view.items):
        return "what is lost has changed since the page was approved"
    return replace(piece, invoice=", ".join(one.invoice for one in view.lost), amount=view.now)


async def page_of(connection: AsyncConnection, subject: str) -> tuple[Copy, ...]:
    """The page that was approved, and the invoices' own files where they are stored."""
    number = number_of(subject)
    page = await connection.scalar(_STORED, {"id": number})
    own = (Copy(f"art-272-{number}.pdf", PDF, bytes(page)),) if page is not None else ()
    invoices = (await connection.execute(_DOCUMENTS, {"id": number})).all()
    return (*own, *(Copy(one.name, one.type, bytes(one.content)) for one in invoices))
