"""What was exchanged to reach an agreement is found, and nothing else is: that an attempt took place and failed is told."""

from datetime import date

import pytest

from policies.mediation import Attempt, MediationOutcome, StartedBy
from storage.confidential import Confidential, confidential
from storage.mediation_attempts import attempts
from storage.session import reading
from tests.storage.books import bill, do, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")

MEDIATION = """
    INSERT INTO mediation (id, creditor_id, customer_id, route, mediator, started_by, state, proposed_on, proposed_at, outcome,
        ended_on, ended_at, compulsory, words)
    SELECT 5, creditor_id, id, 'conciliation', 'M. Lenoir', 'person', :state, '2026-03-02', '2026-03-02 09:00+00', :outcome,
           CAST(:ended AS date), CAST(:ended AS date) + interval '18 hours', 'art. 750-1 CPC', 'offered half' FROM customer
"""


async def a_mediation(state: str = "ended", outcome: str = "refused", ended: str | None = "2026-03-20") -> int:
    await bill(invoice("FA-1", "2026-01-10", 300_00), invoice("FA-2", "2026-01-12", 100_00))
    await open_cases()
    case = int(
        (await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'FA-1'"))[0][0]
    )
    on = None if ended is None else date.fromisoformat(ended)
    await do(MEDIATION, state=state, outcome=outcome, ended=on)
    await do("INSERT INTO mediation_case (mediation_id, case_id) VALUES (5, :case)", case=case)
    return case


async def note(words: str, at: str) -> None:
    await do(
        f"INSERT INTO note (customer_id, actor, text, at) SELECT id, 'marie', :words, '{at}' FROM customer", words=words
    )


async def kept_back(case: int) -> Confidential:
    async with reading() as connection:
        return await confidential(connection, [case])


async def test_that_an_attempt_took_place_and_failed_is_told_and_nothing_of_what_was_said() -> None:
    case = await a_mediation()
    async with reading() as connection:
        found = await attempts(connection, [case])
    assert found == (
        Attempt(
            5, (case,), "conciliation", "M. Lenoir", StartedBy.PERSON, date(2026, 3, 2), "art. 750-1 CPC",
            date(2026, 3, 20), MediationOutcome.REFUSED,
        ),
    )  # fmt: skip
    assert found[0].failed


@pytest.mark.parametrize(("state", "outcome"), [("drafted", ""), ("ended", "taken_back")])
async def test_what_never_left_or_was_taken_back_is_no_attempt(state: str, outcome: str) -> None:
    case = await a_mediation(state, outcome)
    async with reading() as connection:
        assert await attempts(connection, [case]) == ()


async def test_an_attempt_that_goes_on_has_not_failed() -> None:
    case = await a_mediation("under_way", "", None)
    async with reading() as connection:
        (found,) = await attempts(connection, [case])
    assert (found.ended_on, found.outcome, found.failed) == (None, None, False)


async def test_notes_taken_while_it_went_on_stay_here_and_those_before_and_after_do_not() -> None:
    case = await a_mediation()
    await note("before", "2026-03-01 10:00+00")
    await note("they would pay half", "2026-03-05 10:00+00")
    await note("after", "2026-03-21 10:00+00")
    hidden = (await kept_back(case)).notes
    found = await rows("SELECT text FROM note WHERE id = ANY(:ids)", ids=sorted(hidden))
    assert found == [("they would pay half",)]


async def test_another_customers_and_other_cases_papers_are_not_looked_at() -> None:
    await a_mediation()
    await note("they would pay half", "2026-03-05 10:00+00")
    await bill(invoice("FB-1", "2026-01-10", 300_00, customer_number="C2", customer_name="Martin SA"))
    await open_cases()
    other = int(
        (await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'FB-1'"))[0][0]
    )
    found = await kept_back(other)
    assert found == Confidential()


async def test_offers_are_kept_back_with_what_was_written_while_they_stood() -> None:
    case = await a_mediation()
    await do(
        "INSERT INTO agreement (id, creditor_id, customer_id, kind, currency, state, amount, ended_how, proposed_at) "
        "SELECT 9, creditor_id, id, 'settlement', 'EUR', 'proposed', 20000, '', '2026-04-01 09:00+00' FROM customer"
    )
    await do("INSERT INTO agreement_case (agreement_id, case_id, principal) VALUES (9, :case, 30000)", case=case)
    await note("would take 200", "2026-04-02 10:00+00")
    found = await kept_back(case)
    assert found.agreements == {9}
    assert len(found.notes) == 1
    assert found.hides("agreement_ended_lapsed", {"agreement": 9})
    assert found.hides("answered", {"kind": "settlement"})
    assert not found.hides("agreement_made", {"agreement": 8})
    assert not found.hides("mediation_ended", {"mediation": 5, "outcome": "refused"})


async def test_what_was_written_while_another_invoice_was_mediated_is_kept_back_too() -> None:
    await a_mediation()
    [(other,)] = await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'FA-2'")
    await note("they would pay half", "2026-03-05 10:00+00")
    assert len((await kept_back(other)).notes) == 1


@pytest.mark.parametrize(
    ("opened", "decided", "words", "why"),
    [
        ("2026-02-20", "2026-02-25", False, False), ("2026-02-20", "2026-03-05", False, True),
        ("2026-03-05", "2026-03-25", True, True), ("2026-03-25", "2026-03-28", False, False),
    ],
)  # fmt: skip
async def test_why_a_dispute_was_decided_while_it_went_on_stays_here_and_what_was_said_before_does_not(
    opened: str, decided: str, words: bool, why: bool
) -> None:
    case = await a_mediation()
    await do(
        "INSERT INTO dispute (creditor_id, customer_id, case_id, invoice_id, reason, state, expected, credited_before, text, source, "
        f"opened_by, opened_on, opened_at, deadline, decided_on, decided_at, why) SELECT creditor_id, customer_id, id, invoice_id, 'price', 'rejected', 0, 0, "
        f"'wrong', 'person', 'marie', '{opened}', '{opened} 10:00+00', '2026-05-01', '{decided}', '{decided} 10:00+00', 'they offered half' "
        "FROM cases WHERE id = :case",
        case=case,
    )
    kept = await kept_back(case)
    assert (len(kept.disputes) == 1, len(kept.verdicts) == 1) == (words, why)


async def test_what_came_of_a_call_while_it_went_on_is_in_no_journal_that_is_told() -> None:
    case = await a_mediation()
    for number, day in ((1, "2026-02-25"), (2, "2026-03-05")):
        await do(
            "INSERT INTO phone_call (id, customer_id, direction, outcome, words, at) "
            f"SELECT :id, id, 'out', 'refuses', 'half', '{day} 10:00+00' FROM customer",
            id=number,
        )
    kept = await kept_back(case)
    told = [number for number in (1, 2) if not kept.hides("called", {"call": number, "outcome": "refuses"})]
    assert told == [1]
