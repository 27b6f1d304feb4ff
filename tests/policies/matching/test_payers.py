"""Lines without a number: who paid, what the amount fits, and when nobody may guess."""

from dataclasses import replace
from datetime import date

import pytest

from policies.discount import Offer
from policies.matching.facts import Customer
from policies.matching.match import Remainder, Share
from policies.matching.names import is_like, words_of
from policies.matching.reasons import Doubt, Gap, Reason, Witness
from tests.policies.matching.builders import CUSTOMERS, NORD, NORD_IBAN, PAID, VAGUE, item, line, matches, said

ONE, TWO, THREE = item("FA-1001", 31_415), item("FA-1002", 27_182), item("FA-1003", 16_180)
MARCH = date(2026, 3, 10)


@pytest.mark.parametrize(
    "printed", ["MENUISERIE NORD", "Nord Menuiserie S.A.R.L.", "SARL MENUISERIE NORD", "MENUISERIENORD"]
)
def test_the_customers_name_with_an_amount_it_owes_once_is_sure(printed: str) -> None:
    (match,) = matches([ONE, TWO], line(27_182, "virement", printed))
    assert (said(match), match.why.reason, match.why.witnesses) == (
        ("sure", {TWO.id}),
        Reason.PAYER_AND_AMOUNT,
        (Witness.AMOUNT, Witness.NAME),
    )


def test_names_are_compared_without_accents_forms_and_umlauts() -> None:
    assert words_of("Müller & Söhne GmbH") == words_of("MUELLER UND SOEHNE") == ("MULLER", "SOHNE")
    assert is_like(words_of("Société Atelier Vague SAS"), words_of("ATELIERS VAGUE"))
    assert not is_like(words_of("Martin Transports"), words_of("Martin Conseil"))


def test_two_customers_of_one_name_are_told_apart_by_an_amount_only_one_owes_and_else_asked() -> None:
    twins = (Customer(1, "C1", "Martin SARL"), Customer(2, "C2", "Martin SAS"))
    hers, his = item("FA-1001", 31_415), item("FA-1002", 27_182, customer=2)
    (alone,) = matches([hers, his], line(27_182, "", "MARTIN"), customers=twins)
    (both,) = matches([hers, replace(his, payable=31_415)], line(31_415, "", "MARTIN"), customers=twins)
    (form,) = matches([hers, replace(his, payable=31_415)], line(31_415, "", "MARTIN SAS"), customers=twins)
    assert (said(alone), said(both)[0], said(form)) == (("sure", {his.id}), "likely", ("sure", {his.id}))


def test_a_name_that_may_be_another_cut_off_is_asked_where_both_owe_the_amount() -> None:
    two = (Customer(1, "C1", "Fontaine Mecanique GmbH"), Customer(2, "C2", "Fontaine Mecanique Rennes SA"))
    short, long = item("FA-1001", 10_000), item("FA-1002", 10_000, customer=2)
    (match,) = matches([short, long], line(10_000, "virement", "Fontaine Mecanique"), customers=two)
    assert (said(match), match.why.doubts) == (("likely", {1001}), (Doubt.SEVERAL_FIT,))


def test_an_account_is_learned_from_a_sure_line_of_an_earlier_day_whatever_the_order_of_arrival() -> None:
    teaches = line(31_415, "FA-1001", iban=NORD_IBAN, key="z")
    later = line(27_182, "VIR", iban=NORD_IBAN, key="a", value_date=MARCH)
    for lines in ((teaches, later), (later, teaches)):
        _, match = matches([ONE, TWO], *lines)
        assert (said(match), match.why.witnesses) == (("sure", {TWO.id}), (Witness.AMOUNT, Witness.IBAN))
    same_day = replace(later, value_date=PAID)
    assert said(matches([ONE, TWO], teaches, same_day)[0]) == ("likely", {TWO.id})


def test_an_account_that_pays_for_several_customers_is_only_a_proposal() -> None:
    shared = (replace(NORD, ibans=(NORD_IBAN,)), replace(VAGUE, ibans=(NORD_IBAN,)))
    (match,) = matches([ONE, item("FA-1002", 27_182, customer=2)], line(27_182, iban=NORD_IBAN), customers=shared)
    assert (said(match), match.why.doubts) == (("likely", {TWO.id}), (Doubt.OTHER_PAYER,))


def test_a_declared_payer_pays_for_its_customer() -> None:
    group = (NORD, replace(VAGUE, payer=1))
    (match,) = matches([item("FA-1002", 27_182, customer=2)], line(27_182, "", "Menuiserie Nord"), customers=group)
    assert said(match) == ("sure", {TWO.id})


def test_account_and_name_that_disagree_are_asked() -> None:
    known = (replace(NORD, ibans=(NORD_IBAN,)), VAGUE)
    (match,) = matches([ONE], line(31_415, "", "ATELIER VAGUE", iban=NORD_IBAN), customers=known)
    assert (said(match), match.why.doubts) == (("likely", {ONE.id}), (Doubt.OTHER_PAYER,))


def test_a_customer_number_tells_the_payer() -> None:
    (match,) = matches([ONE], line(31_415, "client C1001", "UNE BANQUE"))
    assert (said(match), match.why.witnesses) == (("sure", {ONE.id}), (Witness.AMOUNT, Witness.CUSTOMER_NUMBER))


def test_everything_open_the_oldest_and_a_unique_sum_are_sure() -> None:
    items = [ONE, replace(TWO, due=date(2026, 2, 10)), replace(THREE, due=date(2026, 2, 11))]
    found = [matches(items, line(amount, "", "Menuiserie Nord"))[0] for amount in (74_777, 58_597, 47_595)]
    assert [(said(match), match.why.reason) for match in found] == [
        (("sure", {1001, 1002, 1003}), Reason.ALL_OPEN),
        (("sure", {1001, 1002}), Reason.OLDEST),
        (("sure", {1001, 1003}), Reason.SUM),
    ]


