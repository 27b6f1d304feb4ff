"""What gives a claim a new life: recorded by people, paid through the bank, or sent as a formal notice."""

from datetime import date

import pytest

from policies.law.limitation_rules import LimitationRule
from policies.limitation import LifeAct
from policies.limitation_warnings import DEAD
from storage.limitation import UNKNOWN, Claim, Life, acts_of, lives
from storage.session import reading
from tests.policies.test_limitation import DE, FR, FR_PUBLIC, A, C, P, W, act, rule
from tests.storage.books import bank, bill, do, invoice, line, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")
DUE = date(2026, 1, 10)


async def one_case() -> int:
    await bill(invoice("F1", "2026-01-10", 100_00))
    await open_cases()
    return int((await rows("SELECT id FROM cases"))[0][0])


async def life_of(case: int, law: LimitationRule | None, warnings: tuple[int, ...] = (90, 30)) -> Life:
    async with reading() as connection:
        return (await lives(connection, {case: Claim(DUE, date(2026, 1, 1), law, warnings)}))[case]


async def acts(case: int) -> tuple[LifeAct, ...]:
    async with reading() as connection:
        return tuple(sorted((await acts_of(connection, [case])).get(case, ())))


async def recorded(case: int, kind: str, on: str) -> None:
    await do(
        "INSERT INTO limitation_act (case_id, kind, on_day, actor, words, at) "
        f"VALUES ({case}, '{kind}', '{on}', 'marie', 'letter', now())"
    )


async def test_without_a_law_nothing_is_known() -> None:
    assert await life_of(await one_case(), None) == UNKNOWN


async def test_what_people_recorded_counts_until_it_is_taken_back() -> None:
    case = await one_case()
    await recorded(case, "acknowledgement", "2027-05-10")
    await recorded(case, "court_act", "2027-06-01")
    assert await acts(case) == (LifeAct(date(2027, 5, 10), A, "letter"), LifeAct(date(2027, 6, 1), C, "letter"))
    assert (await life_of(case, FR)).dies_on == date(2032, 6, 1)
    await do(
        "INSERT INTO limitation_act (case_id, kind, on_day, actor, words, undoes, at) "
        "SELECT case_id, kind, on_day, 'marie', 'dropped', id, now() FROM limitation_act WHERE kind = 'court_act'"
    )
    assert (await life_of(case, FR)).dies_on == date(2032, 5, 10)


async def test_a_part_payment_counts_where_the_law_says_so_from_the_earlier_of_its_days() -> None:
    case = await one_case()
    await bank(line("F1", 30_00, on="2026-02-03", booked=date(2026, 2, 5)))
    assert await acts(case) == (act(P, "2026-02-03"),)
    assert (await life_of(case, rule(6, P))).dies_on == date(2032, 2, 3)
    assert (await life_of(case, DE)).dies_on == date(2029, 12, 31)
    assert (await life_of(case, FR)).dies_on == date(2031, 1, 10)


async def test_a_payment_that_came_back_counts_no_longer() -> None:
    case = await one_case()
    await bank(line("F1", 30_00, on="2026-02-03"))
    await bank(line("F1", -30_00, on="2026-02-10", return_reason="AM04"))
    assert await acts(case) == ()


@pytest.mark.parametrize(
    ("state", "route", "stage", "channel", "counts"),
    [
        ("confirmed", "live", "formal_notice", "email", True),
        ("confirmed", "live", "formal_notice", "letter", True),
        ("confirmed", "sink", "formal_notice", "email", False),  # it reached nobody
        ("ambiguous", "live", "formal_notice", "email", False),
        ("refused", "live", "formal_notice", "email", False),
        ("confirmed", "live", "courtesy_reminder", "email", False),
        ("confirmed", "live", "formal_notice", "sms", False),
    ],
)
async def test_a_formal_notice_that_left_is_a_written_demand(
    state: str, route: str, stage: str, channel: str, counts: bool
) -> None:
    case = await one_case()
    await do(
        "INSERT INTO message (creditor_id, customer_id, currency, stage, window_on, channel, state, route, subject, raw, "
        "calculated_at) SELECT creditor_id, customer_id, 'EUR', "
        f"'{stage}', '2026-02-09', '{channel}', '{state}', '{route}', 'Mise en demeure', '', now() FROM cases"
    )
    await do(
        "INSERT INTO effect (case_id, step, channel, state, route, message_id, changed_at) "
        f"SELECT {case}, '{stage}', '{channel}', '{state}', '{route}', id, '2027-02-09T23:30:00Z' FROM message"
    )
    expected = (LifeAct(date(2027, 2, 10), W, "Mise en demeure"),) if counts else ()  # past midnight in Paris
    assert await acts(case) == expected
    last = date(2031, 12, 31) if counts else date(2030, 12, 31)
    assert (await life_of(case, FR_PUBLIC)).dies_on == last
    assert (await life_of(case, FR)).dies_on == date(2031, 1, 10)


async def test_warnings_are_answered_by_the_latest_question_about_them() -> None:
    case = await one_case()
    await asked(case, "limitation", "answered", "2030-10-20")
    await asked(case, "limitation", "voided", "2031-01-05")
    await asked(case, "approve", "answered", "2031-01-05")
    assert (await life_of(case, FR)).seen == {90}
    await asked(case, "time_barred", "answered", "2031-01-11")
    assert (await life_of(case, FR)).seen == {90, 30, DEAD}
    assert (await life_of(case, rule(6))).seen == frozenset()


async def asked(case: int, kind: str, state: str, on: str) -> None:
    await do(
        "WITH q AS (INSERT INTO question (creditor_id, customer_id, currency, kind, state, asked_at) "
        f"SELECT creditor_id, customer_id, 'EUR', '{kind}', '{state}', '{on}T10:00:00Z' FROM cases RETURNING id) "
        f"INSERT INTO question_case (question_id, case_id, principal) SELECT id, {case}, 10000 FROM q"
    )
