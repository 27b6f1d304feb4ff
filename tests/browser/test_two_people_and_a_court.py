"""From the digest to the court: an agent may not, a manager signs, a second person must; the file goes, the journal says who."""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.policy import default
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from sqlalchemy import text

from policies.questions import QuestionKind
from policies.staff import Role
from storage.questions import Question
from storage.session import transaction
from tests.browser.conftest import Window, open_window
from tests.browser.office import Office
from tests.browser.prefect_ui import PrefectUI
from tests.engine import told
from tests.engine.stack import Stack
from tests.engine.staff import account, in_a_thread
from tests.stories.conftest import forget_runs
from web.passwords import hashed

STAFF = {"zoe": Role.AGENT, "marc": Role.MANAGER, "lea": Role.LEGAL}
PASSWORD = "a brass kettle on the stove"
COURT = "Take it to court: Injonction de payer"
WAYS = [COURT, "Take it to court: Référé-provision", "Take it to court: Ordinary claim"]
AGENCY_HAD_IT = {"reached_stage": "agency", "reached_on": "2026-03-01"}
ANSWERS = """
    SELECT a.actor, a.role, a.door, v.accepted FROM answer a JOIN answer_verdict v ON v.answer_id = a.id ORDER BY a.id
"""
JOURNAL = """
    SELECT j.kind, j.facts ->> 'actor', j.facts ->> 'role', j.facts ->> 'shown' FROM journal j
    WHERE j.kind IN ('signed', 'answered') ORDER BY j.id
"""


@dataclass
class Court:
    """The office, its people, and the question whether Dupont's file goes to court."""

    office: Office
    browser: Browser
    windows: list[Window] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the desk is."""
        return self.office.stack.desk_url

    def question(self) -> Question:
        """The one that is open."""
        return self.office.question(QuestionKind.APPROVE)

    def signs_in(self, login: str, link: str) -> PrefectUI:
        """Somebody opens a link without a session, gives login and password, and is led on to where the link leads."""
        window = open_window(self.browser)
        self.windows.append(window)
        window.page.goto(link)
        window.page.get_by_label("Login").fill(login)
        window.page.get_by_label("Password").fill(PASSWORD)
        window.page.get_by_role("button", name="Sign in").click()
        return PrefectUI(window.page, self.url)


@pytest.fixture(scope="module")
def court(chromium: Browser, stack: Stack) -> Iterator[Court]:
    """Thursday, 2 April 2026: since yesterday it is asked whether 12 000 € go to court; above 10 000 € two people sign."""
    office = Office(stack, "2026-03-31")
    office.run(forget_runs(stack))
    office.begin(owner="zoe", legal_email="avocat@cabinet.example", second_signature_court="10000 EUR")
    for login, role in STAFF.items():
        in_a_thread(moves_in(login, role))
    stack.start_dispatcher()
    office.invoice(office.customer("C1", "Dupont SARL"), "FA-7", "2025-12-10", 1_200_000, **AGENCY_HAD_IT)
    office.until("2026-04-02", 12)
    found = Court(office, chromium)
    yield found
    stack.stop_dispatchers()
    for window in found.windows:
        window.page.context.close()


async def moves_in(login: str, role: Role) -> None:
    """An account with a password and an address."""
    number, secret = await account(login, role), await hashed(PASSWORD)
    statement = text("UPDATE person SET password_hash = :hash, email = :email WHERE id = :id")
    async with transaction() as connection:
        await connection.execute(statement, {"hash": secret, "email": f"{login}@atelier-nord.example", "id": number})


def link_in_the_digest(court: Court) -> str:
    """The link to the question in the e-mail Zoé was written this morning."""
    letters = [
        email.message_from_bytes(file.read_bytes(), policy=default)
        for file in sorted(court.office.stack.home.outbox.rglob("*.eml"))
    ]
    mine = [one for one in letters if "zoe@atelier-nord.example" in str(one["To"])]
    body = mine[-1].get_body(("plain",))
    assert body is not None
    links = re.findall(r"\S+/v2/runs/flow-run/[0-9a-f-]{36}", body.get_content())
    assert len(set(links)) == 1, body.get_content()
    return str(urlsplit(links[0])._replace(scheme="http", netloc=urlsplit(court.url).netloc).geturl())


def test_an_agent_follows_the_digest_to_the_question_and_may_not_go_to_court(court: Court) -> None:
    desk = court.signs_in("zoe", link_in_the_digest(court))
    form = desk.open_form().shows("What each answer does")
    assert "Who may answer" in form.text
    assert [one.split(" · ")[0] for one in form.options("Decision")][:4] == [*WAYS, "Wait 7 days"]
    assert "manager" in form.choose("Decision", COURT).submit()
    assert court.question().state == "open"


def test_a_manager_signs_and_his_second_signature_is_no_second_person(court: Court) -> None:
    run = f"{court.url}/v2/runs/flow-run/{court.question().run}"
    desk = court.signs_in("marc", run)
    desk.open_form().choose("Decision", COURT).submit()
    court.office.settle()
    assert court.question().state == "open"
    form = desk.open_run(court.question().run).open_form().shows("marc")
    assert "second, different person" in form.choose("Decision", COURT).submit()
    assert told.messages(court.office, "C1") == []


def test_a_second_person_signs_and_the_file_goes_to_court(court: Court) -> None:
    run = f"{court.url}/v2/runs/flow-run/{court.question().run}"
    court.signs_in("lea", run).open_form().shows("marc").choose("Decision", COURT).submit()
    court.office.until("2026-04-03", 12)
    assert told.messages(court.office, "C1") == ["2026-04-02 14:00 legal by handover to avocat@cabinet.example"]


def test_the_books_say_who_answered_in_which_role_and_before_what(court: Court) -> None:
    assert court.office.rows(ANSWERS) == [
        ("zoe", "agent", "desk", False),
        ("marc", "manager", "desk", True),
        ("marc", "manager", "desk", False),
        ("lea", "legal", "desk", True),
    ]
    shown = court.office.rows("SELECT fingerprint FROM question ORDER BY id DESC LIMIT 1")[0][0]
    assert court.office.rows(JOURNAL) == [
        ("signed", "marc", "manager", shown),
        ("answered", "lea", "legal", shown),
    ]


def test_the_pages_asked_nobody_else_for_anything(court: Court) -> None:
    asked = {host for window in court.windows for host in window.asked} - {""}
    assert asked == {urlsplit(court.url).netloc}
