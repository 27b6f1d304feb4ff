"""A claim on the credit insurer leaves by itself, whole, and comes back to a manager where it did not arrive."""

from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from typing import Any
from uuid import uuid4

import pytest

from policies.case import EffectState, HoldKind
from policies.insurance_form import PolicyWords
from policies.stages import Channel
from storage import clock, holds, insurance_claim_filing, insurance_claims, insurance_deeds, leases, ledger, telling
from storage.clock import Mode
from storage.creditor import ensure_creditor, update
from storage.hold_deeds import Deed
from storage.insurance_claim_questions import ask_about_claims
from storage.insurance_deadlines import keep_in_step
from storage.insurer_money import insurers_of, is_from_insurer
from storage.session import reading, transaction
from storage.telling import Told
from tasks.handover_check import wrong_in
from tasks.insurer_claim_words import about_claim
from tasks.write_beside import write_beside
from tests.storage.books import NOON, bank, bill, do, invoice, line, open_cases, refused, rows, told
from tests.storage.test_credit_insurance import POLICY, claim_answered

pytestmark = pytest.mark.usefixtures("database_url")
BY_MAIL = replace(POLICY, email="sinistres@coface.example")
LATER = datetime(2026, 3, 2, 15, tzinfo=UTC)


async def approved(words: PolicyWords = BY_MAIL) -> None:
    """F1 and F2, 300,00 € each, are insured, and a manager agreed to the claim."""
    creditor = (await ensure_creditor()).id
    assert await update(creditor, {"owner": "marie", "email": "compta@us.example"}, "ann", NOON) == []
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    await bill(*(invoice(number, "2026-02-01", 300_00) for number in ("F1", "F2")))
    await open_cases()
    assert isinstance(await insurance_deeds.set_policy(words, "paul", NOON), int)
    covered = await insurance_deeds.set_cover("C1", "1000.00", "2026-01-01", "paul", NOON, reference="D-1")
    assert isinstance(covered, Deed)
    await clock.start(Mode.STEPPED, NOON)
    await keep_in_step(NOON)
    assert isinstance(await insurance_claims.propose("C1", "", "marie", NOON, about_claim), Deed)
    assert await claim_answered("file") is None


async def leave(state: EffectState = EffectState.CONFIRMED) -> int | None:
    """Hand over what waits for the customer or is about it; answers the message."""
    number = (await rows("SELECT id FROM customer"))[0][0]
    lease = await leases.take(7, f"run:{uuid4()}", None, uuid4())
    assert lease is not None
    one = await telling.prepare(number, lease.token, LATER, frozenset({Channel.EMAIL}), write_beside)
    if not isinstance(one, Told):
        assert one is None
        return None
    assert await ledger.begin_handing_over(one.message, lease.token, LATER)
    await ledger.settle(one.message, state, "" if state is EffectState.CONFIRMED else "550 no such mailbox", LATER)
    return one.message


async def claims() -> list[tuple[Any, ...]]:
    return await rows("SELECT state, amount, filed_on FROM insurance_claim ORDER BY id")


async def filing() -> list[str]:
    return [row[0] for row in await rows("SELECT state FROM deadline WHERE kind = 'insurance_filing' ORDER BY id")]


async def test_an_approved_claim_leaves_to_the_insurer_whole_and_its_confirmation_meets_the_last_day() -> None:
    await approved()
    async with transaction() as connection:
        customer = (await rows("SELECT id FROM customer"))[0][0]
        await holds.place(connection, customer, None, HoldKind.INSOLVENCY, "", date(2026, 3, 2), None, "marie", NOON)
    message = await leave()
    assert await leave() is None
    sent = await rows("SELECT recipient, kind, subject, raw FROM message WHERE id = :id", id=message)
    assert [row[:2] for row in sent] == [("sinistres@coface.example", "insurance_claim")]
    mail = message_from_bytes(bytes(sent[0][3]), policy=policy.default)
    [file] = list(mail.iter_attachments())
    content = file.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert wrong_in(content, ["F1", "F2"]) == []
    await insurance_claim_filing.note_what_left(LATER)
    assert (await claims(), await filing()) == ([("filed", 600_00, date(2026, 3, 2))], ["met"])
    assert not await insurance_claim_filing.is_to_note()
    assert isinstance(await insurance_claims.filed(1, "", "S-9", "marie", LATER), Deed)
    assert await claims() == [("filed", 600_00, date(2026, 3, 2))]
    assert isinstance(await insurance_claims.filed(1, "", "S-10", "marie", LATER), list)


