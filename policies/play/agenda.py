"""The virtual clock: it jumps from one moment to the next at which something is known, due or answered."""

from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from policies.play.world import Outage


class Agenda:
    """What comes, in the order of its moments; things of one moment in the order in which they were put down."""

    def __init__(self, outages: tuple[Outage, ...] = ()) -> None:
        self._heap: list[tuple[datetime, int, object]] = []
        self._number = count()
        self._outages = outages

    def put(self, moment: datetime, thing: object) -> None:
        """`thing` comes at `moment`."""
        heappush(self._heap, (moment, next(self._number), thing))

    def next(self) -> datetime | None:
        """The next moment at which something comes; None: nothing does any more."""
        return self._heap[0][0] if self._heap else None

    def take(self, now: datetime) -> list[object]:
        """Everything that has come by `now`."""
        taken = []
        while self._heap and self._heap[0][0] <= now:
            taken.append(heappop(self._heap)[2])
        return taken

    def running(self, moment: datetime) -> datetime:
        """The moment itself, or the end of the outage it lies in: nothing runs before."""
        for outage in self._outages:
            if outage.since <= moment < outage.until:
                return self.running(outage.until)
        return moment
