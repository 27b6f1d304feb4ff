"""The user's own segments of customers: `segments.toml` in RELANCE_HOME."""

import os
from functools import lru_cache
from pathlib import Path

from policies.behaviour.segment import Segments
from policies.behaviour.segment_file import load_segments

NAME = "segments.toml"


class BadSegments(RuntimeError):
    """The file cannot be used; the message lists every problem."""


def own_file() -> Path:
    """Where the file stands: in RELANCE_HOME, or in `var` of the checkout without it."""
    home = os.environ.get("RELANCE_HOME", "").strip()
    return (Path(home).expanduser() if home else Path(__file__).parents[1] / "var") / NAME


def own_segments() -> Segments:
    """The user's segments and lines of behaviour; without a file no segment, and the usual lines."""
    place = own_file()
    return _loaded(place.read_bytes()) if place.is_file() else Segments()


@lru_cache(maxsize=4)
def _loaded(content: bytes) -> Segments:
    found = load_segments(content, NAME)
    if isinstance(found, list):
        raise BadSegments("\n".join(str(problem) for problem in found))
    return found