async def test_a_claim_whose_sums_changed_before_it_left_does_not_leave_and_is_asked_anew() -> None:
    await approved()
    await bank(line("F1", 100_00))
    assert await leave() is None
    assert await rows("SELECT state FROM correspondence WHERE kind = 'insurance_claim'") == [("dropped",)]
    await insurance_claim_filing.note_what_left(LATER)
    assert [await ask_about_claims(LATER, about_claim) for _ in range(2)] == [1, 0]
    assert await claims() == [("refused", 600_00, None), ("proposed", 500_00, None)]


@pytest.mark.parametrize("live", [False, True])
async def test_a_claim_that_did_not_arrive_is_asked_anew_and_its_last_day_stands_again(live: bool) -> None:
    await approved()
    message = await leave()
    await insurance_claim_filing.note_what_left(LATER)
    if live:
        await do("UPDATE creditor SET live = true")
    else:
        await do(f"UPDATE message SET state = 'refused', words = '550 no such mailbox' WHERE id = {message}")
    await insurance_claim_filing.note_what_left(LATER)
    await keep_in_step(LATER)
    assert (await claims(), await filing()) == ([("proposed", 600_00, None)], ["dropped", "standing"])
    assert await ask_about_claims(LATER, about_claim) == 1
    [(words,)] = await rows("SELECT description FROM question WHERE kind = 'insurance_claim' AND state = 'open'")
    why = "only the local sink had it" if live else "550 no such mailbox"
    assert f"**It did not reach the insurer** ({why})" in words
    assert (await told("F1"))[-1] != "insurance_claim_filed"
    await clock.advance(LATER.replace(hour=16))
    assert await claim_answered("file") is None
    assert await rows("SELECT state FROM correspondence WHERE kind = 'insurance_claim' ORDER BY id") == [
        ("told",),
        ("waiting",),
    ]


async def test_a_claim_that_is_refused_on_its_way_is_asked_anew() -> None:
    await approved()
    await leave(EffectState.REFUSED)
    await insurance_claim_filing.note_what_left(LATER)
    assert (await claims(), await filing()) == ([("proposed", 600_00, None)], ["standing"])


async def test_a_policy_with_a_folder_has_its_claims_there_and_one_with_neither_waits_for_a_person() -> None:
    await approved(replace(POLICY, folder="Coface-sinistres"))
    message = await leave()
    assert await rows("SELECT recipient FROM message WHERE id = :id", id=message) == [
        ("coface-sinistres@folder.invalid",)
    ]


async def test_a_policy_without_an_address_waits_for_a_person_to_send_the_file() -> None:
    await approved(POLICY)
    assert await leave() is None
    await insurance_claim_filing.note_what_left(LATER)
    assert await claims() == [("approved", 600_00, None)]
    assert isinstance(await insurance_claims.filed(1, "", "S-9", "marie", LATER), Deed)
    assert (await claims(), await filing()) == ([("filed", 600_00, date(2026, 3, 2))], ["met"])
    assert isinstance(await insurance_claims.declined(1, "late notice", "marie", LATER), Deed)
    assert refused(await insurance_claims.file_of(1, LATER)) == [
        "Claim 1 is refused: propose it again (./relance insurance claim)."
    ]
    await keep_in_step(LATER)
    assert (await claims(), await filing()) == ([("refused", 600_00, date(2026, 3, 2))], ["met"])


@pytest.mark.parametrize("folder", ["../outside", "a/b", "a.b", "ä"])
async def test_a_folder_of_a_policy_stays_under_the_handover_folder(folder: str) -> None:
    found = await insurance_deeds.set_policy(replace(POLICY, folder=folder, valid_until="2025-12-31"), "paul", NOON)
    assert isinstance(found, list)
    assert [one.field for one in found] == ["folder", "valid_until"]


async def test_money_of_whoever_is_called_as_the_insurer_is_asked_about_since_a_claim_was_filed() -> None:
    await approved(POLICY)
    assert isinstance(await insurance_claims.filed(1, "2026-03-01", "S-9", "marie", LATER), Deed)
    async with reading() as connection:
        insurers = await insurers_of(connection, (await ensure_creditor()).id)
    assert insurers == (("coface", date(2026, 3, 1)),)
    payers = [("COFACE  SA", "2026-03-01"), ("Coface", "2026-02-28"), ("Cofaces", "2026-03-01"), ("", "2026-03-01")]
    asked = [{"counterparty": payer, "value_date": date.fromisoformat(day)} for payer, day in payers]
    assert [is_from_insurer(one, insurers) for one in asked] == [True, False, False, False]
