"""What staff do by themselves: write a note, note that a customer says it is paid. Each is journalled and wakes its cases."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem
from policies.staff import Signer
from storage import journal
from storage.beside_cases import write_note
from storage.bulk import append_to_cases
from storage.call_deeds import Said, log_call
from storage.facts import lock, touch
from storage.hold_deeds import Deed
from storage.session import transaction
from storage.whom import SOURCE, Whom, find

LONGEST_NOTE = 2000


async def note(customer: str, invoice: str, words: str, actor: str, at: datetime) -> Deed | list[Problem]:
    """Write something down about a customer: facts only, the debtor may read them."""
    told = words.strip()
    if not told or len(told) > LONGEST_NOTE:
        reason = f"Write at most {LONGEST_NOTE} characters." if told else "Write what is to be kept."
        return [Problem(SOURCE, None, "note", reason)]
    async with transaction() as connection:
        whom = await find(connection, customer, invoice)
        if isinstance(whom, list):
            return whom
        await write_note(connection, whom.customer, actor, told, at, whom.case)
        await _tell(connection, whom, "noted", {"actor": actor}, at)
        await touch(connection, whom.concerned)
    return Deed("note", whom.number, whom.name, whom.invoice or "customer", whom.concerned)


async def says_paid(customer: str, invoice: str, remark: str, signer: Signer, at: datetime) -> Deed | list[Problem]:
    """The customer says it is paid: nothing leaves for some days, so that the money can arrive."""
    return await log_call(customer, invoice, Said("says_paid", note=remark), signer, at)


async def _tell(connection: AsyncConnection, whom: Whom, kind: str, facts: dict[str, object], at: datetime) -> None:
    await lock(connection, whom.cases)
    await journal.append(connection, "customer", whom.customer, kind, facts, at)
    await append_to_cases(connection, kind, [(case, facts) for case in whom.concerned], at)
