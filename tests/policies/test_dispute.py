"""What a dispute takes out of what is demanded, and what is decided about it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.answer_reasons import AnswerReason
from policies.decide import decide
from policies.decisions import Close, Outcome, Wait
from policies.dispute import Dispute, DisputeState, awaited, is_answered, set_aside
from policies.dispute_form import DisputeAsked, DisputeWords, read_dispute
from policies.dispute_reasons import REASON_WORDS, DisputeReason, answer_reason, dispute_reason, reason_named
from policies.dispute_verdict import Decided, Owed, Verdict, decided, in_dispute
from policies.dispute_words import SaidDispute, read_said
from tests.policies.builders import a_case
from tests.policies.test_settled_and_held import NOW, PUNCTUAL

R, S = DisputeReason, DisputeState
TODAY = date(2026, 3, 10)
PART = Dispute(S.OPEN, R.PRICE, date(2026, 3, 5), "marie", amount=400_00)
WHOLE = replace(PART, amount=None)
PROMISED = replace(PART, state=S.ACCEPTED, expected=400_00)
MONEY = st.integers(0, 2_000_00)


@pytest.mark.parametrize(
    ("dispute", "open_amount", "credited", "aside"),
    [
        (None, 1_000_00, 0, 0),
        (PART, 1_000_00, 0, 400_00),
        (PART, 250_00, 0, 250_00),  # 750.00 was paid: the rest came first, then something of what is disputed
        (PART, 0, 0, 0),
        (PART, 850_00, 150_00, 250_00),  # a credit note answers it in part
        (replace(PART, credited_before=150_00), 850_00, 150_00, 400_00),  # that one came before
        (WHOLE, 1_000_00, 0, 0),  # its hold says so
        (PROMISED, 1_000_00, 0, 400_00),
        (PROMISED, 600_00, 400_00, 0),
        (replace(PART, state=S.REJECTED), 1_000_00, 0, 0),
        (replace(PART, state=S.WITHDRAWN), 1_000_00, 0, 0),
        (replace(PART, state=S.ENDED), 1_000_00, 0, 0),
    ],
)
def test_what_is_set_aside(dispute: Dispute | None, open_amount: int, credited: int, aside: int) -> None:
    assert set_aside(dispute, open_amount, credited) == aside


@given(total=MONEY, paid=MONEY, credited=MONEY, amount=st.integers(1, 2_000_00), expected=MONEY)
def test_disputed_demanded_paid_and_credited_are_the_whole(
    total: int, paid: int, credited: int, amount: int, expected: int
) -> None:
    open_amount = total - paid - credited
    for dispute in (replace(PART, amount=amount), replace(PROMISED, expected=expected)):
        aside = set_aside(dispute, open_amount, credited)
        demanded = open_amount - aside
        assert aside + demanded + paid + credited == total
        assert 0 <= aside <= max(open_amount, 0)
        assert max(demanded, 0) <= max(0, open_amount - awaited(dispute, credited))


@given(st.lists(st.tuples(st.sampled_from(["paid", "credited"]), MONEY), max_size=6), st.randoms())
def test_the_order_of_facts_means_nothing(facts: list[tuple[str, int]], chance: object) -> None:
    """What is set aside is told by what stands, not by what came first: money, notes, or the decision."""
    shuffled = sorted(facts, key=lambda _: chance.random())  # type: ignore[attr-defined]
    for one in (PART, PROMISED):
        sums = [{name: sum(amount for kind, amount in them if kind == name) for name in ("paid", "credited")} for them in (facts, shuffled)]  # fmt: skip
        found = {set_aside(one, 1_000_00 - each["paid"] - each["credited"], each["credited"]) for each in sums}
        assert len(found) == 1


@given(before=MONEY, after=MONEY)
def test_a_note_before_the_decision_counts_as_one_after_it(before: int, after: int) -> None:
    """The decision sets what is expected since the dispute was opened; when the note came means nothing."""
    owed = Owed(1_000_00 - before, before, "EUR")
    accepted = decided(PART, Verdict.ACCEPT, None, owed, TODAY, None)
    assert isinstance(accepted, Decided)
    early = replace(PART, state=accepted.state, expected=accepted.expected)
    assert awaited(early, before + after) == awaited(PROMISED, before + after)


def test_a_promised_note_is_answered_when_it_has_come() -> None:
    assert not is_answered(PROMISED, 399_99)
    assert is_answered(PROMISED, 400_00)


def test_a_case_whose_rest_is_paid_waits_for_the_dispute_and_does_not_close() -> None:
    case = a_case(principal=0, paid=60_000, original=100_000, set_aside=40_000, dispute=PART)
    decision = decide(case, PUNCTUAL, NOW)
    assert isinstance(decision, Wait)
    assert decision.until is None
    assert dict(decision.because.facts) == {
        "hold": "dispute", "reason": "400.00 EUR disputed: price", "owner": "marie"
    }  # fmt: skip
    awaiting = decide(replace(case, dispute=PROMISED), PUNCTUAL, NOW)
    assert dict(awaiting.because.facts)["reason"] == "a credit note of 400.00 EUR is awaited"


def test_a_case_with_something_left_to_demand_goes_on() -> None:
    case = a_case(principal=60_000, original=100_000, set_aside=40_000, dispute=PART)
    plain = a_case(principal=60_000, original=60_000)
    assert decide(case, PUNCTUAL, NOW).__class__ is decide(plain, PUNCTUAL, NOW).__class__
    assert (case.open, case.disputed, plain.disputed) == (100_000, True, False)


def test_a_case_closes_when_the_disputed_part_is_credited() -> None:
    case = a_case(principal=0, paid=60_000, credited=40_000, original=100_000, dispute=PROMISED)
    assert decide(case, PUNCTUAL, NOW).__class__ is Close
    whole = decide(a_case(principal=0, credited=100_000, original=100_000, dispute=PROMISED), PUNCTUAL, NOW)
    assert isinstance(whole, Close)
    assert whole.outcome is Outcome.CREDITED


@pytest.mark.parametrize(
    ("dispute", "verdict", "amount", "after"),
    [
        (PART, Verdict.ACCEPT, None, Decided(S.ACCEPTED, 400_00, date(2026, 3, 24))),
        (WHOLE, Verdict.ACCEPT, None, Decided(S.ACCEPTED, 1_000_00, date(2026, 3, 24))),
        (PART, Verdict.ACCEPT_PART, 150_00, Decided(S.ACCEPTED, 150_00, date(2026, 3, 24))),
        (WHOLE, Verdict.ACCEPT_PART, 150_00, Decided(S.ACCEPTED, 150_00, date(2026, 3, 24))),
        (PART, Verdict.REJECT, None, Decided(S.REJECTED, 0, None)),
        (PROMISED, Verdict.REJECT, None, Decided(S.REJECTED, 0, None)),
        (PART, Verdict.WITHDRAWN, None, Decided(S.WITHDRAWN, 0, None)),
        (PART, Verdict.LATER, None, Decided(S.OPEN, 0, date(2026, 3, 20))),
        (PROMISED, Verdict.LATER, None, Decided(S.ACCEPTED, 400_00, date(2026, 3, 20))),
    ],
)
def test_what_becomes_of_it(dispute: Dispute, verdict: Verdict, amount: int | None, after: Decided) -> None:
    on = date(2026, 3, 20) if verdict is Verdict.LATER else None
    assert decided(dispute, verdict, amount, Owed(1_000_00, 0, "EUR"), TODAY, on) == after


@pytest.mark.parametrize("amount", [None, 0, 400_00, 500_00])
def test_a_part_that_is_no_part_is_refused_in_a_sentence(amount: int | None) -> None:
    assert decided(PART, Verdict.ACCEPT_PART, amount, Owed(1_000_00, 0, "EUR"), TODAY, None) == (
        "amount: Say what is accepted of the 400.00 EUR in dispute: more than nothing, and less than all of it."
    )


def test_what_a_dispute_is_about() -> None:
    owed = Owed(1_000_00, 0, "EUR")
    assert (in_dispute(PART, owed), in_dispute(WHOLE, owed), in_dispute(PROMISED, owed)) == (400_00, 1_000_00, 400_00)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("price 400.00: the old list was agreed", SaidDispute(R.PRICE, 400_00, "the old list was agreed")),
        ("400,00 EUR price: x", SaidDispute(R.PRICE, 400_00, "x")),
        ("Prix 12,50 : trop cher", SaidDispute(R.PRICE, 12_50, "trop cher")),
        ("400: no delivery note", SaidDispute(R.OTHER, 400_00, "no delivery note")),
        ("14:30 he says all of it is wrong", SaidDispute(R.OTHER, None, "14:30 he says all of it is wrong")),
        ("damaged_or_wrong: two boxes", SaidDispute(R.DAMAGED, None, "two boxes")),
        ("quantity", SaidDispute(R.QUANTITY, None, "quantity")),
        ("Disputes the invoice", SaidDispute(R.OTHER, None, "Disputes the invoice")),
        ("invoice 412: we never ordered it", SaidDispute(R.OTHER, None, "invoice 412: we never ordered it")),
        ("price 400.123: x", SaidDispute(R.PRICE, None, "x")),
    ],
)
def test_a_reason_and_an_amount_stand_before_a_colon(words: str, said: SaidDispute) -> None:
    assert read_said(words, "EUR") == said


def test_every_reason_has_words_in_both_languages_and_is_known_by_them() -> None:
    for words in REASON_WORDS.values():
        assert [reason_named(words[one]) for one in R] == list(R)
    assert [reason_named(one.value) for one in R] == list(R)


def test_reasons_of_disputes_and_of_late_payment_are_one_another() -> None:
    assert answer_reason(R.ALREADY_PAID) is AnswerReason.PAID
    assert answer_reason(R.QUALITY) is AnswerReason.DISAGREES
    assert dispute_reason(AnswerReason.PAPERS_MISSING) is R.NO_ORDER_REFERENCE
    assert dispute_reason(AnswerReason.DISAGREES) is R.OTHER


def test_a_dispute_written_down_is_read_or_told_what_is_wrong() -> None:
    good = read_dispute(DisputeWords("price", "400.00", deadline="2026-03-20"), 1_000_00, "EUR", TODAY)
    assert good == DisputeAsked(R.PRICE, 400_00, date(2026, 3, 20))
    wrong = read_dispute(DisputeWords("weather", "1200", deadline="2026-03-01"), 1_000_00, "EUR", TODAY)
    assert isinstance(wrong, list)
    assert [one.field for one in wrong] == ["reason", "amount", "deadline"]
