"""Payments from whatever a bank writes: the format is known by the file's content, never by its name alone."""

import codecs
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from policies.payment_record import PaymentRecord
from policies.problems import Problem
from tasks.archive import is_archive
from tasks.bank_statement import Statement, known_through
from tasks.bank_zip import read_zip
from tasks.invoice_mapping import Mapping
from tasks.mt940_fields import STARTS
from tasks.read_camt import ROOTS, read_camt
from tasks.read_cfonb import is_cfonb, read_cfonb
from tasks.read_csv import FileRefused
from tasks.read_mt940 import read_mt940
from tasks.read_ofx import read_ofx
from tasks.read_payments import read_payments
from tasks.read_rejections import ROOT, read_rejections
from tasks.reading import Reading, refusal
from tasks.safe_xml import message_in

HEAD = 65_536
"""Bytes looked at to know a format."""
MOST_PROBLEMS = 500
"""Problems told of one file; a file with more is wrong as a whole."""
_QIF = (
    "This is QIF, which says neither its currency nor the order of day and month; ask the bank for CAMT, MT940 or OFX."
)
_MESSAGE = "This is no bank file we read: its message is “{}”. Known are CAMT.052, 053, 054 and pain.002."


class BankFile(Protocol):
    """What every reader of a bank's format answers."""

    @property
    def statements(self) -> list[Statement]:
        """The statements, each with its lines."""

    @property
    def problems(self) -> list[Problem]:
        """What refuses the file."""


def read_money(path: Path, mapping: Mapping) -> Reading[PaymentRecord]:
    """The movements of the file. One that describes itself needs no mapping and takes none; a table is read by it.

    A bank's file goes in whole or not at all: with one entry unread, nobody could rely on what is open.
    """
    try:
        if is_archive(path):
            return read_zip(path, read_alone)
        return read_alone(path) or read_payments(path, mapping)
    except FileRefused as refused:
        return refusal([refused.problem])


def read_alone(path: Path) -> Reading[PaymentRecord] | None:
    """The movements of a file that describes itself; None where it does not. Raises FileRefused."""
    reader = _reader(path, _head(path))
    if reader is None:
        return None
    file = reader(path)
    read = sum(len(one.lines) for one in file.statements)
    if file.problems:
        return refusal(file.problems[:MOST_PROBLEMS], read)
    records = tuple(line for one in file.statements for line in one.lines)
    notes: list[Problem] = getattr(file, "notes", [])
    return Reading(records, notes, read, through=known_through(file.statements))


def _reader(path: Path, head: bytes) -> Callable[[Path], BankFile] | None:
    encoding = "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    text = head.decode(encoding, "replace").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    start = text.lstrip()
    if start.startswith("OFXHEADER") or re.search(r"<OFX>", text, re.IGNORECASE):
        return read_ofx
    if start.startswith("<"):
        return _xml_reader(path)
    if is_cfonb(text):
        return read_cfonb
    if STARTS.search(text) or start.startswith((":25:", ":28C:", ":60F:", ":61:", ":62F:", ":64:")):
        return read_mt940
    if start.startswith(("!Type:", "!Account", "!Option:")):
        raise FileRefused(Problem(path.name, 1, "", _QIF))
    return None


def _xml_reader(path: Path) -> Callable[[Path], BankFile]:
    message = message_in(path, ROOTS | {ROOT})
    if message in ROOTS:
        return read_camt
    if message == ROOT:
        return read_rejections
    raise FileRefused(Problem(path.name, 1, "", _MESSAGE.format(message)))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise FileRefused(Problem(path.name, None, "", f"The file cannot be opened: {error.strerror}.")) from error
