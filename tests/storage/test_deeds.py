"""What staff do by themselves: held, released, noted, called, skipped; and what they cannot have meant."""

from datetime import date

import pytest

from policies.hold_form import HoldWords
from policies.problems import Problem
from policies.staff import Role
from policies.stages import Channel
from storage import deeds
from storage.call_deeds import Said, log_call
from storage.case_views import explained, find_case, listing
from storage.creditor import ensure_creditor, set_collecting, set_live
from storage.hold_deeds import Deed, hold_customer, release_customer
from storage.skipping import skip_step
from tests.engine.staff import MARIE
from tests.storage.books import NOON, bill, invoice, open_cases, refused, rows, told, woken

pytestmark = pytest.mark.usefixtures("database_url")
MAIL = frozenset({Channel.EMAIL})


async def two_invoices() -> None:
    await bill(
        invoice("FA-1", "2026-02-01", 10_000),
        invoice("FA-2", "2026-02-15", 5_000),
        invoice("FA-9", "2026-02-15", 700, customer_number="C2", customer_name="Dupont Fils"),
    )
    await open_cases()


async def test_a_hold_on_one_invoice_leaves_the_customers_others_alone() -> None:
    await two_invoices()
    done = await hold_customer("C1", "FA-1", HoldWords("checks its books", until="2026-03-20"), "marie", NOON)
    assert done == Deed("hold", "C1", "Dupont SARL", "until 20 Mar", (1,))
    assert [(one.invoice, one.state) for one in await listing(NOON, MAIL, customer="C1")] == [
        ("FA-1", "held"),
        ("FA-2", "acting"),
    ]
    assert (await told("FA-1"), await woken()) == (["opened", "held"], ["FA-1"])


async def test_a_hold_on_the_customer_holds_everything_and_a_release_ends_it() -> None:
    await two_invoices()
    await hold_customer("Dupont SARL", "", HoldWords("", until=""), "marie", NOON)
    assert {one.state for one in await listing(NOON, MAIL, customer="C1")} == {"held"}
    assert await release_customer("C1", "", "marie", NOON) == Deed(
        "release", "C1", "Dupont SARL", "collecting goes on", (1, 2)
    )
    assert {one.state for one in await listing(NOON, MAIL, customer="C1")} == {"acting"}
    assert await told("FA-2") == ["opened", "held", "released"]


async def test_releasing_one_invoice_does_not_end_the_customers_hold() -> None:
    await two_invoices()
    await hold_customer("C1", "", HoldWords("", until=""), "marie", NOON)
    reason = "The hold is on the customer as a whole: release Dupont SARL."
    assert await release_customer("C1", "FA-1", "marie", NOON) == [Problem("form", None, "invoice", reason)]


async def test_a_name_that_fits_two_customers_is_not_guessed() -> None:
    await two_invoices()
    reason = "“dupont” fits several customers: Dupont Fils (C2); Dupont SARL (C1). Give the customer's number."
    assert await deeds.note("dupont", "", "called back", "marie", NOON) == [Problem("form", None, "customer", reason)]


@pytest.mark.parametrize(
    ("customer", "invoice_number", "reason"),
    [
        ("", "", "Say which customer: its number, or its name."),
        ("Durand", "", "There is no customer “Durand”."),
        ("C1", "FA-77", "Dupont SARL has no invoice FA-77."),
        ("", "FA-77", "There is no invoice “FA-77”."),
    ],
)
async def test_nobody_is_meant_by_words_that_fit_nobody(customer: str, invoice_number: str, reason: str) -> None:
    await two_invoices()
    done = await deeds.note(customer, invoice_number, "called", "marie", NOON)
    assert isinstance(done, list)
    assert [problem.reason for problem in done] == [reason]


async def test_a_promise_on_the_telephone_holds_until_its_day() -> None:
    await two_invoices()
    done = await log_call("C1", "", Said("promised", "2026-03-12", note="spoke to Mme Petit"), MARIE, NOON)
    assert done == Deed("call", "C1", "Dupont SARL", "promised 12 Mar", (1, 2))
    assert await rows("SELECT kind, until, owner FROM hold") == [("promise", date(2026, 3, 12), "marie")]
    assert await rows("SELECT text FROM note") == [("spoke to Mme Petit",)]


async def test_a_promise_without_a_day_is_no_promise() -> None:
    await two_invoices()
    done = await log_call("C1", "", Said("promised"), MARIE, NOON)
    assert isinstance(done, list)
    assert [problem.field for problem in done] == ["date"]


async def test_who_says_it_is_paid_is_left_alone_for_some_days() -> None:
    await two_invoices()
    assert await deeds.says_paid("", "FA-2", "", MARIE, NOON) == Deed("call", "C1", "Dupont SARL", "says paid", (2,))
    assert await rows("SELECT kind, case_id FROM hold") == [("in_flight", 2)]


async def test_a_skipped_step_is_behind_the_case_and_says_why() -> None:
    await two_invoices()
    before = (await explained(1, NOON, MAIL)).view.next_step
    step = await skip_step(1, "agreed by telephone", "marie", NOON, MAIL, Role.ADMIN)
    assert not isinstance(step, list)
    assert step.id == before
    assert await rows("SELECT step, how, why FROM step_done WHERE case_id = 1") == [
        (before, "skipped", "agreed by telephone")
    ]
    assert (await explained(1, NOON, MAIL)).view.next_step != before


async def test_a_skip_without_a_reason_is_refused() -> None:
    await two_invoices()
    assert await skip_step(1, " ", "marie", NOON, MAIL, Role.ADMIN) == [
        Problem("command", None, "reason", "Say why the step is skipped.")
    ]


async def test_a_case_is_found_by_its_invoice_or_its_number() -> None:
    await two_invoices()
    assert (await find_case("FA-2"), await find_case("2")) == (2, 2)
    unknown = "There is no case and no invoice “FA-77”. See ./relance case list."
    assert await find_case("FA-77") == [Problem("command", None, "case", unknown)]


async def test_what_is_to_come_climbs_the_ladder_step_by_step() -> None:
    await bill(invoice("FA-1", "2026-03-16", 10_000))
    await open_cases(NOON.replace(day=11))
    coming = (await explained(1, NOON.replace(day=11), MAIL)).why.coming
    assert [(one.step, one.on.isoformat(), one.how) for one in coming[:4]] == [
        ("upcoming", "2026-03-11", "email"),
        ("courtesy_reminder", "2026-03-19", "email"),
        ("second_reminder", "2026-03-30", "email"),
        ("formal_notice", "2026-04-15", "question"),
    ]


async def test_switches_are_journalled_once_and_wake_every_case() -> None:
    await two_invoices()
    creditor = await ensure_creditor()
    assert [await set_live(creditor.id, True, "marie", NOON) for _ in range(2)] == [True, False]
    assert await set_collecting(creditor.id, False, "marie", NOON)
    assert await rows("SELECT kind FROM journal WHERE chain LIKE 'creditor:%' ORDER BY place") == [
        ("live_on",),
        ("collecting_off",),
    ]
    assert await woken() == ["FA-1", "FA-2", "FA-9"]


async def test_what_is_handed_over_or_taken_to_court_is_left_out_by_who_may_do_it() -> None:
    await two_invoices()
    for _ in range(9):
        step = await skip_step(1, "agreed", "marie", NOON, MAIL, Role.AGENT)
        if isinstance(step, list):
            break
    assert refused(step) == [
        "To leave out agency is for a manager or an administrator to decide; you are an agent. Nothing was done."
    ]
    assert not isinstance(await skip_step(1, "agreed", "paul", NOON, MAIL, Role.MANAGER), list)
