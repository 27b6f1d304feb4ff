"""A month of questions. One is answered by nobody; two agencies need two signatures, and one of the signers leaves; an amount
changes under the first signature; a salesperson objects to a notice."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from policies.question_deadlines import Waited
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from policies.stages import Stage
from storage import clock, objections
from storage.questions import Question
from tasks.question_standing import standing
from tests.engine import told
from tests.engine.staff import account
from tests.engine.world import World
from tests.faults.warm import WarmDispatchers

SECOND = {"reached_stage": "second_reminder", "reached_on": "2026-02-13"}
MEDIATION = {"reached_stage": "mediation", "reached_on": "2026-02-05"}
PEOPLE = (
    ("marie", Role.AGENT),
    ("claire", Role.MANAGER),
    ("paul", Role.MANAGER),
    ("ann", Role.ADMIN),
    ("sophie", Role.VIEWER),
)


@dataclass
class Month:
    """The world, and what was seen on the way."""

    world: World
    seen: dict[str, Any] = field(default_factory=dict)

    def about(self, customer: str) -> Question:
        """The one open question about a customer."""
        ids = self.world.rows(
            "SELECT q.id FROM question q JOIN customer d ON d.id = q.customer_id WHERE d.number = :number "
            "AND q.state = 'open'", number=customer,
        )  # fmt: skip
        assert len(ids) == 1, (customer, told.questions(self.world, customer))
        return next(one for one in self.world.inbox() if one.id == ids[0][0])

    def says(self, who: str, customer: str, code: str, **values: str) -> str:
        """Answer at the desk: what the server says to it."""
        question = self.about(customer)
        answer = self.world.resume(question, self.world.form(question, code, values), who)
        self.world.settle()
        return str(answer.json().get("status") or answer.json().get("detail"))


@pytest.fixture(scope="module")
def month(begin: Callable[..., World], warm: WarmDispatchers) -> Month:
    """Monday, 2 March 2026: two formal notices and two files for the agency are due, 9 000,00 € each."""
    world = begin(
        "2026-02-27",
        owner="marie",
        manager="paul",
        second_signature_agency="5000 EUR",
        agency_email="agence@recouvre.example",
    )
    month = Month(world)
    for login, role in PEOPLE:
        world.run(account(login, role))
    world.do("UPDATE person SET email = 'sophie@atelier-nord.example' WHERE login = 'sophie'")
    for number, name, due, more in (
        ("D1", "Dupont SARL", "2026-01-30", SECOND), ("D2", "Durand SA", "2025-12-15", MEDIATION),
        ("D3", "Garnier SAS", "2025-12-15", MEDIATION), ("D4", "Moreau SARL", "2026-01-30", SECOND),
    ):  # fmt: skip
        world.invoice(world.customer(number, name), f"F{number}", due, 900_000, **more)
    world.do("UPDATE customer SET salesperson = 'sophie' WHERE number = 'D4'")
    world.until("2026-03-02", 12)
    the_first_day(month)
    objects(month)
    warm.stop()
    world.stack.stop_desk()
    world.stack.start_desk()
    warm.start()
    world.until("2026-04-02", 12)
    return month


def the_first_day(month: Month) -> None:
    """Claire signs for both agencies; then Garnier pays a part, and she leaves. Paul and Ann sign after her."""
    world, seen = month.world, month.seen
    seen["agent"] = month.says("marie", "D2", "send")
    seen["first"] = month.says("claire", "D2", "send")
    seen["signed"] = standing(month.about("D2")).splitlines()[0]
    seen["twice"] = month.says("claire", "D2", "send")
    month.says("claire", "D3", "send")
    before = month.about("D3")
    world.pay("FD3", 100_000)
    world.until("2026-03-02", 13)
    after = month.about("D3")
    seen["changed"] = (
        after.id != before.id,
        after.description.replace("\u202f", " ").replace("\xa0", " "),
        after.signed,
    )
    world.do("UPDATE person SET disabled_at = now() WHERE login = 'claire'")
    month.says("paul", "D2", "send")
    month.says("paul", "D3", "send")
    seen["acts after one signature"] = world.acts("D3")
    month.says("ann", "D3", "send")
    world.until("2026-03-03", 12)


def objects(month: Month) -> None:
    """Sophie objects on Tuesday; Paul lets the notice wait until the thirteenth, and sends it after that."""
    world, seen = month.world, month.seen
    sophie = Signer("sophie", Role.VIEWER)

    async def object_to() -> object:
        return await objections.object_to("D4", "a large order is coming", sophie, await clock.now())

    done = world.run(object_to())
    assert not isinstance(done, list), done
    world.until("2026-03-04", 12)
    question = month.about("D4")
    seen["objection"] = (question.kind, question.todo)
    month.says("paul", "D4", "wait_until", date="2026-03-13")
    world.until("2026-03-16", 12)
    seen["notice"] = (month.about("D4").kind, month.about("D4").stage)
    month.says("marie", "D4", "send")


def test_a_question_nobody_answers_is_passed_on_for_a_month_and_nothing_is_approved(month: Month) -> None:
    assert told.messages(month.world, "D1") == []
    question = month.about("D1")
    assert (question.kind, question.stage, question.waited, question.todo) == (
        QuestionKind.APPROVE, Stage.FORMAL_NOTICE, Waited.LAST, "ann",
    )  # fmt: skip
    moves = month.world.rows(
        "SELECT m.taken_from, m.given_to, m.why FROM question_move m JOIN question q ON q.id = m.question_id "
        "JOIN customer d ON d.id = q.customer_id WHERE d.number = 'D1' ORDER BY m.id"
    )
    assert moves == [("marie", "marie", "reminded"), ("marie", "paul", "escalated"), ("paul", "ann", "last")]
    assert question.since.date().isoformat() == "2026-03-02"


def test_after_everything_was_started_again_it_is_asked_once_and_its_run_is_with_who_has_it(month: Month) -> None:
    run = month.world.case_run("FD1")
    assert (run["state"]["type"], "todo:ann" in run["tags"]) == ("PAUSED", True)
    assert [line.rsplit(" ", 1)[1] for line in told.questions(month.world, "D1")].count("open") == 1


def test_an_agent_does_not_place_a_file_with_the_agency_and_one_manager_alone_neither(month: Month) -> None:
    seen = month.seen
    assert seen["agent"].startswith("“Hand the file to the collection agency” is for a manager or an administrator")
    assert seen["first"] == "ACCEPT"
    assert seen["signed"].startswith("**Signed** by claire on 2 March 2026: *Hand the file to the collection agency*.")
    assert seen["twice"].startswith("You have signed this already: nothing was done.")
    assert month.world.rows(
        "SELECT a.actor, a.role, v.accepted FROM answer a JOIN answer_verdict v ON v.answer_id = a.id "
        "JOIN question q ON q.id = a.question_id JOIN customer d ON d.id = q.customer_id WHERE d.number = 'D2' ORDER BY a.id"
    ) == [("marie", "agent", False), ("claire", "manager", True), ("claire", "manager", False), ("paul", "manager", True)]  # fmt: skip


def test_the_signature_of_somebody_who_left_counts_and_the_file_goes_with_the_second(month: Month) -> None:
    assert month.world.acts("D2") == [("2026-03-02", "agency", "agence@recouvre.example")]


def test_an_amount_that_changed_takes_the_signature_away_and_says_so(month: Month) -> None:
    asked_anew, description, signed = month.seen["changed"]
    assert (asked_anew, signed) == (True, ())
    assert (
        "**What has changed** since this was last asked: FD3: 8 000,00 € open instead of 9 000,00 €; "
        "the signature of claire no longer counts."
    ) in description
    assert month.seen["acts after one signature"] == []
    assert [stage for _, stage, _ in month.world.acts("D3")] == ["agency"]


def test_a_salesperson_objects_a_manager_lets_it_wait_and_then_the_notice_is_asked_about(month: Month) -> None:
    assert month.seen["objection"] == (QuestionKind.OBJECTION, "paul")
    assert month.seen["notice"] == (QuestionKind.APPROVE, Stage.FORMAL_NOTICE)
    assert [act[:2] for act in month.world.acts("D4")][:1] == [("2026-03-16", "formal_notice")]
    assert month.world.rows(
        "SELECT login, state, route FROM staff_message WHERE key LIKE 'sales-notice-%'"
    ) == [("sophie", "confirmed", "sink")]  # fmt: skip


def test_the_journals_are_whole(month: Month) -> None:
    assert [told.broken_place(month.world, f"FD{number}") for number in (1, 2, 3, 4)] == [None] * 4
