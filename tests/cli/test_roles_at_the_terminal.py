"""A token's role counts at the terminal as at the desk; what was refused there is written down."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Relance

CUSTOMERS = "number,name,owner\nC1,Dupont SARL,marie\n"
STEERED = [
    ("live", "on", "--creditor", "Nord"),
    ("live", "off"),
    ("collecting", "off"),
    ("creditor", "set", "name=Other"),
    ("agreement", "cancel", "1"),
    ("policy", "assign", "classic", "--everybody"),
    ("rates", "set", "ecb_mro", "2026-01-01", "2.15", "--source", "me"),
    ("customer", "segment"),
    ("user", "add", "eve", "--role", "admin"),
    ("user", "set", "zoe", "--role", "admin"),
    ("user", "link", "admin"),
    ("case", "act", "1", "acknowledgement", "--on", "2026-03-01", "--words", "letter"),
]


@pytest.fixture(scope="module")
def tokens(relance: Relance, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    file = tmp_path_factory.mktemp("files") / "customers.csv"
    file.write_text(CUSTOMERS, encoding="utf-8")
    assert relance("import", "customers", str(file)).code == 0
    made = {}
    for login, role in (("zoe", "agent"), ("vera", "viewer"), ("lea", "legal")):
        assert relance("user", "add", login, "--role", role).code == 0
        made[login] = relance("user", "token", login).out.strip()
    return made


@pytest.mark.parametrize("words", STEERED, ids=" ".join)
def test_an_agents_token_changes_nothing_that_is_for_others(
    relance: Relance, tokens: dict[str, str], words: tuple[str, ...]
) -> None:
    said = relance(*words, RELANCE_TOKEN=tokens["zoe"], RELANCE_SMTP_URL="smtp://127.0.0.1:9")
    assert said.code == 1
    assert "As agent you may not do this; it is for: " in said.err
    assert "Nothing was done." in said.err


def test_a_viewers_token_reads_and_imports_nothing(relance: Relance, tokens: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("number,name\nC2,Lost SARL\n", encoding="utf-8")
    said = relance("import", "customers", str(file), RELANCE_TOKEN=tokens["vera"])
    assert (said.code, said.out) == (1, "")
    assert "As viewer you may not do this; it is for: agent, manager, admin. Nothing was done." in said.err
    assert relance("customer", "show", "C2").code == 1
    assert relance("customer", "show", "C1", RELANCE_TOKEN=tokens["vera"]).code == 0
    assert relance("match", RELANCE_TOKEN=tokens["vera"]).code == 0


def test_what_the_terminal_refused_is_written_down(relance: Relance, tokens: dict[str, str]) -> None:
    relance("live", "off", RELANCE_TOKEN=tokens["lea"])
    (newest, *_) = json.loads(relance("user", "refusals", "--json").out)
    assert {name: newest[name] for name in ("actor", "role", "method", "route", "why")} == {
        "actor": "lea", "role": "legal", "method": "terminal", "route": "live off",
        "why": "As legal you may not do this; it is for: manager, admin. Nothing was done.",
    }  # fmt: skip


def test_an_agents_token_does_everyday_work(relance: Relance, tokens: dict[str, str]) -> None:
    assert relance("customer", "set", "C1", "backup=karim", RELANCE_TOKEN=tokens["zoe"]).code == 0


def test_a_new_account_reads_the_language_of_the_house_unless_another_is_said(relance: Relance) -> None:
    assert relance("creditor", "set", "staff_language=fr").code == 0
    assert relance("user", "add", "nina", "--role", "agent").code == 0
    assert relance("user", "add", "omar", "--role", "agent", "--language", "en").code == 0
    listed = {one["login"]: one["language"] for one in json.loads(relance("user", "list", "--json").out)}
    assert (listed["nina"], listed["omar"]) == ("fr", "en")
    assert relance("creditor", "set", "staff_language=en").code == 0
