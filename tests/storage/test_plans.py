"""Replacing a policy: a plan per case, one question, and cases that move once it is approved, or are left and listed."""

from collections.abc import Sequence
from datetime import date, datetime
from importlib.resources import files

import pytest

from policies.choices import choices
from policies.fingerprint import decision_text
from policies.ladder import Ladder
from policies.migration import Move
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.stages import Channel
from storage import clock, doors, pinning, plan_moves, plan_views, plans, questions
from storage.clock import Mode
from storage.creditor import ensure_creditor
from storage.dossier import Dossier, load
from storage.plan_moves import CarriedOut
from storage.plans import Plan, PlanLine
from storage.question_subject import Wording
from storage.session import reading
from tests.engine.staff import MARIE
from tests.storage.books import NOON, bank, bill, do, invoice, line, open_cases, rows, told, woken

pytestmark = pytest.mark.usefixtures("database_url")
MAIL = frozenset({Channel.EMAIL})
SHIPPED = files("policies").joinpath("ladders", "fr-b2b.toml").read_text(encoding="utf-8")
GENTLE = SHIPPED.replace('id = "fr-b2b"', 'id = "gentle"').replace("offset = 12", "offset = 20")


def describe(plan: int, old: Ladder, new: Ladder, lines: Sequence[PlanLine]) -> Wording:
    return Wording(f"Replace {old.id} by {new.id}", "Table", f"{len(lines)} cases")


async def pinned(text: str = GENTLE, at: datetime = NOON) -> Ladder:
    found = await pinning.pin_file(text.encode(), "mine.toml", (await ensure_creditor()).id, "anne", at)
    assert isinstance(found, Ladder), found
    return found


async def billed(*numbers: str) -> None:
    """Overdue invoices of a customer each, with a courtesy reminder of 20 February behind them."""
    await bill(
        *(
            invoice(number, "2026-02-10", 10_000, customer_number=f"C-{number}", customer_name=f"Firm {number}")
            for number in numbers
        )
    )
    await open_cases()
    await clock.start(Mode.STEPPED, NOON)
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "SELECT id, 'courtesy_reminder', 'courtesy_reminder', '2026-02-20', 'confirmed' FROM cases"
    )


async def planned(move: Move = Move.RE_ANCHOR, *staying: str) -> Plan:
    creditor = (await ensure_creditor()).id
    found = await plans.write_plan("fr-b2b", "gentle", move, staying, creditor, "anne", NOON, MAIL, describe)
    assert isinstance(found, Plan), found
    return found


async def answered(question: int, code: str, note: str = "") -> str | None:
    found = await questions.read(question)
    assert found is not None
    sentence = next(one.sentence for one in choices(QuestionKind.MIGRATION, None) if one.code == code)
    decision = decision_text(sentence, found.shown_facts, found.fingerprint)
    refusal = await doors.answer_directly(question, MARIE, "terminal", {"decision": decision, "note": note})
    await plan_moves.carry_out(NOON)
    return refusal


async def dossier(number: str) -> Dossier:
    ((case,),) = await rows(
        "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :number", number=number
    )
    async with reading() as connection:
        return (await load(connection, [case], NOON, MAIL))[case]


async def follows() -> list[tuple[str, str, date | None, int]]:
    """Invoice, policy, anchor and what is not counted any more, of every case."""
    found = await rows(
        "SELECT i.number, p.ladder, c.anchor, c.occurrences_before FROM cases c JOIN invoice i ON i.id = c.invoice_id "
        "JOIN policy p ON p.hash = c.policy_hash ORDER BY i.number"
    )
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def test_a_plan_tells_what_each_way_would_send_and_moves_nothing() -> None:
    await billed("FA-1", "FA-2")
    await pinned()
    plan = await planned(Move.RE_ANCHOR, "FA-2")
    assert [(one.invoice, one.move, one.anchor) for one in plan.lines] == [
        ("FA-1", Move.RE_ANCHOR, date(2026, 2, 17)),
        ("FA-2", Move.STAY, None),
    ]
    first = plan.lines[0]
    assert [(act.step, act.on) if act else None for act in (first.stay, first.re_anchor, first.restart)] == [
        ("second_reminder", date(2026, 3, 2)),
        ("second_reminder", date(2026, 3, 9)),
        ("courtesy_reminder", date(2026, 3, 2)),
    ]
    assert await follows() == [("FA-1", "fr-b2b", None, 0), ("FA-2", "fr-b2b", None, 0)]
    assert await woken() == []
    (question,) = await questions.inbox()
    assert (question.id, question.kind, question.title) == (
        plan.question,
        QuestionKind.MIGRATION,
        "Replace fr-b2b by gentle",
    )
    assert (plan.id,) in [(one.id,) for one in await plan_views.list_plans() if one.state == "waits"]


