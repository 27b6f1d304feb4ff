"""Several dispatchers side by side, two of them with stale poll lists, under a rain of wakes."""

from tests.engine.world import World
from tests.faults.books import disagreements, stuck_runs
from tests.faults.races import executed_twice, probe, rain, rivals
from tests.faults.warm import WarmDispatchers

WAKES = 60


def test_whatever_is_woken_whenever_no_case_runs_twice_at_once_and_no_effect_happens_twice(
    world: World, dispatchers: WarmDispatchers
) -> None:
    for number in range(6):
        large, small = (world.customer(f"{size}{number}", f"Client {size}{number} SARL") for size in "LS")
        world.invoice(large, f"FA-L{number}", "2025-12-01", 900_000)  # its formal notice is a question of its own
        world.invoice(small, f"FA-S{number}", "2026-01-05", 50_000)
    with probe(world.stack), rivals(world.stack) as in_hand:
        assert in_hand >= 12
        dispatchers.start()
        dispatchers.start()
        world.until("2026-01-08", 16)
        world.pay("FA-S0")
        world.pay("FA-S1")
        rain(world, WAKES, seed=8)
        world.until("2026-01-27")
        rain(world, WAKES, seed=9)
        world.settle()
        assert executed_twice(world) == []
    assert (disagreements(world), stuck_runs(world)) == ([], [])
    states = {world.case_run(f"FA-{size}{number}")["state"]["name"] for number in range(6) for size in "LS"}
    assert states == {"Paid", "Suspended", "Waiting"}
