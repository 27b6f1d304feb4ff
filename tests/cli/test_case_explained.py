"""A case is shown with the day its claim dies, and explained rule by rule; acts and holds are recorded from here."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.home import CHECKOUT
from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email,country
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example,FR
FA-2,2026-01-16,2026-02-15,EUR,50.00,C1,Dupont SARL,compta@dupont.example,FR
"""
OPEN = """
from datetime import UTC, datetime
from cli.at_work import at_work
from storage import clock, opening
from storage.clock import Mode
now = datetime(2026, 2, 17, 9, tzinfo=UTC)
async def work():
    await clock.start(Mode.STEPPED, now)
    return await opening.open_due(now)
print(at_work(work))
"""


@pytest.fixture(scope="module", autouse=True)
def opened(relance: Relance, home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two invoices of one customer, each with its case, on 17 February 2026."""
    file = tmp_path_factory.mktemp("files") / "invoices.csv"
    file.write_text(INVOICES, encoding="utf-8")
    assert relance("import", "invoices", str(file)).code == 0
    environment = {"RELANCE_HOME": str(home), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", OPEN], cwd=CHECKOUT, env=environment, check=True, capture_output=True)


def explained(relance: Relance, case: str) -> dict[str, Any]:
    said = relance("case", "explain", case, "--json")
    assert said.code == 0, said.err
    answer: dict[str, Any] = json.loads(said.out)
    return answer


def test_a_case_is_explained_rule_by_rule_with_the_articles(relance: Relance) -> None:
    answer = explained(relance, "FA-1")
    assert answer["dies_on"] == "2031-02-01"
    assert answer["life"]["says"].startswith(
        "1 Feb 2031, the last day it can be brought to court: 5 years from the due"
    )
    assert [one["rule"] for one in answer["rules"]] == [
        "settled", "switched_off", "held", "time_barred", "exhausted", "underway", "its_time", "may_be_paid", "insurer",
        "harder_stage", "contact_budget", "fresh_money", "approval", "first_days", "act",
    ]  # fmt: skip
    decided = [one for one in answer["rules"] if one["decides"]]
    assert [(one["question"], one["answer"]) for one in decided] == [
        ("What is done?", "Courtesy reminder leaves by email")
    ]
    assert "art. L110-4 C. com." in answer["rules"][3]["rests_on"]
    assert [one["step"] for one in answer["coming"]] == [
        "courtesy_reminder", "second_reminder", "formal_notice", "follow_up_call", "agency",
    ]  # fmt: skip


def test_the_same_reads_well_on_a_screen(relance: Relance) -> None:
    lines = relance("case", "explain", "FA-1").out.splitlines()
    assert "→ What is done? Courtesy reminder leaves by email." in lines
    assert "      policy fr-b2b, step courtesy_reminder: channels = email, sms" in lines
    assert "  Is it on hold? No hold stands." in lines
    assert any(line.startswith("Way on: Injonction de payer (legal), 30 days to object") for line in lines)
    assert [line.count("European Payment Order") for line in lines if line.startswith("Closed: European")] == [1]
    lines = lines[: next(at for at, line in enumerate(lines) if line.startswith("Way on:")) - 1]
    assert lines[-5].startswith("2026-02-17  courtesy reminder   by email")


def test_an_act_moves_the_day_and_can_be_taken_back(relance: Relance) -> None:
    done = relance("case", "act", "FA-2", "acknowledgement", "--on", "2026-02-16", "--words", "letter, file 12")
    assert done.out == (
        "FA-2: 16 Feb 2031, the last day it can be brought to court: 5 years from the acknowledgement by the customer "
        "of 16 Feb 2026.\n"
    )
    assert explained(relance, "FA-2")["acts"][0]["words"] == "letter, file 12"
    shown = relance("case", "show", "FA-2").out
    assert "  Act 1: acknowledgement by the customer of 2026-02-16, letter, file 12, recorded by admin\n" in shown
    back = relance("case", "act", "FA-2", "--take-back", "1", "--words", "not signed")
    assert back.out.startswith("FA-2: 15 Feb 2031")
    assert "(taken back: not signed)" in relance("case", "show", "FA-2").out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("written_demand", "--on", "2026-02-10", "--words", "x"), "gives this claim no new life (art. L110-4 C. com."),
        (("court_act", "--on", "2026-02-18", "--words", "x"), "18 Feb 2026 is still to come; today is 17 Feb 2026."),
        (("court_act", "--on", "2026-02-30", "--words", "x"), "Write the day it was done as YYYY-MM-DD."),
        (("court_act", "--on", "2026-02-10"), "Say what it was and where the proof is"),
        (("--take-back", "7", "--words", "x"), "This case has no act numbered 7 that counts."),
    ],
)
def test_an_act_that_cannot_count_says_why(relance: Relance, words: tuple[str, ...], reason: str) -> None:
    said = relance("case", "act", "FA-1", *words)
    assert said.code == 1
    assert reason in said.err


def test_a_payment_plan_is_a_hold_with_its_days(relance: Relance) -> None:
    pay = ("--pay", "2026-03-10=25.00", "--pay", "2026-04-10=25")
    assert relance("case", "hold", "FA-2", "--kind", "plan", *pay).out == (
        "hold · Dupont SARL · plan of 2 payments from 10 Mar\n"
    )
    held = explained(relance, "FA-2")["rules"][-1]
    assert held["answer"] == "Yes: plan (held by a person), until 10 Mar 2026, waited for through 12 Mar 2026"
    assert relance("case", "release", "FA-2").code == 0
    unknown = relance("case", "hold", "FA-2", "--kind", "vacation")
    assert (unknown.code, unknown.err[:39]) == (1, "kind: “vacation” is no kind of hold; ch")


def test_amounts_in_a_history_are_written_as_money(relance: Relance) -> None:
    said = relance("write-off", "propose", "C1", "--reason", "uneconomic", "--invoice", "FA-1")
    assert said.code == 0, said
    assert relance("write-off", "vat", "amounts", "1", "FA-1", "--net", "80.00", "--vat", "20.00").code == 0
    assert "net 80.00, vat 20.00" in relance("case", "show", "FA-1").out
