"""Once a day a creditor's chains are sealed; whoever rewrites one afterwards is found, even if every hash is made anew."""

from datetime import UTC, date, datetime, timedelta

import pytest
from asyncpg import Connection

from policies.journal_chain import entry_hash
from policies.seals import first_wrong, root_of
from policies.seals import proofs as paths
from storage import journal
from storage.chain_check import broken_chains
from storage.seal_check import seal_faults
from storage.seals import due, looked, seal_day, seals_of, stood
from storage.session import reading, transaction
from tests.storage.books import NOON, bill, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")
PARIS = "Europe/Paris"


async def two_cases() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000), invoice("F2", "2026-02-01", 20_000, customer_number="C2"))
    await open_cases()


async def something(owner: str, id: int, at: datetime = NOON) -> None:
    async with transaction() as connection:
        await journal.append(connection, owner, id, "noted", {"note": 1}, at)


async def words() -> list[str]:
    return [one.words for one in await seal_faults(1)]


async def test_a_day_is_sealed_once_and_covers_every_chain() -> None:
    await two_cases()
    await something("customer", 2)
    made = await seal_day(1, PARIS, NOON)
    assert made is not None
    again = await seal_day(1, PARIS, NOON + timedelta(hours=3))
    async with reading() as connection:
        leaves = await stood(connection, 1, 1)
    assert (made.number, made.on, made.leaves, made.previous, again) == (1, date(2026, 3, 2), 3, "", made)
    assert [(one.chain, one.place) for one in leaves] == [("case:1", 1), ("case:2", 1), ("customer:2", 1)]
    assert {root_of(one, paths(leaves, [one.chain])[one.chain]) for one in leaves} == {made.root}


async def test_a_day_begins_at_midnight_where_the_creditor_is() -> None:
    await two_cases()
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    made = await seal_day(1, PARIS, late)
    assert made is not None
    assert made.on == date(2026, 3, 3)
    await looked(1, PARIS, late)
    assert [await due(late + timedelta(hours=hours)) for hours in (23, 24)] == [(), ((1, PARIS),)]


async def test_missed_days_are_not_made_up_and_a_day_without_news_has_no_seal() -> None:
    await two_cases()
    await seal_day(1, PARIS, NOON)
    quiet = await seal_day(1, PARIS, NOON + timedelta(days=1))
    await something("case", 1)
    later = await seal_day(1, PARIS, NOON + timedelta(days=10))
    kept = [one.seal for one in await seals_of(1)]
    assert quiet is None
    assert [(one.number, one.on, one.leaves) for one in kept] == [(1, date(2026, 3, 2), 2), (2, date(2026, 3, 12), 2)]
    assert (later, first_wrong(kept)) == (kept[-1], None)
    assert await rows("SELECT seal_id, chain, place FROM seal_leaf ORDER BY id") == [
        (1, "case:1", 1), (1, "case:2", 1), (2, "case:1", 2),
    ]  # fmt: skip


async def test_books_that_only_grew_hold_what_was_sealed() -> None:
    await two_cases()
    await seal_day(1, PARIS, NOON)
    await something("case", 1)
    assert await words() == []


async def test_an_entry_rewritten_with_every_hash_after_it_is_found(administrator: Connection) -> None:
    await two_cases()
    await something("case", 1)
    await seal_day(1, PARIS, NOON)
    first, second = await journal.entries("case", 1)
    forged = entry_hash("", 1, first.at, first.kind, {"invoice": 9})
    last = entry_hash(forged, 2, second.at, second.kind, second.facts or {})
    await administrator.execute(
        "UPDATE journal SET facts = '{\"invoice\": 9}', hash = $1 WHERE chain = 'case:1' AND place = 1", forged
    )
    await administrator.execute(
        "UPDATE journal SET previous = $1, hash = $2 WHERE chain = 'case:1' AND place = 2", forged, last
    )
    await administrator.execute("UPDATE cases SET chain_head = $1 WHERE id = 1", last)
    assert journal.first_broken(await journal.entries("case", 1)) is None
    assert await words() == ["Entry 2 of chain case:1, sealed on 2026-03-02 (seal 1), was rewritten since."]


async def test_an_entry_changed_in_its_place_is_found_though_every_head_stands(administrator: Connection) -> None:
    await two_cases()
    await something("case", 1)
    await seal_day(1, PARIS, NOON)
    assert await broken_chains(1) == ()
    await administrator.execute("UPDATE journal SET facts = '{\"invoice\": 9}' WHERE chain = 'case:1' AND place = 1")
    assert await words() == []
    assert await broken_chains(1) == (
        "Entry 1 of chain case:1 does not follow from the one before it: it was altered, or an entry was removed, added or moved.",
    )


async def test_a_chain_said_to_be_empty_is_found_and_an_entry_changed_in_it_too(administrator: Connection) -> None:
    await two_cases()
    await something("case", 1)
    await seal_day(1, PARIS, NOON)
    await administrator.execute("UPDATE cases SET chain_length = 0, chain_head = '' WHERE id = 1")
    await administrator.execute("UPDATE journal SET facts = '{\"invoice\": 9}' WHERE chain = 'case:1' AND place = 1")
    assert await words() == ["The head of chain case:1 is not its entry 0: its last entries were changed or removed."]
    assert await broken_chains(1) == (
        "Entry 1 of chain case:1 does not follow from the one before it: it was altered, or an entry was removed, added or moved.",
    )


async def test_an_entry_that_was_removed_is_found(administrator: Connection) -> None:
    await two_cases()
    await something("case", 1)
    await seal_day(1, PARIS, NOON)
    await administrator.execute("DELETE FROM journal WHERE chain = 'case:1' AND place = 2")
    assert await words() == [
        "Entry 2 of chain case:1, sealed on 2026-03-02 (seal 1), is no longer there.",
        "The head of chain case:1 is not its entry 2: its last entries were changed or removed.",
    ]


async def test_leaves_rewritten_with_the_entries_do_not_help(administrator: Connection) -> None:
    await two_cases()
    await seal_day(1, PARIS, NOON)
    await administrator.execute("UPDATE seal_leaf SET head = 'x' WHERE chain = 'case:1'")
    await administrator.execute("UPDATE journal SET hash = 'x' WHERE chain = 'case:1'")
    await administrator.execute("UPDATE cases SET chain_head = 'x' WHERE id = 1")
    assert await words() == ["Seal 1 does not follow from its leaves and the seal before it: the seals were rewritten."]
