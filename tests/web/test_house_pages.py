"""The desk's own pages: what each shows, what each leads to, and what becomes of a wrong address."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from policies.records import InvoiceRecord
from policies.staff import Role
from storage import clock
from storage.clock import Mode
from tests.storage.books import bill, do, invoice, open_cases, rows
from tests.web.pages_of import Someone, look

pytestmark = pytest.mark.usefixtures("database_url")

MORNING = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
RUN = UUID("11111111-2222-3333-4444-555555555555")
KARIM = Someone("karim", Role.MANAGER, "fr")


@pytest.fixture
async def books(database_url: str) -> None:
    """Two customers, one of whom is asked about, with a message of yesterday."""
    await clock.start(Mode.STEPPED, MORNING)
    await bill(
        invoice("FA-1", "2026-02-02", 125_000),
        invoice("FA-2", "2026-01-15", 480_000),
        invoice("BE/7", "2026-02-20", 99_000, customer_number="C/2", customer_name="Bernard <b>SA</b>"),
    )
    await open_cases(MORNING)
    await question("approve", "formal_notice", 605_000, "marie", "FA-1", "FA-2")
    await do(
        "INSERT INTO message (customer_id, creditor_id, kind, stage, step, window_on, channel, state, route, key, recipient, "
        "subject, text, currency, demanded, calculated_at, handed_at, raw) SELECT id, creditor_id, 'step', "
        "'second_reminder', 'second_reminder', '2026-03-03', 'email', 'confirmed', 'live', 'k1', 'compta@dupont.example', "
        "'Votre compte', 'Bonjour <Claire>,', 'EUR', 125000, :at, :at, '' FROM customer WHERE number = 'C1'",
        at=datetime(2026, 3, 3, 10, tzinfo=UTC),
    )


async def question(kind: str, stage: str, amount: int, todo: str, *invoices: str, run: UUID | None = RUN) -> None:
    """An open question about the customer of these invoices."""
    await do(
        "INSERT INTO question (creditor_id, customer_id, currency, kind, stage, state, todo, title, amount, asked_at, run_id) "
        "SELECT creditor_id, customer_id, 'EUR', :kind, :stage, 'open', :todo, 'A question', :amount, :at, :run "
        "FROM invoice WHERE number = :first",
        kind=kind, stage=stage, todo=todo, amount=amount, at=MORNING, run=run, first=invoices[0],
    )  # fmt: skip
    await do(
        "INSERT INTO question_case (question_id, case_id) SELECT (SELECT max(id) FROM question), c.id FROM cases c "
        "JOIN invoice i ON i.id = c.invoice_id WHERE i.number = ANY(:numbers)",
        numbers=list(invoices),
    )


@pytest.mark.usefixtures("books")
async def test_home_shows_what_waits_for_whom_what_was_sent_and_how_fresh_the_data_is() -> None:
    page = await look("/desk")
    assert page.status == 200
    assert page.has(
        "4 March 2026", "1 question for me", "0 questions for my role", "1 question for everybody",
        "Approval · Formal notice", "€6,050.00", "15 Jan 48 days late", "Sent yesterday", "Second reminder · e-mail",
        "No bank file was ever read.", "Invoices: position of", "Nobody is to be called today.", "Nothing is wrong.",
    ) == []  # fmt: skip
    assert f"/v2/runs/flow-run/{RUN}" in page.links
    assert "/desk/inbox?kind=approve&stage=formal_notice" in page.links
    assert "/desk/sent?day=2026-03-03&stage=second_reminder&channel=email" in page.links


async def test_home_of_an_empty_house_says_so() -> None:
    await clock.start(Mode.STEPPED, MORNING)
    page = await look("/desk")
    assert (page.status, page.has("Nothing waits for a person.", "No message has left yet.")) == (200, [])


@pytest.mark.usefixtures("books")
async def test_a_page_is_in_the_language_of_who_reads_it() -> None:
    page = await look("/desk", KARIM)
    assert (
        page.has(
            "4 mars 2026",
            "Validation · Mise en demeure",
            "6 050,00 €",
            "48 jours de retard",
        )
        == []
    )
    assert '<html lang="fr">' in page.html


@pytest.mark.usefixtures("books")
async def test_the_inbox_sifts_by_whose_kind_stage_and_customer_and_keeps_its_order() -> None:
    await question("call_outcome", "follow_up_call", 99_000, "", "BE/7", run=None)
    everything = await look("/desk/inbox")
    assert everything.text.index("€6,050.00") < everything.text.index("€990.00")
    oldest_last = await look("/desk/inbox?order=asked")
    assert oldest_last.has("2 questions, longest waiting first") == []
    sifted = {
        address: [name for name in ("Dupont", "Bernard") if name in (await look(f"/desk/inbox?{address}")).text]
        for address in (
            "whose=mine",
            "whose=role",
            "kind=call_outcome",
            "stage=formal_notice",
            "customer=C%2F2",
            "kind=match",
        )
    }
    assert sifted == {
        "whose=mine": ["Dupont"], "whose=role": ["Bernard"], "kind=call_outcome": ["Bernard"],
        "stage=formal_notice": ["Dupont"], "customer=C%2F2": ["Bernard"], "kind=match": [],
    }  # fmt: skip


@pytest.mark.usefixtures("books")
async def test_calls_are_listed_with_where_to_ring_and_why() -> None:
    await question("call_outcome", "follow_up_call", 99_000, "marie", "BE/7")
    await do(
        "UPDATE question SET lead_id = (SELECT case_id FROM question_case WHERE question_id = question.id LIMIT 1)"
    )
    await do(
        "UPDATE contact SET phone = '+33240112233' WHERE customer_id = (SELECT id FROM customer WHERE number = 'C/2')"
    )
    for address in ("/desk/calls", "/desk/calls?whose=mine", "/desk"):
        page = await look(address)
        assert page.has("Bernard <b>SA</b>", "€990.00", "now, 10:30 there") == []
        assert f"/v2/runs/flow-run/{RUN}" in page.links
    assert "tel:+33240112233" in (await look("/desk/calls")).links
    assert (await look("/desk/calls?whose=mine", KARIM)).has("Personne à appeler.") == []


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dupont", ["/desk/customers/C1"]),
        ("C%2F2", ["/desk/customers/C%2F2"]),
        ("1 250,00", ["/desk/cases/1", "/desk/customers/C1"]),
        ("1250.00", ["/desk/cases/1", "/desk/customers/C1"]),
        ("%E2%82%AC4,800", ["/desk/cases/2", "/desk/customers/C1"]),
        ("fa-2", ["/desk/cases/2", "/desk/customers/C1"]),
    ],
)
async def test_the_search_finds_customers_invoices_and_amounts_as_they_are_written(
    typed: str, found: list[str]
) -> None:
    page = await look(f"/desk/search?q={typed}")
    numbers = dict(await rows("SELECT c.id, i.number FROM cases c JOIN invoice i ON i.id = c.invoice_id"))
    named = {f"/desk/cases/{case}": number for case, number in numbers.items()}
    wanted = {"/desk/cases/1": "FA-1", "/desk/cases/2": "FA-2"}
    assert (page.status, [named.get(one, one) for one in page.links]) == (200, [wanted.get(one, one) for one in found])


@pytest.mark.usefixtures("books")
async def test_the_search_finds_what_is_closed_and_percent_signs_are_no_wildcards() -> None:
    await do("UPDATE cases SET closed_at = :at, outcome = 'paid'", at=MORNING)
    await do("UPDATE invoice SET paid = total")
    assert (await look("/desk/search?q=FA-1")).has("FA-1", "paid") == []
    nothing = await look("/desk/search?q=%25")
    assert (nothing.status, nothing.links) == (404, [])


@pytest.mark.usefixtures("books")
async def test_a_customer_s_page_shows_its_account_its_questions_and_what_was_written() -> None:
    await do(
        "INSERT INTO note (customer_id, actor, text, at) SELECT id, 'marie', 'Rings at noon', :at FROM customer",
        at=MORNING,
    )
    page = await look("/desk/customers/C1")
    assert (
        page.has(
            "Dupont SARL",
            "€6,050.00 open",
            "FA-1",
            "compta@dupont.example",
            "marie: Rings at noon",
            "Second reminder · e-mail",
        )
        == []
    )
    assert [one for one in page.links if one.startswith(("/desk/messages", "/desk/start/hold"))] == [
        "/desk/start/hold?customer=C1", "/desk/messages/1",
    ]  # fmt: skip
    other = await look("/desk/customers/C%2F2")
    assert "Bernard <b>SA</b>" in other.text
    assert "<b>SA</b>" not in other.html


@pytest.mark.usefixtures("books")
async def test_who_only_reads_is_offered_no_act() -> None:
    for address in ("/desk/customers/C1", "/desk/invoices/FA-1"):
        page = await look(address, Someone("paul", Role.VIEWER))
        assert [one for one in page.links if "/start/" in one] == []


@pytest.mark.usefixtures("books")
async def test_an_invoice_s_page_shows_amounts_what_comes_next_and_what_was_done() -> None:
    await do("UPDATE cases SET run_id = :run", run=RUN)
    page = await look("/desk/invoices/FA-1")
    assert page.has("€1,250.00", "30 days late", "courtesy reminder gives way", "flat sum €40.00", "Case opened") == []
    assert f"/v2/runs/flow-run/{RUN}" in page.links
    assert "/desk/start/hold?customer=C1&invoice=FA-1" in page.links
    assert "/desk/start/dispute?customer=C1&invoice=FA-1" in page.links
    assert (await look("/desk/invoices/BE%2F7")).status == 200


@pytest.mark.usefixtures("books")
async def test_a_number_that_several_invoices_have_is_a_list_of_them() -> None:
    other: InvoiceRecord = invoice("FA-1", "2026-02-09", 5_000, customer_number="C9", customer_name="Other SA")
    await bill(other, source="second")
    page = await look("/desk/invoices/FA-1")
    assert (page.status, page.has("Several invoices", "Dupont SARL", "Other SA")) == (200, [])


@pytest.mark.usefixtures("books")
async def test_a_message_is_shown_as_words_never_as_html() -> None:
    page = await look("/desk/messages/1")
    assert page.has("Votre compte", "Bonjour <Claire>,", "compta@dupont.example", "3 Mar, 11:00") == []
    assert "&lt;Claire&gt;" in page.html


@pytest.mark.usefixtures("books")
@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/desk/customers/C8", 404, "There is no customer “C8”."),
        ("/desk/customers/Dupont", 404, "There is no customer “Dupont”."),
        ("/desk/invoices/FA-9", 404, "There is no invoice “FA-9”."),
        ("/desk/cases/abc", 404, "There is no such case."),
        ("/desk/messages/99999999999999999999", 404, "There is no such message."),
        ("/desk/inbox?page=abc", 422, "“abc” is not the number of a page: write 1 for the first."),
        ("/desk/inbox?page=0", 422, "“0” is not the number of a page: write 1 for the first."),
        ("/desk/inbox?page=7", 404, "There is only one page."),
        ("/desk/sent?page=2", 404, "There is only one page."),
        ("/desk/calls?page=3", 404, "There is only one page."),
        ("/desk/inbox?order=name", 422, "“name” is not one of: amount, age, asked, deadline."),
        ("/desk/sent?day=yesterday", 422, "“yesterday” is not a day: write it like 2026-03-31."),
        ("/desk/sent?day=0001-01-01", 422, "Choose a day between 2000 and 2200."),
        ("/desk/search?q=", 422, "Write what you look for: a customer, an invoice number or an amount."),
        ("/desk/search?q=" + 90 * "x", 422, "Write at most 80 characters: a customer, an invoice number or an amount."),
        ("/desk/customers/" + 300 * "x", 404, "There is no such page."),
        ("/desk/customers/%00", 404, "There is no such page."),
        ("/desk/nothing", 404, "There is no such page."),
        ("/desk/start/collect-invoice", 404, "There is no such act."),
    ],
)  # fmt: skip
async def test_a_wrong_address_ends_in_a_sentence(address: str, status: int, sentence: str) -> None:
    page = await look(address)
    assert page.status == status
    assert sentence in page.text


@pytest.mark.usefixtures("books")
async def test_pages_are_only_looked_at() -> None:
    page = await look("/desk", method="POST")
    assert (page.status, page.has("A page can only be looked at.")) == (405, [])


@pytest.mark.usefixtures("books")
async def test_nothing_is_asked_of_any_other_host_and_there_is_no_script() -> None:
    for address in (
        "/desk",
        "/desk/inbox",
        "/desk/customers/C1",
        "/desk/invoices/FA-1",
        "/desk/messages/1",
        "/desk/style.css",
    ):
        html = (await look(address)).html
        assert [sign for sign in ("://", "<script", "javascript:", " on=", "@import", "url(") if sign in html] == []


async def test_what_was_sent_is_found_by_the_day_of_the_house() -> None:
    await clock.start(Mode.STEPPED, MORNING)
    await bill(invoice("FA-1", "2026-02-02", 125_000))
    await do(
        "INSERT INTO message (customer_id, creditor_id, kind, stage, step, window_on, channel, state, route, key, recipient, "
        "currency, demanded, calculated_at, handed_at, raw) SELECT id, creditor_id, 'written', '', '', '2026-03-02', 'email', 'confirmed', 'sink', "
        "'k1', 'a@b.example', 'EUR', 0, :at, :at, '' FROM customer",
        at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC),  # half past midnight in Paris
    )
    assert (await look(f"/desk/sent?day={date(2026, 3, 1)}")).has("Nothing was sent on this day.") == []
    assert (await look("/desk/sent")).has("Sent on 2 March 2026", "1 message", "Written by hand · e-mail") == []


@pytest.mark.usefixtures("books")
async def test_a_customer_s_page_shows_promises_and_agreements_and_who_may_end_one() -> None:
    await do(
        "WITH agreed AS (INSERT INTO agreement (creditor_id, customer_id, kind, currency, state, amount, due, proposed_by, proposed_at) "
        "SELECT creditor_id, id, 'settlement', 'EUR', 'proposed', 400000, '2026-03-20', 'marie', :at FROM customer WHERE number = 'C1' "
        "RETURNING id) INSERT INTO agreement_case (agreement_id, case_id, principal) "
        "SELECT agreed.id, c.id, 480000 FROM agreed, cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'FA-2'",
        at=MORNING,
    )  # fmt: skip
    await do(
        "WITH promised AS (INSERT INTO hold (customer_id, case_id, kind, reason, since, until, owner, word) "
        "SELECT c.customer_id, c.id, 'promise', 'on the telephone', '2026-02-20', '2026-02-27', 'marie', 'broken' "
        "FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'FA-1' RETURNING id) "
        "INSERT INTO hold_instalment (hold_id, on_day, amount) SELECT id, '2026-02-27', 50000 FROM promised"
    )
    agent, manager = [await look("/desk/customers/C1", Someone("x", role)) for role in (Role.AGENT, Role.MANAGER)]
    assert agent.has("settlement 1 · proposed · €4,000.00 · until 20 Mar · FA-2") == []
    assert agent.has("promise · FA-1 · broken · since 20 Feb · until 27 Feb 27 Feb · €500.00") == []
    standing = await look("/desk/agreements")
    assert standing.has("settlement 1 Dupont SARL C1 proposed €4,000.00 – until 20 Mar") == []
    assert "broken" not in standing.text
    ends = "/desk/start/cancel-agreement?number=1"
    assert [ends in one.links for one in (agent, manager)] == [False, True]


@pytest.mark.usefixtures("books")
async def test_a_customer_s_page_shows_its_exposure_its_measures_and_who_may_lift_one() -> None:
    await do(
        "UPDATE customer SET credit_limit = 700000, credit_currency = 'EUR', orders_given = 250000, orders_on = '2026-03-01' "
        "WHERE number = 'C1'"
    )
    await do(
        "INSERT INTO measure (creditor_id, customer_id, currency, kind, lifted_by, clause, origin, state, proposed_by, "
        "proposed_at, decided_by, decided_on) SELECT creditor_id, id, 'EUR', 'stop_supply', 'overdue_paid', 'Article 7', 'person', "
        "'taken', 'marie', :at, 'claire', '2026-03-03' FROM customer WHERE number = 'C1'",
        at=MORNING,
    )
    agent, manager = [await look("/desk/customers/C1", Someone("x", role)) for role in (Role.AGENT, Role.MANAGER)]
    assert agent.has("EUR €6,050.00 €0.00 €2,500.00 1 Mar €8,550.00 €7,000.00") == []
    assert agent.has("Stop supply 1 · stands · since 3 Mar · Article 7") == []
    lifts = "/desk/start/lift-measure?number=1"
    assert [lifts in one.links for one in (agent, manager)] == [False, True]
    assert (await look("/desk/customers/C1", KARIM)).has("Arrêt des livraisons 1 · en cours · depuis le 3 mars") == []


@pytest.mark.usefixtures("books")
async def test_home_lists_the_calls_of_today_and_not_those_of_another_day() -> None:
    await question("call_outcome", "follow_up_call", 99_000, "marie", "BE/7")
    await do(
        "UPDATE question SET lead_id = (SELECT case_id FROM question_case WHERE question_id = question.id LIMIT 1)"
    )
    await do(
        "INSERT INTO phone_call (customer_id, direction, outcome, at, again_at, actor) "
        "SELECT id, 'in', 'call_back', :at, :again, 'marie' FROM customer WHERE number = 'C/2'",
        at=MORNING, again=datetime(2026, 3, 9, 9, tzinfo=UTC),
    )  # fmt: skip
    assert (await look("/desk")).has("Nobody is to be called today.") == []
    assert (await look("/desk/calls")).has("Bernard <b>SA</b>", "9 Mar, 10:00") == []


@pytest.mark.usefixtures("books")
async def test_what_a_customer_said_is_told_in_words_and_in_the_reader_s_language() -> None:
    await do(
        "INSERT INTO answer_reason (customer_id, reason, source, on_day, actor, words, at) "
        "SELECT id, 'refuses', 'call', '2026-03-02', 'marie', '', :at FROM customer WHERE number = 'C1'",
        at=MORNING,
    )
    assert (await look("/desk/customers/C1")).has("Said on 2 Mar Refuses to pay") == []
    assert (await look("/desk/customers/C1", KARIM)).has("Dit le 2 mars Refuse de payer") == []


@pytest.mark.usefixtures("books")
async def test_promises_that_stand_are_listed_with_their_days_and_amounts() -> None:
    assert (await look("/desk/agreements")).has("Nothing that was promised is still to come.") == []
    await do(
        "WITH promised AS (INSERT INTO hold (customer_id, case_id, kind, reason, since, until, owner) "
        "SELECT c.customer_id, c.id, 'promise', 'on the telephone', '2026-03-02', '2026-03-13', 'marie' "
        "FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'FA-1' RETURNING id) "
        "INSERT INTO hold_instalment (hold_id, on_day, amount) SELECT id, '2026-03-13', 50000 FROM promised"
    )
    page = await look("/desk/agreements", KARIM)
    assert page.has("Dupont SARL C1 FA-1 13 mars · 500,00 €") == []
    assert page.links == ["/desk/customers/C1", "/desk/invoices/FA-1"]
