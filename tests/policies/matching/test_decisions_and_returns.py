"""What persons decided, what went back, and what waits."""

from policies.matching.facts import Decided, Decisions, Refused
from policies.matching.match import Remainder, Share
from policies.matching.reasons import Doubt, Gap, Reason, Witness
from policies.matching.verdicts import Part
from tests.policies.matching.builders import NORD_IBAN, PAID, item, line, matches, said

ONE, TWO = item("FA-1001", 31_415), item("FA-1002", 27_182)
NAMED = line(31_415, "FA-1001", "Menuiserie Nord")


def test_a_persons_decision_stands_above_every_rule_and_teaches_the_account() -> None:
    decisions = Decisions(decided={"a": Decided((Part(TWO.id, TWO.payable),))})
    odd = line(20_000, "FA-1001", iban=NORD_IBAN)
    later = line(31_415, "VIR", iban=NORD_IBAN, key="b", value_date=PAID.replace(month=3))
    first, second = matches([ONE, TWO], odd, later, decisions=decisions)
    assert (said(first), first.why.witnesses, first.shares) == (
        ("sure", {TWO.id}),
        (Witness.PERSON,),
        (Share(TWO.id, 20_000),),
    )
    assert said(second) == ("sure", {ONE.id})


def test_a_person_gives_each_invoice_its_share_and_what_is_not_given_stays_unused() -> None:
    parts = (Part(TWO.id, 7_182), Part(ONE.id, 10_000))
    decided = line(20_000, "", "Menuiserie Nord")
    later = line(20_000, "", "Menuiserie Nord", key="b", value_date=PAID.replace(month=3))
    first, second = matches([ONE, TWO], decided, later, decisions=Decisions(decided={"a": Decided(parts)}))
    assert (first.shares, first.remains, first.unused) == (
        (Share(TWO.id, 7_182), Share(ONE.id, 10_000)),
        (Remainder(TWO.id, Gap.SHORT, 20_000), Remainder(ONE.id, Gap.SHORT, 21_415)),
        2_818,
    )
    assert (said(second), second.shares) == (("sure", {TWO.id}), (Share(TWO.id, 20_000),))


def test_what_a_person_lets_go_closes_the_invoice_and_what_he_does_not_stays_open() -> None:
    lets_go, keeps = Decided((Part(ONE.id, 31_000, 415),)), Decided((Part(ONE.id, 31_000),))
    paid = line(31_000, "FA-1001", "Menuiserie Nord")
    rest = line(415, "FA-1001", "Menuiserie Nord", key="b", value_date=PAID.replace(month=3))
    closed = matches([ONE, TWO], paid, rest, decisions=Decisions(decided={"a": lets_go}))
    kept = matches([ONE, TWO], paid, rest, decisions=Decisions(decided={"a": keeps}))
    assert [said(match) for match in (*closed, *kept)] == [
        ("sure", {ONE.id}), ("unknown", set()), ("sure", {ONE.id}), ("sure", {ONE.id}),
    ]  # fmt: skip


def test_a_line_decided_to_pay_no_invoice_leaves_its_money_unused() -> None:
    (match,) = matches([ONE], NAMED, decisions=Decisions(decided={"a": Decided()}))
    assert (said(match), match.unused) == (("sure", set()), 31_415)


def test_what_a_person_refused_is_not_proposed_again() -> None:
    decisions = Decisions(refused={"a": Refused(frozenset({frozenset({ONE.id})}))})
    (match,) = matches([ONE], NAMED, decisions=decisions)
    assert (said(match), ONE.id in match.could_settle) == (("unknown", set()), True)


def test_money_that_went_back_settles_nothing_and_the_next_payment_does() -> None:
    first = line(31_415, "FA-1001", "Menuiserie Nord", key="a", marks=frozenset({"end-to-end E1"}))
    back = line(-31_415, "AC04", key="b", marks=frozenset({"end-to-end E1"}), return_reason="AC04")
    again = line(31_415, "FA-1001", "Menuiserie Nord", key="c")
    found = matches([ONE], first, back, again)
    assert [(match.line, match.why.reason, match.shares) for match in found] == [
        ("a", Reason.RETURNED, ()),
        ("b", Reason.RETURNED, ()),
        ("c", Reason.NAMED, (Share(ONE.id, 31_415),)),
    ]


def test_money_out_pays_no_invoice() -> None:
    (match,) = matches([ONE], line(-31_415, "FA-1001 remboursement"))
    assert (match.why.reason, match.shares, match.could_settle) == (Reason.MONEY_OUT, (), frozenset())


def test_a_credit_note_that_corrects_an_invoice_reduces_it_from_its_day_on() -> None:
    note = item("AV-9001", 11_415, is_credit=True, corrects=frozenset({ONE.id}))
    (match,) = matches([ONE, note], line(20_000, "", "Menuiserie Nord"))
    assert (said(match), match.shares) == (("sure", {ONE.id}), (Share(ONE.id, 20_000),))


def test_an_item_that_a_waiting_line_may_pay_is_not_booked_for_another_by_its_amount() -> None:
    waiting = line(31_415, key="a")
    second = line(31_415, "", "Menuiserie Nord", key="b", value_date=PAID.replace(month=3))
    first, later = matches([ONE], waiting, second)
    assert (said(first)[0], said(later)[0], later.why.doubts) == ("likely", "likely", (Doubt.CLAIMED,))
