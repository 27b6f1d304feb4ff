"""A transfer as the text of a QR code (EPC069-12): every element in its place, or a reason why there is none."""

from dataclasses import replace

import pytest

from policies.epc_code import NoCode, Transfer, epc_code

ONE = Transfer(
    payee="Atelier Martin", iban="FR76 3000 6000 0112 3456 7890 189", bic="AGRIFRPP", amount=100_000, currency="EUR",
    reference="FA-2025-0142",
)  # fmt: skip


def test_a_transfer_is_written_element_by_element() -> None:
    assert epc_code(ONE) == (
        b"BCD\n002\n2\nSCT\nAGRIFRPP\nAtelier Martin\nFR7630006000011234567890189\nEUR1000.00\n\n\nFA-2025-0142"
    )


def test_the_guideline_s_example_with_an_accent_is_latin_1_without_a_bic() -> None:
    """EPC069-12 v2.1, second example: 103 bytes there, with the amount written EUR12.3."""
    told = Transfer(
        "François D'Alsace S.A.", "FR1420041010050500013M02606", "", 1230, "EUR", "Client:Marie Louise La Lune"
    )
    code = (
        "BCD\n002\n2\nSCT\n\nFrançois D'Alsace S.A.\nFR1420041010050500013M02606\nEUR12.30\n\n\nClient:Marie Louise La Lune"
    ).encode("iso-8859-1")
    assert (epc_code(told), len(code)) == (code, 104)


def test_the_guideline_s_example_of_a_gift_has_its_text_last() -> None:
    """EPC069-12 v2.1, first example, without its purpose code: a debt has none."""
    told = Transfer("Red Cross of Belgium", "BE72000000001616", "BPOTBEB1", 100, "EUR", "Urgency fund")
    assert epc_code(told) == (
        b"BCD\n002\n2\nSCT\nBPOTBEB1\nRed Cross of Belgium\nBE72000000001616\nEUR1.00\n\n\nUrgency fund"
    )


def test_a_creditor_reference_is_the_structured_one_and_ends_the_code() -> None:
    code = epc_code(replace(ONE, reference="RF18 5390 0754 7034"))
    assert isinstance(code, bytes)
    assert code.split(b"\n")[7:] == [b"EUR1000.00", b"", b"RF18539007547034"]
    free = epc_code(replace(ONE, reference="RF19 5390 0754 7034"))
    assert isinstance(free, bytes)
    assert free.split(b"\n")[8:] == [b"", b"", b"RF19 5390 0754 7034"]


def test_letters_latin_1_does_not_have_are_told_in_utf_8() -> None:
    code = epc_code(replace(ONE, payee="Łódź Włókna"))
    assert isinstance(code, bytes)
    assert code.decode("utf-8").split("\n")[2:6] == ["1", "SCT", "AGRIFRPP", "Łódź Włókna"]


def test_without_a_reference_the_code_ends_with_the_amount() -> None:
    code = epc_code(replace(ONE, reference=""))
    assert isinstance(code, bytes)
    assert code.endswith(b"\nEUR1000.00")


def test_a_name_with_a_line_break_adds_no_element_and_a_long_one_is_cut_at_seventy_letters() -> None:
    code = epc_code(replace(ONE, payee="Atelier\nDE89370400440532013000 " + "x" * 80))
    assert isinstance(code, bytes)
    name = ("Atelier DE89370400440532013000 " + "x" * 80)[:70]
    assert code.decode().split("\n")[5:7] == [name, "FR7630006000011234567890189"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"currency": "CHF"}, "a transfer in CHF has no such code; it is for euros"),
        ({"amount": 0}, "the amount must be from 0.01 to 999999999.99 euros"),
        ({"amount": 100_000_000_000}, "the amount must be from 0.01 to 999999999.99 euros"),
        ({"payee": " \n"}, "the payee has no name"),
        ({"iban": ""}, "the account is not an IBAN"),
        ({"iban": "FR7630006000011234567890188"}, "the account is not an IBAN"),
        ({"iban": "BR1800360305000010009795493C1"}, "accounts in BR are outside the euro transfer schemes"),
        ({"iban": "CH9300762011623852957", "bic": ""}, "an account in CH needs the bank's BIC"),
        ({"bic": "AGRIFRP"}, "the BIC has 8 or 11 letters and digits"),
        ({"reference": "x" * 141}, "the reference has more than 140 letters"),
        ({"payee": "東" * 70, "reference": "京" * 140}, "the code would have 695 bytes; 331 are allowed"),
    ],
)
def test_where_a_code_cannot_be_right_there_is_none_and_the_reason_is_said(
    changes: dict[str, str], reason: str
) -> None:
    assert epc_code(replace(ONE, **changes)) == NoCode(reason)  # type: ignore[arg-type]


def test_the_limits_themselves_are_allowed() -> None:
    for one in (
        replace(ONE, amount=1),
        replace(ONE, amount=99_999_999_999),
        replace(ONE, reference="x" * 140),
        replace(ONE, iban="CH9300762011623852957", bic="UBSWCHZH80A"),
    ):
        assert isinstance(epc_code(one), bytes)
