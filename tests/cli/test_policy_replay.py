"""`policy replay` on the command line: no database for a file, sentences for whatever cannot be counted."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from cli.home import CHECKOUT
from cli.policy import app
from cli.refusal import Refusal
from cli.replay_shares import shares
from cli.replay_words import CAVEAT
from policies.replay.past import PastCustomer, PastInvoice
from tests.policies.replay.histories import customer, date, invoice

HISTORY = CHECKOUT / "docs" / "examples" / "history.csv"
FOUR = CHECKOUT / "docs" / "examples" / "four-reminders.toml"
YEAR = ("--from", "2025-03-01", "--to", "2025-12-31")
HEADER = "number,customer_number,due,currency,amount,paid_on,paid_amount,disputed_from,disputed_until\n"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A home in which nothing was ever started; the checkout as the working folder, as the manual has it."""
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("RELANCE_DATABASE_URL", raising=False)
    monkeypatch.chdir(CHECKOUT)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["replay", *words])


def answered(*words: str) -> dict[str, Any]:
    told = run(*words, "--json")
    assert told.exit_code == 0, told.output
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def refused(*words: str) -> str:
    told = run(*words)
    assert isinstance(told.exception, Refusal), told.output
    return str(told.exception)


def written(folder: Path, *rows: str, header: str = HEADER) -> str:
    file = folder / "history.csv"
    file.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return str(file)


def test_other_programs_read_it_as_json(tmp_path: Path) -> None:
    found = answered(str(FOUR), "--plain", *YEAR, "--data", str(HISTORY))
    assert found.pop("seconds") > 0
    assert re.fullmatch("[0-9a-f]{64}", found.pop("hash"))
    assert found == {
        "policy": "four-reminders", "title": "Reminders one, eight, fifteen and thirty days after the due date",
        "from": "2025-03-01", "to": "2025-12-31", "invoices": 6, "customers": 4, "outside": 0,
        "contacted": {"invoices": 6, "customers": 4},
        "acts": [
            {"step": "after_1", "stage": "courtesy_reminder", "channel": "email", "count": 6, "invoices": 6},
            {"step": "after_8", "stage": "second_reminder", "channel": "email", "count": 4, "invoices": 4},
            {"step": "after_15", "stage": "second_reminder", "channel": "email", "count": 3, "invoices": 3},
            {"step": "after_30", "stage": "second_reminder", "channel": "email", "count": 3, "invoices": 3},
        ],
        "months": [
            {"month": "2025-03", "stage": "courtesy_reminder", "count": 5},
            {"month": "2025-03", "stage": "second_reminder", "count": 5},
            {"month": "2025-04", "stage": "second_reminder", "count": 2},
            {"month": "2025-05", "stage": "second_reminder", "count": 3},
            {"month": "2025-06", "stage": "courtesy_reminder", "count": 1},
        ],
        "although_paying": {
            "within_days": 7, "crossed": 0, "contacts": 2,
            "customers": [{"number": "C-1", "contacts": 2, "invoices": 2}],
        },
        "accessories": [], "questions": [{"kind": "exhausted", "count": 3}], "acts_on_settled": 0, "caveat": CAVEAT,
    }  # fmt: skip
    assert not (tmp_path / "home").exists()


def test_another_policy_is_put_beside_it() -> None:
    found = answered("fr-b2b", "--against", "key-account", *YEAR, "--data", str(HISTORY))
    alone = [answered(policy, *YEAR, "--data", str(HISTORY)) for policy in ("fr-b2b", "key-account")]
    for one in (found, *alone):
        del one["seconds"]
    difference, against, caveat = found.pop("difference"), found.pop("against"), found["caveat"]
    assert [found, against | {"caveat": caveat}] == alone
    assert difference["customers"] == {"only_this": 1, "only_other": 0, "both": 3}
    assert difference["stages"][:3] == [
        {"stage": "upcoming", "channel": "email", "this": 2, "other": 0, "more": 2},
        {"stage": "courtesy_reminder", "channel": "email", "this": 4, "other": 7, "more": -3},
        {"stage": "second_reminder", "channel": "email", "this": 4, "other": 0, "more": 4},
    ]
    stated = found["accessories"]
    assert stated == [{"currency": "EUR", "messages": 5, "invoices": 3, "flat": "120.00", "interest": "52.35"}]


def test_the_worked_example_of_the_manual_is_what_the_command_says() -> None:
    manual = (CHECKOUT / "docs" / "replay.md").read_text(encoding="utf-8")
    shown = re.findall(r"```console\n\$ \./relance policy replay ([^\n]*)\n(.*?)```", manual, re.DOTALL)
    assert len(shown) == 2
    for words, answer in shown:
        assert run(*words.split()).stdout == answer


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    header, *rows = HISTORY.read_text(encoding="utf-8").splitlines()
    turned = written(tmp_path, *reversed(rows), header=f"{header}\n")
    one, other = (answered("fr-b2b", *YEAR, "--data", file) for file in (str(HISTORY), turned))
    del one["seconds"], other["seconds"]
    assert one == other


