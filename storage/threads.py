"""The e-mails a message answers: mail programs then show what was written about an invoice as one conversation (RFC 5322, 3.6.4)."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dossier import Dossier

LONGEST = 10
"""References of one message: the first and the latest; mail programs need no more."""

_EARLIER = text(
    """
    SELECT m.key FROM message m
    WHERE m.channel = 'email' AND m.route = :route AND m.state IN ('confirmed', 'ambiguous')
      AND split_part(m.sender, '@', 2) = split_part(:sender, '@', 2)
      AND (m.id IN (SELECT e.message_id FROM effect e WHERE e.case_id = ANY(:cases))
        OR m.id IN (SELECT w.message_id FROM correspondence w WHERE w.case_id = ANY(:cases)))
    ORDER BY m.handed_at, m.id
    """
)


async def thread_of(connection: AsyncConnection, members: Sequence[Dossier], sender: str) -> tuple[str, ...]:
    """Keys of the e-mails about these cases that went the same way from the same domain, oldest first, each once.

    Their Message-IDs follow from the keys and that domain.
    """
    cases, route = sorted(one.case.id for one in members), "live" if members[0].live else "sink"
    values = {"cases": cases, "sender": sender, "route": route}
    keys = list(dict.fromkeys(await connection.scalars(_EARLIER, values)))
    return tuple(keys if len(keys) <= LONGEST else [keys[0], *keys[1 - LONGEST :]])
