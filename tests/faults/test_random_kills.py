"""Thirty kills at random moments inside one run of twelve cases: nothing lost, nothing twice, every ladder climbed."""

from tests.engine.world import World
from tests.faults.books import disagreements, stuck_runs
from tests.faults.mayhem import CASES, climb_to_the_end, kill_again_and_again, twelve_cases
from tests.faults.warm import WarmDispatchers

LADDER = [
    "agency", "courtesy_reminder", "follow_up_call", "formal_notice", "legal", "mediation", "second_reminder", "upcoming",
]  # fmt: skip


def test_after_fifteen_kills_sink_and_ledger_agree_and_every_step_is_climbed(
    world: World, dispatchers: WarmDispatchers
) -> None:
    twelve_cases(world)
    kill_again_and_again(world, dispatchers, kills=15, seed=20260108)
    dispatchers.start()
    climb_to_the_end(world)
    assert disagreements(world) == []
    climbed = world.rows("SELECT case_id, array_agg(DISTINCT step ORDER BY step) FROM step_done GROUP BY case_id")
    assert [steps for _, steps in climbed] == [LADDER] * CASES
    assert stuck_runs(world) == []
