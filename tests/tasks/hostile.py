"""Readers that misbehave, for the process that holds them."""

import time
from pathlib import Path

from policies.problems import Problem
from tasks.read_csv import FileRefused


def length(path: Path) -> int:
    """Well-behaved."""
    return len(path.read_bytes())


def endless(path: Path) -> int:
    """Never comes back."""
    time.sleep(60)
    return 0


def greedy(path: Path) -> int:
    """Wants all memory."""
    return len(bytearray(8 * 1024**3))


def clumsy(path: Path) -> int:
    """Fails in a way of its own."""
    raise ZeroDivisionError


def refusing(path: Path) -> int:
    """Says why."""
    raise FileRefused(Problem(path.name, 3, "amount", "It is not there."))
