"""Erasing a settled consumer: nothing of the person is found any more, and journals, seals and evidence still verify."""

from datetime import UTC, datetime

import pytest
from asyncpg import Connection

from policies.case import DebtorKind
from policies.evidence.check import verdict
from policies.journal_chain import first_broken
from policies.problems import Problem
from storage import journal
from storage.deeds import note
from storage.dispute_deeds import add_document
from storage.erasure import Erased, erase_customer, still_found
from storage.evidence import evidence_books
from storage.migrations.erasing import KEPT_COLUMNS, KEPT_OF
from storage.seal_check import seal_faults
from storage.seals import seal_day, seals_of
from tasks.evidence_archive import unpack
from tasks.evidence_file import evidence_file
from tasks.write import write
from tests.storage import letters_out
from tests.storage.books import bill, do, invoice, open_cases, rows
from tests.storage.letters_out import MORNING, send
from tests.storage.test_handover_file import ids

pytestmark = pytest.mark.usefixtures("database_url")
PARIS = "Europe/Paris"
LATE = datetime(2037, 1, 5, 9, 0, tzinfo=UTC)
PERSON = ("Clémence Auberjonois", "clemence@auberjonois.example", "+33698765432", "17 allée des Tilleuls")
OTHER = "Bertrand Quenneville"


async def a_settled_consumer(monkeypatch: pytest.MonkeyPatch) -> int:
    """She was reminded, wrote back, was noted and called, disputed and paid; another customer shares nothing with her."""
    name, email, phone, street = PERSON
    monkeypatch.setattr(letters_out, "write", write)
    await bill(
        invoice(
            "F1", "2026-02-10", 100_00, customer_name=name, email=email, phone=phone, customer_kind=DebtorKind.CONSUMER
        ),
        invoice("F9", "2026-02-10", 900_00, customer_number="C9", customer_name=OTHER, email="b@q.example"),
    )
    await do(
        "UPDATE creditor SET name = 'Atelier Martin', email = 'compta@martin.example', live = true, policy = 'fr-b2b'"
    )
    await do(
        "UPDATE contact SET postal = :street, name = :name WHERE customer_id = 1",
        street=f"{street}\n75011 Paris",
        name=name,
    )
    await do("UPDATE customer SET ibans = 'FR7612345678901234567890123' WHERE id = 1")
    await do(
        "UPDATE invoice SET document = :pdf, document_name = :name, document_sha256 = 'x' WHERE id = 1",
        pdf=name.encode(),
        name=f"{name}.pdf",
    )
    await open_cases(MORNING)
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    [case] = await ids("F1")
    await send(case)
    await note("C1", "F1", f"{name} says she moved to {street}", "marie", MORNING)
    for statement in _MORE:
        await do(statement, name=name, email=email, phone=phone, at=MORNING)
    await add_document(4, f"{name}.txt", f"letter of {name}".encode(), "marie", MORNING)
    await seal_day(1, PARIS, MORNING)
    return case


