"""The commands of a working day, from a file to an answer; bad input ends in a sentence."""

import json
from pathlib import Path

import pytest

from cli.new_file import write_new
from cli.refusal import Refusal
from tests.cli.conftest import Relance

INVOICES = """number,issued,due,currency,amount,customer_number,customer_name,email
FA-1,2026-01-02,2026-02-01,EUR,100.00,C1,Dupont SARL,compta@dupont.example
FA-2,2026-01-16,2026-02-15,EUR,50.00,C1,Dupont SARL,compta@dupont.example
FA-3,2026-01-16,15/02/2026,EUR,50.00,C1,Dupont SARL,compta@dupont.example
"""
PAYMENTS = """value_date,amount,currency,reference,text,counterparty
2026-03-01,100.00,EUR,,VIR FA-1,DUPONT SARL
2026-03-02,9.00,EUR,,LOYER,SCI DU PORT
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    (folder / "invoices.csv").write_text(INVOICES, encoding="utf-8")
    (folder / "payments.csv").write_text(PAYMENTS, encoding="utf-8")
    (folder / "broken.toml").write_text("title = 'x'\n[file\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module", autouse=True)
def imported(relance: Relance, files: Path) -> list[dict[str, object]]:
    """What the first two imports into an empty home answer; the first makes the tables."""
    assert relance("status").code == 1
    answers = [relance("import", kind, str(files / f"{kind}.csv"), "--json") for kind in ("invoices", "payments")]
    return [json.loads(answer.out) for answer in answers]


def test_an_import_answers_counts_and_problems_with_their_lines(imported: list[dict[str, object]]) -> None:
    invoices, payments = imported
    problems = invoices.pop("problems")
    assert invoices == {"read": 3, "new": 2, "changed": 0, "unchanged": 0}
    assert isinstance(problems, list)
    assert [(one["line"], one["field"]) for one in problems] == [(4, "due")]
    assert payments == {
        "read": 2, "new": 2, "changed": 0, "unchanged": 0, "booked": 1, "proposed": 0, "unmatched": 1, "pending": 0, "problems": [],
    }  # fmt: skip


def test_a_dry_run_answers_every_record_and_keeps_nothing(relance: Relance, files: Path) -> None:
    said = relance("import", "invoices", str(files / "invoices.csv"), "--dry-run", "--source", "other", "--json")
    answer = json.loads(said.out)
    assert [one["number"] for one in answer["records"]] == ["FA-1", "FA-2"]
    assert answer["records"][0]["payable"] == "100.00"
    assert relance("import", "invoices", str(files / "invoices.csv"), "--json").out.startswith('{\n  "read": 3')


def test_aging_answers_the_open_amounts_of_a_day(relance: Relance) -> None:
    answer = json.loads(relance("aging", "--as-of", "2026-03-01", "--json").out)
    assert answer["as_of"] == "2026-03-01"
    assert [one for one in answer["buckets"] if one["count"]] == [
        {"currency": "EUR", "bucket": "1-30", "count": 1, "amount": "50.00"}
    ]


def test_a_customer_is_shown_with_what_it_owes(relance: Relance) -> None:
    answer = json.loads(relance("customer", "show", "C1", "--json").out)
    assert [(one["invoice"], one["open"]) for one in answer["items"]] == [("FA-2", "50.00")]


def test_a_bank_line_without_an_invoice_is_listed(relance: Relance) -> None:
    answer = json.loads(relance("unmatched", "--json").out)
    assert [(one["text"], one["left"]) for one in answer] == [("LOYER", "9.00")]


def test_a_report_is_named_and_says_when_nobody_gave_a_reason(relance: Relance) -> None:
    assert relance("report").err.strip() == (
        "Say which report you want: --week (what was done), --why (why we are paid late), exposure (who is above its limit) or doubtful (what may be lost)."
    )
    assert json.loads(relance("report", "--why", "--since", "2026-03-01", "--json").out) == {
        "since": "2026-03-01", "reasons": [], "segments": [], "customers": [],
    }  # fmt: skip
    assert relance("report", "--why").out.startswith("Nobody has said yet why it is late")
    assert relance("report", "--why", "--since", "March").code == 2


def test_a_table_is_never_written_over_another_and_a_folder_that_is_none_is_said(
    relance: Relance, tmp_path: Path
) -> None:
    there, nowhere = tmp_path / "list.csv", tmp_path / "none" / "list.csv"
    assert relance("report", "doubtful", "--csv", str(there)).code == 0
    assert there.read_bytes().startswith("\ufeffcustomer;name;invoice".encode())
    said = [relance("report", "doubtful", "--csv", str(place)) for place in (there, nowhere)]
    assert [(one.code, one.err.strip()) for one in said] == [
        (1, f"{there} is there already: name another file."),
        (1, f"{nowhere} cannot be written: No such file or directory."),
    ]


def test_files_are_written_into_a_folder_and_into_nothing_else(tmp_path: Path) -> None:
    first, inside = tmp_path / "new" / "a.pdf", tmp_path / "new" / "a.pdf" / "b.pdf"
    write_new(first, b"1", in_folder=True)
    with pytest.raises(Refusal, match=r"a\.pdf is there already: nothing is written over, name another folder\.$"):
        write_new(first, b"2", in_folder=True)
    with pytest.raises(Refusal, match=r"a\.pdf is a file: name a folder\.$"):
        write_new(inside, b"3", in_folder=True)
    assert first.read_bytes() == b"1"


@pytest.mark.parametrize("words", [("inbox",), ("case", "list"), ("outbox", "list")])
def test_lists_are_empty_before_anything_happened(relance: Relance, words: tuple[str, ...]) -> None:
    said = relance(*words, "--json")
    assert (said.code, json.loads(said.out)) == (0, [])


def test_status_counts(relance: Relance) -> None:
    answer = json.loads(relance("status", "--json").out)
    kept = {name: answer[name] for name in ("invoices_without_case", "questions", "unmatched", "live", "running")}
    assert kept == {"invoices_without_case": 1, "questions": 0, "unmatched": 1, "live": False, "running": False}


def test_doctor_tells_where_messages_go_and_which_law_is_missing(relance: Relance) -> None:
    checks = json.loads(relance("doctor", "--json").out)["checks"]
    missing = "A debtor without a country has no law: give the customer its country, such as FR."
    told = {one["subject"]: (one["health"], one["words"]) for one in checks}
    assert told["law"] == ("note", missing.rstrip("."))
    assert told["live"] == ("note", "Messages go to the local sink only")


def test_the_shipped_policies_are_listed_shown_and_good(relance: Relance) -> None:
    assert [one["id"] for one in json.loads(relance("policy", "list", "--json").out)] == [
        "be-consumer", "de-b2b", "eu-b2b", "fr-after-judgment", "fr-b2b", "fr-consumer", "fr-public", "key-account", "uk-b2b",
    ]  # fmt: skip
    steps = json.loads(relance("policy", "show", "fr-b2b", "--json").out)["steps"]
    assert [step["offset"] for step in steps] == [-5, 3, 12, 30, 43, 50, 75, 105]


def test_import_map_shows_which_mapping_reads_the_file(relance: Relance, files: Path) -> None:
    answer = json.loads(relance("import", "map", str(files / "payments.csv"), "--json").out)
    assert answer["header"] == ["value_date", "amount", "currency", "reference", "text", "counterparty"]
    assert [one["mapping"] for one in answer["mappings"] if one["usable"]] == ["relance-payments"]


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("import", "invoices", "no.csv"), 1, "There is no file no.csv.\n"),
        (("import", "payments", "cli"), 1, "cli is a folder: name a file in it.\n"),
        (("import", "map", "cli"), 1, "cli is a folder: name a file in it.\n"),
        (("case", "show", "FA-77"), 1, "There is no case and no invoice “FA-77”. See ./relance case list.\n"),
        (("case", "explain", "FA-1"), 1, "The invoice FA-1 has no case: nothing of it is open.\n"),
        (("case", "hold", "FA-2"), 1, "The invoice FA-2 has no case: its first step's day has not come.\n"),
        (("customer", "show", "Durand"), 1, "There is no customer “Durand”.\n"),
        (("answer", "5", "--decision", "send"), 1, "Question 5 is not open. See ./relance inbox.\n"),
        (("outbox", "show", "7"), 1, "There is no message 7. See ./relance outbox list.\n"),
        (("policy", "check", "no.toml"), 1, "There is no file no.toml.\n"),
        (
            ("policy", "show", "xy-b2b"),
            1,
            (
                "There is no policy and no file “xy-b2b”; known are be-consumer, de-b2b, eu-b2b, fr-after-judgment, fr-b2b, fr-consumer, "
                "fr-public, key-account, uk-b2b.\n"
            ),
        ),
        (
            ("reconcile",),
            1,
            "Relance is not running: ./relance up starts it, and reconciles first of all.\n",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    relance: Relance, words: tuple[str, ...], code: int, sentence: str
) -> None:
    said = relance(*words)
    assert (said.code, said.err) == (code, sentence)


@pytest.mark.parametrize("words", [("aging", "--as-of", "1/2/2026"), ("case", "list", "--status", "some"), ("import",)])
def test_a_command_called_wrongly_ends_with_two(relance: Relance, words: tuple[str, ...]) -> None:
    assert relance(*words).code == 2


def test_a_malformed_policy_is_refused_with_its_line(relance: Relance, files: Path) -> None:
    said = relance("policy", "check", str(files / "broken.toml"))
    assert (said.code, said.err.startswith("broken.toml:2: This is not TOML:")) == (1, True)


def test_a_malformed_mapping_is_refused(relance: Relance, files: Path) -> None:
    said = relance("import", "invoices", str(files / "invoices.csv"), "--mapping", str(files / "broken.toml"))
    assert said.code == 1
    assert said.err.startswith("broken.toml: The mapping is not well-formed TOML:")


def test_wrong_columns_refuse_the_file(relance: Relance, files: Path) -> None:
    said = relance("import", "payments", str(files / "invoices.csv"))
    assert said.code == 1
    assert said.err.endswith("invoices.csv was refused: nothing of it went in.\n")


def test_aging_by_customer_names_whose_the_open_amounts_are(relance: Relance) -> None:
    answer = json.loads(relance("aging", "--as-of", "2026-03-01", "--by", "customer", "--json").out)
    assert [one for one in answer["buckets"] if one["count"]] == [
        {"currency": "EUR", "bucket": "1-30", "count": 1, "amount": "50.00", "customer": "C1", "name": "Dupont SARL"}
    ]


def test_only_a_table_that_is_refused_is_told_of_mappings(relance: Relance, tmp_path: Path) -> None:
    table, bank = tmp_path / "table.csv", tmp_path / "bank.sta"
    table.write_text("Datum;Betrag\n01.02.2026;5,00\n")
    bank.write_text(":20:X\n:25:1234\n:60F:C260301EUR1,00\n:62F:C260301EUR2,00\n-\n")
    said = {file.name: relance("import", "payments", str(file)) for file in (table, bank)}
    assert {name: (one.code, "import map" in one.err) for name, one in said.items()} == {
        "table.csv": (1, True), "bank.sta": (1, False),
    }  # fmt: skip


def test_an_account_is_closed_by_name_or_as_the_one_that_has_none(relance: Relance) -> None:
    refused = relance("creditor", "close-account", "--why", "moved")
    assert (refused.code, refused.err.strip()) == (
        1, "Name the account as `status` shows it, or --unnamed for files that name none.",
    )  # fmt: skip
    gone = relance("creditor", "close-account", "FR76X", "--why", "moved")
    assert (gone.code, gone.err.strip()) == (1, "There is no open account FR76X; ./relance status lists them.")
