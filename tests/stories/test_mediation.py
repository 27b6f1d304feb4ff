"""Two customers to whom mediation is proposed: one ends in a plan; of the other the agency reads only that it took place and failed."""

import io
import json
import zipfile
from collections.abc import Callable

import pypdf
import pytest

from policies.claim_file import ClaimFile, FileChoice
from policies.questions import QuestionKind
from storage import deeds
from storage.claim_file import claim_file
from storage.mediation_attempts import attempts
from storage.session import reading
from tasks.handover_check import wrong_in
from tasks.handover_file import handover_file
from tests.engine import told
from tests.engine.world import World, at

CALLED = {"reached_stage": "follow_up_call", "reached_on": "2026-04-14"}
CUSTOMERS = {"PLAN": "Dupont SARL", "REFUSED": "Martin SAS"}
SECRETS = ("quarante pour cent", "deux cents euros")
"""What was said in the mediation: in a note, and at its end."""


@pytest.fixture(scope="module")
def spring(begin: Callable[..., World]) -> World:
    """From Monday, 20 April 2026: each owes 3 000,00 € since 2 March, was reminded, put on notice and called before."""
    world = begin("2026-04-20")
    for number, name in CUSTOMERS.items():
        world.invoice(world.customer(number, name), f"FA-{number}", "2026-03-02", 300_000, **CALLED)
    world.until("2026-04-22", 10)
    outcomes = {one.title.split(" · ")[1]: one for one in world.inbox() if one.kind is QuestionKind.MEDIATION_OUTCOME}
    world.run(deeds.note("REFUSED", "", f"Ils proposent {SECRETS[0]}.", "marie", world.now()))
    world.until("2026-04-28", 10)
    plan = {"payments": "2 from 2026-05-15", "note": "they first offered less"}
    assert world.answer(outcomes["Dupont SARL"], "plan", **plan) is None
    world.until("2026-05-05", 10)
    assert world.answer(outcomes["Martin SAS"], "refused", note=f"Dernière offre : {SECRETS[1]}.") is None
    world.until("2026-05-15", 10)
    world.pay("FA-PLAN", 150_000)
    world.until("2026-05-26", 12)
    assert world.answer(world.question(QuestionKind.APPROVE), "send") is None
    world.until("2026-06-15", 10)
    world.pay("FA-PLAN", 150_000)
    world.until("2026-06-16", 10)
    return world


def test_an_agreement_in_mediation_becomes_a_plan_that_is_kept(spring: World) -> None:
    assert spring.acts("PLAN") == [
        ("2026-04-21", "mediation", "compta@plan.example"),
        ("2026-04-28", "plan_agreed", "compta@plan.example"),
    ]
    assert told.state(spring, "FA-PLAN") == "Paid"
    assert told.broken_place(spring, "FA-PLAN") is None


def test_a_mediation_that_is_refused_leads_to_the_agency(spring: World) -> None:
    assert spring.acts("REFUSED") == [
        ("2026-04-21", "mediation", "compta@refused.example"),
        ("2026-05-26", "agency", "compta@atelier-nord.example"),
    ]
    assert told.steps(spring, "FA-REFUSED")[-2:] == ["2026-05-05 mediation confirmed", "2026-05-26 agency confirmed"]


def test_the_proposal_names_the_mediator_and_the_last_day_which_was_watched_until_the_answer(spring: World) -> None:
    texts = spring.rows("SELECT text FROM message WHERE stage = 'mediation' ORDER BY id")
    assert all("Médiateur proposé : Médiateur des entreprises" in text for (text,) in texts)
    assert all("au plus tard le 6 mai 2026" in text for (text,) in texts)
    rule = "policy fr-b2b, step mediation: 15 days to answer"
    found = spring.rows("SELECT kind, last_day::text, article, state FROM deadline ORDER BY id")
    assert found == [("mediation_answer", "2026-05-06", rule, "met")] * 2


def test_the_agencys_file_says_that_it_took_place_and_failed_and_nothing_else_of_it(spring: World) -> None:
    async def build() -> ClaimFile:
        async with reading() as connection:
            cases = [told_case]
            assert [one.failed for one in await attempts(connection, cases)] == [True]
            return await claim_file(connection, cases, at("2026-05-26", 12), choice)

    told_case = told.case_of(spring, "FA-REFUSED")
    choice = FileChoice("fr", receiver="Recouvrement SAS", reference="P-1")
    content = handover_file(spring.run(build()))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    tried = json.loads(files["claim.json"])["attempts_that_failed"]
    assert tried == [
        {
            "kind": "mediation", "on": "2026-04-21", "article": "", "mediator": "Médiateur des entreprises",
            "result": "refused", "ended_on": "2026-05-05",
        }
    ]  # fmt: skip
    sheet = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["claim.pdf"])).pages)
    assert "Une médiation (Médiateur des entreprises) a été proposée le 21 avril 2026 ; elle a été refusée" in " ".join(
        sheet.split()
    )
    assert wrong_in(content, ["FA-REFUSED"], SECRETS) == []
    assert not any("mediation" in name for name in files)
