"""The file that is handed over: whole, the same every time, about one debtor, and without a word of what was confidential."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime

import pypdf
import pytest

from policies.claim_file import ClaimFile, FileChoice
from policies.hold_form import HoldWords
from policies.stages import Stage
from policies.step import Accessories
from storage.claim_file import SeveralDebtors, claim_file
from storage.hold_deeds import Deed, hold_customer
from storage.session import reading
from tasks.handover_check import wrong_in
from tasks.handover_file import file_name, handover_file
from tasks.write import write
from tests.storage import letters_out
from tests.storage.books import bank, bill, credit_note, do, invoice, line, open_cases, rows
from tests.storage.letters_out import MORNING, send

pytestmark = pytest.mark.usefixtures("database_url")
LATER = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
FRENCH = FileChoice("fr", receiver="Recouvrement SAS", reference="P-1")
SCAN = b"%PDF-1.4 scanned invoice F2 \x00\xff"
STRANGER = "Lefèvre & Fils"


async def ids(*numbers: str) -> list[int]:
    found = await rows(
        "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = ANY(:numbers) ORDER BY 1",
        numbers=list(numbers),
    )
    return [row[0] for row in found]


async def filed(*numbers: str, choice: FileChoice = FRENCH) -> ClaimFile:
    async with reading() as connection:
        return await claim_file(connection, await ids(*numbers), LATER, choice)


async def a_story(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dupont owes two invoices, paid a part, heard from us, promised; another customer owes as well."""
    monkeypatch.setattr(letters_out, "write", write)
    await bill(
        invoice("F1", "2026-02-10", 1000_00, phone="+33612345678"), invoice("F/2", "2026-02-12", 500_00),
        invoice("X-9000", "2026-02-10", 700_00, customer_number="C2", customer_name=STRANGER, email="l@lefevre.example"),
    )  # fmt: skip
    await do(
        "UPDATE creditor SET owner = 'marie', live = true, name = 'Atelier Martin', email = 'compta@martin.example', "
        "address = E'12 rue des Lilas\n75011 Paris', iban = 'FR7630006000011234567890189', bic = 'AGRIFRPP'"
    )
    await do("UPDATE customer SET company_number = '123456789' WHERE number = 'C1'")
    await do(
        "UPDATE invoice SET document = :scan, document_name = '../../F2 scan.PDF', document_type = 'application/pdf', "
        "document_sha256 = encode(sha256(:scan), 'hex') WHERE number = 'F/2'",
        scan=SCAN,
    )
    await bank(line("F1", 400_00, on="2026-02-20"))
    await open_cases(MORNING)
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    await send((await ids("F1"))[0])
    held = await hold_customer("C1", "F/2", HoldWords("said so", "promise", "2026-03-20"), "marie", MORNING)
    assert isinstance(held, Deed), held


async def an_offer_and_a_mediation() -> None:
    """A settlement was offered and refused, a mediation held: neither may be told of."""
    [case] = await ids("F/2")
    await do(
        "INSERT INTO agreement (id, creditor_id, customer_id, kind, currency, state, amount, why, proposed_by, proposed_at, "
        "agreed_at, ended_at, ended_how) SELECT 77, creditor_id, customer_id, 'settlement', 'EUR', 'ended', 30000, 'geste', 'marie', '2026-03-10 09:00+00', '2026-03-10 10:00+00', '2026-03-15 09:00+00', 'cancelled' "
        "FROM cases WHERE id = :case",
        case=case,
    )
    await do("INSERT INTO agreement_case (agreement_id, case_id, principal) VALUES (77, :case, 50000)", case=case)
    await do(
        "INSERT INTO message (id, creditor_id, customer_id, currency, kind, stage, window_on, channel, state, route, key, sender, "
        "recipient, subject, raw, sha256, calculated_at, handed_at) SELECT 900 + n, c.creditor_id, c.customer_id, 'EUR', "
        "CASE n WHEN 1 THEN 'settlement_offer' ELSE 'step' END, CASE n WHEN 1 THEN '' ELSE 'mediation' END, '2026-03-10', 'email', "
        "'confirmed', 'live', 'k' || n, 'compta@martin.example', 'x@y.example', 'geste', 'geste de 300', '', now(), now() "
        "FROM cases c, generate_series(1, 2) AS n WHERE c.id = :case",
        case=case,
    )
    await do(
        "INSERT INTO correspondence (creditor_id, customer_id, case_id, kind, state, on_day, at, next_at, message_id) "
        "SELECT creditor_id, customer_id, id, 'settlement_offer', 'told', '2026-03-10', now(), now(), 901 FROM cases WHERE id = :case",
        case=case,
    )
    await do(
        "INSERT INTO effect (case_id, step, occurrence, channel, state, route, message_id, changed_at) "
        "VALUES (:case, 'mediation', 1, 'email', 'confirmed', 'live', 902, now())",
        case=case,
    )
    await do(
        "INSERT INTO mediation (id, creditor_id, customer_id, route, mediator, started_by, state, proposed_on, proposed_at, outcome, "
        "ended_on, ended_at, compulsory, words) SELECT 5, creditor_id, customer_id, 'conciliation', 'M. Lenoir', 'person', 'ended', "
        "'2026-03-12', '2026-03-12 09:00+00', 'refused', '2026-03-20', '2026-03-20 18:00+00', 'art. 750-1 CPC', 'geste' "
        "FROM cases WHERE id = :case",
        case=case,
    )
    await do("INSERT INTO mediation_case (mediation_id, case_id) VALUES (5, :case)", case=case)
    await do(
        "INSERT INTO step_done (case_id, step, stage, occurrence, done_on, how) "
        "VALUES (:case, 'mediation', 'mediation', 1, '2026-03-12', 'confirmed')",
        case=case,
    )


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


