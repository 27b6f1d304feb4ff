"""Who is treated outside the policy: holds, waived steps, own ladders; since when, by whom."""

from datetime import UTC, date, datetime

import pytest

from policies.hold_form import HoldWords
from policies.staff import Role
from policies.stages import Channel
from storage.hold_deeds import hold_customer, release_customer
from storage.policy_exceptions import exceptions
from storage.skipping import skip_step
from tests.storage.books import NOON, bill, do, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")
MAIL = frozenset({Channel.EMAIL})
TODAY = date(2026, 3, 2)


async def shown(at: datetime = NOON) -> list[tuple[str, str, str, str, date, date | None, str, str]]:
    return [
        (one.way.value, one.what, one.customer_name, one.invoice, one.since, one.until, one.by, one.reason)
        for one in await exceptions(at)
    ]


async def billed() -> None:
    await bill(
        invoice("FA-1", "2026-02-02", 10_000),
        invoice("FA-2", "2026-02-02", 10_000, customer_number="C2", customer_name="Martin SA"),
    )
    await open_cases()


async def test_without_any_exception_everybody_is_treated_as_the_policy_says() -> None:
    await billed()
    assert await shown() == []


async def test_a_hold_is_an_exception_until_it_ends() -> None:
    await billed()
    await hold_customer("C2", "FA-2", HoldWords("waits for a credit note", "manual", "2026-03-10"), "marie", NOON)
    await hold_customer("C1", "", HoldWords("new address sought", "complaint"), "luc", NOON)
    held = ("hold", "complaint", "Dupont SARL", "", TODAY, None, "luc", "new address sought")
    assert await shown() == [
        held,
        ("hold", "manual", "Martin SA", "FA-2", TODAY, date(2026, 3, 10), "marie", "waits for a credit note"),
    ]
    assert await shown(datetime(2026, 3, 11, 12, tzinfo=UTC)) == [held]
    await release_customer("C1", "", "luc", NOON)
    assert [one[2] for one in await shown()] == ["Martin SA"]


async def test_a_step_somebody_waived_is_an_exception_while_the_case_is_open() -> None:
    await billed()
    (case,) = (await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'FA-1'"))[0]
    step = await skip_step(case, "told on the telephone", "marie", NOON, MAIL, Role.ADMIN)
    assert not isinstance(step, list)
    assert await shown() == [
        ("skipped_step", step.id, "Dupont SARL", "FA-1", TODAY, None, "marie", "told on the telephone"),
    ]
    await do("UPDATE cases SET closed_at = :at, outcome = 'paid' WHERE id = :case", at=NOON, case=case)
    assert await shown() == []


async def test_a_ladder_of_ones_own_is_an_exception() -> None:
    await billed()
    await do("UPDATE customer SET policy = 'key-account', recorded_at = :at WHERE number = 'C2'", at=NOON)
    await do("UPDATE invoice SET policy = 'fr-b2b', recorded_at = :at WHERE number = 'FA-1'", at=NOON)
    assert await shown() == [
        ("own_policy", "fr-b2b", "Dupont SARL", "FA-1", TODAY, None, "", ""),
        ("own_policy", "key-account", "Martin SA", "", TODAY, None, "", ""),
    ]
    await do("UPDATE invoice SET paid = total WHERE number = 'FA-1'")
    assert [one[2] for one in await shown()] == ["Martin SA"]


async def test_who_gave_a_customer_its_own_ladder_stands_in_the_journal() -> None:
    from storage import journal
    from storage.session import transaction

    await billed()
    await do("UPDATE customer SET policy = 'key-account' WHERE number = 'C1'")
    ((customer,),) = await rows("SELECT id FROM customer WHERE number = 'C1'")
    async with transaction() as connection:
        facts = {"policy": "key-account", "actor": "anne", "reason": "a friend of the house"}
        await journal.append(connection, "customer", customer, "policy_assigned", facts, NOON)
    assert await shown() == [
        ("own_policy", "key-account", "Dupont SARL", "", TODAY, None, "anne", "a friend of the house"),
    ]
