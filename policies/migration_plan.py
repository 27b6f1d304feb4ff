"""The plan for one case when a policy is replaced: what is done with it, why, and what each way would send next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from policies.case import Case, EffectState
from policies.forecast import Foreseen, forecast
from policies.ladder import Ladder
from policies.look import steps_done
from policies.migration import Move, Moved, re_anchored, restarted
from policies.stages import HARDNESS, Stage

ON_ITS_WAY = frozenset({EffectState.RESERVED, EffectState.HANDING_OVER, EffectState.AMBIGUOUS})
WITH_OTHERS = HARDNESS[Stage.AGENCY]
"""From this stage on the file is with others: they were told of the debt as the old policy left it."""


@dataclass(frozen=True, slots=True)
class PlannedMove:
    """What is to be done with a case, and the first act of each way (None: nothing more would leave)."""

    move: Move
    why: str
    anchor: date | None
    behind: tuple[str, ...]
    """Steps of the new ladder that are then behind it."""
    next_acts: Mapping[Move, Foreseen | None]


def planned(case: Case, old: Ladder, new: Ladder, wished: Move, as_of: datetime) -> PlannedMove:
    """The plan for `case`, which climbs `old`: moved as `wished`, unless it has to stay where it is."""
    ways: dict[Move, Moved] = {
        Move.RE_ANCHOR: re_anchored(case, old, new, as_of),
        Move.RESTART: restarted(case, old, new, as_of),
    }
    next_acts = {Move.STAY: _first(case, old, as_of)} | {
        move: _first(moved.case, new, as_of) for move, moved in ways.items()
    }
    must_stay = why_it_stays(case, old)
    move = Move.STAY if must_stay else wished
    moved = ways.get(move)
    why = must_stay or {Move.STAY: "kept as it is", Move.RE_ANCHOR: "goes on", Move.RESTART: "begins anew"}[move]
    return PlannedMove(move, why, moved.anchor if moved else None, moved.behind if moved else (), next_acts)


def why_it_stays(case: Case, old: Ladder) -> str:
    """Why the case must keep its policy; empty: it may be moved."""
    if any(fact.state in ON_ITS_WAY for fact in case.effects):
        return "a message is on its way or in doubt"
    reached = {one.step for one in steps_done(case, old.steps) if one.is_contact}
    if any(step.id in reached and HARDNESS[step.stage] >= WITH_OTHERS for step in old.steps):
        return "the file is with an agency or a court"
    return ""


def _first(case: Case, ladder: Ladder, as_of: datetime) -> Foreseen | None:
    return next(iter(forecast(case, ladder, as_of)), None)
