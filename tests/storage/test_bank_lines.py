"""A movement books once whatever file tells it; announced lines settle nothing; returns find their payment."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from policies.matching.verdicts import Part, Verdict
from policies.payment_record import PaymentRecord
from storage.match_decisions import decide
from storage.matching_deeds import Placed, book_by_hand, undo
from storage.payments import Booked
from storage.session import transaction as changing
from storage.unmatched import unmatched
from tests.storage.books import NOON, balance, bank, bill, do, invoice, line, refused, rows, standing
from tests.tasks.bank_messages import OURS, camt, entry, read, transaction

pytestmark = pytest.mark.usefixtures("database_url")

ONE = invoice("FA-2601", "2026-02-01", 10_000)
TWO = invoice("FA-2602", "2026-02-15", 5_000)
REFERENCE = "<AcctSvcrRef>B1</AcctSvcrRef>"
PENDING = "<Sts>PDNG</Sts>"


def file(tmp_path: Path, content: str) -> tuple[PaymentRecord, ...]:
    reading = read(tmp_path, content)
    assert not reading.refused, reading.problems
    return reading.records


async def kept() -> list[tuple[object, ...]]:
    return await rows("SELECT text, amount, is_pending, is_replaced FROM payment ORDER BY id")


async def forget() -> None:
    for table in ("line_claim", "line_match", "allocation", "payment", "invoice"):
        await do(f"DELETE FROM {table}")


async def test_intraday_end_of_day_and_notification_book_once(tmp_path: Path) -> None:
    await bill(ONE)
    for kind, new in (("052", 1), ("053", 0), ("054", 0), ("053", 0)):
        lines = file(
            tmp_path, camt(entry("40.00", transaction(says="FA-2601", debtor="Dupont SARL"), more=REFERENCE), kind=kind)
        )
        assert (await bank(*lines)).new == new
    assert await balance() == [("FA-2601", 4_000, 0, 6_000)]


async def test_one_statement_as_mt940_and_as_camt_books_once(tmp_path: Path) -> None:
    swift = (
        ":20:X\n:25:30004/31234567890\n:28C:1\n:60F:C260301EUR0,\n:61:2603030302C40,NTRFNONREF//B1\n:86:FA-2601 DUPONT\n"
        ":62F:C260302EUR40,\n-\n"
    )
    told = camt(entry("40.00", transaction(says="FA-2601", debtor="Dupont SARL"), more=REFERENCE))
    await bill(ONE)
    for order in permutations([swift, told.replace(OURS, "31234567890")]):
        for table in ("line_claim", "line_match", "allocation", "payment"):
            await do(f"DELETE FROM {table}")
        same = [await bank(*file(tmp_path, content.replace("30004/", ""))) for content in order]
        assert [one.new for one in same] == [1, 0]
        assert await rows("SELECT counterparty, text FROM payment") == [("Dupont SARL", "FA-2601")]
    assert await balance() == [("FA-2601", 4_000, 0, 6_000)]


async def test_equal_lines_of_one_statement_are_two_and_the_overlapping_one_adds_none(tmp_path: Path) -> None:
    two = file(tmp_path, camt(entry("40.00", transaction(says="FA-2601", debtor="Dupont SARL")) * 2))
    three = file(
        tmp_path,
        camt(entry("40.00", transaction(says="FA-2601", debtor="Dupont SARL")) * 2 + entry("50.00")).replace(
            "<Id>S1", "<Id>S2"
        ),
    )
    assert [(await bank(*lines)).new for lines in (two, two, three, two)] == [2, 0, 1, 0]


async def test_an_announced_line_settles_nothing_until_it_is_booked(tmp_path: Path) -> None:
    await bill(ONE)
    announced = file(
        tmp_path, camt(entry("40.00", transaction(says="FA-2601", debtor="Dupont SARL"), status=PENDING), kind="052")
    )
    booked = file(tmp_path, camt(entry("40.00", transaction(says="FA-2601", debtor="Dupont SARL"))))
    assert await bank(*announced) == Booked(1, 1, 0, 0, 0, 0, 0, pending=1)
    assert (await balance(), await unmatched()) == ([("FA-2601", 0, 0, 10_000)], ())
    assert await bank(*booked) == Booked(1, 0, 1, 0, 0, 0, 0)
    assert (await balance(), await kept()) == ([("FA-2601", 4_000, 0, 6_000)], [("FA-2601", 4_000, False, False)])
    assert await bank(*announced) == Booked(1, 0, 0, 1, 0, 0, 0)


async def test_the_parts_of_a_collective_entry_count_instead_of_it_in_any_order(tmp_path: Path) -> None:
    parts = transaction("E1", amount="100.00", says="FA-2601") + transaction("E2", amount="50.00", says="FA-2602")
    whole = file(tmp_path, camt(entry("150.00", more=REFERENCE)))
    apart = file(tmp_path, camt(entry("150.00", parts, more=REFERENCE), kind="054"))
    for order in permutations([whole, apart, apart, whole]):
        await forget()
        await bill(ONE, TWO)
        for lines in order:
            await bank(*lines)
        assert await balance() == [("FA-2601", 10_000, 0, 0), ("FA-2602", 5_000, 0, 0)]
        assert await unmatched() == ()


async def test_any_order_and_any_repetition_of_the_same_files_gives_the_same_balances(tmp_path: Path) -> None:
    def told(
        kind: str, amount: str, says: str, more: str = "", side: str = "CRDT", status: str = "<Sts>BOOK</Sts>"
    ) -> str:
        details = transaction("E1", amount=amount, says=says, more=more)
        return camt(entry(amount, details, side=side, status=status, more=REFERENCE.replace("1", says[-1])), kind=kind)

    back = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"
    files = [
        file(tmp_path, one) for one in (
            told("052", "100.00", "FA-2601", status=PENDING), told("053", "100.00", "FA-2601"), told("054", "100.00", "FA-2601"),
            told("053", "50.00", "FA-2602"), told("054", "50.00", "RETOUR-3", back, "DBIT"),
            told("053", "50.00", "RETOUR-3", back, "DBIT"),
        )
    ]  # fmt: skip
    dice, found = Random(7), set()
    for _ in range(8):
        await forget()
        order = [*files, *dice.choices(files, k=3)]
        dice.shuffle(order)
        for lines in order[:4]:
            await bank(*lines)
        await bill(ONE, TWO)
        for lines in order[4:]:
            await bank(*lines)
        found.add((tuple(await balance()), tuple(await standing())))
    assert found == {
        ((("FA-2601", 10_000, 0, 0), ("FA-2602", 0, 0, 5_000)), (("FA-2601", "FA-2601", 10_000, date(2026, 3, 3)),))
    }


async def test_a_collective_entry_that_a_person_has_allocated_is_left_alone(tmp_path: Path) -> None:
    await bill(ONE)
    parts = transaction("E1", amount="100.00") + transaction("E2", amount="50.00")
    await bank(*file(tmp_path, camt(entry("150.00", more=REFERENCE))))
    payment, item, creditor = (await rows("SELECT p.id, i.id, i.creditor_id FROM payment p, invoice i"))[0]
    async with changing() as connection:
        await decide(connection, creditor, payment, Verdict.BOOK, [Part(item, 10_000)], "marie", "they called", NOON)
    apart = file(tmp_path, camt(entry("150.00", parts, more=REFERENCE), kind="054"))
    assert [(await bank(*apart)).new for _ in range(2)] == [2, 0]
    assert await kept() == [("", 15_000, False, False), ("", 10_000, False, True), ("", 5_000, False, True)]
    assert [one.left for one in await unmatched()] == [5_000]


async def test_a_collective_entry_whose_allocation_was_taken_back_gives_way_to_its_parts(tmp_path: Path) -> None:
    await bill(ONE)
    parts = transaction("E1", amount="100.00", says="FA-2601") + transaction("E2", amount="50.00")
    await bank(*file(tmp_path, camt(entry("150.00", more=REFERENCE))))
    payment = int((await rows("SELECT id FROM payment"))[0][0])
    assert isinstance(await book_by_hand(payment, ["FA-2601=100.00"], "they called", "marie", NOON), Placed)
    assert isinstance(await undo(payment, "a mistake", "marie", NOON), Placed)
    await bank(*file(tmp_path, camt(entry("150.00", parts, more=REFERENCE), kind="054")))
    assert await kept() == [("", 15_000, False, True), ("FA-2601", 10_000, False, False), ("", 5_000, False, False)]
    assert refused(await book_by_hand(payment, ["FA-2601=100.00"], "they called", "marie", NOON)) == [
        f"Bank line {payment} is a collective entry whose parts are known: name them instead. See ./relance unmatched."
    ]


async def test_a_table_without_an_account_and_the_statement_with_it_book_once(tmp_path: Path) -> None:
    await bill(ONE)
    statement = file(tmp_path, camt(entry("40.00", transaction(says="FA-2601", debtor="Dupont SARL"), more=REFERENCE)))
    table = [replace(record, account="", text="VIR DUPONT FA-2601") for record in statement]
    assert [(await bank(*lines)).new for lines in (table, statement, table, statement)] == [1, 0, 0, 0]
    assert await balance() == [("FA-2601", 4_000, 0, 6_000)]
    assert await rows("SELECT DISTINCT account <> '' FROM payment") == [(True,)]


async def test_an_announced_line_is_not_booked_by_hand(tmp_path: Path) -> None:
    await bill(ONE)
    await bank(*file(tmp_path, camt(entry("40.00", transaction(says="FA-2601"), status=PENDING), kind="052")))
    payment = int((await rows("SELECT id FROM payment"))[0][0])
    assert refused(await book_by_hand(payment, ["FA-2601"], "they called", "marie", NOON)) == [
        f"Bank line {payment} is only announced: it can be booked once a statement says it is there."
    ]
    assert await balance() == [("FA-2601", 0, 0, 10_000)]


async def test_a_return_with_a_fee_undoes_its_payment_and_leaves_nothing_unmatched(tmp_path: Path) -> None:
    await bill(ONE)
    await bank(line("FA-2601", 10_000, end_to_end_id="E1"))
    back = transaction("E1", amount="100.00", more="<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>")
    await bank(*file(tmp_path, camt(entry("103.00", back, side="DBIT"))))
    assert (await balance(), await unmatched()) == ([("FA-2601", 0, 0, 10_000)], ())
    assert await rows("SELECT return_reason, charges FROM payment WHERE amount < 0") == [("AM04", 300)]


async def test_a_rejection_told_in_a_report_and_on_the_statement_undoes_one_payment() -> None:
    await bill(ONE, TWO)
    await bank(
        line("FA-2601", 5_000, end_to_end_id="E1", on="2026-03-01"),
        line("FA-2602", 5_000, end_to_end_id="E1", on="2026-03-02"),
    )
    report = line("AC04", -5_000, on="2026-03-03", end_to_end_id="E1", return_reason="AC04", statement="M1")
    booked = line(
        "RETOUR", -5_000, on="2026-03-05", end_to_end_id="E1", return_reason="AC04", bank_reference="B9", statement="S1"
    )
    assert [(await bank(one)).new for one in (report, booked, report, booked)] == [1, 0, 0, 0]
    assert await balance() == [("FA-2601", 5_000, 0, 5_000), ("FA-2602", 0, 0, 5_000)]


async def test_a_return_without_a_reference_finds_the_only_payment_of_its_mandate_or_payer() -> None:
    await bill(ONE, TWO)
    await bank(
        line("FA-2601", 10_000, mandate="RUM-7", counterparty="X"),
        line("FA-2602", 5_000, iban="FR76", counterparty="Y"),
    )
    await bank(line("IMPAYE", -10_000, on="2026-03-09", mandate="RUM-7", return_reason="MD01", counterparty=""))
    assert await balance() == [("FA-2601", 0, 0, 10_000), ("FA-2602", 5_000, 0, 0)]
    await bank(line("IMPAYE", -5_000, on="2026-03-09", iban="FR76", return_reason="AM04", counterparty="Z"))
    assert await balance() == [("FA-2601", 0, 0, 10_000), ("FA-2602", 0, 0, 5_000)]


async def test_a_return_that_fits_two_payments_or_an_old_one_is_listed_and_undoes_none() -> None:
    await bill(ONE, TWO, invoice("FA-2603", "2026-02-16", 7_000))
    await bank(
        line("FA-2601", 5_000), line("FA-2602", 5_000, on="2026-03-02"),
        line("FA-2603", 7_000, on="2025-12-01", counterparty="ANCIEN"),
    )  # fmt: skip
    await bank(
        line("IMPAYE", -5_000, on="2026-03-09", return_reason="AM04"),
        line("IMPAYE", -7_000, on="2026-03-09", return_reason="AM04", counterparty="ANCIEN"),
        line("LOYER", -5_000, on="2026-03-09"),
    )
    assert await balance() == [("FA-2601", 5_000, 0, 5_000), ("FA-2602", 5_000, 0, 0), ("FA-2603", 7_000, 0, 0)]
    assert sorted(one.left for one in await unmatched()) == [-7_000, -5_000, -5_000]


async def test_money_out_with_the_same_reference_and_nobody_named_undoes_nothing() -> None:
    await bill(ONE)
    await bank(
        line("FA-2601", 10_000, reference="N", counterparty=""), line("LOYER", -4_000, reference="N", counterparty="")
    )
    assert (await balance(), [one.left for one in await unmatched()]) == ([("FA-2601", 10_000, 0, 0)], [-4_000])


async def test_a_refund_gives_back_what_was_too_much_and_leaves_the_invoice_paid() -> None:
    await bill(ONE)
    await bank(line("FA-2601", 12_000), line("REMBOURSEMENT FA-2601", -2_000, on="2026-03-09"))
    assert (await balance(), await unmatched()) == ([("FA-2601", 10_000, 0, 0)], ())


async def test_the_days_and_amounts_of_the_kept_line_are_those_of_its_best_telling() -> None:
    day = date(2026, 3, 2)
    await bank(line("FA-2601", 4_000, bank_reference="B1", on="2026-03-02", statement="S1", invoices=()))
    better = line(
        "FA-2601 DE DUPONT", 4_000, bank_reference="B1", on="2026-03-02", booked=date(2026, 3, 1), statement="S2"
    )
    assert (await bank(better)).changed == 1
    assert await rows("SELECT booked, value_date, text FROM payment") == [(date(2026, 3, 1), day, "FA-2601 DE DUPONT")]
