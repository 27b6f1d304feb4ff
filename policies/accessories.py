"""Interest and flat sums beside the principal of a message: whether they are mentioned or claimed, and their figures.

A separate claim (design 4.4): no message before the due date and no courtesy speaks of them, a step does no more than its
ladder allows, and what cannot be stated to the cent is reserved in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from policies.interest.statement import Segment, Statement
from policies.ladder import Ladder
from policies.stages import Stage
from policies.step import Accessories, Step

RANK: dict[Accessories, int] = {one: rank for rank, one in enumerate(Accessories)}
SILENT = frozenset({Stage.UPCOMING, Stage.COURTESY_REMINDER})
"""Stages that never speak of interest and flat sums, whatever a policy says."""


@dataclass(frozen=True, slots=True)
class ClaimedLine:
    """What is claimed besides one demanded item, with its calculation. Amounts in minor units."""

    invoice: str
    interest: int
    flat: int | None
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class AccessoriesFacts:
    """What a message says of interest and flat sums, as at the day it is written.

    With `reserved` there are no figures: the rights are reserved in words, which is not 0.00.
    """

    mode: Accessories
    reserved: bool
    interest: int | None = None
    """Interest over all demanded items; None where it is reserved."""
    flat: int | None = None
    """Flat sums over all demanded items; None: none is claimed."""
    total_with: int | None = None
    """Principal demanded, interest and flat sums together; None where interest is reserved."""
    lines: tuple[ClaimedLine, ...] = ()
    basis: tuple[str, ...] = ()
    """How the figures come about: formula, days, rate, rounding, articles."""
    why: tuple[str, ...] = ()
    """Why interest is reserved, for staff."""


def mode_of(step: Step, ladder: Ladder) -> Accessories:
    """What the step's message does about interest and flat sums: the less of what the step and its ladder say."""
    if step.stage in SILENT:
        return Accessories.NEVER
    return min(step.claims, ladder.accessories, key=lambda one: RANK[one])


def accessories(
    mode: Accessories, stated: Sequence[tuple[str, Statement]], demanded: int, *, flat_sum: bool
) -> AccessoriesFacts | None:
    """What a message says; `stated` are the demanded items with their statements, `demanded` their open principal.

    None: the message says nothing of it. Without `flat_sum` the ladder claims interest alone.
    """
    if mode is Accessories.NEVER:
        return None
    why = tuple(dict.fromkeys(note for _, one in stated if one.interest is None for note in one.notes))
    if mode is Accessories.MENTION or not stated or any(one.interest is None for _, one in stated):
        return AccessoriesFacts(mode, reserved=True, why=why if mode is Accessories.CLAIM else ())
    lines = tuple(
        ClaimedLine(invoice, one.interest or 0, one.flat if flat_sum else None, one.segments) for invoice, one in stated
    )
    flats = [line.flat for line in lines if line.flat is not None]
    interest, flat = sum(line.interest for line in lines), sum(flats) if flats else None
    return AccessoriesFacts(
        mode,
        reserved=False,
        interest=interest,
        flat=flat,
        total_with=demanded + interest + (flat or 0),
        lines=lines,
        basis=tuple(dict.fromkeys(one.basis for _, one in stated)),
    )
