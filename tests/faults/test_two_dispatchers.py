"""Several dispatchers side by side, two of them with stale poll lists, under a rain of wakes."""

from tests.engine.world import World
from tests.faults.books import disagreements, stuck_runs
from tests.faults.races import executed_twice, probe, rain, rivals
from tests.faults.warm import WarmDispatchers

WAKES = 200


def test_whatever_is_woken_whenever_no_case_runs_twice_at_once_and_no_effect_happens_twice(
    world: World, dispatchers: WarmDispatchers
) -> None:
    for number in range(6):
        customer = world.customer(f"C{number}", f"Client {number} SARL")
        world.invoice(customer, f"FA-{number}-0", "2025-12-01", 900_000)  # as far as the formal notice, which is asked
        world.invoice(customer, f"FA-{number}-1", "2026-01-05", 50_000)
    with probe(world.stack), rivals(world.stack) as in_hand:
        assert in_hand >= 12
        dispatchers.start()
        dispatchers.start()
        world.until("2026-01-08", 16)
        world.pay("FA-0-1")
        world.pay("FA-1-1")
        rain(world, WAKES, seed=8)
        world.until("2026-02-10")
        rain(world, WAKES, seed=9)
        world.settle()
        assert executed_twice(world) == []
    assert (disagreements(world), stuck_runs(world)) == ([], [])
    states = {world.case_run(f"FA-{number}-{place}")["state"]["name"] for number in range(6) for place in range(2)}
    assert states == {"Paid", "Suspended", "Waiting"}