async def test_an_approved_plan_moves_its_cases_which_go_on_from_what_they_reached() -> None:
    await billed("FA-1", "FA-2")
    new = await pinned()
    plan = await planned(Move.RE_ANCHOR, "FA-2")
    assert await answered(plan.question, "move", "agreed with sales") is None
    assert await follows() == [("FA-1", "gentle", date(2026, 2, 17), 0), ("FA-2", "fr-b2b", None, 0)]
    assert await woken() == ["FA-1"]
    moved = await dossier("FA-1")
    assert (moved.ladder.hash, moved.case.anchor_day) == (new.hash, date(2026, 2, 17))
    assert (await told("FA-1"))[-1] == "policy_replaced"
    assert await plan_moves.carried_out(plan.id) == CarriedOut(True, 1, ())
    shown = await plan_views.show_plan(plan.id)
    assert not isinstance(shown, list)
    assert (shown[0].state, shown[0].approved_by) == ("carried out", "marie")
    assert [(one.invoice, one.outcome) for one in shown[1]] == [("FA-1", "moved"), ("FA-2", "stays")]
    assert await rows("SELECT words FROM policy_plan") == [("agreed with sales",)]


async def test_a_case_that_begins_anew_counts_nothing_of_its_former_climb() -> None:
    await billed("FA-1")
    await pinned()
    plan = await planned(Move.RESTART)
    await answered(plan.question, "move")
    assert await follows() == [("FA-1", "gentle", date(2026, 2, 27), 1)]
    case = (await dossier("FA-1")).case
    assert [(one.step, one.how.value, one.occurrence) for one in case.done] == [("upcoming", "passed_over", 1)]
    assert await rows("SELECT step, occurrence FROM step_done ORDER BY id") == [
        ("courtesy_reminder", 1),
        ("upcoming", 2),
    ]


async def test_a_case_that_changed_since_is_left_and_listed() -> None:
    await billed("FA-1", "FA-2", "FA-3")
    await pinned()
    plan = await planned()
    await bank(line("FA-2", 4_000))
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) SELECT c.id, 'second_reminder', 'second_reminder', "
        "'2026-03-02', 'confirmed' FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'FA-3'"
    )
    await answered(plan.question, "move")
    assert await follows() == [
        ("FA-1", "gentle", date(2026, 2, 17), 0),
        ("FA-2", "fr-b2b", None, 0),
        ("FA-3", "fr-b2b", None, 0),
    ]
    assert await plan_moves.carried_out(plan.id) == CarriedOut(True, 1, ("FA-2", "FA-3"))


async def test_a_message_on_its_way_keeps_its_case_where_it_is() -> None:
    await billed("FA-1")
    await pinned()
    plan = await planned()
    await do(
        "INSERT INTO effect (case_id, step, channel, state, route, case_version, amount, currency, changed_at) "
        "SELECT id, 'second_reminder', 'email', 'reserved', 'sink', version, 10000, 'EUR', :at FROM cases",
        at=NOON,
    )
    await answered(plan.question, "move")
    assert await plan_moves.carried_out(plan.id) == CarriedOut(True, 0, ("FA-1",))


async def test_a_plan_that_is_not_approved_moves_nothing() -> None:
    await billed("FA-1")
    await pinned()
    plan = await planned()
    assert await answered(plan.question, "discard") is None
    assert await follows() == [("FA-1", "fr-b2b", None, 0)]
    assert await plan_moves.carried_out(plan.id) == CarriedOut(False, 0, ())
    assert [one.state for one in await plan_views.list_plans()] == ["not approved"]


