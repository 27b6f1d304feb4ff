"""The one clock (design 6): real, or stepped, standing still until the stepper moves it on."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import text

from storage.session import glance, transaction


class Mode(StrEnum):
    """How time passes."""

    REAL = "real"
    STEPPED = "stepped"


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock as it stands. `until` and `pause_ms` matter to the stepper only."""

    mode: Mode
    now: datetime
    until: datetime | None = None
    pause_ms: int = 0

    @property
    def stepped(self) -> bool:
        """Whether time only moves when everything due is done."""
        return self.mode is Mode.STEPPED


async def read() -> Clock:
    """The clock now; whole seconds."""
    async with glance() as connection:
        row = (await connection.execute(text("SELECT mode, at, until, pause_ms FROM clock"))).mappings().first()
    if row is None or row["mode"] == Mode.REAL:
        return Clock(Mode.REAL, datetime.now(UTC).replace(microsecond=0))
    return Clock(Mode.STEPPED, row["at"], row["until"], row["pause_ms"])


async def now() -> datetime:
    """The present moment, aware UTC, by whichever clock is in force."""
    return (await read()).now


async def start(mode: Mode, at: datetime | None = None, until: datetime | None = None, pause_ms: int = 0) -> None:
    """Set the clock on the first start; an existing clock is left as it is."""
    async with transaction() as connection:
        await connection.execute(
            text(
                "INSERT INTO clock (mode, at, until, pause_ms) SELECT :mode, :at, :until, :pause "
                "WHERE NOT EXISTS (SELECT FROM clock)"
            ),
            {"mode": mode, "at": at, "until": until, "pause": pause_ms},
        )


async def advance(to: datetime) -> None:
    """Move a stepped clock forward to `to`; never back."""
    async with transaction() as connection:
        await connection.execute(text("UPDATE clock SET at = :to WHERE mode = 'stepped' AND at < :to"), {"to": to})


async def run_until(until: datetime | None) -> None:
    """Let the stepper go as far as `until`."""
    async with transaction() as connection:
        await connection.execute(text("UPDATE clock SET until = :until WHERE mode = 'stepped'"), {"until": until})
