"""An insured invoice: its plan waits for the insurer, who agrees or refuses, the last day for filing the claim is asked about twice,
and the claim leaves to the insurer in time."""

from collections.abc import Callable

import pytest

from flows.forms import decisions
from policies.choices import choices
from policies.insurance_form import PolicyWords
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from storage import doors, insurance_claims, insurance_deeds, questions
from tasks.insurer_claim_words import about_claim
from tests.engine.runs import act
from tests.engine.world import World

PAUL = Signer("paul", Role.MANAGER)
POLICY = PolicyWords(
    "Coface", "P-77", "EUR", "20", "40", "extension", "90", "2025-01-01", extension_clause="art. 7", filing_clause="art. 9",
    email="sinistres@coface.example",
)  # fmt: skip
"""Due on 5 January: payment may be put off to 25 January, a claim is to be filed by 6 March."""


def answer(world: World, kind: QuestionKind, number: str, code: str, **values: str) -> None:
    """Answer the open question of a customer."""
    rows = world.rows(
        "SELECT q.id FROM question q JOIN customer d ON d.id = q.customer_id "
        "WHERE q.kind = :kind AND q.state = 'open' AND d.number = :number",
        kind=kind.value, number=number,
    )  # fmt: skip
    found = world.run(questions.read(rows[0][0]))
    assert found is not None
    place = [one.code for one in choices(kind, None)].index(code)
    given = {"decision": decisions(found)[place], **values}
    assert world.run(doors.answer_directly(rows[0][0], PAUL, "terminal", given)) is None


@pytest.fixture(scope="module")
def weeks(begin: Callable[..., World]) -> World:
    """Monday, 5 January 2026; on Friday the 9th both customers want to pay in February."""
    world = begin("2026-01-05")
    for number in ("K1", "K2"):
        world.invoice(world.customer(number, f"Client {number}"), f"{number}A", "2026-01-05", 100_000)
    assert isinstance(world.run(insurance_deeds.set_policy(POLICY, "paul", world.now())), int)
    for number in ("K1", "K2"):
        done = insurance_deeds.set_cover(number, "5000.00", "2025-01-01", "paul", world.now(), reference="D-1")
        assert not isinstance(world.run(done), list)
    world.until("2026-01-09", 9)
    for number in ("K1", "K2"):
        act(world, "payment-plan", customer=number, payments="2026-02-02=500.00; 2026-02-16=500.00")
    world.until("2026-01-13", 12)
    answer(world, QuestionKind.INSURER_CONSENT, "K1", "granted", date="2026-01-12", note="R-12")
    answer(world, QuestionKind.INSURER_CONSENT, "K2", "refused", note="limit under review")
    world.until("2026-02-02", 9)
    world.pay("K1A", 100_000)
    world.until("2026-02-26", 12)
    proposed = insurance_claims.propose("K2", "", "marie", world.now(), about_claim)
    assert not isinstance(world.run(proposed), list)
    answer(world, QuestionKind.INSURANCE_CLAIM, "K2", "file")
    world.until("2026-02-27", 12)
    return world


def left(world: World, number: str) -> list[tuple[str, str]]:
    """Every message to a customer: the day it left and what it was."""
    return world.rows(
        "SELECT to_char(m.handed_at AT TIME ZONE 'UTC', 'MM-DD'), CASE WHEN m.kind = 'step' THEN m.stage ELSE m.kind END "
        "FROM message m JOIN customer d ON d.id = m.customer_id WHERE d.number = :number "
        "AND m.state = 'confirmed' ORDER BY m.handed_at, m.id",
        number=number,
    )


def asked(world: World, number: str) -> list[tuple[str, str, str]]:
    """Every question about a customer that is not of a step: the day, its kind, what became of it."""
    return world.rows(
        "SELECT to_char(q.asked_at AT TIME ZONE 'UTC', 'MM-DD'), q.kind, q.state FROM question q JOIN customer d ON d.id = q.customer_id "
        "WHERE d.number = :number AND q.kind IN ('deadline', 'insurer_consent') ORDER BY q.asked_at, q.id",
        number=number,
    )


def deadlines(world: World, number: str) -> list[tuple[str, str, str, str]]:
    return world.rows(
        "SELECT x.kind, to_char(x.last_day, 'MM-DD'), x.article, x.state FROM deadline x JOIN customer d ON d.id = x.customer_id "
        "WHERE d.number = :number ORDER BY x.id",
        number=number,
    )


def test_the_plan_the_insurer_agreed_to_is_told_to_the_customer_once_it_has(weeks: World) -> None:
    assert left(weeks, "K1") == [("01-08", "courtesy_reminder"), ("01-13", "plan_agreed")]


def test_the_plan_the_insurer_refused_is_never_told_and_the_ladder_goes_on(weeks: World) -> None:
    assert left(weeks, "K2") == [
        ("01-08", "courtesy_reminder"), ("01-19", "second_reminder"), ("02-26", "insurance_claim"),
    ]  # fmt: skip


def test_the_claim_leaves_to_the_insurer_the_day_a_manager_agrees(weeks: World) -> None:
    assert weeks.rows("SELECT recipient FROM message WHERE kind = 'insurance_claim'") == [("sinistres@coface.example",)]
    assert weeks.rows("SELECT state, to_char(filed_on, 'MM-DD'), amount FROM insurance_claim") == [
        ("filed", "02-26", 100_000)
    ]


def test_the_insurer_is_asked_at_once_and_each_last_day_twice_before_it(weeks: World) -> None:
    assert asked(weeks, "K1") == [
        ("01-09", "insurer_consent", "answered")
    ]  # a day the consent moved is not asked about
    assert asked(weeks, "K2") == [
        ("01-09", "insurer_consent", "answered"),
        ("01-15", "deadline", "voided"),
        ("01-22", "deadline", "voided"),
        ("01-26", "deadline", "open"),
        ("02-04", "deadline", "voided"),
        ("02-24", "deadline", "voided"),
    ]


def test_the_last_days_stand_with_their_clauses_and_go_with_the_payment_or_the_claim(weeks: World) -> None:
    extension = ("insurance_extension", "01-25", "art. 7, policy P-77 (Coface)")
    filing = ("insurance_filing", "03-06", "art. 9, policy P-77 (Coface)")
    agreed = ("insurance_extension", "02-16", "consent of the insurer, policy P-77 (Coface)")
    assert deadlines(weeks, "K1") == [(*extension, "dropped"), (*filing, "dropped"), (*agreed, "dropped")]
    assert deadlines(weeks, "K2") == [(*extension, "standing"), (*filing, "met")]
