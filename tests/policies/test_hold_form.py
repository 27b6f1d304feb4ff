"""What must be said to put something on hold, and what is refused."""

from datetime import date

import pytest

from policies.facts import DatedAmount, HoldKind
from policies.hold_form import HoldAsked, HoldWords, read_hold
from policies.stages import Channel

TODAY = date(2026, 3, 5)
NONE: frozenset[Channel] = frozenset()


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (HoldWords(), HoldAsked(HoldKind.MANUAL, "held by a person", TODAY, None, NONE, ())),
        (
            HoldWords("checks its books", until="2026-03-20"),
            HoldAsked(HoldKind.MANUAL, "checks its books", TODAY, date(2026, 3, 20), NONE, ()),
        ),
        (HoldWords("wrong price", "dispute"), HoldAsked(HoldKind.DISPUTE, "wrong price", TODAY, None, NONE, ())),
        (
            HoldWords("RJ Nanterre", "insolvency", since="2026-02-20"),
            HoldAsked(HoldKind.INSOLVENCY, "RJ Nanterre", date(2026, 2, 20), None, NONE, ()),
        ),
        (
            HoldWords("by mail of today", "opt-out", channels="sms, email"),
            HoldAsked(
                HoldKind.OPT_OUT, "by mail of today", TODAY, None, frozenset({Channel.SMS, Channel.EMAIL}), ()
            ),
        ),
        (
            HoldWords("three parts", "plan", payments="2027-06-01 = 250; 2026-05-01=500.00\n2026-06-01=0.5"),
            HoldAsked(
                HoldKind.PLAN, "three parts", TODAY, None, NONE,
                (
                    DatedAmount(date(2026, 5, 1), 500_00),
                    DatedAmount(date(2026, 6, 1), 50),
                    DatedAmount(date(2027, 6, 1), 250_00),
                ),
            ),
        ),
        (
            HoldWords("Ms Roy", "promise", until="2026-03-12"),
            HoldAsked(HoldKind.PROMISE, "Ms Roy", TODAY, date(2026, 3, 12), NONE, ()),
        ),
    ],
)  # fmt: skip
def test_a_hold_is_what_was_said(words: HoldWords, asked: HoldAsked) -> None:
    assert read_hold(words, "EUR", TODAY) == asked


NO_DAY = "“soon” is not a date; write it as YYYY-MM-DD, for example 2026-03-12."
NO_PAYMENT = "“500” is no payment; write 2026-05-01=500.00, with a semicolon between payments."


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        (
            HoldWords(kind="moratorium"),
            [
                (
                    "kind",
                    (
                        "“moratorium” is no kind of hold; choose one of: dispute, promise, plan, insolvency, complaint, "
                        "opt_out, in_flight, call_back, manual."
                    ),
                )
            ],
        ),
        (HoldWords(kind="promise"), [("until", "Say until which day: promise without one has no end.")]),
        (HoldWords(kind="in_flight"), [("until", "Say until which day: in flight without one has no end.")]),
        (HoldWords(until="soon"), [("until", NO_DAY)]),
        (
            HoldWords(kind="insolvency", since="2026-03-06"),
            [("since", "2026-03-06 is still to come; today is 2026-03-05.")],
        ),
        (HoldWords(channels="sms"), [("channels", "Channels belong to an opt-out, not to manual.")]),
        (
            HoldWords(kind="opt_out", channels="sms fax"),
            [("channels", "“fax” is no channel; choose of: email, sms, letter, call.")],
        ),
        (
            HoldWords(kind="dispute", payments="2026-05-01=5"),
            [("payments", "Payments belong to a promise or a plan, not to dispute.")],
        ),
        (
            HoldWords(kind="plan", payments="2026-05-01=5", until="2026-05-01"),
            [("until", "Leave it empty where payments are named: each has its day.")],
        ),
        (
            HoldWords(kind="plan", payments="2026-05-01=5; 500; 2026-02-01=5; 2026-05-01=7; 2026-07-01=0"),
            [
                ("payments", NO_PAYMENT),
                ("payments", "“2026-02-01=5” is no payment to come; today is 2026-03-05."),
                ("payments", "“2026-07-01=0” is no payment to come; today is 2026-03-05."),
                ("payments", "Name each day once."),
            ],
        ),
        (
            HoldWords(kind="dispute", interest_until="2026-03-05"),
            [("interest_until", "Interest is stopped by a plan, not by dispute.")],
        ),
        (
            HoldWords(kind="plan", payments="2026-05-01=5", interest_until="now"),
            [("interest_until", "“now” is not a day; write it as YYYY-MM-DD.")],
        ),
        (HoldWords(reason="x" * 2001), [("reason", "At most 2000 characters.")]),
    ],
)
def test_a_hold_that_makes_no_sense_says_why(words: HoldWords, problems: list[tuple[str, str]]) -> None:
    found = read_hold(words, "EUR", TODAY)
    assert isinstance(found, list)
    assert [(one.field, one.reason) for one in found] == problems


def test_amounts_have_the_decimals_of_their_currency_and_one_currency_only() -> None:
    words = HoldWords(kind="plan", payments="2026-05-01=500.5")
    yen, several = read_hold(words, "JPY", TODAY), read_hold(words, None, TODAY)
    assert isinstance(yen, list)
    assert yen[0].reason.startswith("“2026-05-01=500.5” is no payment")
    assert isinstance(several, list)
    assert [one.reason for one in several] == ["The items held are in several currencies: name one invoice."]
