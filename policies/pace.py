"""How fast messages may leave by one server: so many in so long, evenly spaced, whatever has piled up behind it.

A line stands before a server, or before the people of one domain. Who comes when the line is free leaves at once and makes
it busy for the space between two messages. Who would have to stand there is given a turn and comes back for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

AT_ONCE = timedelta(seconds=2)
"""A wait that short is waited out on the spot; a longer one gives the place to somebody else."""

LONGEST = timedelta(minutes=2)
"""How long a message waits on the spot that belongs to one which has left already."""
FARTHEST = timedelta(hours=12)
"""The farthest turn that is given: who comes back then is given another."""


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `most` messages in any `seconds` seconds, but for the one that begins them."""

    most: int
    seconds: int

    @property
    def apart(self) -> timedelta:
        """The space between two messages."""
        return timedelta(seconds=self.seconds) / self.most


@dataclass(frozen=True, slots=True)
class Queue:
    """What stands before one server (or one of its domains) at a pace."""

    pace: Pace
    free_at: datetime
    """From when on the next message may leave."""
    turn_at: datetime
    """The first turn not yet given to anybody."""


def stands(line: Queue, now: datetime) -> Queue:
    """The line as it stands at `now`: what no message can have made of it is a clock that was put back."""
    free = line.free_at if line.free_at - now <= LONGEST + line.pace.apart else now
    return replace(line, free_at=free, turn_at=min(line.turn_at, now + FARTHEST))


def leave(lines: Sequence[Queue], now: datetime, longest: timedelta) -> tuple[datetime, tuple[Queue, ...]] | None:
    """When a message that passes all these lines leaves, and the lines after it; None: not within `longest` of `now`."""
    moment = max((now, *(line.free_at for line in lines)))
    if moment - now > longest:
        return None
    return moment, tuple(replace(line, free_at=moment + line.pace.apart) for line in lines)


def turn(lines: Sequence[Queue], now: datetime) -> tuple[datetime, tuple[Queue, ...]] | None:
    """When to come back, and the lines with that turn given; None: nobody need wait longer than a moment."""
    if all(line.free_at - now <= AT_ONCE for line in lines):
        return None
    longest = max(lines, key=lambda line: max(line.free_at, line.turn_at))
    moment = max(longest.free_at, longest.turn_at, now)
    given = replace(longest, turn_at=moment + longest.pace.apart)
    return moment, tuple(given if line is longest else line for line in lines)
