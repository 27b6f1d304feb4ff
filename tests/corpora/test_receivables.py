"""Two layouts of open invoices from other programs, read whole where they are present."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tasks.cell_values import DateOrder
from tasks.invoice_mapping import Mapping, load_mapping, mapping_of
from tasks.propose_mapping import Said, propose
from tasks.read_invoices import read_invoices
from tasks.read_payments import read_payments

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
IBM = CORPORA / "ar-ibm-late-payments" / "ibm_ar_half_customers.csv"
SAP = CORPORA / "ar-highradius" / "open_invoices_iso_dates.csv"
FILES = [("ibm-ar", IBM, 1088), ("sap-open-items", SAP, 2930)]

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora are not beside the checkout (../shared/corpora)"
)


def mapping(name: str) -> Mapping:
    loaded = load_mapping(name)
    assert isinstance(loaded, Mapping), loaded
    return loaded


@pytest.mark.parametrize(("name", "path", "rows"), FILES)
def test_the_file_is_read_without_a_single_problem(name: str, path: Path, rows: int) -> None:
    reading = read_invoices(path, mapping(name))
    assert (len(reading.records), reading.read, reading.problems, reading.refused) == (rows, rows, [], False)


@pytest.mark.parametrize(("name", "path", "rows"), FILES)
def test_the_file_is_refused_in_every_other_date_order_with_a_row_as_evidence(name: str, path: Path, rows: int) -> None:
    right = mapping(name)
    for order in set(DateOrder) - {right.order}:
        reading = read_invoices(path, replace(right, order=order))
        assert (reading.records, reading.refused, reading.read) == ((), True, rows)
        assert all(problem.line and right.order.value in problem.reason for problem in reading.problems)


def test_what_the_ibm_file_says_was_settled_is_read_as_payments() -> None:
    invoices, payments = read_invoices(IBM, mapping("ibm-ar")), read_payments(IBM, mapping("ibm-ar"))
    assert (len(payments.records), payments.problems) == (1088, [])
    assert sum(each.amount for each in payments.records) == sum(each.total for each in invoices.records)
    first = payments.records[0]
    assert (first.invoices, first.value_date.isoformat(), first.amount) == (("5928070131",), "2012-02-25", 9760)


def test_the_other_file_keeps_its_currencies_and_whole_document_numbers() -> None:
    records = read_invoices(SAP, mapping("sap-open-items")).records
    assert Counter(each.currency for each in records) == {"USD": 2703, "CAD": 227}
    assert records[0].number == "1930571429"
    assert all(each.number.isdigit() for each in records)


def test_a_mapping_is_proposed_for_both_with_the_order_their_dates_prove() -> None:
    proposals = [propose(IBM, Said(currency="USD")), propose(SAP, Said(words={"RV": "invoice"}))]
    assert [proposal.questions for proposal in proposals] == [(), ()]
    assert [proposal.table["values"]["date_order"] for proposal in proposals] == ["D/M/Y", "Y-M-D"]
    readings = [
        read_invoices(path, mapping_of("proposed", one.table)) for path, one in zip((IBM, SAP), proposals, strict=True)
    ]
    assert [(len(one.records), one.problems) for one in readings] == [(1088, []), (2930, [])]
    assert sum(one.total for one in readings[0].records) == sum(
        one.total for one in read_invoices(IBM, mapping("ibm-ar")).records
    )
