"""A formal notice is for the registered office; what cannot be reached is stood in for, and the journal says so."""

from datetime import timedelta
from uuid import UUID

import pytest

from policies.case import DebtorKind
from policies.customer_record import ContactRecord
from policies.decisions import Act, Ask
from storage import collecting, customers, handing
from storage.creditor import ensure_creditor
from storage.handing import Reserved
from tests.engine.staff import MARIE
from tests.storage.books import NOON, customer, do, rows
from tests.storage.test_asking import LARGE, MAIL, MORNING, answer, approvals, asked, at_the_formal_notice, write

pytestmark = pytest.mark.usefixtures("database_url")

SEAT = ContactRecord("registered_office", "Le siège", "siege@dupont.example")
BOSS = ContactRecord("management", "M. Dupont", "direction@dupont.example")


async def told_of(*contacts: ContactRecord, kind: DebtorKind = DebtorKind.BUSINESS) -> None:
    """A file of customers names others at C1."""
    creditor = await ensure_creditor()
    said = customer("C1", "Firm C1", contacts=contacts, kind=kind)
    await customers.import_customers([said], "customers.csv", "0" * 64, creditor.id, NOON)


async def a_notice() -> tuple[int, UUID]:
    return await at_the_formal_notice("F1", LARGE)


async def drafts() -> list[tuple[str, str, str]]:
    """Recipient, role and state of every message."""
    found = await rows("SELECT recipient, contact_role, state FROM message ORDER BY id")
    return [(recipient, role, state) for recipient, role, state in found]


async def reserved_told() -> list[dict[str, str]]:
    found = await rows("SELECT facts FROM journal WHERE kind = 'reserved' ORDER BY id")
    return [{name: facts[name] for name in ("role", "instead_of") if name in facts} for (facts,) in found]


async def approve_and_reserve(case: int, token: UUID) -> None:
    question = await asked(case, token)
    assert await answer(question.id, "Send the formal notice") is None
    assert isinstance(await handing.prepare(case, token, MORNING, MAIL, write), Reserved)


async def test_a_formal_notice_goes_to_the_registered_office() -> None:
    case, token = await a_notice()
    await told_of(SEAT, BOSS)
    await approve_and_reserve(case, token)
    assert await drafts() == [("siege@dupont.example", "registered_office", "reserved")]
    assert await reserved_told() == [{"role": "registered_office"}]


async def test_without_an_address_of_it_the_desk_that_pays_stands_in_and_the_journal_says_so() -> None:
    case, token = await a_notice()
    await approve_and_reserve(case, token)
    assert await drafts() == [("compta@dupont.example", "accounts", "reserved")]
    assert await reserved_told() == [{"role": "accounts", "instead_of": "registered_office"}]


async def test_a_dead_address_is_stood_in_for() -> None:
    case, token = await a_notice()
    await told_of(SEAT, BOSS)
    await do("UPDATE contact SET email_dead_at = now() WHERE role IN ('registered_office', 'accounts')")
    await approve_and_reserve(case, token)
    assert await drafts() == [("direction@dupont.example", "management", "reserved")]
    assert await reserved_told() == [{"role": "management", "instead_of": "registered_office"}]


async def test_an_address_of_the_office_that_comes_after_the_approval_asks_again() -> None:
    case, token = await a_notice()
    question = await asked(case, token)
    assert await answer(question.id, "Send the formal notice") is None
    await told_of(SEAT)
    assert await rows("SELECT wake_at IS NOT NULL FROM cases") == [(True,)]
    found = await collecting.consider(case, token, MORNING, MAIL)
    assert isinstance(found.decision, Ask)
    assert await approvals() == [("F1", "the recipient changed")]
    assert [one[2] for one in await drafts()] == ["voided"]


async def test_an_address_that_changes_just_before_reserving_sends_no_approved_draft_to_the_old_one() -> None:
    case, token = await a_notice()
    question = await asked(case, token)
    assert await answer(question.id, "Send the formal notice") is None
    assert isinstance((await collecting.consider(case, token, MORNING, MAIL)).decision, Act)
    await told_of(SEAT)
    again = await handing.prepare(case, token, MORNING, MAIL, write)
    assert again == handing.NotNow("the approved draft no longer says what is true", "at_once")
    assert await approvals() == [("F1", "the recipient changed")]


async def test_a_new_address_of_a_dead_office_is_written_to_again() -> None:
    case, token = await a_notice()
    await told_of(SEAT)
    await do("UPDATE contact SET email_dead_at = now() WHERE role = 'registered_office'")
    await told_of(ContactRecord("registered_office", "", "new@dupont.example"))
    await approve_and_reserve(case, token)
    assert [one[0] for one in await drafts()] == ["new@dupont.example"]


async def test_the_address_a_person_corrects_is_the_one_that_was_refused() -> None:
    from policies.case import EffectState
    from storage import ledger

    case, token = await a_notice()
    await told_of(SEAT)
    await approve_and_reserve(case, token)
    [(message,)] = await rows("SELECT id FROM message WHERE state = 'reserved'")
    assert await ledger.begin_handing_over(message, token, MORNING)
    await ledger.settle(message, EffectState.REFUSED, "550 no such mailbox", MORNING, sender=case)
    question = await asked(case, token, MORNING + timedelta(minutes=1))
    from storage import doors

    decision = {"decision": f"Send it to the address below · {question.fingerprint}", "email": "bon@dupont.example"}
    assert await doors.answer_directly(question.id, MARIE, "terminal", decision) is None
    assert await rows("SELECT role, email FROM contact ORDER BY role") == [
        ("accounts", "compta@dupont.example"), ("registered_office", "bon@dupont.example"),
    ]  # fmt: skip
