"""Invoice numbers and references in a line: what names an item, and what only looks as if it did."""

import pytest

from policies.matching.check_digits import is_belgian, is_creditor_reference, is_finnish, is_norwegian, is_swiss
from policies.matching.reasons import Doubt, Reason, Witness
from tests.policies.matching.builders import VAGUE_IBAN, item, line, matches, said

FA = item("FA-2026-0142", 125_000)
FA_ID = FA.id


@pytest.mark.parametrize(
    "text",
    [
        "FA-2026-0142",
        "FA20260142",
        "fa 2026 0142",
        "Facture n° FA/2026/0142 merci",
        "FACTURE2026-0142",
        "VIR 2026-0142 DU 05/11/2026",
        "EREF+NOTPROVIDEDSVWZ+FA-2026-0142",
        "FA-2026-0142-REGLEMENT",
    ],
)
def test_a_number_is_recognised_however_it_is_parted_and_with_the_amount_it_is_sure(text: str) -> None:
    (match,) = matches([FA], line(125_000, text))
    assert (said(match), match.why.witnesses) == (("sure", {FA_ID}), (Witness.AMOUNT, Witness.NUMBER))


@pytest.mark.parametrize(
    "text",
    ["FA-2026-01421", "9FA-2026-0142", "CM-2026-0142", "FA-2026-0142-7", "120260142", "tel 02 20 26 01 42", "2026"],
)
def test_a_number_inside_something_longer_or_of_another_series_names_nothing(text: str) -> None:
    (match,) = matches([FA], line(90_000, text))
    assert said(match) == ("unknown", set())


def test_a_number_without_amount_or_payer_has_no_second_witness_and_is_proposed() -> None:
    (match,) = matches([FA], line(90_000, "FA-2026-0142", "Comptoir Inconnu"))
    assert (said(match), match.why.doubts) == (("likely", {FA_ID}), (Doubt.NO_SECOND_WITNESS,))


def test_a_part_payment_by_number_from_the_customer_itself_is_sure() -> None:
    (match,) = matches([FA], line(90_000, "FA-2026-0142", "MENUISERIE NORD"))
    assert (said(match), [(one.item, one.amount) for one in match.shares]) == (("sure", {FA_ID}), [(FA_ID, 90_000)])


@pytest.mark.parametrize("text", ["FA-2026-0124", "FA-2026-142", "FA-2026-01422", "FA-2O26-O142", "FB-2026-0142"])
def test_a_typing_error_counts_with_the_amount_that_nobody_else_owes(text: str) -> None:
    (match,) = matches([FA], line(125_000, text))
    assert (said(match), Witness.NEAR_NUMBER in match.why.witnesses) == (("sure", {FA_ID}), True)


def test_a_typing_error_without_the_amount_is_not_booked() -> None:
    (match,) = matches([FA], line(90_000, "FA-2026-0124", "Menuiserie Nord"))
    assert (said(match), match.why.doubts) == (("likely", {FA_ID}), (Doubt.AMOUNT_DIFFERS,))


def test_a_wrong_digit_that_names_a_neighbours_invoice_is_put_right_by_payer_and_amount() -> None:
    neighbour = item("FA-2026-0143", 70_000, customer=2)
    (match,) = matches([FA, neighbour], line(125_000, "FA-2026-0143", "MENUISERIE NORD SARL"))
    assert said(match) == ("sure", {FA_ID})


def test_a_neighbours_number_with_the_same_amount_is_asked() -> None:
    neighbour = item("FA-2026-0143", 125_000, customer=2)
    (match,) = matches([FA, neighbour], line(125_000, "FA-2026-0143", "MENUISERIE NORD SARL"))
    assert said(match)[0] == "likely"
    assert {frozenset(share.item for share in other.shares) for other in match.alternatives} == {frozenset({FA_ID})}


def test_the_payers_own_voucher_that_looks_like_our_number_is_not_booked() -> None:
    stranger = item("FA-2026-0977", 33_000, customer=2)
    (match,) = matches([FA, stranger], line(125_000, "FA-2026-0977", "MENUISERIE NORD SARL"))
    assert said(match) == ("likely", {FA_ID})


def test_last_digits_need_payer_and_amount() -> None:
    (sure,) = matches([FA], line(125_000, "fact 0142", "Menuiserie Nord"))
    (alone,) = matches([FA], line(125_000, "fact 0142"))
    assert (said(sure), said(alone)) == (("sure", {FA_ID}), ("likely", {FA_ID}))


