"""What a person does about a message that came in: says whose it is, or that it has been dealt with."""

from datetime import datetime

from sqlalchemy import RowMapping, text

from policies.facts import HoldKind
from policies.incoming import Incoming
from policies.problems import Problem
from storage import journal
from storage.facts import lock
from storage.incoming import act_on
from storage.incoming_holds import end_of, held_by
from storage.incoming_matching import Whose, about_cases
from storage.received import Kept, Received, origin_of, storable_all
from storage.session import transaction
from storage.whom import find

SOURCE = "command"
_FIND = text(
    "SELECT id, customer_id, channel, provider_ref, recipient, raw, received_at, read_at FROM incoming_message WHERE id = :id"
)
_ASSIGN = text(
    "UPDATE incoming_message SET customer_id = :customer, found_by = :how, read_at = NULL, read_by = '' "
    "WHERE id = :id AND customer_id IS NULL"
)
"""What somebody had put aside before its customer was known is to be read again: what it holds must have an end."""
_READ = text("UPDATE incoming_message SET read_at = :at, read_by = :by WHERE id = :id AND read_at IS NULL")


async def assign(id: int, customer: str, what: Incoming, actor: str, at: datetime) -> list[Problem]:
    """The message is this customer's: everything follows from it now as if it had been known. `what`: read from its bytes."""
    async with transaction() as connection:
        whom = await find(connection, customer)
        if isinstance(whom, list):
            return whom
        held = await held_by(connection, origin_of(id), HoldKind.UNREAD_REPLY)
        await lock(connection, [*whom.cases, *(case for open_ in held.values() for case in open_)])
        row = (await connection.execute(_FIND, {"id": id})).mappings().first()
        if row is None:
            return [Problem(SOURCE, None, "", f"There is no incoming message {id}. See ./relance incoming list.")]
        how = f"{actor} said so"
        if not (await connection.execute(_ASSIGN, {"id": id, "customer": whom.customer, "how": how})).rowcount:
            return [Problem(SOURCE, None, "", f"Message {id} has a customer already.")]
        await end_of(connection, origin_of(id), HoldKind.UNREAD_REPLY, actor, at)  # of all it might have been of
        facts = {"incoming": id, "actor": actor}
        await journal.append(connection, "customer", whom.customer, "incoming_assigned", facts, at)
        said = storable_all(what)
        whose = await about_cases(connection, Whose(whom.customer, how=how), said.references)
        await act_on(connection, Kept(id, _received(row, said), whose), at)
    return []


def _received(row: RowMapping, what: Incoming) -> Received:
    return Received(what, row["channel"], row["provider_ref"], row["recipient"], bytes(row["raw"]), row["received_at"])


async def dealt_with(id: int, actor: str, at: datetime) -> list[Problem]:
    """A person has read the message and done what it asks: what it held goes on. Complaints and opt-outs stay.

    What is asked about in the inbox is no longer asked.
    """
    async with transaction() as connection:
        row = (await connection.execute(_FIND, {"id": id})).mappings().first()
        if row is None:
            return [Problem(SOURCE, None, "", f"There is no incoming message {id}. See ./relance incoming list.")]
        if row["read_at"] is not None:
            return [Problem(SOURCE, None, "", f"Message {id} has been dealt with already.")]
        await end_of(connection, origin_of(id), HoldKind.UNREAD_REPLY, actor, at)
        await connection.execute(_READ, {"id": id, "at": at, "by": actor})
        if row["customer_id"] is not None:
            facts = {"incoming": id, "actor": actor}
            await journal.append(connection, "customer", row["customer_id"], "incoming_read", facts, at)
    return []