def test_what_would_be_shared_out_is_everybody_once() -> None:
    history = [customer(f"C{number}", *(_one(place) for place in range(400))) for number in range(5)]
    assert list(shares(history)) == [range(3), range(3, 5)]
    assert list(shares(history[:3])) == [range(3)]
    assert list(shares(list[PastCustomer]())) == []


def _one(place: int) -> PastInvoice:
    return invoice(f"F{place}", date(2025, 3, 3))


def test_many_invoices_are_shared_out_among_processes_and_count_the_same(tmp_path: Path) -> None:
    """Every invoice is four days late: one reminder each, by whichever process."""
    rows = [f"F{number},C{number % 700},2025-03-03,EUR,10.00,2025-03-07,,," for number in range(2_100)]
    found = answered(str(FOUR), "--plain", *YEAR, "--data", written(tmp_path, *rows))
    assert (found["invoices"], found["customers"]) == (2_100, 700)
    assert [(one["step"], one["count"]) for one in found["acts"]] == [("after_1", 2_100)]


def test_a_file_with_mistakes_is_refused_with_every_line(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "F1,C1,2025-03-03,EUR,0.00,,,,",
        "F2,C1,2025-02-30,EUR,10.00,,,,",
        "F3,C1,2025-03-03,EUR,10.00,,5.00,,",
        "F4,C1,2025-03-03,EUR,10.00,2025-03-05,0.00,,",
        "F5,C1,2025-03-03,EUR,10.00,,,2025-03-05,2025-03-04",
        "F6,C1,2025-03-03,EUR,10.00,,,,2025-03-04",
        "F7,C1,2025-03-31,EUR,10.00,,,,",
        "F7,C1,2025-03-30,EUR,10.00,,,,",
    )
    assert refused("fr-b2b", *YEAR, "--data", file).splitlines() == [
        "history.csv:2: amount: The amount must be above zero: there is nothing to collect.",
        "history.csv:3: due: “2025-02-30” is not a date in the declared order Y-M-D.",
        "history.csv:4: paid_on: Say on which day this was paid.",
        "history.csv:5: paid_amount: A payment of nothing is none; leave the cell empty where all of the invoice was paid.",
        "history.csv:6: disputed_until: The dispute would end before it began.",
        "history.csv:7: disputed_from: Say from which day on it was disputed.",
        "history.csv:9: due: Line 8 says something else of due; every row must say the same.",
        "history.csv was refused: a history with gaps would be counted as a whole.",
    ]


def test_what_cannot_be_counted_is_said_in_a_sentence(tmp_path: Path) -> None:
    data, gone = ("--data", str(HISTORY)), str(tmp_path / "gone.csv")
    empty = written(tmp_path)
    for words, sentence in (
        (("fr-b2c", *YEAR, *data), "There is no policy and no file “fr-b2c”; known are"),
        (("fr-b2b", "--against", "nothing", *YEAR, *data), "There is no policy and no file “nothing”; known are"),
        (("fr-b2b", "--from", "2025-02-01", "--to", "2025-01-31", *data), "The period would end before it begins"),
        (("fr-b2b", *YEAR, "--data", gone), f"There is no file {gone}."),
        (("fr-b2b", *YEAR, "--data", str(tmp_path)), f"{tmp_path} is a folder"),
        (("fr-b2b", *YEAR, "--data", empty), "There is no history: not a single invoice was found."),
        (
            ("fr-b2b", "--from", "2020-01-01", "--to", "2020-12-31", *data),
            "No invoice was open and known from 2020-01-01 to 2020-12-31.",
        ),
        (("fr-b2b", *YEAR, *data, "--mapping", "nobody"), "nobody: There is no mapping and no file of this name"),
        (("fr-b2b", *YEAR, *data, "--mapping", "relance"), "history.csv: The mapping relance has no table [history]."),
        (("fr-b2b", *YEAR, *data, "--dated"), "--dated is about the database"),
        (("fr-b2b", *YEAR, "--mapping", "relance-history"), "--mapping is about a file"),
    ):
        assert refused(*words).startswith(sentence), words


def test_a_policy_with_mistakes_is_refused_with_them(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(FOUR.read_text(encoding="utf-8").replace("gap = 1\n", "", 1), encoding="utf-8")
    assert refused(str(file), *YEAR, "--data", str(HISTORY)).startswith("wrong.toml:")


@pytest.mark.parametrize("words", [("--from", "2025-03-01"), ("--from", "March", "--to", "2025-04-01")])
def test_a_command_that_is_called_wrongly_ends_with_two(words: tuple[str, ...]) -> None:
    assert run("fr-b2b", *words, "--data", str(HISTORY)).exit_code == 2
