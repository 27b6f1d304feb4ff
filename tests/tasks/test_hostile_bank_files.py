"""Broken, hostile and huge bank files end in a sentence, and need little time and memory."""

import io
import resource
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tasks import bank_text, bank_zip
from tests.tasks.bank_messages import again, camt, entry, read, said, told

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {one} "{f"&{before};" * 10}">' for before, one in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><Document><BkToCstmrStmt>&i;</BkToCstmrStmt></Document>"
)
NETWORK = '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><Document><BkToCstmrStmt/></Document>'


def packed(files: Mapping[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize("content", [LAUGHS, NETWORK])
def test_a_doctype_is_never_read(tmp_path: Path, content: str) -> None:
    assert [one.rpartition(":")[2] for one in told(read(tmp_path, content))] == [
        " The file declares a DOCTYPE, which no invoice or statement needs and attacks do; it is not read."
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file.txt: The file is empty; it must have a header and rows."),
        (b"\n \n", "file.txt:1: The first line must be a header with the names of the columns."),
        (b":20:A\n:25:1\0\n", "file.txt:2: The line holds a NUL byte; this is not a text file."),
        (b":20:A\n:25:\x81\n", "file.txt:2: The line is neither UTF-8 nor Windows-1252; save the file in one of the two."),
        (b"%PDF-1.7", "file.txt:1: This is PDF, not CSV; export it as CSV."),
        (b"PK\x03\x04rubbish", "file.txt: The archive is damaged; fetch it again."),
        (camt(entry("1.00"))[:-60].encode(),
         "file.txt:2: From here on the file is no well-formed XML: it is cut off or damaged; fetch it again."),
    ],
)  # fmt: skip
def test_what_is_no_bank_file_is_refused_with_its_place(tmp_path: Path, content: bytes, reason: str) -> None:
    assert told(read(tmp_path, content)) == [reason]


def test_a_file_of_endless_elements_is_given_up_before_they_fill_the_memory(tmp_path: Path) -> None:
    file = b"<Document><BkToCstmrStmt>" + b"<a/>" * 2_500_000 + b"</BkToCstmrStmt></Document>"
    assert told(read(tmp_path, file)) == [
        "file.txt: One part of the file has more than 1200000 elements; it is not read."
    ]


def test_a_field_or_message_without_end_is_given_up(tmp_path: Path) -> None:
    assert told(read(tmp_path, ":20:A\n:25:1\n" + "a\n" * 501)) == [
        "file.txt: The field on line 2 has more than 500 lines; this is no statement."
    ]
    assert told(read(tmp_path, ":20:A\n:25:1\n" + ":61:1\n" * 400_020)) == [
        "file.txt: The message holds more than 400020 fields; export a shorter period."
    ]


def test_utf_16_is_known_by_its_content_too(tmp_path: Path) -> None:
    file = camt(entry("1.00")).replace("UTF-8", "UTF-16").encode("utf-16")
    assert said(read(tmp_path, file), "amount") == [("1.00",)]
    assert told(read(tmp_path, "value_date,amount\n".encode("utf-16")))[0].startswith("file.txt:1: ")


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    place = tmp_path / "file.txt"
    with place.open("wb") as file:
        file.write(b":20:A\n")
        file.truncate(bank_text.LARGEST + 1)
    assert told(again(place)) == ["file.txt: The file is larger than 40 MB; export a shorter period."]
    with place.open("wb") as file:
        file.write(b"value_date,amount,currency\n")
        file.truncate(200 * 1024 * 1024)
    assert told(again(place)) == ["file.txt: The file has 209 MB; at most 157 are read at once: split it."]


def test_several_files_of_an_archive_go_in_together(tmp_path: Path) -> None:
    one, two = camt(entry("1.00")), camt(entry("2.00"), kind="052")
    file = packed({"b.xml": two, "a.xml": one, "__MACOSX/a.xml": b"\0"})
    assert said(read(tmp_path, file), "amount", "statement") == [("1.00", "a.xml S1"), ("2.00", "b.xml S1")]


def test_one_bad_file_of_an_archive_refuses_all(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        packed({"a.xml": camt(entry("1.00")), "b.xml": camt(entry("1")).replace("CRDT", "X"), "c.txt": "hello"}),
    )
    assert (reading.refused, reading.records, told(reading)) == (True, (), [
        "file.txt › b.xml:2: Ntry: The entry says neither CRDT nor DBIT, so nobody knows which way the money went.",
        "file.txt › c.txt: c.txt: This is no bank file that describes itself; import it alone.",
    ])  # fmt: skip


def test_an_archive_within_an_archive_and_an_empty_one_are_refused(tmp_path: Path) -> None:
    assert told(read(tmp_path, packed({"a.zip": packed({"a.xml": camt()})}))) == [
        "file.txt › a.zip: a.zip: This is no bank file that describes itself; import it alone."
    ]
    assert told(read(tmp_path, b"PK\x05\x06" + b"\0" * 18)) != []
    assert told(read(tmp_path, packed({f"f{n}.xml": "x" for n in range(201)}))) == [
        "file.txt: The archive holds 201 files; at most 200 are read."
    ]


def test_an_archive_with_a_list_of_files_without_end_is_not_opened(tmp_path: Path) -> None:
    one = packed({"a.xml": camt()})
    end = one.rfind(b"PK\x05\x06")
    long = one[: end + 12] + (2**30).to_bytes(4, "little") + one[end + 16 :]
    zip64 = one[:end] + b"PK\x06\x07" + b"\0" * 16 + one[end:]
    reason = "file.txt: The archive holds too many files; at most 200 are read."
    assert [told(read(tmp_path, file)) for file in (long, zip64)] == [[reason], [reason]]


def test_a_bomb_in_an_archive_is_stopped_while_it_unpacks(tmp_path: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("a.xml", "w") as file,
    ):
        for _ in range(bank_zip.LIMITS.bytes // 2**20 + 1):
            file.write(b" " * 2**20)
    assert told(read(tmp_path, bomb.getvalue())) == [
        "file.txt: The archive has more than 200 MB when unpacked; it is not read."
    ]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024 * 1024
