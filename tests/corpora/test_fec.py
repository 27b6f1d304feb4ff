"""The FEC others published as a sample is read, or says what keeps its invoice out."""

from pathlib import Path

import pytest

from tasks.fec_lines import is_fec
from tasks.read_fec import read_fec

SAMPLE = Path(__file__).parents[3] / "shared" / "corpora" / "fec" / "123456789FEC20251231_sample.txt"

pytestmark = pytest.mark.skipif(
    not SAMPLE.is_file(), reason="the corpora are not beside the checkout (../shared/corpora)"
)


def test_its_sale_names_no_customer_which_is_told_with_its_line() -> None:
    assert is_fec(SAMPLE)
    reading = read_fec(SAMPLE, {})
    assert (reading.invoices.records, reading.payments) == ((), ())
    assert [(one.line, one.reason) for one in reading.invoices.problems] == [
        (4, "The line names no customer: neither an auxiliary account nor one below 411.")
    ]
