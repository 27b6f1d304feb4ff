"""Marie's day in Prefect's UI, on a real stack: what she reads, what she clicks, and what happens then."""

import re
from logging import INFO

from playwright.sync_api import expect

from policies.questions import QuestionKind
from tests.browser.conftest import Window
from tests.browser.office import BUTTONS, Office, a_case_for_every_button
from tests.browser.prefect_ui import PrefectUI
from tests.engine import told
from tests.engine.runs import ended, reconcile

STALE = "The case has changed since this form was opened: nothing was done. Reload the page and read the new question."

LAST_STEP = """
    SELECT DISTINCT ON (i.number) i.number, s.step, s.how FROM step_done s JOIN cases c ON c.id = s.case_id
    JOIN invoice i ON i.id = c.invoice_id WHERE i.number ~ '^F[WU][0-9]$' ORDER BY i.number, s.id DESC
"""
SAID = {
    "Cancel": "Flow run cancelled",
    "Delete": "Flow run deleted",
    "Copy": "scheduled to start now",
    "Retry": "Flow run scheduled for retry",
}


def waiting(office: Office, invoice: str) -> tuple[str, str]:
    """Name and message of the state of an invoice's run, spaces of all widths alike."""
    state = office.case_run(invoice)["state"]
    return state["name"], plain(state["message"])


def plain(text: str) -> str:
    """The text with ordinary spaces only."""
    return re.sub(r"[\s\u200b]+", " ", text).strip()