def test_two_sets_that_fit_are_asked_with_alternatives() -> None:
    items = [item("FA-1", 10_000), item("FA-2", 20_000), item("FA-3", 30_000)]
    (match,) = matches(items, line(30_000, "", "Menuiserie Nord"))
    assert (said(match), match.why.doubts, [other.shares for other in match.alternatives]) == (
        ("likely", {3}),
        (Doubt.SEVERAL_FIT,),
        [(Share(1, 10_000), Share(2, 20_000))],
    )


def test_credit_notes_are_netted_with_all_that_is_open() -> None:
    note = item("AV-9001", 5_000, is_credit=True)
    (match,) = matches([ONE, TWO, note], line(53_597, "", "Menuiserie Nord"))
    assert (match.sureness, match.shares) == (
        "sure",
        (Share(1001, 31_415), Share(1002, 27_182), Share(9001, -5_000)),
    )


def test_an_amount_alone_is_proposed_only_where_no_other_name_stands() -> None:
    (bare,) = matches([ONE], line(31_415))
    (named,) = matches([ONE], line(31_415, "", "URSSAF"))
    assert (said(bare), said(named), named.could_settle) == (("likely", {ONE.id}), ("unknown", set()), {ONE.id})


def test_a_known_payer_whose_amount_fits_nothing_is_unknown_and_its_items_are_held() -> None:
    (match,) = matches([ONE, TWO], line(9_999, "", "Menuiserie Nord"))
    assert (said(match), match.why.reason, match.could_settle) == (("unknown", set()), Reason.PAYER_ONLY, {1001, 1002})


def test_money_for_another_purpose_and_a_number_of_ours_we_do_not_know_are_asked() -> None:
    (rent,) = matches([ONE], line(31_415, "loyer fevrier", "Menuiserie Nord"))
    (unknown,) = matches([ONE], line(31_415, "FA-7788", "Menuiserie Nord"))
    assert [(said(match)[0], match.why.doubts) for match in (rent, unknown)] == [
        ("likely", (Doubt.OTHER_PURPOSE,)),
        ("likely", (Doubt.UNKNOWN_NUMBER,)),
    ]


def test_an_item_issued_after_the_value_date_counts_only_when_named() -> None:
    later = item("FA-1001", 31_415, issued=MARCH)
    (silent,) = matches([later], line(31_415, "", "Menuiserie Nord"))
    (named,) = matches([later], line(31_415, "FA-1001", "Menuiserie Nord"))
    assert (said(silent)[0], said(named)) == ("unknown", ("sure", {ONE.id}))


@pytest.mark.parametrize(
    ("amount", "gap", "left"),
    [
        (31_413, Gap.ROUNDING, 2),
        (30_000, Gap.BANK_FEE, 1_415),
        (30_787, Gap.CASH_DISCOUNT, 628),
        (20_000, Gap.SHORT, 11_415),
    ],
)
def test_what_remains_of_a_named_item_is_told(amount: int, gap: Gap, left: int) -> None:
    asked = item("FA-1001", 31_415, discounts=(Offer(PAID, 628),))
    (match,) = matches([asked], line(amount, "FA-1001", "Menuiserie Nord"))
    assert (said(match), match.remains) == (("sure", {1001}), (Remainder(1001, gap, left, gap is not Gap.SHORT),))


def test_a_discount_after_its_day_is_short() -> None:
    asked = item("FA-1001", 131_415, discounts=(Offer(date(2026, 2, 19), 12_628),))
    (match,) = matches([asked], line(118_787, "FA-1001", "Menuiserie Nord"))
    assert match.remains == (Remainder(1001, Gap.SHORT, 12_628),)


def test_too_much_is_the_customers_credit() -> None:
    (match,) = matches([ONE], line(40_000, "FA-1001", "Menuiserie Nord"))
    assert (said(match), match.unused) == (("sure", {1001}), 8_585)


def test_too_much_that_would_pay_another_item_is_asked() -> None:
    (match,) = matches([ONE, THREE], line(50_000, "FA-1001", "Menuiserie Nord"))
    assert (said(match), match.why.doubts) == (("likely", {1001}), (Doubt.AMOUNT_FITS_OTHERS,))


def test_a_list_short_of_one_number_is_completed_by_its_amount() -> None:
    (match,) = matches([ONE, TWO, THREE], line(74_777, "FA-1001, FA-1002", "Menuiserie Nord"), customers=CUSTOMERS)
    assert (said(match), match.why.reason) == (("sure", {1001, 1002, 1003}), Reason.NAMED_AND_MORE)


def test_a_bundle_with_a_typing_error_is_made_whole_by_its_sum() -> None:
    (match,) = matches([ONE, TWO], line(58_597, "FA-1001 FA-1020", "Menuiserie Nord"))
    assert said(match) == ("sure", {1001, 1002})


def test_a_group_may_pay_for_any_of_its_companies_and_not_only_for_the_one_called_like_it() -> None:
    agri, branch = Customer(7, "C7", "Agri SARL"), Customer(8, "C8", "Agri Nord SARL")
    owed = [item("FA-1001", 58_100, 7), item("FA-1002", 58_100, 8)]
    (match,) = matches(owed, line(58_100, "", "GROUPE AGRI"), customers=(agri, branch))
    assert (said(match), match.could_settle) == (("unknown", set()), {1001, 1002})
    (alone,) = matches(owed[1:], line(58_100, "", "GROUPE AGRI NORD"), customers=(agri, branch))
    assert said(alone) == ("sure", {1002})
