"""A customer's proceedings are opened in the books, change, and end. Everything of it in one transaction."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import HoldKind
from policies.insolvency import InsolvencyAsked, InsolvencyWords, Office
from policies.insolvency_closing import GOES_ON_AS_BEFORE, WORDS, Closing
from policies.insolvency_form import read_insolvency
from policies.ladder import Ladder
from policies.problems import Problem
from storage import after_judgment, deadlines, insolvency_holds, journal, judgment_over
from storage.after_judgment import tell_cases
from storage.facts import lock_debtor, touch
from storage.hold_deeds import Deed
from storage.insolvency_deadline import OLDER, set_declaration
from storage.insolvency_views import InsolvencyView, of_customer, show_in
from storage.ladder_choice import UNOPENED
from storage.opening import open_early
from storage.session import transaction
from storage.whom import SOURCE, Whom, find

_INSERT = text(
    """
    INSERT INTO insolvency (creditor_id, customer_id, kind, proceedings, judgment, published, declare_by, register_number, court,
        administrator, administrator_email, administrator_postal, representative, representative_email, representative_postal,
        ladder, state, claim, opened_by, opened_at)
    SELECT creditor_id, id, :kind, :name, :judgment, :published, :declare_by, coalesce(nullif(:register, ''), company_number), :court,
        :a_name, :a_email, :a_postal, :r_name, :r_email, :r_postal, :ladder, 'open', 'open', :by, :at
    FROM customer WHERE id = :customer RETURNING id
    """
)
_CHANGE = text(
    """
    UPDATE insolvency SET kind = :kind, proceedings = :name, published = coalesce(CAST(:published AS date), published),
        declare_by = coalesce(CAST(:declare_by AS date), declare_by), court = coalesce(nullif(:court, ''), court),
        administrator = :a_name, administrator_email = :a_email, administrator_postal = :a_postal,
        representative = :r_name, representative_email = :r_email, representative_postal = :r_postal
    WHERE id = :number
    """
)
_CLOSE = text(
    "UPDATE insolvency SET state = 'closed', closed_on = :on, closed_how = :how, closed_by = :by, closed_at = :at "
    "WHERE id = :number"
)
_UNOPENED = text(
    f"""
    SELECT i.id, i.creditor_id, r.policy FROM invoice i JOIN creditor r ON r.id = i.creditor_id
    WHERE i.customer_id = :customer AND {UNOPENED} AND (i.issued IS NULL OR i.issued < :judgment) ORDER BY i.id
    """  # noqa: S608 - no outside text
)
_NOTICES = text(
    "UPDATE insolvency_notice SET state = 'opened', decided_by = :by, decided_at = :at "
    "WHERE customer_id = :customer AND state = 'waiting'"
)
"""What was published about the customer is answered with its proceedings, by whichever door they came."""


NOTHING = InsolvencyWords("", "")
"""A change of which nothing was said."""


async def open_insolvency(customer: str, words: InsolvencyWords, actor: str, at: datetime) -> Deed | list[Problem]:
    """A court has opened proceedings: what is older than the judgment stops, what is younger goes on to the administrator."""
    async with transaction() as connection:
        whom = await find(connection, customer)
        if isinstance(whom, list):
            return whom
        asked = read_insolvency(words, whom.today(at))
        return asked if isinstance(asked, list) else await open_in(connection, whom, asked, actor, at)


async def open_in(
    connection: AsyncConnection, whom: Whom, asked: InsolvencyAsked, actor: str, at: datetime
) -> Deed | list[Problem]:
    """The same in the caller's transaction, of what was read already."""
    await _open_older(connection, whom.customer, asked.judgment, at)
    cases = await lock_debtor(connection, whom.customer)
    known = next((one for one in await of_customer(connection, whom.customer) if one.state == "open"), None)
    if known is not None:
        reason = f"{whom.name} has proceedings {known.number} already: change or close them."
        return [Problem(SOURCE, None, "customer", reason)]
    ladder = await after_judgment.ladder_for(connection, whom.customer, asked.ladder)
    if isinstance(ladder, str):
        return [Problem(SOURCE, None, "ladder", ladder)]
    number = int(await connection.scalar(_INSERT, _values(asked, ladder, whom.customer, actor, at)))
    found = await show_in(connection, number)
    assert found is not None, "it was written down"
    facts: dict[str, object] = {
        "insolvency": number, "kind": asked.kind.value, "judgment": asked.judgment, "declare_by": asked.declare_by, "actor": actor,
    }  # fmt: skip
    await journal.append(connection, "customer", whom.customer, "insolvency_opened", facts, at)
    await tell_cases(connection, "insolvency_opened", cases, facts, at)
    await insolvency_holds.end(connection, whom.customer, None, actor, at)
    await insolvency_holds.place(
        connection, whom.customer, None, HoldKind.INSOLVENCY, asked.name, asked.judgment, found.owner, found.subject, at
    )
    await connection.execute(_NOTICES, {"customer": whom.customer, "by": actor, "at": at})
    await after_judgment.appoint(connection, whom.customer, asked.administrator)
    if ladder is not None:
        await after_judgment.move(connection, whom.customer, asked.judgment, ladder, actor, at)
    await set_declaration(connection, found, whom.today(at), actor, at)
    await touch(connection, cases)
    return Deed("insolvency", whom.number, whom.name, f"{asked.name}, judgment of {asked.judgment}", cases)


async def _open_older(connection: AsyncConnection, customer: int, judgment: date, at: datetime) -> None:
    """Older invoices that are not due yet are declared like the others: each gets its case, and is held."""
    await lock_debtor(connection, customer)
    rows = (await connection.execute(_UNOPENED, {"customer": customer, "judgment": judgment})).all()
    if rows:
        await open_early(connection, rows[0].creditor_id, rows[0].policy, [row.id for row in rows], at)


