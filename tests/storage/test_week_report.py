"""The manager's week: its figures are those of the books, counted here a second time from plain rows."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from policies.dispute_form import DisputeWords
from policies.report_week import ReportWeek
from policies.stages import Channel
from storage.bulk import rows_of
from storage.creditor import ensure_creditor
from storage.dispute_deeds import open_dispute
from storage.session import reading
from storage.week_report import WeekReport, week_report
from storage.week_report_agreed import agreed
from storage.week_report_customers import largest
from storage.week_report_money import money
from storage.week_report_sent import correspondence
from storage.week_report_span import Span
from storage.week_report_waiting import waiting
from tests.storage.books import NOON, bank, bill, do, invoice, line, open_cases
from tests.storage.week_worlds import FIRST, NOW, fill

pytestmark = pytest.mark.usefixtures("database_url")

WEEK = ReportWeek(2026, 47)
LAST = FIRST + timedelta(days=6)
PARIS = ZoneInfo("Europe/Paris")
MAIL = frozenset({Channel.EMAIL})
SEEDS = range(4)
Row = dict[str, Any]


async def table(name: str) -> list[Row]:
    """Every row of a table, as it is."""
    async with reading() as connection:
        return await rows_of(connection, text(f"SELECT * FROM {name} ORDER BY id"), {})


def in_week(at: datetime | None) -> bool:
    return at is not None and FIRST <= at.astimezone(PARIS).date() <= LAST


async def span() -> Span:
    return Span((await ensure_creditor()).id, WEEK, "Europe/Paris", NOW)


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_was_sent_and_what_came_back_are_counted_as_the_rows_say(seed: int) -> None:
    await fill(seed)
    async with reading() as connection:
        found = await correspondence(connection, await span())
    left = [one for one in await table("message") if one["state"] == "confirmed" and in_week(one["handed_at"])]
    counted = Counter((one["kind"], one["stage"], one["channel"]) for one in left)
    sunk = Counter((one["kind"], one["stage"], one["channel"]) for one in left if one["route"] == "sink")
    assert {(one.kind, one.stage, one.channel): (one.count, one.sink) for one in found.sent} == {
        key: (count, sunk[key]) for key, count in counted.items()
    }
    came = [one for one in await table("incoming_message") if in_week(one["received_at"])]
    heard = Counter(one["kind"] for one in came if one["kind"] != "hard_bounce")
    unread = Counter(one["kind"] for one in came if one["read_at"] is None)
    assert {one.kind: (one.count, one.unread) for one in found.heard} == {k: (n, unread[k]) for k, n in heard.items()}


@pytest.mark.parametrize("seed", SEEDS)
async def test_what_waits_on_us_and_for_how_long_are_counted_as_the_rows_say(seed: int) -> None:
    await fill(seed)
    async with reading() as connection:
        found = await waiting(connection, await span())
    asked = await table("question")
    for part, column in ((found.kinds, "kind"), (found.people, "todo")):
        names = {
            one[column]
            for one in asked
            if one["state"] == "open" or (one["state"] == "answered" and in_week(one["ended_at"]))
        }
        assert {one.name for one in part} == names
        for one in part:
            mine = [row for row in asked if row[column] == one.name]
            waits = [row["asked_at"] for row in mine if row["state"] == "open"]
            days = [
                (row["ended_at"] - row["asked_at"]) / timedelta(days=1)
                for row in mine
                if row["state"] == "answered" and in_week(row["ended_at"])
            ]
            assert (one.open, one.oldest, one.answered) == (len(waits), min(waits, default=None), len(days))
            assert one.median_days == (pytest.approx(median(days), abs=0.051) if days else None)
    assert found.all.open == sum(one.open for one in found.kinds) == sum(one.open for one in found.people)


async def test_a_question_that_was_asked_anew_has_waited_since_it_was_first_asked_and_counts_for_who_answered() -> None:
    await fill(1)
    await do(
        "INSERT INTO question (creditor_id, kind, stage, state, todo, since, asked_at, ended_at) "
        "SELECT id, 'credit', '', 'answered', 'marie', :first, :again, :ended FROM creditor",
        first=NOW - timedelta(days=9), again=NOW - timedelta(days=3), ended=NOW - timedelta(days=2),
    )  # fmt: skip
    await do(
        "WITH a AS (INSERT INTO answer (question_id, actor, door, given, at, role) "
        "SELECT max(id), 'anne', 'desk', '{}', :at, 'manager' FROM question RETURNING id) "
        "INSERT INTO answer_verdict (answer_id, accepted, at) SELECT id, true, :at FROM a",
        at=NOW,
    )
    async with reading() as connection:
        found = await waiting(connection, await span())
    assert [(one.answered, one.median_days) for one in found.kinds if one.name == "credit"] == [(1, 7.0)]
    assert [(one.answered, one.median_days) for one in found.people if one.name == "anne"] == [(1, 7.0)]


@pytest.mark.parametrize("seed", SEEDS)
async def test_money_is_counted_once_after_the_last_step_that_came_before_it(seed: int) -> None:
    await fill(seed)
    async with reading() as connection:
        found = await money(connection, await span())
    invoices = {one["id"]: one for one in await table("invoice")}
    case_of = {one["id"]: one["invoice_id"] for one in await table("cases")}
    steps: dict[int, list[Row]] = defaultdict(list)
    for one in await table("step_done"):
        steps[case_of[one["case_id"]]].append(one)
    sums: Counter[tuple[str, str]] = Counter()
    for one in await table("allocation"):
        if one["kind"] == "payment" and one["undone_at"] is None and FIRST <= one["value_date"] <= LAST:
            before = [
                (step["done_on"], step["id"], step["stage"])
                for step in steps[one["invoice_id"]]
                if step["how"] in ("confirmed", "elsewhere") and step["done_on"] < one["value_date"]
            ]
            stage = max(before)[2] if before else ""
            sums[stage, invoices[one["invoice_id"]]["currency"]] += one["amount"]
    assert {(one.stage, one.currency): one.amount for one in found.received} == dict(sums)
    left: Counter[str] = Counter()
    for one in await table("payment"):
        if FIRST <= one["value_date"] <= LAST and not one["is_pending"] and one["amount"] > one["allocated"]:
            left[one["currency"]] += one["amount"] - one["allocated"]
    assert {one.currency: one.amount for one in found.unplaced} == dict(left)


@pytest.mark.parametrize("seed", SEEDS)
async def test_promises_plans_and_disputes_are_counted_as_the_rows_say(seed: int) -> None:
    await fill(seed)
    async with reading() as connection:
        found = await agreed(connection, await span())
    days: dict[int, list[date]] = defaultdict(list)
    for one in await table("hold_instalment"):
        days[one["hold_id"]].append(one["on_day"])
    holds = await table("hold")
    for kind, told in (("promise", found.promises), ("plan", found.plans)):
        mine = [one for one in holds if one["kind"] == kind]
        due = [
            one
            for one in mine
            if any(FIRST <= day <= LAST for day in days.get(one["id"], [one["until"]]))
            and not (one["word"] is None and one["ended_at"] is not None)
        ]
        words = Counter(one["word"] for one in due)
        assert (told.due, told.kept, told.partly_kept, told.broken, told.unknown) == (
            len(due), words["kept"], words["partly_kept"], words["broken"], words[None],
        )  # fmt: skip
        assert told.made == sum(FIRST <= one["since"] <= LAST for one in mine)
        assert told.standing == sum(one["ended_at"] is None for one in mine)
    disputes = await table("dispute")
    paid = {one["id"] for one in await table("invoice") if one["paid"] >= one["total"]}
    for one in disputes:
        one["waits"] = one["state"] == "open" and one["invoice_id"] not in paid
    for reason in found.disputes:
        mine = [one for one in disputes if (one["reason"], one["currency"]) == (reason.reason, reason.currency)]
        undecided = [one for one in mine if one["waits"]]
        assert reason.opened == sum(FIRST <= one["opened_on"] <= LAST for one in mine)
        assert reason.settled == sum(in_week(one["decided_at"]) for one in mine)
        assert (reason.standing, reason.amount) == (
            len(undecided),
            sum(one["amount"] or one["claimed"] for one in undecided),
        )
    assert {one.reason for one in found.disputes} >= {one["reason"] for one in disputes if one["waits"]}


async def test_a_dispute_of_what_is_paid_or_given_up_waits_for_nobody_in_the_report_either() -> None:
    await bill(*(invoice(f"F{number}", "2026-11-01", 10_000) for number in (1, 2, 3)))
    await open_cases(NOW)
    for number in ("F1", "F2", "F3"):
        done = await open_dispute("C1", number, DisputeWords("price", "40.00"), "marie", NOON)
        assert not isinstance(done, list), done
    await bank(line("F1", 10_000, "2026-11-18"))
    await do(
        "UPDATE cases SET closed_at = :at, outcome = 'written_off' FROM invoice i WHERE i.id = invoice_id AND i.number = 'F2'",
        at=NOON,
    )
    async with reading() as connection:
        found = await agreed(connection, await span())
    assert [(one.reason, one.standing, one.amount) for one in found.disputes] == [("price", 1, 4_000)]


async def test_a_plan_over_three_invoices_is_one_plan_and_one_for_less_is_a_settlement() -> None:
    await bill(*(invoice(f"F{number}", "2026-11-01", 10_000) for number in (1, 2, 3)))
    await open_cases(NOW)
    for kind, ended in (("plan", ""), ("settlement", "lapsed")):
        await do(
            "INSERT INTO agreement (creditor_id, customer_id, kind, currency, state, amount, proposed_at, ended_how) "
            "SELECT creditor_id, id, :kind, 'EUR', 'agreed', 100, :at, :ended FROM customer",
            kind=kind, at=NOON, ended=ended,
        )  # fmt: skip
        await do(
            "INSERT INTO hold (customer_id, case_id, kind, reason, since, until, agreement_id, word, ended_at) "
            "SELECT c.customer_id, c.id, 'plan', '', :on, :on, a.id, CASE WHEN a.ended_how <> '' THEN 'broken' END, "
            "CASE WHEN a.ended_how <> '' THEN CAST(:at AS timestamptz) END FROM cases c, agreement a WHERE a.kind = :kind",
            on=FIRST, at=NOW, kind=kind,
        )  # fmt: skip
    async with reading() as connection:
        found = await agreed(connection, await span())
    assert (found.plans.due, found.plans.unknown, found.plans.standing, found.plans.broken) == (1, 1, 1, 0)
    assert (found.settlements.due, found.settlements.broken, found.settlements.standing) == (1, 1, 0)
    assert [one.kind for one in found.broken] == ["settlement"]


@pytest.mark.parametrize("seed", SEEDS)
async def test_who_owes_most_is_who_owes_most(seed: int) -> None:
    await fill(seed)
    await do(
        "UPDATE cases SET closed_at = opened_at, outcome = 'paid' WHERE closed_at IS NULL"
    )  # their policies are no ladders
    async with reading() as connection:
        found = await largest(connection, await span(), MAIL)
    given_up = {one["invoice_id"] for one in await table("cases") if one["outcome"] == "written_off"}
    customers = {one["id"]: one["number"] for one in await table("customer")}
    owed: Counter[tuple[str, str]] = Counter()
    late: Counter[tuple[str, str]] = Counter()
    for one in await table("invoice"):
        rest, key = one["total"] - one["paid"], (customers[one["customer_id"]], one["currency"])
        if rest > 0 and one["id"] not in given_up:
            owed[key] += rest
            late[key] += rest if one["due"] < NOW.date() else 0
    assert {(one.number, one.currency): (one.open, one.overdue) for one in found} == {
        key: (owed[key], late[key]) for key in owed if late[key]
    }
    assert [one.overdue for one in found if one.currency == "EUR"] == sorted(
        (one.overdue for one in found if one.currency == "EUR"), reverse=True
    )


async def report(week: ReportWeek = WEEK, at: datetime = NOW) -> WeekReport:
    return await week_report(await ensure_creditor(), week, at, MAIL)


async def test_a_week_in_which_nothing_was_done_has_a_report_that_says_so() -> None:
    await ensure_creditor()
    found = await report()
    assert (found.correspondence.sent, found.waiting.kinds, found.money.received, found.customers) == ((), (), (), ())
    assert (found.waiting.all.open, found.agreed.promises.due, found.ahead.acts) == (0, 0, ())
    assert [one.code for one in found.troubles] == ["not_live"]


async def test_the_next_five_days_hold_what_is_forecast_and_the_oldest_invoice_says_what_it_waits_for() -> None:
    await bill(invoice("F1", "2026-02-27", 125_000), invoice("F2", "2026-03-06", 40_000))
    await bank(line("F2", 10_000, "2026-03-02"))
    await open_cases(NOON)
    await do("UPDATE cases SET next_at = :at", at=NOON)
    found = await report(ReportWeek(2026, 9), NOON)
    assert [(one.on.isoformat(), one.stage, one.how, one.count) for one in found.ahead.acts] == [
        ("2026-03-02", "upcoming", "email", 1),
        ("2026-03-02", "courtesy_reminder", "email", 1),
    ]
    [owes] = found.customers
    assert (owes.number, owes.open, owes.overdue, owes.oldest_invoice) == ("C1", 155_000, 125_000, "F1")
    assert owes.next_step == "courtesy_reminder"
    assert owes.says


async def test_the_last_week_of_a_year_with_fifty_three_counts_days_of_both_years() -> None:
    await bill(invoice("F1", "2026-11-27", 125_000))
    await bank(line("F1", 1_000, "2026-12-28"), line("F1", 2_000, "2027-01-03"), line("F1", 4_000, "2027-01-04"))
    found = await report(ReportWeek(2026, 53), datetime(2027, 1, 4, 6, tzinfo=UTC))
    assert [(one.stage, one.amount) for one in found.money.received] == [("", 3_000)]