def test_a_browser_without_a_session_reads_what_to_do(office: Office, window: Window) -> None:
    window.page.goto(f"{office.stack.desk_url}/v2/runs")
    expect(window.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "asks an administrator for a link" in window.page.locator("p").inner_text()


def test_the_inbox_link_shows_what_is_asked_and_the_run_list_everything_on_whatever_date_it_waits(
    office: Office, desk: PrefectUI
) -> None:
    assert sorted(plain(name) for name in desk.open_inbox("todo:marie").listed()) == [
        "Bernard SA · FA-2026-0151 · 6 200,00 €",
        "Dupont SARL · FA-2026-0142 · 4 800,00 €",
        "Garage Lemoine · FA-2026-0090 · 960,00 €",
        "To approve 1 Apr · 3 customers · 5 500,40 €",
    ]
    everything = [plain(name) for name in desk.open_all().listed()]
    assert "Menuiserie Roux · FA-2026-0180 · 780,00 €" in everything
    assert "Open cases · 0 cases opened, 1 review asked" in everything


def test_an_approved_formal_notice_leaves_and_the_run_waits_for_the_next_step(office: Office, desk: PrefectUI) -> None:
    form = desk.open_inbox("todo:marie").open_listed("Dupont").open_form().shows("Approve formal notice: Dupont SARL")
    text = plain(form.text)
    assert "8 184,50 € open on 3 invoices, the oldest due 30 days ago (2 March 2026)." in text
    assert "Invoice Due Late Open FA-2026-0142 2026-03-02 30 days 4 800,00 € FA-2026-0143" in text
    assert "second reminder sent before Relance on 16 Mar 2026." in text
    assert "MISE EN DEMEURE DE PAYER" in text
    assert "SAS au capital de 10 000 € · SIREN 552 100 554 · RCS Nantes What each answer does" in text
    assert "Send the formal notice: what you read above leaves, word for word." in text
    offered = [plain(option) for option in form.options("Decision")]
    assert [re.sub(r"[0-9a-f]{6}$", "…", option) for option in offered] == [
        "Send the formal notice · 8 184,50 € → compta@dupont.example · …",
        "Wait 7 days · …",
        "Wait 30 days · …",
        "Skip this step · …",
        "Stop chasing until I say · …",
    ]
    assert form.submit() == "Choose a decision: nothing was done yet."
    assert form.choose("Decision", "Send the formal notice").submit() == "Flow run resumed"
    office.settle()
    assert told.messages(office, "C101") == ["2026-04-01 14:00 formal_notice by email to compta@dupont.example"]
    assert {waiting(office, f"FA-2026-0{number}") for number in (142, 143, 150)} == {
        ("Waiting", "Formal notice sent; follow-up call on 14 Apr")
    }
    assert told.agreed(office)


def test_a_date_that_cannot_be_read_is_asked_again_with_the_reason_on_top(office: Office, desk: PrefectUI) -> None:
    wrong = "date: “31/02” is not a date; write it as YYYY-MM-DD, for example 2026-04-08."
    form = desk.open_inbox("todo:marie").open_listed("Garage Lemoine").open_form().shows("Telephone: +33240112233")
    form.choose("Decision", "Promised to pay").fill("Date", "31/02").fill("Note", "spoke to Paul")
    assert form.submit() == wrong
    office.settle()
    form = desk.open_inbox("todo:marie").open_listed("Garage Lemoine").open_form()
    form.shows(f"Your last answer was not taken: {wrong}")
    assert form.choose("Decision", "Promised to pay").fill("Date", "2026-04-10").submit() == "Flow run resumed"
    office.settle()
    assert waiting(office, "FA-2026-0090")[0] == "Waiting"
    assert "on hold (promise" in waiting(office, "FA-2026-0090")[1]


def test_a_form_opened_before_a_part_payment_is_refused_and_asked_again_with_the_new_amount(
    office: Office, desk: PrefectUI
) -> None:
    form = desk.open_inbox("todo:marie").open_listed("Bernard").open_form().shows("Approve formal notice: Bernard SA")
    office.pay("FA-2026-0151", 100_000)
    office.settle()
    assert form.choose("Decision", "Send the formal notice").submit() == STALE
    form = desk.open_inbox("todo:marie").open_listed("Bernard").open_form().shows("Approve formal notice: Bernard SA")
    assert "Montant demandé : 5 200,00 €" in plain(form.text)
    assert "5 200,00 €" in plain(form.options("Decision")[0])
    assert told.messages(office, "C102") == []


def test_the_daily_review_sends_all_but_the_customers_left_out(office: Office, desk: PrefectUI) -> None:
    form = desk.open_inbox("todo:marie").open_listed("To approve").open_form().shows("ready to leave for 3 customers")
    assert "C112 Cabinet Moreau & Fils 3 899,90 € 2 Mar FA-2026-0162 compta@ c112. example" in plain(form.text)
    form.choose("Decision", "Send all except").fill("Customers left out", "C112")
    assert form.submit() == "Flow run resumed"
    office.settle()
    assert [len(told.messages(office, customer)) for customer in ("C111", "C112", "C113")] == [1, 0, 1]
    assert "To approve" not in " ".join(desk.open_inbox("todo:marie").listed())


def test_the_timeline_is_drawn_and_its_link_opens_a_filled_form_that_logs_a_call(
    office: Office, desk: PrefectUI
) -> None:
    text = plain(desk.open_run(office.case_run("FA-2026-0180")["id"]).open_timeline())
    assert "Next: formal notice on 10 Apr." in text
    assert "2026-03-31 09:01 Second reminder sent by email" in text
    desk.follow("Log a call")
    expect(desk.parameter("customer")).to_have_value("C120")
    expect(desk.parameter("invoice")).to_have_value("FA-2026-0180")
    desk.choose_parameter("what_was_said", "Promised to pay")
    desk.parameter("date").fill("2026-04-09")
    assert "scheduled to start now" in desk.submit_start()
    (started,) = office.api("POST", "/flow_runs/filter", {"flows": {"name": {"any_": ["log-call"]}}}).json()
    ended(office, started["id"])
    office.settle()
    assert "call · Menuiserie Roux · promised 9 Apr" in desk.open_all().listed()
    assert waiting(office, "FA-2026-0180")[1].startswith("Second reminder sent; on hold (promise")


def test_the_logs_tab_shows_business_sentences_only(office: Office, desk: PrefectUI) -> None:
    run = office.case_run("FA-2026-0142")["id"]
    desk.open_run(run).shows("Formal notice sent; follow-up call on 14 Apr")
    (_, first), *others = told.logs(office, run, 4)
    assert first.startswith("Timeline of FA-2026-0142: http://")
    assert [(level, plain(line)) for level, line in others] == [
        (INFO, "Second reminder sent; formal notice on 1 Apr"),
        (INFO, "Waiting for marie: Approve formal notice · Dupont SARL · 8 184,50 €"),
        (INFO, "Formal notice sent; follow-up call on 14 Apr"),
    ]


def test_every_button_of_the_run_page_leaves_one_live_run_at_the_same_step_and_sends_nothing(
    office: Office, desk: PrefectUI
) -> None:
    a_case_for_every_button(office)
    office.until("2026-04-02", 12)
    before, sent = standing(office), office.acts()
    assert len(before) == 2 * len(BUTTONS)
    for invoice in before:
        press(office, desk, BUTTONS[int(invoice[-1])], office.case_run(invoice)["id"])
    reconcile(office)
    stopped = "Suspended: Waiting for marie: Stopped by a person · Cancel"
    assert standing(office) == before | {
        "FW0": [f"{stopped} Weber · 500,00 €", "second_reminder elsewhere"],
        "FU0": [f"{stopped} Ulmer · 6 000,00 €", "second_reminder elsewhere"],
    }
    assert office.acts() == sent


def standing(office: Office) -> dict[str, list[str]]:
    """Of every button's invoice: its runs that have not ended, and the last step behind it."""
    body = {"flow_runs": {"state": {"type": {"any_": ["SCHEDULED", "PENDING", "RUNNING", "PAUSED"]}}}, "limit": 200}
    found: dict[str, list[str]] = {}
    for run in office.api("POST", "/flow_runs/filter", body).json():
        match = re.search(r" · (F[WU]\d) · ", run["name"])
        if match:
            state = run["state"]
            found.setdefault(match[1], []).append(plain(f"{state['name']}: {state['message']}"))
    for number, step, how in office.rows(LAST_STEP):
        found[number].append(f"{step} {how}")
    return dict(sorted(found.items()))


def press(office: Office, desk: PrefectUI, button: str, run: str) -> None:
    """One button of the run's page. *Retry* is offered for ended runs only, so that run fails first."""
    if button == "Retry":
        office.api("POST", f"/flow_runs/{run}/set_state", {"state": {"type": "FAILED"}, "force": True})
    desk.open_run(run)
    said = {"Cancel": desk.cancel, "Delete": desk.delete, "Copy": desk.copy, "Retry": desk.retry}[button]()
    assert SAID[button] in said


def test_what_a_person_cancelled_is_resumed_by_a_person(office: Office, desk: PrefectUI) -> None:
    form = desk.open_inbox("todo:marie").open_listed("Cancel Weber").open_form().shows("Stopped by a person")
    assert form.choose("Decision", "Resume collecting").submit() == "Flow run resumed"
    office.settle()
    assert office.question(QuestionKind.HOLD_REVIEW).title.startswith("Stopped by a person · Cancel Ulmer")
