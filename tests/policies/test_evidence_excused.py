"""Which letters a file of evidence need not hold, and by which entry."""

from datetime import UTC, datetime

from policies.evidence.journals import excused
from policies.journal_chain import Entry

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def entry(chain: str, place: int, kind: str, facts: dict[str, object]) -> Entry:
    return Entry(chain, place, AT, kind, facts, "", "")


def test_an_erasure_excuses_what_was_written_before_it_in_its_own_journal() -> None:
    entries = (
        entry("case:1", 1, "reserved", {"message": 1, "proof": "a"}),
        entry("case:1", 2, "erased", {"actor": "root"}),
        entry("case:1", 3, "reserved", {"message": 2, "proof": "b"}),
        entry("case:2", 1, "reserved", {"message": 3, "proof": "c"}),
    )
    assert {name: (by.chain, by.place) for name, by in excused(entries).items()} == {"message:1": ("case:1", 2)}


def test_a_message_that_was_stopped_is_excused_by_its_entry() -> None:
    entries = (
        entry("case:1", 1, "reserved", {"message": 1, "proof": "a"}), entry("case:1", 2, "voided", {"message": 1}),
        entry("case:1", 3, "reserved", {"message": 2, "proof": "b"}),
    )  # fmt: skip
    assert {name: by.place for name, by in excused(entries).items()} == {"message:1": 2}
