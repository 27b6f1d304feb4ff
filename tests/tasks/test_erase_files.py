"""Files of an erased person are removed, and those that still name them are told."""

from pathlib import Path

from tasks.erase_files import files_naming, remove_files


def test_files_of_messages_go_and_what_still_names_the_person_is_told(tmp_path: Path) -> None:
    for place, said in (
        ("outbox/a.eml", "to Clémence"), ("print/2026-03-03/L1-ab.pdf", "x"), ("inbox/done/march.csv", "CLÉMENCE;1"),
        ("outbox/other.eml", "to Bertrand"), ("postgres/base", "Clémence"),
    ):  # fmt: skip
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(said, encoding="utf-8")
    assert remove_files(tmp_path, [str(tmp_path / "outbox/a.eml"), "L1-ab.pdf"]) == [
        "outbox/a.eml",
        "print/2026-03-03/L1-ab.pdf",
    ]
    assert files_naming(tmp_path, ["Clémence", "FR"]) == ["inbox/done/march.csv"]
    assert (tmp_path / "outbox/other.eml").exists()
