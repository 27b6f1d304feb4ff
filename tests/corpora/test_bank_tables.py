"""Tables of bank lines that other programs wrote: a mapping is proposed, or the file says what a person must decide."""

from datetime import date
from pathlib import Path

import pytest

from tasks.invoice_mapping import mapping_of
from tasks.propose_mapping import Said, propose
from tasks.read_payments import read_payments

CORPORA = Path(__file__).parents[3] / "shared" / "corpora" / "bank-csv"

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora are not beside the checkout (../shared/corpora)"
)

READ = [
    ("bankstatementparser/sample_statement.csv", "", [(date(2026, 3, 20), 250000, "EUR"), (date(2026, 3, 21), -120000, "EUR")]),
    ("oca/balance.csv", "USD", [(date(2018, 12, 15), -3350, "USD"), (date(2018, 12, 15), 153350, "USD")]),
    ("oca/sample_statement_en.csv", "", [(date(2018, 12, 15), -3350, "USD"), (date(2018, 12, 15), 152500, "EUR")]),
    ("oca/sample_statement_en.xlsx", "", [(date(2018, 12, 15), -3350, "USD"), (date(2018, 12, 15), 152500, "EUR")]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "currency", "lines"), READ)
def test_the_proposed_mapping_reads_its_lines(name: str, currency: str, lines: list[tuple[date, int, str]]) -> None:
    proposal = propose(CORPORA / name, Said(currency=currency))
    assert proposal.questions == ()
    reading = read_payments(CORPORA / name, mapping_of("proposed", proposal.table))
    assert [(one.booked, one.amount, one.currency) for one in reading.records] == lines
    assert reading.problems == []


def test_a_currency_nobody_names_is_asked() -> None:
    assert [one.option for one in propose(CORPORA / "oca/balance.csv", Said()).questions] == ["--currency"]


def test_a_sign_that_contradicts_its_side_is_a_problem_and_no_guess() -> None:
    path = CORPORA / "oca/debit_credit.csv"
    reading = read_payments(path, mapping_of("proposed", propose(path, Said(currency="USD")).table))
    assert [one.amount for one in reading.records] == [-3350]
    assert [(one.line, one.field) for one in reading.problems] == [(3, "Amount")]