_MORE = (
    ("INSERT INTO incoming_message (id, creditor_id, customer_id, message_id, channel, provider_ref, sender, subject, text, raw, sha256, kind, "
    "received_at, read_at) VALUES (5, 1, 1, 1, 'email', '<a1@auberjonois.example>', :email, 'Re', 'Je suis ' || :name, convert_to(:name, 'UTF8'), "
    "'y', 'reply', :at, :at)"),
    "INSERT INTO incoming_case (incoming_id, case_id) VALUES (5, 1)",
    "INSERT INTO delivery_event (message_id, kind, provider_ref, address, words, at) VALUES (1, 'delivered', 'r', :email, 'to ' || :email, :at)",
    "INSERT INTO phone_call (id, customer_id, direction, outcome, phone, words, at) VALUES (6, 1, 'out', 'no_answer', :phone, :name || ' was out', :at)",
    "INSERT INTO phone_call_case (call_id, case_id) VALUES (6, 1)",
    "INSERT INTO question (id, creditor_id, customer_id, kind, state, title, description, asked_at) VALUES (8, 1, 1, 'reply', 'answered', :name, :email, :at)",
    "INSERT INTO question_case (question_id, case_id) VALUES (8, 1)",
    "INSERT INTO answer (id, question_id, actor, role, given, at) VALUES (9, 8, 'marie', 'agent', jsonb_build_object('note', CAST(:name AS text)), :at)",
    "INSERT INTO answer_verdict (answer_id, accepted, words, at) VALUES (9, true, :name, :at)",
    ("INSERT INTO dispute (id, creditor_id, customer_id, case_id, invoice_id, currency, reason, source, text, opened_at, opened_on, deadline, state, why) "
    "VALUES (4, 1, 1, 1, 1, 'EUR', 'quality', 'person', :name || ' complains', :at, '2026-03-03', '2026-03-20', 'rejected', :name)"),
    ("INSERT INTO stay (id, creditor_id, kind, since, why, state, follow_up, opened_by, opened_at) "
     "VALUES (3, 1, 'over_indebtedness', '2026-03-02', :name || ' told us', 'over', 'written to ' || :name, 'marie', :at)"),
    *("INSERT INTO insolvency_notice (creditor_id, customer_id, reference, name, text, state, seen_at) "
      f"VALUES (1, 1, 'A2026000{each}', :name, :name, 'dismissed', :at)" for each in (1, 2)),
    "INSERT INTO stay_customer (stay_id, customer_id) VALUES (3, 1)",
    "INSERT INTO hold (customer_id, case_id, kind, reason, since, ended_at) VALUES (1, 1, 'manual', :name, '2026-03-03', :at)",
    ("INSERT INTO staff_message (creditor_id, login, key, state, subject, raw, sha256, written_at) "
    "VALUES (1, 'marie', 'digest-1', 'confirmed', :name, convert_to(:name, 'UTF8'), 'z', :at)"),
    ("INSERT INTO payment (creditor_id, fingerprint, booked, value_date, amount, currency, counterparty, text, allocated) "
    "VALUES (1, 'f', '2026-03-05', '2026-03-05', 10000, 'EUR', :name, 'F1 ' || :name, 10000)"),
    "INSERT INTO allocation (kind, payment_id, invoice_id, amount, value_date) VALUES ('payment', 1, 1, 10000, '2026-03-05')",
)  # fmt: skip


async def settled() -> None:
    await do("UPDATE invoice SET paid = 10000 WHERE id = 1")
    await do("UPDATE cases SET closed_at = '2026-03-06 09:00+00', outcome = 'paid' WHERE id = 1")


def reasons(done: Erased | list[Problem]) -> list[str]:
    assert isinstance(done, list)
    return [one.reason for one in done]


async def everything(administrator: Connection) -> str:
    """Every row of every table, with what bytes say as text."""
    said = []
    for row in await administrator.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        for found in await administrator.fetch(f'SELECT * FROM "{row[0]}"'):
            said += [
                value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value) for value in found.values()
            ]
    return "\n".join(said)


async def test_nothing_of_the_person_is_found_and_everything_still_verifies(
    monkeypatch: pytest.MonkeyPatch, administrator: Connection
) -> None:
    case = await a_settled_consumer(monkeypatch)
    await settled()
    await do("UPDATE message SET provider_id = 'handover/nord/00000001' WHERE id = 1")
    before = unpack(evidence_file(await evidence_books(case, MORNING)))
    seal = (await seals_of(1))[0].seal.hash
    assert [one for one in PERSON if one not in await everything(administrator)] == []

    done = await erase_customer("C1", "root", LATE)

    assert isinstance(done, Erased), done
    assert "handover/nord/00000001" in done.files
    assert PERSON[3] in done.values
    found = await everything(administrator)
    assert [one for one in (*PERSON, "auberjonois", "Tilleuls") if one.lower() in found.lower()] == []
    assert await still_found(done.values) == {}
    assert OTHER in found
    assert "A20260001" not in found
    assert await rows("SELECT number, name, erased_at FROM customer ORDER BY id") == [
        ("C1", "[erased]", LATE),
        ("C9", OTHER, None),
    ]
    assert await rows("SELECT total, paid, due FROM invoice WHERE id = 1") == [
        (100_00, 100_00, datetime(2026, 2, 10).date())
    ]
    assert await rows("SELECT amount FROM payment") == [(100_00,)]
    for chain in (("case", case), ("customer", 1)):
        entries = await journal.entries(*chain)
        assert (first_broken(entries), entries[-1].kind) == (None, "erased")
    assert await seal_faults(1) == ()

    after = unpack(evidence_file(await evidence_books(case, LATE)))
    told = verdict(after, seal)
    assert [name for name in after if name.startswith(("messages/", "replies/", "disputes/"))] == []
    assert (told.altered, told.compared) == ("", True)
    assert "On 2037-01-05 the customer's personal data were erased" in " ".join(told.checked)
    assert [one for one in PERSON if one.encode() in b"".join(after.values())] == []
    assert verdict(before, seal).altered == ""


