"""The published examples of EPC069-12, drawn and read back byte for byte, in both alphabets."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from policies.epc_code import Transfer, epc_code
from tasks.pay_code import pay_code
from tests.tasks.test_pay_code import decoded

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "epc-qr"
pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpora are not beside the checkout (../shared/corpora)"
)


def examples() -> list[dict[str, Any]]:
    return json.loads((CORPUS / "examples.json").read_text(encoding="utf-8")) if CORPUS.is_dir() else []


def transfer(example: dict[str, Any]) -> Transfer:
    told = example["input"]
    cents = int(Decimal(told["amount"]).scaleb(2))
    return Transfer(told["name"], told["iban"], told.get("bic", ""), cents, "EUR", told["text"])


@pytest.mark.parametrize("example", examples(), ids=lambda one: one["id"])
@pytest.mark.parametrize(("added", "letters", "codec"), [("", "2", "iso-8859-1"), (" Łódź", "1", "utf-8")])
def test_an_example_reads_back_from_its_picture_element_by_element(
    example: dict[str, Any], added: str, letters: str, codec: str
) -> None:
    asked = transfer(example)
    code = epc_code(replace(asked, payee=asked.payee + added))
    assert isinstance(code, bytes)
    picture = pay_code(code, "", "")
    assert picture is not None
    read = decoded(picture.png)
    lines = read.decode(codec).split("\n")
    expected = {int(at): said for at, said in example["expect"]["lines"].items()}
    assert read == code
    assert lines == [
        expected[0], expected[1], letters, expected[3], expected[4], expected[5] + added, expected[6],
        f"EUR{asked.amount / 100:.2f}", expected[8], expected[9], expected[10],
    ]  # fmt: skip
    if not added:  # the example writes the amount with one decimal, which is one byte less
        assert len(code) == example["expect"]["bytes_latin1_with_EUR12_3"] + 1