async def test_a_file_is_whole_names_no_other_debtor_and_is_the_same_every_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await a_story(monkeypatch)
    file = await filed("F1", "F/2")
    content = handover_file(file)
    assert file_name(file) == "C1-2026-04-01.zip"
    assert wrong_in(content, ["F1", "F/2"], [STRANGER, "X-9000"]) == []
    assert handover_file(await filed("F1", "F/2")) == content
    held = opened(content)
    assert list(held) == [
        "claim.pdf", "claim.csv", "claim.json", "calculation.csv", "history.pdf", "history.csv", "history.json",
        "invoices/F_2.pdf", "messages/0001-2026-03-03-courtesy_reminder-email.eml", "messages/proofs.csv",
        "messages/proofs.json", "index.csv",
    ]  # fmt: skip
    assert held["invoices/F_2.pdf"] == SCAN
    [(raw, sha256)] = await rows("SELECT raw, sha256 FROM message WHERE channel = 'email'")
    assert held["messages/0001-2026-03-03-courtesy_reminder-email.eml"] == bytes(raw)
    [proof] = json.loads(held["messages/proofs.json"])
    assert (proof["sha256"], proof["state"], proof["provider_id"]) == (sha256, "confirmed", "queued as 7")
    table = list(csv.DictReader(io.StringIO(held["claim.csv"].decode("utf-8-sig"))))
    assert [(row["invoice"], row["original"], row["paid"], row["open"], row["flat"]) for row in table] == [
        ("F1", "1000.00", "400.00", "600.00", "40.00"),
        ("F/2", "500.00", "0.00", "500.00", "40.00"),
    ]
    told = json.loads(held["claim.json"])
    assert (told["principal"], told["moved"]) == (
        "1100.00",
        [{"invoice": "F1", "on": "2026-02-20", "kind": "payment", "amount": "400.00", "reference": ""}],
    )
    promise = json.loads(held["history.json"])["agreements"]
    assert [(one["kind"], one["until"], one["invoices"]) for one in promise] == [("promise", "2026-03-20", ["F/2"])]
    assert "Recouvrement SAS" in read(held["claim.pdf"])
    assert "FR76 3000 6000" in read(held["claim.pdf"])


async def test_what_was_said_to_agree_is_in_no_file_only_that_it_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    await a_story(monkeypatch)
    await an_offer_and_a_mediation()
    content = handover_file(await filed("F1", "F/2"))
    assert wrong_in(content, ["F1", "F/2"], ["geste", "300,00"]) == []
    held = opened(content)
    assert json.loads(held["claim.json"])["attempts_that_failed"] == [
        {"kind": "mediation", "on": "2026-03-12", "article": "art. 750-1 CPC", "mediator": "M. Lenoir", "result": "refused",
         "ended_on": "2026-03-20"},
        {"kind": "settlement", "on": "2026-03-10", "article": "", "mediator": "", "result": "", "ended_on": None},
    ]  # fmt: skip
    assert (
        "Une médiation (M. Lenoir) a été proposée le 12 mars 2026 ; elle a été refusée (terminée le 20 mars 2026)."
        in read(held["claim.pdf"])
    )
    assert "Une tentative de règlement amiable a eu lieu le 10 mars 2026 ; elle a échoué." in read(held["claim.pdf"])
    assert [name for name in held if name.endswith(".eml")] == ["messages/0001-2026-03-03-courtesy_reminder-email.eml"]