async def test_it_is_refused_while_anything_stands_or_must_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    await a_settled_consumer(monkeypatch)
    await do("UPDATE dispute SET state = 'open'")
    await do("UPDATE question SET state = 'open'")
    await do("UPDATE stay SET state = 'open'")
    await do("UPDATE staff_message SET next_at = :at", at=LATE)
    kept = (
        "Nothing was erased: it must be kept until 2036-03-05: contract data are kept 5 years (keep_contract_years), accounting papers "
        "10 years (keep_accounts_years): set both as your counsel says, ./relance creditor set."
    )
    assert reasons(await erase_customer("C1", "root", MORNING)) == [
        "Nothing was erased: an invoice is not settled.",
        "Nothing was erased: a case is open.",
        "Nothing was erased: a dispute is not decided.",
        "Nothing was erased: a question about it waits for a person.",
        "Nothing was erased: it is left alone for a time, by itself or with others (./relance stay list).",
        "Nothing was erased: an e-mail to our own people, which may name it, has not left yet.",
        kept,
    ]
    assert reasons(await erase_customer("C9", "root", LATE)) == [
        "Customer C9 is no consumer: only a person's data are erased."
    ]


async def test_how_long_data_are_kept_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    await a_settled_consumer(monkeypatch)
    await settled()
    await do("UPDATE dispute SET state = 'rejected'")
    may = datetime(2028, 3, 7, 9, 0, tzinfo=UTC)
    await do("UPDATE creditor SET keep_contract_years = 1, keep_accounts_years = 2")
    assert (
        "must be kept until 2028-03-06"
        in reasons(await erase_customer("C1", "root", datetime(2028, 3, 6, 9, tzinfo=UTC)))[0]
    )
    await do("UPDATE creditor SET keep_accounts_years = NULL")
    assert "must be kept for good" in reasons(await erase_customer("C1", "root", may))[0]
    await do("UPDATE creditor SET keep_accounts_years = 2")
    assert isinstance(await erase_customer("C1", "root", may), Erased)
    assert reasons(await erase_customer("C1", "root", may)) == ["Customer C1 was erased already."]


async def test_the_database_itself_erases_nothing_of_an_open_case(monkeypatch: pytest.MonkeyPatch) -> None:
    await a_settled_consumer(monkeypatch)
    with pytest.raises(Exception, match="a case of this customer is open"):
        await rows("SELECT erase_customer(1, now())")


async def test_the_journal_of_a_played_world_names_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    await a_settled_consumer(monkeypatch)
    said = "\n".join(str(row) for row in await rows("SELECT facts FROM journal"))
    assert len(said.splitlines()) > 5
    assert [one for one in (*PERSON, "auberjonois", OTHER, "Tilleuls", "moved") if one.lower() in said.lower()] == []


async def test_what_tells_rows_apart_is_never_erased() -> None:
    """A unique text that is emptied in two rows would stop the erasure halfway."""
    told = await rows(
        "SELECT DISTINCT r.relname, a.attname FROM pg_index x JOIN pg_class r ON r.oid = x.indrelid "
        "JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = ANY(x.indkey) "
        "WHERE r.relnamespace = 'public'::regnamespace AND x.indisunique AND a.atttypid = 'text'::regtype "
        "AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = r.oid AND k.conname = a.attname || '_known') ORDER BY 1, 2"
    )
    apart = {(table, column) for table, column in told if column not in KEPT_COLUMNS}
    assert apart - OURS - set(KEPT_OF) == set()


OURS = {
    ("agency", "name"), ("api_token", "key_hash"), ("creditor", "name"), ("desk_session", "key_hash"), ("dispatcher", "name"),
    ("entry_link", "key_hash"), ("journal", "chain"), ("lease", "subject"), ("mail_pace", "domain"), ("mail_pace", "server"),
    ("mailbox", "name"), ("person", "login"), ("policy", "hash"), ("seal_leaf", "chain"),
    ("service_time", "name"), ("sign_in_guard", "subject"),
}  # fmt: skip
"""Of the house."""
