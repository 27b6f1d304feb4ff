"""A mail server of the test's own that keeps messages like the sink, refuses addresses, and can be away for a while."""

import asyncio
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import Envelope, Session

from storage import session, sink
from tasks.sink import KeepEveryMessage, serve
from tests.engine.ports import free_port


class PickySink(KeepEveryMessage):
    """The real sink, but for the addresses it does not know."""

    def __init__(self, outbox: Path, unknown: frozenset[str]) -> None:
        super().__init__(outbox, sink.record)
        self._unknown = unknown

    async def handle_RCPT(
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """550 for an unknown address."""
        if address in self._unknown:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"


class MailServer:
    """Serves a picky sink on a port of its own, from a thread of its own."""

    def __init__(self, outbox: Path, unknown: frozenset[str]) -> None:
        self.port = free_port()
        self._handler = PickySink(outbox, unknown)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server: asyncio.Server | None = None

    def up(self) -> None:
        """Listen."""
        self._server = self._do(serve("127.0.0.1", self.port, self._handler))

    def down(self) -> None:
        """Connections are refused from now on."""
        if self._server is not None:
            self._loop.call_soon_threadsafe(self._server.close)
            self._do(self._server.wait_closed())
            self._server = None

    def close(self) -> None:
        """Leave."""
        self.down()
        self._do(session.disconnect())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)
