"""Mail servers that stop at an exact place of the conversation."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import Envelope, Session

from storage import session, sink
from tasks.sink import KeepEveryMessage, serve

HOUSE = "compta@atelier-nord.example"
"""Where the creditor itself gets its mail, such as the seal of the day."""


class HeldSink(KeepEveryMessage):
    """The real sink; before its first answer to a debtor's end of DATA it does something else, and all of those wait for that.
    Mail to the creditor itself is answered at once."""

    def __init__(self, outbox: Path, before_answer: Callable[[], None], *, tells: bool) -> None:
        super().__init__(outbox, sink.record if tells else _unrecorded)
        self.kept: list[str] = []
        self.to_the_house = 0
        self._before_answer: Callable[[], None] | None = before_answer
        self._one_at_a_time = asyncio.Lock()
        self.holds_back = threading.Event()
        """That other thing is done."""

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        """Keep the message, then hold the answer back."""
        answer = await super().handle_DATA(server, session, envelope)
        if envelope.rcpt_tos == [HOUSE]:
            self.to_the_house += 1
            return answer
        self.kept.append(envelope.rcpt_tos[0])
        async with self._one_at_a_time:
            if self._before_answer is not None:
                work, self._before_answer = self._before_answer, None
                await asyncio.to_thread(work)
                self.holds_back.set()
        return answer

    def recipients(self) -> list[str]:
        """Which debtors got a message, in alphabetical order."""
        return sorted(self.kept)


async def _unrecorded(**_row: str) -> None:
    """Somebody else's server keeps a message and tells us nothing of it."""


@contextmanager
def held_sink(outbox: Path, before_answer: Callable[[], None], *, tells: bool = True) -> Iterator[tuple[int, HeldSink]]:
    """A sink on a port of its own. `tells`: it writes down what it has, as ours does; a stranger's server does not."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    handler = HeldSink(outbox, before_answer, tells=tells)

    def call(work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(10)

    server = call(serve("127.0.0.1", 0, handler))
    try:
        yield server.sockets[0].getsockname()[1], handler
    finally:
        server.close()
        call(session.disconnect())
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


@contextmanager
def silent_port() -> Iterator[int]:
    """A server that lets you connect and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(16)
        yield listening.getsockname()[1]
