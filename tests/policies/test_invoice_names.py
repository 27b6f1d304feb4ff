"""Which invoices a text names: whole tokens, never a likeness."""

import pytest

from policies.invoice_names import named

NUMBERS = ("FA-2026-0142", "2026", "5928070131", "FA 2026/1", "142", "FA-2026", "12")
KNOWN = {number: frozenset({item}) for item, number in enumerate(NUMBERS, 1)} | {"FA-77": frozenset({8, 9})}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FA-2026-0142", {1}),
        ("VIR DUPONT FACTURE FA-2026-0142, MERCI", {1}),
        ("facture fa-2026-0142.", {1}),
        ("FA 2026/1 ET FA-2026-0142", {1, 4}),
        ("FA-2026-01421", set()),
        ("XFA-2026-0142", set()),
        ("RF-FA-2026-0142", set()),
        ("2026", {2}),
        ("LOYER 2026", set()),
        ("PAIEMENT 5928070131", {3}),
        ("LE 12/142", set()),
        ("FACTURE 142", {5}),
        ("FACTURE 12", set()),
        ("", set()),
        ("  ", set()),
    ],
)
def test_a_text_names_the_invoices_whose_numbers_stand_in_it_whole(text: str, found: set[int]) -> None:
    assert named([text], KNOWN) == found


def test_several_texts_name_what_each_of_them_names() -> None:
    assert named(["12", "FA-2026-0142"], KNOWN) == {1, 7}


def test_an_invoice_in_instalments_is_all_of_them() -> None:
    assert named(["VIR FA-77"], KNOWN) == {8, 9}
