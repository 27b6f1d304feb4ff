"""Files of an erased person are removed, and those that still name them are told."""

import zipfile
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


def test_what_was_laid_out_for_an_agency_goes_and_what_is_packed_is_read(tmp_path: Path) -> None:
    nord = tmp_path / "handover" / "nord"
    nord.mkdir(parents=True)
    for name in ("00000012.eml", "00000012-claim.csv", "000000123.eml", "00000013-claim.csv"):
        (nord / name).write_text("x")
    for name, said in (("00000014-claim.zip", "owed by Clémence"), ("00000015-claim.zip", "owed by Bertrand")):
        with zipfile.ZipFile(nord / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("claim.csv", said * 50)
    (nord / "cut.zip").write_bytes((nord / "00000014-claim.zip").read_bytes().replace(b"claim.csv", b"clain.csv", 1))
    assert remove_files(tmp_path, ["handover/nord/00000012"]) == [
        "handover/nord/00000012-claim.csv",
        "handover/nord/00000012.eml",
    ]
    assert files_naming(tmp_path, ["Clémence"]) == ["handover/nord/00000014-claim.zip"]
