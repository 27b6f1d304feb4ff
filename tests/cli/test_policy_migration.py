"""A policy is pinned, a plan is written, approved at the terminal, and carried out although nothing else runs."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example
FA-2,2026-01-02,2026-02-01,EUR,100.00,C2,Martin SA,compta@martin.example
"""


@pytest.fixture
def gentle(tmp_path: Path) -> Path:
    shipped = files("policies").joinpath("ladders", "fr-b2b.toml").read_text(encoding="utf-8")
    file = tmp_path / "gentle.toml"
    file.write_text(shipped.replace('id = "fr-b2b"', 'id = "gentle"').replace("offset = 12", "offset = 20"), "utf-8")
    return file


def test_a_plan_is_written_approved_and_carried_out(
    relance: Relance, opened: Callable[[], int], gentle: Path, tmp_path: Path
) -> None:
    file = tmp_path / "invoices.csv"
    file.write_text(INVOICES, encoding="utf-8")
    assert relance("import", "invoices", str(file)).code == 0
    assert opened() == 2
    said = relance("policy", "pin", str(gentle))
    assert (said.code, said.out.splitlines()[0].split(":")[0]) == (0, "gentle is pinned")
    plan = json.loads(relance("policy", "migrate", "fr-b2b", "gentle", "--stay", "FA-2", "--json").out)
    assert [(one["invoice"], one["move"]) for one in plan["cases"]] == [("FA-1", "re_anchor"), ("FA-2", "stay")]
    assert plan["cases"][0]["re_anchor"]["step"] == "courtesy_reminder"
    (question,) = json.loads(relance("inbox", "--json").out)
    assert (question["kind"], question["title"]) == ("migration", "Replace fr-b2b by gentle · 2 cases")
    assert "**goes on**" in question["description"]
    assert relance("answer", str(question["question"]), "--decision", "move").code == 0
    versions = {one["policy"]: one for one in json.loads(relance("policy", "list", "--pinned", "--json").out)}
    assert (versions["gentle"]["open_cases"], versions["gentle"]["pinned_by"]) == (1, "admin")
    (shown,) = json.loads(relance("policy", "plan", "--json").out)
    assert (shown["state"], shown["moved"], shown["left"], shown["approved_by"]) == ("carried out", 1, 0, "admin")
    lines = relance("policy", "plan", str(plan["plan"])).out.splitlines()
    assert [line.split()[-1] for line in lines[2:]] == ["moved", "stays"]


def test_a_policy_of_ones_own_is_known_by_its_id(relance: Relance, home: Path, gentle: Path) -> None:
    (home / "policies").mkdir()
    (home / "policies" / "gentle.toml").write_bytes(gentle.read_bytes())
    listed = {one["id"]: one["whose"] for one in json.loads(relance("policy", "list", "--json").out)}
    assert (listed["gentle"], listed["fr-b2b"]) == ("own", "shipped")
    assert relance("policy", "show", "gentle", "--steps").code == 0


def test_a_bad_file_is_not_pinned(relance: Relance, gentle: Path) -> None:
    gentle.write_text(gentle.read_text(encoding="utf-8").replace("gap = 4", "gap = -4"), "utf-8")
    said = relance("policy", "pin", str(gentle))
    assert (said.code, said.err.startswith("gentle.toml:")) == (1, True)
    assert relance("policy", "migrate", "fr-b2b", "nowhere").err.endswith(
        "There is no policy “nowhere”; pin its file first: ./relance policy pin FILE.\n"
    )
