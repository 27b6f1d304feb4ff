"""RELANCE_CLOCK: how time passes in a new installation. An existing clock is never changed by it."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime

from cli.refusal import Refusal
from cli.roles import wait_for

EXAMPLE = "stepped:2026-01-05T08:00:00+00:00"


def wanted(environ: Mapping[str, str] = os.environ) -> datetime | None:
    """The start of a stepped clock; None for the real one."""
    text = environ.get("RELANCE_CLOCK", "").strip()
    if text in ("", "real"):
        return None
    kind, _, moment = text.partition(":")
    try:
        start = datetime.fromisoformat(moment)
    except ValueError:
        start = None
    if kind != "stepped" or start is None or start.tzinfo is None:
        raise Refusal(f"RELANCE_CLOCK is {text!r}: it must be `real` or like {EXAMPLE}, with the offset from UTC.")
    return start.astimezone(UTC)


def set_first_clock(start: datetime | None) -> None:
    """Set the clock of the database named in the environment, if it has none yet."""
    wait_for(_set(start))


async def _set(start: datetime | None) -> None:
    from storage import clock, session

    try:
        await clock.start(clock.Mode.REAL if start is None else clock.Mode.STEPPED, start)
    finally:
        await session.disconnect()
