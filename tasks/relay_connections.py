"""Connections to a relay that are kept for the next message: greeting, TLS and sign-in cost more than the message itself.

Only a connection on which everything is answered is kept. One that has died meanwhile is noticed at MAIL, before anything
of a message has been said, and replaced by a new one.
"""

import asyncio
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import aiosmtplib
from aiosmtplib import SMTP

from tasks.relay import Relay

IDLE_SECONDS = 8.0
"""How long a connection is kept without a message: less than the ten seconds after which the strictest providers hang up
(RFC 5321, 4.5.3.2.7 asks servers for five minutes)."""

MOST_MESSAGES = 50
"""Messages on one connection: many providers end it after a hundred."""

MOST_KEPT = 4
"""Connections without a message that are kept to one relay."""

GOOD_BYE = 5.0
"""Seconds we wait for the answer to QUIT: it changes nothing."""

Key = tuple[Relay, str]


@dataclass(slots=True, eq=False)
class Connection:
    """A connection that has been introduced to a relay under one of our domains."""

    client: SMTP
    key: Key
    carried: int = 0
    """Messages the relay has answered for."""
    ending: asyncio.TimerHandle | None = None


class Connections:
    """The connections of one event loop that no message is using."""

    def __init__(
        self, idle: float = IDLE_SECONDS, most_messages: int = MOST_MESSAGES, most_kept: int = MOST_KEPT
    ) -> None:
        self._idle, self._most_messages, self._most_kept = idle, most_messages, most_kept
        self._kept: dict[Key, list[Connection]] = {}
        self._leaving: set[asyncio.Task[None]] = set()

    def take(self, key: Key) -> Connection | None:
        """The connection used last that still stands, or None. It is the taker's until it is given back."""
        among = self._kept.get(key, [])
        while among:
            found = among.pop()
            _stop_waiting(found)
            if found.client.is_connected:
                return found
            found.client.close()
        return None

    def forget(self, key: Key) -> None:
        """One has turned out to be dead: the others of the same relay are no longer trusted."""
        for one in self._kept.pop(key, []):
            _stop_waiting(one)
            one.client.close()

    async def give_back(self, connection: Connection, *, taken: bool) -> None:
        """Keep the connection for the next message; `taken`: its message was accepted, else it is reset first (RSET)."""
        connection.carried += 1
        among = self._kept.setdefault(connection.key, [])
        wanted = connection.carried < self._most_messages and len(among) < self._most_kept
        if not wanted or not (taken or await _reset(connection.client)) or not connection.client.is_connected:
            await leave(connection.client)
            return
        connection.ending = asyncio.get_running_loop().call_later(self._idle, self._expire, connection)
        self._kept.setdefault(connection.key, []).append(connection)

    def _expire(self, connection: Connection) -> None:
        among = self._kept.get(connection.key, [])
        if connection in among:
            among.remove(connection)
            task = asyncio.ensure_future(leave(connection.client))
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def close(self) -> None:
        """Say good-bye on every connection."""
        kept = [one for among in self._kept.values() for one in among]
        self._kept.clear()
        for one in kept:
            _stop_waiting(one)
        await asyncio.gather(*(leave(one.client) for one in kept), *self._leaving)


_of_loops: WeakKeyDictionary[asyncio.AbstractEventLoop, Connections] = WeakKeyDictionary()


def connections() -> Connections:
    """The connections of the running event loop: they cannot move between loops."""
    return _of_loops.setdefault(asyncio.get_running_loop(), Connections())


async def disconnect() -> None:
    """Close the connections of this loop; the next message opens new ones."""
    found = _of_loops.pop(asyncio.get_running_loop(), None)
    if found is not None:
        await found.close()


async def leave(client: SMTP) -> None:
    """Say good-bye; the outcome of the message is known already, so that a failure here is of no consequence."""
    try:
        if client.is_connected:
            await client.quit(timeout=GOOD_BYE)
    except (aiosmtplib.SMTPException, OSError):
        pass
    finally:
        client.close()


def _stop_waiting(connection: Connection) -> None:
    if connection.ending is not None:
        connection.ending.cancel()
        connection.ending = None


async def _reset(client: SMTP) -> bool:
    try:
        return (await client.rset(timeout=GOOD_BYE)).code == 250
    except (aiosmtplib.SMTPException, OSError):
        return False