async def test_what_an_agency_answered_is_no_reply_of_the_customer(monkeypatch: pytest.MonkeyPatch) -> None:
    await a_story(monkeypatch)
    await do(
        "INSERT INTO message (id, creditor_id, customer_id, currency, kind, stage, window_on, channel, state, route, key, sender, "
        "recipient, subject, raw, sha256, calculated_at, handed_at) SELECT 900 + n, c.creditor_id, c.customer_id, 'EUR', "
        "CASE n WHEN 1 THEN 'step' ELSE 'agency_recall' END, CASE n WHEN 1 THEN 'agency' ELSE '' END, '2026-03-10', "
        "CASE n WHEN 1 THEN 'handover' ELSE 'email' END, 'confirmed', 'live', 'k' || n, 'compta@martin.example', "
        "'x@agency.example', '', '', '', now(), now() FROM (SELECT min(creditor_id) AS creditor_id, min(customer_id) AS customer_id "
        "FROM cases WHERE id = :case) c, generate_series(1, 2) AS n",
        case=(await ids("F1"))[0],
    )
    for number, answers in enumerate((None, 901, 902), 1):
        await do(
            "INSERT INTO incoming_message (id, creditor_id, customer_id, message_id, channel, provider_ref, sender, recipient, subject, "
            "text, raw, sha256, kind, reason, found_by, received_at) SELECT :n, creditor_id, customer_id, :answers, 'sms', "
            "'r' || CAST(:n AS bigint), '+33612345678', '', '', '', 'oui', '', 'reply', '', '', '2026-03-12 23:30+00' "
            "FROM cases WHERE id = :case",
            n=number, answers=answers, case=(await ids("F1"))[0],
        )  # fmt: skip
        await do(
            "INSERT INTO incoming_case (incoming_id, case_id) VALUES (:n, :case)", n=number, case=(await ids("F1"))[0]
        )
    file = await filed("F1", "F/2")
    assert [one.id for one in file.messages if one.direction == "in"] == [1]
    assert [name for name in opened(handover_file(file)) if name.endswith(".txt")] == [
        "messages/0002-2026-03-13-reply-sms.txt"
    ]


async def test_the_documents_of_credit_notes_are_in_it_and_one_that_is_of_two_invoices_bears_both_numbers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await a_story(monkeypatch)
    await bill(credit_note("AV-1", "F/2", 100_00))
    note = b"%PDF-1.4 a credit note"
    await do(
        "UPDATE invoice SET document = :scan, document_name = 'scan.pdf', document_type = 'application/pdf', "
        "document_sha256 = encode(sha256(:scan), 'hex') WHERE number IN ('F1', 'F/2')",
        scan=SCAN,
    )
    await do(
        "UPDATE invoice SET document = :note, document_name = 'avoir.pdf', document_type = 'application/pdf', "
        "document_sha256 = encode(sha256(:note), 'hex') WHERE number = 'AV-1'",
        note=note,
    )
    held = opened(handover_file(await filed("F1", "F/2")))
    found = {name: content for name, content in held.items() if name.startswith("invoices/")}
    assert found == {"invoices/F1_F_2.pdf": SCAN, "invoices/AV-1.pdf": note}
    assert "AV-1 : avoir.pdf" in read(held["claim.pdf"])


async def test_payment_details_and_accessories_are_left_out_where_the_procedure_wants_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await a_story(monkeypatch)
    bare = FileChoice("en", accessories=Accessories.NEVER, payment_details=False)
    held = opened(handover_file(await filed("F1", "F/2", choice=bare)))
    sheet = read(held["claim.pdf"])
    assert "FR76" not in sheet
    assert "iban" not in json.loads(held["claim.json"])["creditor"]
    assert "Only the principal is claimed here." in sheet
    assert "These sheets name no means of payment." in sheet
    assert json.loads(held["claim.json"])["accessories"] is None
    assert held["calculation.csv"].decode("utf-8-sig").splitlines() == [
        "invoice,from,to,days,year,rate,principal,interest"
    ]


async def test_cases_of_two_customers_are_never_in_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    await a_story(monkeypatch)
    with pytest.raises(SeveralDebtors):
        await filed("F1", "X-9000")


async def test_a_file_that_was_touched_or_lacks_an_invoice_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    await a_story(monkeypatch)
    content = handover_file(await filed("F1"))
    assert wrong_in(content, ["F1", "F/2"]) == ["F/2 is not in the claim.", "F/2 is not on the sheet."]
    assert wrong_in(b"no archive", ["F1"]) == ["The file does not open."]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, inside in opened(content).items():
            archive.writestr(name, inside + (b" " if name == "claim.json" else b""))
    assert wrong_in(made.getvalue(), ["F1"]) == ["claim.json is not what the index says."]


async def test_of_what_the_former_system_did_only_the_hardest_step_is_told_as_sent() -> None:
    await bill(invoice("F1", "2026-02-10", 1000_00, reached_stage=Stage.FORMAL_NOTICE, reached_on=date(2026, 3, 20)))
    await open_cases(MORNING)
    behind = [one for one in (await filed("F1")).history if one.kind == "step_behind"]
    assert [(one.facts["step"], one.facts["how"], one.facts["on"]) for one in behind] == [
        ("formal_notice", "elsewhere", "2026-03-20")
    ]
