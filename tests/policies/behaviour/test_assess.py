"""How a customer pays: the word, its figures and its sentence."""

from datetime import date
from fractions import Fraction

import pytest

from policies.behaviour.assess import Assessed, assess
from policies.behaviour.exposure import Exposure
from policies.behaviour.history import History, PastItem
from policies.behaviour.scale import Scale
from policies.facts import DatedAmount, DebtorKind
from policies.payer import Payer
from tests.policies.behaviour.customers import AS_OF, paid, still_open

BEFORE, RECENT = ("2025-08-10", "2025-10-10", "2025-12-10"), ("2026-02-10", "2026-04-10", "2026-06-10")
BUSINESS = DebtorKind.BUSINESS


def of(*items: PastItem, **more: object) -> Assessed:
    return assess(BUSINESS, History(items, **more), AS_OF)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("items", "word"),
    [
        ([], Payer.NEW),
        ([paid("2026-02-10", 0), still_open("2026-03-10")], Payer.NEW),
        ([paid(day, 0) for day in BEFORE], Payer.PROMPT),
        ([paid(day, -5) for day in BEFORE + RECENT], Payer.PROMPT),
        ([paid(day, 3) for day in BEFORE + RECENT], Payer.PROMPT),
        ([paid(day, 4) for day in BEFORE + RECENT], Payer.USUAL_SLOW),
        ([paid(day, 20) for day in BEFORE + RECENT], Payer.USUAL_SLOW),
        ([paid(day, 10) for day in BEFORE] + [paid(day, 19) for day in RECENT], Payer.USUAL_SLOW),
        ([paid(day, 10) for day in BEFORE] + [paid(day, 20) for day in RECENT], Payer.WORSENING),
        ([paid(day, 0) for day in BEFORE] + [paid(day, 10) for day in RECENT], Payer.WORSENING),
        ([paid(day, 30) for day in BEFORE] + [paid(day, 0) for day in RECENT], Payer.USUAL_SLOW),
        ([paid(day, 0) for day in BEFORE + RECENT[:2]] + [paid(RECENT[2], 20)], Payer.PROMPT),
        ([paid(day, 0) for day in BEFORE + RECENT[1:]] + [paid(RECENT[0], 60)], Payer.USUAL_SLOW),
        ([paid(BEFORE[0], 0), *(paid(day, 40) for day in RECENT)], Payer.USUAL_SLOW),
    ],
    ids=[
        "nothing is known", "two items are too few", "on time", "before the day", "within the tolerance",
        "every item late", "late as ever", "nine days later than before", "ten days later than before",
        "never late before", "better than it was",
        "one slip", "one grave slip is no trend", "one item before is no half",
    ],
)  # fmt: skip
def test_the_word_is_that_of_the_last_twelve_months(items: list[PastItem], word: Payer) -> None:
    assert of(*items).payer is word


def test_a_consumer_is_never_scored() -> None:
    history = History(tuple(paid(day, 20) for day in BEFORE + RECENT))
    assert assess(DebtorKind.CONSUMER, history, AS_OF) == Assessed(
        None, "Consumers are never scored (CNIL deliberation 2021-130)."
    )


def test_the_reason_tells_the_figures_a_person_can_check() -> None:
    items = [paid(day, 10) for day in BEFORE] + [paid(day, 20, 300_000) for day in RECENT]
    assert of(*items).because == (
        "Worsening: 17.5 days late on average, weighted by amount, over 6 items since 2025-07-01; 6 later than 3 "
        "days (100 %); the last six months 20.0 days (3 items), the six before 10.0 days (3 items)."
    )


def test_a_new_customer_is_told_with_the_number_that_is_missing() -> None:
    assert of(paid("2026-02-10", 0)).because == "New: 1 item fell due since 2025-07-01, fewer than 3."


def test_days_late_are_weighted_by_amount() -> None:
    found = of(paid("2026-02-10", 30, 10_000), paid("2026-03-10", 0, 90_000), paid("2026-04-10", 0, 100_000)).figures
    assert found is not None
    assert found.days_late == Fraction(30 * 10_000, 200_000)


def test_each_part_of_an_item_is_as_late_as_its_own_payment() -> None:
    halves = (DatedAmount(date(2026, 2, 20), 50_000), DatedAmount(date(2026, 3, 12), 50_000))
    found = of(PastItem(date(2026, 2, 10), 100_000, "EUR", halves)).figures
    assert found is not None
    assert found.days_late == 20


def test_what_is_still_open_from_before_is_late_and_told_and_nobody_is_prompt_with_it() -> None:
    items = [paid("2026-02-10", 0), paid("2026-03-10", 0), paid("2026-04-10", 0), still_open("2024-07-01")]
    found = of(*items)
    assert found.figures is not None
    assert (found.figures.known, found.figures.items, found.figures.days_late) == (3, 4, 0)
    assert found.because == (
        "Usual slow: 0.0 days late on average, weighted by amount, over 3 items since 2025-07-01, and 1 item still open "
        "from before; 1 later than 3 days (25 %)."
    )


