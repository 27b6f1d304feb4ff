"""The process around a dispatcher: the loop has a thread of its own, the main thread owns the signals (design 2).

In the main thread Prefect's own SIGTERM handler would crash every run in flight.
"""

import asyncio
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import timedelta

from flows import logs
from flows.dispatcher import GRACE_SECONDS, Dispatcher


def _serve(name: str, ready: Callable[[Dispatcher, asyncio.AbstractEventLoop], None]) -> None:
    async def serve() -> None:
        dispatcher = Dispatcher(name)
        ready(dispatcher, asyncio.get_running_loop())
        await dispatcher.run()

    asyncio.run(serve())


def main() -> None:
    """Run one dispatcher until SIGTERM or SIGINT."""
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s", force=True, stream=sys.stderr
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logs.quieten()
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: told.set())
    started: list[tuple[Dispatcher, asyncio.AbstractEventLoop]] = []
    name = f"dispatcher-{os.getpid()}"
    thread = threading.Thread(target=_serve, args=(name, lambda *pair: started.append(pair)), daemon=True)
    thread.start()
    while thread.is_alive() and not told.wait(0.2):
        pass
    if started:
        dispatcher, loop = started[0]
        loop.call_soon_threadsafe(dispatcher.stop)
        thread.join(timedelta(seconds=GRACE_SECONDS + 2).total_seconds())
    raise SystemExit(0 if told.is_set() else 1)


if __name__ == "__main__":
    main()