async def test_the_invoices_of_one_customer_move_together() -> None:
    await bill(invoice("FA-1", "2026-02-10", 10_000), invoice("FA-2", "2026-02-12", 10_000))
    await open_cases()
    await clock.start(Mode.STEPPED, NOON)
    await do(
        "INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, state, asked_at, lead_id) "
        "SELECT creditor_id, customer_id, currency, 'approve', 'formal_notice', 'formal_notice', 'open', :at, id "
        "FROM cases ORDER BY id LIMIT 1",
        at=NOON,
    )
    await do(
        "INSERT INTO question_case (question_id, case_id, principal) SELECT q.id, c.id, 10000 FROM question q, cases c"
    )
    await pinned()
    plan = await planned()
    await answered(plan.question, "move")
    assert [one[1] for one in await follows()] == ["gentle", "gentle"]
    assert await rows("SELECT state, ended_why FROM question WHERE kind = 'approve'") == [
        ("voided", "the policy was replaced")
    ]


async def test_carrying_out_again_moves_nothing_twice() -> None:
    await billed("FA-1")
    await pinned()
    plan = await planned(Move.RESTART)
    await answered(plan.question, "move")
    before = await rows("SELECT * FROM step_done ORDER BY id")
    await plan_moves.carry_out(NOON)
    assert await rows("SELECT * FROM step_done ORDER BY id") == before
    assert (await told("FA-1")).count("policy_replaced") == 1


async def test_a_newer_plan_takes_the_place_of_one_that_waits() -> None:
    await billed("FA-1")
    await pinned()
    older, newer = await planned(), await planned(Move.RESTART)
    assert [one.id for one in await questions.inbox()] == [newer.question]
    assert await rows("SELECT ended_why FROM question WHERE id = :id", id=older.question) == [
        ("a newer plan took its place",)
    ]
    assert await answered(older.question, "move") == f"Question {older.question} is not open. See ./relance inbox."


async def test_what_names_no_policy_or_no_case_is_refused() -> None:
    await billed("FA-1")
    new = await pinned()
    creditor = (await ensure_creditor()).id

    async def refused(old: str, new: str, *staying: str) -> list[str]:
        found = await plans.write_plan(old, new, Move.RE_ANCHOR, staying, creditor, "anne", NOON, MAIL, describe)
        assert isinstance(found, list)
        return [one.reason for one in found]

    assert await refused("gentle", "strict") == [
        "No open case follows “gentle”. See ./relance policy list.",
        "There is no policy “strict”; pin its file first: ./relance policy pin FILE.",
    ]
    assert await refused("fr-b2b", "fr-b2b") == ["fr-b2b and fr-b2b are the same version: nothing would move."]
    assert await refused("fr-b2b", new.hash[:10], "FA-9") == ["FA-9 has no open case that follows fr-b2b."]


async def test_an_id_names_the_version_pinned_last() -> None:
    first = await pinned()
    second = await pinned(GENTLE.replace("offset = 20", "offset = 21"))
    async with reading() as connection:
        newest = await pinning.newest(connection, "gentle")
        by_hash = await pinning.newest(connection, first.hash[:12])
    assert isinstance(newest, Ladder)
    assert isinstance(by_hash, Ladder)
    assert (newest.hash, by_hash.hash) == (second.hash, first.hash)
    await pinned(at=datetime.fromisoformat("2026-03-03T12:00:00+00:00"))
    async with reading() as connection:
        again = await pinning.newest(connection, "gentle")
    assert isinstance(again, Ladder)
    assert again.hash == first.hash


async def test_a_bad_file_is_refused_whole() -> None:
    creditor = (await ensure_creditor()).id
    bad = GENTLE.replace("gap = 4", "gap = -4").encode()
    found = await pinning.pin_file(bad, "mine.toml", creditor, "anne", NOON)
    assert isinstance(found, list)
    assert [isinstance(one, Problem) for one in found] == [True]
    assert await rows("SELECT count(*) FROM policy WHERE ladder = 'gentle'") == [(0,)]