async def change(number: int, words: InsolvencyWords, actor: str, at: datetime) -> Deed | list[Problem]:
    """Proceedings are converted, or somebody else is appointed, or the last day to declare is known now; the judgment that
    opened them stays the one that counts. What is left empty stays."""
    async with transaction() as connection:
        found = await _open_one(connection, number)
        if isinstance(found, list):
            return found
        cases = await lock_debtor(connection, found.customer)
        laid = _laid_over(found, words)
        if laid == _laid_over(found, NOTHING):
            return [Problem(SOURCE, None, "", "Nothing of it changes: say what is different now.")]
        asked = read_insolvency(laid, _today(found, at))
        if isinstance(asked, list):
            return asked
        await connection.execute(_CHANGE, _values(asked, None, found.customer, actor, at) | {"number": number})
        await after_judgment.appoint(connection, found.customer, asked.administrator)
        facts: dict[str, object] = {
            "insolvency": number,
            "kind": asked.kind.value,
            "declare_by": asked.declare_by,
            "actor": actor,
        }
        await tell_cases(connection, "insolvency_changed", cases, facts, at)
        await journal.append(connection, "customer", found.customer, "insolvency_changed", facts, at)
        if asked.declare_by != found.declare_by and found.claim in ("open", "approved"):
            await set_declaration(connection, replace(found, declare_by=asked.declare_by), _today(found, at), actor, at)
        await touch(connection, cases)
    return Deed("insolvency", found.customer_number, found.customer_name, f"{asked.name}, changed", cases)


async def close(number: int, how: str, on: date | None, actor: str, at: datetime) -> Deed | list[Problem]:
    """Proceedings are over. Of each invoice they held, or that went on to the administrator, a person says what becomes of it."""
    closing = next((one for one in Closing if one == how.strip()), None)
    if closing is None:
        return [Problem(SOURCE, None, "how", f"“{how}” is no end; choose one of: {', '.join(Closing)}.")]
    async with transaction() as connection:
        found = await _open_one(connection, number)
        if isinstance(found, list):
            return found
        cases = await lock_debtor(connection, found.customer)
        today = _today(found, at)
        if on is not None and not found.judgment <= on <= today:
            return [
                Problem(SOURCE, None, "on", f"{on} does not lie between the judgment of {found.judgment} and today.")
            ]
        values = {"number": number, "on": on or today, "how": closing.value, "by": actor, "at": at}
        await connection.execute(_CLOSE, values)
        await insolvency_holds.end(connection, found.customer, found.subject, actor, at)
        asks = closing.value not in GOES_ON_AS_BEFORE
        await judgment_over.take_back(connection, found, actor, at, asks=asks)
        if asks:
            await _ask_about_older(connection, found, today, at)
        await deadlines.drop(connection, found.subject, WORDS[closing], today, actor, at)
        facts: dict[str, object] = {"insolvency": number, "how": closing.value, "actor": actor}
        await tell_cases(connection, "insolvency_closed", cases, facts, at)
        await journal.append(connection, "customer", found.customer, "insolvency_closed", facts, at)
        await touch(connection, cases)
    return Deed("insolvency", found.customer_number, found.customer_name, WORDS[closing], cases)


async def _ask_about_older(connection: AsyncConnection, found: InsolvencyView, today: date, at: datetime) -> None:
    which = {"customer": found.customer, "judgment": found.judgment}
    for case in list(await connection.scalars(OLDER, which)):
        await insolvency_holds.to_decide(
            connection, found.customer, case, found.number, found.proceedings, found.judgment, found.owner, today, at
        )


async def _open_one(connection: AsyncConnection, number: int) -> InsolvencyView | list[Problem]:
    found = await show_in(connection, number)
    if found is None or found.state != "open":
        return [Problem(SOURCE, None, "number", f"No proceedings {number} are open. See ./relance insolvency list.")]
    return found


def _laid_over(found: InsolvencyView, words: InsolvencyWords) -> InsolvencyWords:
    """What was said, over what is known. Where claims were declared to the administrator, they go to the new one."""
    own = Office() if found.representative == found.administrator else found.representative
    return InsolvencyWords(
        words.kind or found.proceedings, found.judgment.isoformat(),
        _office_over(found.administrator, words.administrator), _office_over(own, words.representative),
        words.published or _written(found.published), words.declare_by or _written(found.declare_by), found.register,
        words.court or found.court, found.ladder,
    )  # fmt: skip


def _office_over(known: Office, said: Office) -> Office:
    """Somebody else with addresses of their own, or other addresses of the same."""
    if said.name.strip() and said.name.strip() != known.name:
        return said
    return Office(known.name, said.email or known.email, said.postal or known.postal)


def _written(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _today(found: InsolvencyView, at: datetime) -> date:
    return at.astimezone(ZoneInfo(found.zone)).date()


def _values(asked: InsolvencyAsked, ladder: Ladder | None, customer: int, actor: str, at: datetime) -> dict[str, Any]:
    return {
        "customer": customer, "kind": asked.kind.value, "name": asked.name, "judgment": asked.judgment,
        "published": asked.published, "declare_by": asked.declare_by, "register": asked.register, "court": asked.court,
        "a_name": asked.administrator.name, "a_email": asked.administrator.email, "a_postal": asked.administrator.postal,
        "r_name": asked.representative.name, "r_email": asked.representative.email, "r_postal": asked.representative.postal,
        "ladder": "" if ladder is None else ladder.id, "by": actor, "at": at,
    }  # fmt: skip
