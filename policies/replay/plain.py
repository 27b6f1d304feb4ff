"""A policy by its days alone: every day and hour is open, there is no closed season and no cap."""

from dataclasses import replace

from policies.ladder import Ladder

WEEK = frozenset(range(7))


def by_its_days_alone(ladder: Ladder) -> Ladder:
    """The ladder with its steps, offsets, gaps and conditions, and nothing that moves a day."""
    steps = tuple(replace(step, hours=None, keeps_out_of_seasons=False) for step in ladder.steps)
    return replace(
        ladder, steps=steps, send_from=0, send_until=24, send_days=WEEK, seasons=(), quiet=(), spread=0, caps=()
    )
