"""The lease this execution works under: given by the dispatcher, or taken here when somebody else starts the flow."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from uuid import UUID

from prefect.exceptions import Abort

from storage import leases
from storage.leases import Lease, Registration
from tasks.staff_text import speak_as_the_house

LEASE: ContextVar[Lease | None] = ContextVar("relance_lease", default=None)


async def begin(lease: Lease | None) -> None:
    """What an execution starts with: its lease, and the language of the house for every word it says."""
    LEASE.set(lease)
    await speak_as_the_house()


@asynccontextmanager
async def case_lease(case: int, run: UUID) -> AsyncIterator[Lease]:
    """The lease on `case`. Without a dispatcher one is taken for this execution; if another has it, nothing is done."""
    given = LEASE.get()
    if given is not None and given.case == case:
        yield given
        return
    registration = Registration.from_environment("single execution")
    await registration.register()
    try:
        lease = await leases.take(registration.id, f"case:{case}", case, run)
        if lease is None:
            raise Abort("Another dispatcher runs this case.")
        try:
            yield lease
        finally:
            await leases.give_back(lease)
    finally:
        await registration.leave()
