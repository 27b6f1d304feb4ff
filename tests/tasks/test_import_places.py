"""What an import started at the desk reads: exports, never the house's or the machine's own files."""

from pathlib import Path

import pytest

from tasks.import_places import NOT_HERE, names_a_file, why_not_read


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    (folder / "inbox" / "invoices").mkdir(parents=True)
    monkeypatch.setenv("RELANCE_HOME", str(folder))
    return folder


def test_keys_of_the_house_are_not_read_by_whatever_path(home: Path, tmp_path: Path) -> None:
    (home / "secrets.json").write_text('{"service": "key"}')
    (tmp_path / "exports.csv").symlink_to(home / "secrets.json")
    (tmp_path / ".env").write_text("RELANCE_SMTP_URL=smtp://user:word@mail\n")
    asked = [
        home / "secrets.json",
        home / "inbox" / ".." / "secrets.json",
        tmp_path / "exports.csv",
        tmp_path / ".env",
        Path("/proc/self/environ"),
        Path("/etc/passwd"),
    ]
    assert [why_not_read(path) for path in asked] == [NOT_HERE] * len(asked)


def test_exports_and_the_watched_folder_are_read(home: Path, tmp_path: Path) -> None:
    (tmp_path / "export.csv").write_text("number\n")
    (home / "inbox" / "invoices" / "erp.csv").write_text("number\n")
    assert [why_not_read(path) for path in (tmp_path / "export.csv", home / "inbox" / "invoices" / "erp.csv")] == [
        "",
        "",
    ]


def test_a_file_that_is_not_there_is_no_secret_among_exports_and_not_told_from_one_that_is_elsewhere(
    home: Path, tmp_path: Path
) -> None:
    asked = [tmp_path / "typo.csv", home / "nothing.json", tmp_path / ".nothing", Path("/etc/nothing-of-this-name")]
    assert [why_not_read(path) for path in asked] == ["", NOT_HERE, NOT_HERE, NOT_HERE]


def test_a_mapping_is_given_by_its_name() -> None:
    assert [names_a_file(one) for one in ("relance", "ibm-ar", "/etc/passwd", "../secrets.json", "mine.toml")] == [
        False, False, True, True, True,
    ]  # fmt: skip
