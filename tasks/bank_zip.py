"""Several bank files in one archive, taken out one at a time within limits; all of them go in, or none."""

import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from policies.payment_record import PaymentRecord
from policies.problems import Problem
from tasks.bank_statement import MOST_LINES
from tasks.read_csv import FileRefused
from tasks.reading import Reading, refusal

MOST_FILES, LARGEST = 200, 200 * 1024 * 1024
"""Files in one archive, and bytes they may come to when unpacked."""
_CHUNK = 1024 * 1024
_END, _LONG_END, _COMMENT = b"PK\x05\x06", b"PK\x06\x07", 66 * 1024
"""Where the list of an archive's files ends (APPNOTE.TXT, 4.3.16 and 4.3.15), and what may stand after it."""


def read_zip(path: Path, read: Callable[[Path], Reading[PaymentRecord] | None]) -> Reading[PaymentRecord]:
    """The movements of every file in the archive, in the order of their names. Raises FileRefused."""
    records: list[PaymentRecord] = []
    problems: list[Problem] = []
    through: dict[str, date] = {}
    is_refused, count, left = False, 0, LARGEST
    with _opened(path) as archive, tempfile.TemporaryDirectory(prefix="relance-") as folder:
        for member in _members(archive, path.name):
            place = Path(folder) / "file"
            left -= _unpack(archive, member, place, left, path.name)
            reading = _read(place, member.filename, path.name, read)
            count += reading.read
            is_refused = is_refused or reading.refused or count > MOST_LINES
            problems += [replace(one, source=f"{path.name} › {member.filename}") for one in reading.problems]
            records += [replace(one, statement=f"{member.filename} {one.statement}") for one in reading.records]
            for account, day in reading.through.items():
                through[account] = max(day, through.get(account, day))
    if count > MOST_LINES:
        problems.append(Problem(path.name, None, "", f"The archive holds more than {MOST_LINES} movements; split it."))
    return refusal(problems, count) if is_refused else Reading(tuple(records), problems, count, through=through)


def holds_workbook(path: Path) -> bool:
    """The archive is a workbook: its list of files names the part every one of them has."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _COMMENT - _CHUNK))
        return b"[Content_Types].xml" in file.read()


def _refuse_long_list(path: Path) -> None:
    """A list of millions of files would fill the memory before anything is unpacked."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _COMMENT))
        tail = file.read()
    end = tail.rfind(_END)
    length = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    if length > _CHUNK or _LONG_END in tail[max(0, end - 20) : max(0, end)]:
        raise FileRefused(
            Problem(path.name, None, "", f"The archive holds too many files; at most {MOST_FILES} are read.")
        )


def _opened(path: Path) -> zipfile.ZipFile:
    _refuse_long_list(path)
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileRefused(Problem(path.name, None, "", "The archive is damaged; fetch it again.")) from error


def _members(archive: zipfile.ZipFile, source: str) -> list[zipfile.ZipInfo]:
    members = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    if not members:
        raise FileRefused(Problem(source, None, "", "The archive is empty."))
    if len(members) > MOST_FILES:
        reason = f"The archive holds {len(members)} files; at most {MOST_FILES} are read."
        raise FileRefused(Problem(source, None, "", reason))
    return sorted(members, key=lambda member: member.filename)


def _unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Path, left: int, source: str) -> int:
    """Bytes written. What a member says of its size is not believed."""
    written = 0
    try:
        with archive.open(member) as packed, place.open("wb") as file:
            while chunk := packed.read(_CHUNK):
                written += len(chunk)
                if written > left:
                    reason = f"Unpacked, the archive is larger than {LARGEST // _CHUNK} MB; it is not read."
                    raise FileRefused(Problem(source, None, member.filename, reason))
                file.write(chunk)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        reason = "The file in the archive is damaged or locked with a password."
        raise FileRefused(Problem(source, None, member.filename, reason)) from error
    return written


def _read(
    place: Path, name: str, source: str, read: Callable[[Path], Reading[PaymentRecord] | None]
) -> Reading[PaymentRecord]:
    try:
        reading = read(place)
    except FileRefused as refused:
        return refusal([refused.problem])
    if reading is None:
        return refusal([Problem(source, None, name, "This is no bank file that describes itself; import it alone.")])
    return reading
