"""Dispatchers that start in half a second: forked from a process that has done all the imports already."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from cli.home import CHECKOUT
from tests.engine.stack import Stack
from tests.faults.outside import Outside

_NURSERY = """
import json, os, signal, sys
from flows.dispatcher_process import main
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    if (pid := os.fork()) == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        os.environ.update(json.loads(line))
        main()
    print(pid, flush=True)
"""


class WarmDispatchers:
    """Starts real dispatcher processes of a stack, and kills them."""

    def __init__(self, stack: Stack) -> None:
        self._log = stack.home.log / "dispatchers.log"
        with self._log.open("ab") as log:
            self._nursery = subprocess.Popen(
                [sys.executable, "-c", _NURSERY], cwd=CHECKOUT, env=stack.environment, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip
        self._alive: list[int] = []

    def start(self, environment: Mapping[str, str] | None = None) -> int:
        """One more dispatcher; answers its process id."""
        import json

        assert self._nursery.stdin is not None, "made with pipes"
        assert self._nursery.stdout is not None, "made with pipes"
        self._nursery.stdin.write(json.dumps(dict(environment or {})) + "\n")
        self._nursery.stdin.flush()
        pid = int(self._nursery.stdout.readline())
        self._alive.append(pid)
        return pid

    def kill(self, pid: int) -> None:
        """kill -9, at once."""
        self._alive.remove(pid)
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        _until_gone(pid, 5)

    def succeed_one_killed_at(
        self, outside: Outside, lock: str, words: str, go: Callable[[], object], seen: Callable[[], None] = lambda: None
    ) -> None:
        """A dispatcher dies where it waits for `lock` in a statement with `words`, and another one takes its place.

        `go` lets time pass; `seen` looks at what there is before the first one is killed.
        """
        outside.hold(lock)
        victim = self.start()
        go()
        outside.until_waiting(words)
        seen()
        self.kill(victim)
        outside.let_go()
        self.start()

    def stop(self) -> None:
        """Every dispatcher still running ends in good order."""
        for pid in self._alive:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
        for pid in self._alive:
            _until_gone(pid, 12)
        self._alive.clear()

    def close(self) -> None:
        """The nursery ends too."""
        self.stop()
        assert self._nursery.stdin is not None, "made with pipes"
        self._nursery.stdin.close()
        self._nursery.wait(10)

    def said(self) -> str:
        """What the dispatchers have logged."""
        return self._log.read_text(errors="replace")


def _until_gone(pid: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    raise AssertionError(f"dispatcher {pid} did not end")