def test_years_dates_and_amounts_are_no_numbers() -> None:
    short, day = item("2026", 50_000), item("20261105", 60_000)
    for text in ("paiement 2026", "du 05/11/2026", "1250,00 EUR", "le 20261105"):
        (match,) = matches([short, day], line(45_000, text))
        assert said(match) == ("unknown", set()), text


def test_a_list_may_say_its_series_once() -> None:
    others = [item("FA-2026-0143", 20_000), item("FA-2026-0147", 30_000)]
    (match,) = matches([FA, *others], line(175_000, "FA-2026-0142/0143 et 0147"))
    assert said(match) == ("sure", {FA_ID, *(one.id for one in others)})


def test_a_number_of_another_currency_is_never_crossed() -> None:
    dollars = item("FA-2026-0142", 125_000, currency="USD")
    (match,) = matches([dollars], line(125_000, "FA-2026-0142", "Menuiserie Nord"))
    assert (said(match), match.why.doubts, match.could_settle) == (
        ("unknown", set()),
        (Doubt.OTHER_CURRENCY,),
        {dollars.id},
    )


def test_what_is_paid_twice_is_not_booked_again() -> None:
    first = line(125_000, "FA-2026-0142", "Menuiserie Nord")
    _, again = matches([FA], first, line(125_000, "FA-2026-0142", "Menuiserie Nord", key="b"))
    assert (said(again), again.why.doubts, again.unused) == (("unknown", set()), (Doubt.ALREADY_SETTLED,), 125_000)


def test_a_standing_order_with_an_old_number_is_proposed_for_the_open_invoice() -> None:
    newer = item("FA-2026-0201", 125_000)
    first = line(125_000, "FA-2026-0142", "Menuiserie Nord")
    _, again = matches([FA, newer], first, line(125_000, "FA-2026-0142", "Menuiserie Nord", key="b"))
    assert (said(again), Doubt.ALREADY_SETTLED in again.why.doubts) == (("likely", {newer.id}), True)


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("RF18539007547034", "RF18 5390 0754 7034"),
        ("+++090/9337/55493+++", "***090/9337/55493***"),
        ("+++090/9337/55493+++", "090933755493"),
        ("210000000003139471430009017", "21 00000 00003 13947 14300 09017"),
    ],
)
def test_a_reference_with_check_digits_needs_no_second_witness(given: str, printed: str) -> None:
    (match,) = matches([item("FA-7001", 80_000, references=(given,))], line(50_000, printed, "Quelqu'un"))
    assert (said(match), match.why.witnesses) == (("sure", {7001}), (Witness.REFERENCE,))


def test_a_creditor_reference_made_of_the_number_names_it() -> None:
    (match,) = matches([item("FA20260142", 80_000)], line(50_000, "RF02FA20260142"))
    assert said(match) == ("sure", {20260142})


def test_a_finnish_reference_may_be_printed_in_groups_and_weighs_as_a_number() -> None:
    asked = item("FA-7001", 80_000, references=("1234561",))
    (match,) = matches([asked], line(80_000, "viite 12 34561"))
    assert (said(match), match.why.witnesses) == (("sure", {7001}), (Witness.AMOUNT, Witness.NUMBER))


def test_an_end_to_end_id_we_gave_names_its_invoice() -> None:
    asked = item("FA-7001", 80_000, references=("DD-2026-77-A",))
    (match,) = matches([asked], line(80_000, "PRLV", VAGUE_IBAN, end_to_end_id="DD-2026-77-A"))
    assert (said(match), match.why.reason, Witness.REFERENCE in match.why.witnesses) == (
        ("sure", {7001}),
        Reason.NAMED,
        True,
    )


def test_check_digits_tell_a_right_reference_from_a_mistyped_one() -> None:
    assert [is_creditor_reference(one) for one in ("RF18539007547034", "RF18539007547043")] == [True, False]
    assert [is_belgian(one) for one in ("090933755493", "090933755439")] == [True, False]
    assert [is_swiss(one) for one in ("210000000003139471430009017", "210000000003139471430009071")] == [True, False]
    assert [is_finnish(one) for one in ("1234561", "1234562")] == [True, False]
    assert [is_norwegian(one) for one in ("2345676", "2345675")] == [True, False]
