"""Whether a file handed over is whole: it opens, holds what its index says, lists every invoice, names no other debtor."""

import csv
import email
import email.policy
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Sequence

import pypdf
from pypdf.errors import PyPdfError

INDEX = "index.csv"
ALWAYS = ("claim.pdf", "claim.csv", "claim.json", "calculation.csv", "history.pdf", "history.csv", "history.json")


def wrong_in(content: bytes, invoices: Sequence[str], strangers: Sequence[str] = ()) -> list[str]:
    """What is wrong, in sentences. `strangers`: names of other debtors, none of which may be read anywhere in it."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        return ["The file does not open."]
    with archive:
        held = {name: archive.read(name) for name in archive.namelist()}
        doubled = len(held) != len(archive.namelist())
    wrong = ["Two files in it have one name."] if doubled else []
    wrong += [f"{name} is missing." for name in (*ALWAYS, INDEX) if name not in held]
    if wrong:
        return wrong
    return [*_index(held), *_invoices(held, invoices), *_strangers(held, strangers)]


def _index(held: dict[str, bytes]) -> list[str]:
    told = {row["file"]: row["sha256"] for row in csv.DictReader(io.StringIO(held[INDEX].decode("utf-8-sig")))}
    known = {name: hashlib.sha256(content).hexdigest() for name, content in held.items() if name != INDEX}
    return [f"{name} is not what the index says." for name in sorted(told | known) if told.get(name) != known.get(name)]


def _invoices(held: dict[str, bytes], invoices: Sequence[str]) -> list[str]:
    """The list of the case, the table and the sheet name the same invoices."""
    listed = [one["invoice"] for one in json.loads(held["claim.json"])["items"]]
    table = [row["invoice"] for row in csv.DictReader(io.StringIO(held["claim.csv"].decode("utf-8-sig")))]
    sheet = "".join(_pdf(held["claim.pdf"]).split())
    wrong = [f"{one} is not in the claim." for one in invoices if one not in listed or one not in table]
    wrong += [f"{one} is not on the sheet." for one in invoices if "".join(one.split()) not in sheet]
    return [*wrong, *(f"{one} was not asked for." for one in listed if one not in invoices)]


def _strangers(held: dict[str, bytes], strangers: Sequence[str]) -> list[str]:
    found = []
    for name, content in held.items():
        said = _squeezed(" ".join(_texts(name, content)))
        found += [f"{name} names {one}." for one in strangers if one and _squeezed(one) in said]
    return found


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split()).replace("\u200b", "")


def _texts(name: str, content: bytes) -> Iterator[str]:
    """What can be read of a file: the text of a PDF, every part and header of a message."""
    if name.endswith(".pdf"):
        yield _pdf(content)
    elif name.endswith(".eml"):
        message = email.message_from_bytes(content, policy=email.policy.default)
        yield " ".join(f"{head} {value}" for head, value in message.items())
        for part in message.walk():
            if not part.is_multipart():
                payload = part.get_payload(decode=True)
                inner = payload if isinstance(payload, bytes) else b""
                yield from _texts(part.get_filename() or "part.txt", inner)
    else:
        yield content.decode("utf-8", errors="replace")


def _pdf(content: bytes) -> str:
    """The text of a PDF; of an original that is none, or a broken one, its bytes as they are."""
    try:
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    except PyPdfError:
        return content.decode("utf-8", errors="replace")
