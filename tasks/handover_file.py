"""The file handed to an agency, a court, an insurer or an administrator: one ZIP, the same bytes for the same facts.

In it: `claim.pdf`, `claim.csv`, `claim.json`, `calculation.csv`, `history.pdf`, `history.csv`, `history.json`, the invoices as
they are kept (`invoices/`), every message with its proof (`messages/`), and `index.csv` with the SHA-256 of each. Build it so:

    file = await storage.claim_file.claim_file(connection, cases, as_of, FileChoice("fr", receiver="…", reference="…"))
    content = tasks.handover_file.handover_file(file)

Only what `FileChoice` states is stated; without payment details the sheets and tables name no account and no link, while
originals and messages stay what they were, byte for byte.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from policies.claim_file import ClaimFile, Original
from policies.claim_proof import Proven
from policies.stages import Channel
from tasks import handover_tables as tables
from tasks.handover_history import history_sheet
from tasks.handover_sheet import claim_sheet, documents

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time every member bears: a ZIP knows no earlier one, and the same facts give the same bytes."""
MODE = 0o644 << 16
LONGEST_NAME = 80
MOST_FILES = 99_999
MEDIA_TYPE = "application/zip"


def handover_file(file: ClaimFile, first: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """The ZIP; `first`: sheets of its own that stand before the rest. Raises NotPrinted where a sheet cannot be set."""
    named = [*first, *members(file)]
    index = [{"file": name, "bytes": str(len(content)), "sha256": _digest(content)} for name, content in named]
    named.append(("index.csv", tables.table(("file", "bytes", "sha256"), index)))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in named:
            info = zipfile.ZipInfo(name, FIRST_DAY)
            info.external_attr, info.create_system, info.compress_type = MODE, 3, zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return made.getvalue()


def file_name(file: ClaimFile) -> str:
    """A name for the ZIP: the customer's number and the day of its figures."""
    return f"{_safe(file.party.number) or 'claim'}-{file.on.isoformat()}.zip"


def members(file: ClaimFile) -> Iterator[tuple[str, bytes]]:
    """Every file in it by its name, each name once."""
    yield "claim.pdf", claim_sheet(file)
    yield from tables.claim_tables(file)
    yield "calculation.csv", tables.table(tables.CALCULATION, tables.calculation_rows(file))
    told = tables.history(file)
    yield "history.pdf", history_sheet(file)
    yield "history.csv", tables.table(tables.HISTORY, told["events"])
    yield "history.json", tables.as_json(told)
    yield from _invoices(file)
    yield from _messages(file)


def _invoices(file: ClaimFile) -> Iterator[tuple[str, bytes]]:
    """The document of each invoice and credit note; one that is of several is there once, and bears their numbers."""
    numbers: dict[str, list[str]] = {}
    kept: dict[str, Original] = {}
    for number, one in documents(file):
        numbers.setdefault(one.sha256, []).append(number)
        kept.setdefault(one.sha256, one)
    taken: set[str] = set()
    for digest, one in kept.items():
        name = _safe("_".join(dict.fromkeys(numbers[digest])))
        yield f"invoices/{_unique(f'{name}{_ending(one.name)}', taken)}", one.content


def _messages(file: ClaimFile) -> Iterator[tuple[str, bytes]]:
    zone = ZoneInfo(file.zone)
    names = [f"messages/{_message_name(at, one, zone)}" for at, one in enumerate(file.messages, 1)]
    rows = [tables.proof_row(file, one, name) for name, one in zip(names, file.messages, strict=True)]
    for name, one in zip(names, file.messages, strict=True):
        yield name, one.raw
    yield "messages/proofs.csv", tables.table(tables.PROOFS, rows)
    yield "messages/proofs.json", tables.as_json(rows)


def _message_name(at: int, one: Proven, zone: ZoneInfo) -> str:
    """In the order of the history, with its day there and what it was."""
    ours = one.direction == "out"
    ending = {(Channel.LETTER, True): "pdf", (Channel.SMS, False): "txt"}.get((Channel(one.channel), ours), "eml")
    on = (one.left_at or one.written_at).astimezone(zone).date()
    return f"{at:04d}-{on.isoformat()}-{_safe(one.about)}-{_safe(one.channel)}.{ending}"


def _safe(text: str) -> str:
    """Only letters no file system could misread, none that climbs out of a folder."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", text).strip("_")[:LONGEST_NAME]


def _ending(name: str) -> str:
    found = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    return found if re.fullmatch(r"\.[a-z0-9]{1,5}", found) else ".bin"


def _unique(name: str, taken: set[str]) -> str:
    """The name, numbered where it is taken, whatever the case of its letters."""
    stem, ending = name.rsplit(".", 1)
    for at in range(1, MOST_FILES):
        tried = f"{stem or 'invoice'}{'' if at == 1 else f'-{at}'}.{ending}"
        if tried.lower() not in taken:
            taken.add(tried.lower())
            return tried
    raise AssertionError("no file holds so many invoices")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
