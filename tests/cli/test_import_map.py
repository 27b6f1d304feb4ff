"""`import map`: the proposal with its evidence; without a terminal the option that decides is named; kept under a name."""

import json
from pathlib import Path

from tests.cli.conftest import Relance

FILE = "N° facture;Code client;Échéance;Montant TTC\nFA-1;C1;03/04/2026;1 250,50 €\nFA-2;C1;05/06/2026;10,00 €\n"


def written(folder: Path) -> str:
    path = folder / "export.csv"
    path.write_bytes(FILE.encode("cp1252"))
    return str(path)


def test_what_cannot_be_told_names_the_option_that_decides_and_nothing_is_kept(
    relance: Relance, home: Path, tmp_path: Path
) -> None:
    said = relance("import", "map", written(tmp_path), "--save", "ours")
    assert said.code == 1
    assert "To decide: All 2 dates read as D/M/Y and as M/D/Y: “03/04/2026” on line 2 is one of both." in said.out
    assert "decimal sign: 2 of 2 amounts can only have “,”, first “1 250,50” on line 2." in said.out
    assert "Nothing was saved." in said.err
    assert "Decide with --date-order." in said.err
    assert not (home / "mappings" / "ours.toml").exists()


def test_a_decided_mapping_is_kept_and_read_by_its_name(relance: Relance, home: Path, tmp_path: Path) -> None:
    file = written(tmp_path)
    said = relance("import", "map", file, "--date-order", "dmy", "--save", "ours")
    assert (said.code, said.err) == (0, "")
    assert "With the proposed mapping 2 of 2 rows can be used as invoices." in said.out
    text = (home / "mappings" / "ours.toml").read_text(encoding="utf-8")
    assert 'due = "Échéance"' in text
    taken = relance("import", "invoices", file, "--mapping", "ours", "--dry-run", "--json")
    found = [(one["number"], one["due"], one["total"], one["currency"]) for one in json.loads(taken.out)["records"]]
    assert found == [("FA-1", "2026-04-03", "1250.50", "EUR"), ("FA-2", "2026-06-05", "10.00", "EUR")]


def test_the_proposal_is_told_to_other_programs_whole(relance: Relance, tmp_path: Path) -> None:
    told = json.loads(relance("import", "map", written(tmp_path), "--json").out)["proposal"]
    assert [one["option"] for one in told["questions"]] == ["--date-order"]
    assert (told["kind"], told["mapping"]["file"]) == ("invoices", {"encoding": "cp1252", "delimiter": ";"})


def test_an_unknown_layout_is_sent_to_import_map(relance: Relance, tmp_path: Path) -> None:
    file = written(tmp_path)
    said = relance("import", "invoices", file)
    last = said.err.splitlines()[-1]
    assert (said.code, last) == (1, f"A table with columns of its own needs a mapping: ./relance import map {file}")


def test_an_option_that_says_nothing_we_know_is_refused(relance: Relance, tmp_path: Path) -> None:
    said = relance("import", "map", written(tmp_path), "--date-order", "day first")
    assert (said.code, said.err.strip()) == (1, "--date-order must be one of dmy, mdy, ymd, ydm.")
