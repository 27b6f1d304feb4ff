"""Reminders at due +1, +8, +15 and +30 over a real file, which says of each invoice how many days late it was paid."""

import csv
from collections import defaultdict
from datetime import UTC, date
from pathlib import Path

import pytest

from policies.case import Calendar
from policies.ladder import Ladder
from policies.ladder_file import load_ladder
from policies.play.world import House
from policies.replay.past import PastCustomer
from policies.replay.period import Period
from policies.replay.place import Place
from policies.replay.replay import replay
from policies.replay.replaying import Replay, replayed
from tasks.invoice_mapping import Mapping, load_mapping
from tasks.read_history import customers_of, read_history

FILE = Path(__file__).parents[3] / "shared" / "corpora" / "ar-ibm-late-payments" / "ibm_ar_half_customers.csv"
LADDER = Path(__file__).parents[2] / "docs" / "examples" / "four-reminders.toml"
DAYS = {"after_1": 1, "after_8": 8, "after_15": 15, "after_30": 30}

pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason="the corpora are not beside the checkout (../shared/corpora)"
)


def history() -> list[PastCustomer]:
    mapping = load_mapping("ibm-ar")
    assert isinstance(mapping, Mapping), mapping
    reading = read_history(FILE, mapping)
    assert (len(reading.records), reading.problems) == (1088, [])
    return customers_of(reading.records)


def four_reminders() -> Replay:
    ladder = load_ladder(LADDER.read_bytes(), LADDER.name)
    assert isinstance(ladder, Ladder), ladder
    place = Place(Calendar(UTC))
    return Replay(ladder, Period(date(2012, 1, 1), date(2014, 12, 31)), lambda _: place, House(), plain=True)


def test_an_invoice_that_is_n_days_late_gets_the_reminder_of_day_n_and_no_other_does() -> None:
    """The whole mapping: every invoice with exactly the steps, each on its very day."""
    with FILE.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    expected = {
        row["invoiceNumber"]: {
            step: days for step, days in DAYS.items() if int(row["DaysLate"]) >= days
        } for row in rows
    }  # fmt: skip
    asked, found = four_reminders(), dict[str, dict[str, int]](defaultdict(dict))
    for customer in history():
        due = {one.number: one.due for one in customer.invoices}
        found |= {number: {} for number in due}
        for act in replayed(asked, customer, asked.place(customer)).acts:
            for taken in act.taken:
                assert taken.step not in found[taken.item], f"{taken.item} was reminded twice"
                found[taken.item][taken.step] = (act.on - due[taken.item]).days
    assert found == expected


def test_the_report_counts_the_same() -> None:
    report = replay(history(), four_reminders())
    assert [(one.step, one.count, one.invoices) for one in report.acts] == [
        ("after_1", 401, 401), ("after_8", 206, 206), ("after_15", 95, 95), ("after_30", 5, 5),
    ]  # fmt: skip
    assert (report.invoices, report.acts_on_settled) == (1088, 0)
