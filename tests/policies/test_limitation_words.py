"""What staff read about the day a claim dies."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from policies.law.limitation_rules import Interruption, LimitationRule
from policies.limitation import LifeAct, lifetime
from policies.limitation_words import life_notes, life_sentence, what_counts
from tests.policies.test_limitation import BE, DE, FR, FR_PUBLIC, UK, A, C, P, T, W, act, rule

DUE = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("law", "acts", "sentence"),
    [
        (FR, [], "31 Mar 2029, the last day it can be brought to court: 5 years from the due date, 31 Mar 2024"),
        (
            FR,
            [act(A, "2026-05-10")],
            (
                "10 May 2031, the last day it can be brought to court: 5 years from the acknowledgement by the customer of "
                "10 May 2026"
            ),
        ),
        (
            DE,
            [],
            "31 Dec 2027, the last day it can be brought to court: 3 years from the end of 2024, the year it fell due",
        ),
        (
            DE,
            [act(P, "2025-06-01")],
            "1 Jun 2028, the last day it can be brought to court: 3 years from the part payment of 1 Jun 2025",
        ),
        (
            FR_PUBLIC,
            [],
            "31 Dec 2028, the last day it can be brought to court: 4 years from 1 Jan 2025, after the year of the claim",
        ),
        (
            FR_PUBLIC,
            [act(W, "2026-05-10")],
            (
                "31 Dec 2030, the last day it can be brought to court: 4 years from 1 Jan 2027, after the written demand "
                "of payment of 10 May 2026"
            ),
        ),
        (
            replace(rule(5, A, C), extinguishes=True),
            [],
            "31 Mar 2029, after which the debt no longer exists: 5 years from the due date, 31 Mar 2024",
        ),
        (
            FR.as_agreed(8),
            [],
            "31 Mar 2032, the last day it can be brought to court: 8 years as agreed from the due date, 31 Mar 2024",
        ),
        (
            FR.as_agreed(8),
            [act(T, "2026-05-10")],
            "10 May 2036, the last day it can be brought to court: 10 years from the enforceable title of 10 May 2026",
        ),
        (rule(1), [], "31 Mar 2025, the last day it can be brought to court: 1 year from the due date, 31 Mar 2024"),
    ],
)
def test_the_day_is_told_with_what_it_rests_on(law: LimitationRule, acts: Sequence[LifeAct], sentence: str) -> None:
    assert life_sentence(lifetime(law, DUE, acts)) == sentence


def test_acts_that_moved_nothing_are_told_with_the_reason() -> None:
    acts = [act(W, "2025-01-02"), act(C, "2027-12-01"), act(A, "2028-01-01")]
    assert life_notes(lifetime(DE, DUE, acts)) == (
        (
            "The court act of 1 Dec 2027 stops the clock for a time that is not known here; the true last day is later, "
            "ask counsel."
        ),
        (
            "The acknowledgement by the customer of 1 Jan 2028 came after the claim had died; no new life is assumed, ask "
            "counsel."
        ),
        (
            "The written demand of payment of 2 Jan 2025 changes nothing: this law does not count it, or the period runs "
            "longer anyway."
        ),
    )
    assert life_notes(lifetime(DE, DUE, [])) == ()


@pytest.mark.parametrize(
    ("law", "sentence"),
    [
        (
            FR,
            (
                "A new period starts with: acknowledgement by the customer, court act, act of enforcement, enforceable title. "
                "No letter of ours does, not even registered."
            ),
        ),
        (
            DE,
            (
                "A new period starts with: acknowledgement by the customer, part payment, act of enforcement. "
                "The clock stands still for: court act, enforceable title. No letter of ours does, not even registered."
            ),
        ),
        (
            FR_PUBLIC,
            (
                "A new period starts with: acknowledgement by the customer, part payment, written demand of payment. "
                "The clock stands still for: court act, enforceable title."
            ),
        ),
        (
            UK,
            (
                "A new period starts with: acknowledgement by the customer, part payment, court act. "
                "The clock stands still for: enforceable title. No letter of ours does, not even registered."
            ),
        ),
        (
            rule(3),
            (
                "No act is known that would give it a new period. The clock stands still for: court act, "
                "enforceable title."
            ),
        ),
    ],
)
def test_staff_read_what_counts_and_that_letters_do_not(law: LimitationRule, sentence: str) -> None:
    assert what_counts(law) == sentence


def test_a_lawyers_notice_counts_where_the_law_says_so() -> None:
    assert "formal notice by a lawyer or bailiff" in what_counts(BE)
    assert Interruption.LAWYER_NOTICE not in FR.interrupts