def test_what_was_settled_and_fell_due_before_the_twelve_months_counts_no_more() -> None:
    found = of(paid("2025-06-30", 90), paid("2025-07-01", 0), paid("2026-03-10", 0), paid("2026-04-10", 0)).figures
    assert found is not None
    assert (found.items, found.days_late) == (3, 0)


def test_what_is_not_due_yet_and_what_was_credited_is_neither_late_nor_on_time() -> None:
    credited = PastItem(date(2026, 2, 10), 50_000, "EUR", credited=(DatedAmount(date(2026, 5, 1), 50_000),))
    found = of(paid("2026-02-10", 0), still_open("2026-07-01"), still_open("2026-09-30"), credited).figures
    assert found is not None
    assert (found.items, found.days_late, found.exposure) == (1, 0, (Exposure("EUR", 200_000, None),))


def test_what_was_written_off_is_late_until_that_day_and_no_longer_open() -> None:
    given_up = PastItem(date(2026, 2, 10), 100_000, "EUR", given_up=date(2026, 4, 11))
    long_ago = PastItem(date(2024, 2, 10), 100_000, "EUR", given_up=date(2026, 6, 11))
    found = of(given_up, long_ago).figures
    assert found is not None
    assert (found.items, found.days_late, found.exposure) == (1, 60, ())


def test_money_that_comes_after_the_day_is_not_known_on_it() -> None:
    assert of(paid("2026-06-01", 60)).figures == of(still_open("2026-06-01")).figures


def test_money_too_much_makes_nothing_earlier() -> None:
    twice = (DatedAmount(date(2026, 2, 1), 80_000), DatedAmount(date(2026, 2, 20), 80_000))
    found = of(PastItem(date(2026, 2, 10), 100_000, "EUR", twice)).figures
    assert found is not None
    assert found.days_late == Fraction(20_000 * 10, 100_000)


def test_sums_never_mix_currencies() -> None:
    found = of(paid("2026-02-10", 30, 1_000_000, "JPY"), paid("2026-03-10", 0), paid("2026-04-10", 0)).figures
    assert found is not None
    assert found.days_late == 10


def test_the_first_lateness_of_twelve_months_is_known_as_one() -> None:
    items = [paid(day, 0) for day in BEFORE + RECENT[:2]]
    first, again = of(*items, paid(RECENT[2], 15)), of(*items, paid(RECENT[2], 15), paid("2026-01-10", 9))
    assert (first.payer, first.is_first_lateness) == (Payer.PROMPT, True)
    assert first.figures is not None
    assert first.figures.first_lateness == date(2026, 6, 10)
    assert again.is_first_lateness is False


def test_an_item_is_the_first_late_one_where_no_other_was_late() -> None:
    items = [paid(day, 0) for day in BEFORE + RECENT[:2]]
    due, other = date(2026, 6, 10), date(2026, 6, 25)
    assert of(*items).is_first_for(other)  # two days after its due date nothing counts as late yet
    late = of(*items, paid(RECENT[2], 15))
    assert (late.is_first_for(due), late.is_first_for(other)) == (True, False)
    assert not of(*items, paid(RECENT[2], 15), paid("2026-01-10", 9)).is_first_for(due)
    assert not of(paid(RECENT[2], 15)).is_first_for(due)  # too little is known


@pytest.mark.parametrize(
    ("broken", "word"),
    [
        ((), Payer.PROMPT),
        ((date(2026, 3, 1),), Payer.USUAL_SLOW),
        ((date(2026, 3, 1), date(2026, 5, 1)), Payer.WORSENING),
        ((date(2025, 9, 1), date(2025, 11, 1), date(2026, 3, 1), date(2026, 5, 1)), Payer.USUAL_SLOW),
        ((date(2024, 9, 1), date(2024, 11, 1), date(2024, 12, 1)), Payer.PROMPT),
    ],
    ids=["none", "one", "two lately", "as often as before", "long ago"],
)
def test_who_breaks_promises_is_not_prompt_and_worsens_when_it_happens_more_often(
    broken: tuple[date, ...], word: Payer
) -> None:
    assert of(*(paid(day, 0) for day in BEFORE + RECENT), broken=broken).payer is word


def test_more_open_than_the_credit_limit_is_told() -> None:
    found = of(*(paid(day, 0) for day in BEFORE), still_open("2026-08-01", 900_000), limits={"EUR": 500_000})
    assert found.because.endswith("9000.00 EUR are open, above the credit limit of 5000.00.")
    assert found.figures is not None
    assert found.figures.exposure == (Exposure("EUR", 900_000, 500_000),)


def test_a_company_draws_the_lines_elsewhere() -> None:
    history = History(tuple(paid(day, 12) for day in BEFORE + RECENT))
    strict = assess(BUSINESS, history, AS_OF, Scale(tolerance=15, prompt_days=12))
    assert (assess(BUSINESS, history, AS_OF).payer, strict.payer) == (Payer.USUAL_SLOW, Payer.PROMPT)
