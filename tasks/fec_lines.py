"""The lines of a FEC (article A47 A-1 of the French LPF): 18 columns by name, dates as 20250131, decimal comma."""

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from policies.ledger_lines import CUSTOMERS, LedgerLine
from policies.problems import Problem
from tasks.cell_values import DateOrder, Numerals, Unreadable, read_amount, read_day
from tasks.csv_cells import csv_cells
from tasks.file_refused import FileRefused
from tasks.invoice_mapping import Mapping as FileShape

FIRST = ("journalcode", "journallib", "ecriturenum", "ecrituredate", "comptenum")
NEEDED = (*FIRST, "compauxnum", "compauxlib", "pieceref", "piecedate", "ecriturelib", "ecriturelet")
DELIMITERS = ("\t", "|", ";")
HEADER = 4096
"""Bytes that hold the names of the first columns."""
LARGEST = 64 * 1024 * 1024
"""Bytes from which the encoding is told."""
GROUPED = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
"""An amount whose sign may stand between thousands or before decimals."""
MOST_LINES = 800_000
"""Lines of one file: what they say must fit into memory."""
MOST_TEXTS = 10_000
"""Texts remembered at one time."""
CURRENCY = "EUR"
"""A FEC is kept in euros; amounts in another currency stand beside, in Montantdevise."""


def is_fec(path: Path) -> bool:
    """Told by the names of its first columns, which the law lays down."""
    return _delimiter(_head(path)) is not None


def fec_lines(path: Path, problems: list[Problem]) -> Iterator[LedgerLine]:
    """Every line that can be read; what is wrong with the others goes to `problems`. Raises FileRefused."""
    shape = _shape(path)
    if shape is None:
        raise FileRefused(Problem(path.name, 1, "", "The columns are not those of a FEC."))
    same = _Same()
    is_quoted = _head(path).removeprefix(codecs.BOM_UTF8).startswith(b'"')
    for number, (line, cells) in enumerate(csv_cells(path, shape, is_quoted=is_quoted)):
        if number == 0:
            names = [cell.strip().lower() for cell in cells]
            _check_names(path.name, names)
            continue
        if number > MOST_LINES:
            raise FileRefused(Problem(path.name, line, "", f"The file has more than {MOST_LINES} lines; split it."))
        if not any(cell.strip() for cell in cells):
            continue
        found = _line(path.name, line, names, [same(cell.strip()) for cell in cells], same)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            yield found


def _shape(path: Path) -> FileShape | None:
    """Encoding and delimiter, as the mapping the CSV reader wants; None: it is no FEC."""
    sign = _delimiter(_head(path))
    if sign is None:
        return None
    with path.open("rb") as file:
        encoding = "utf-8" if _is_utf8(file.read(LARGEST)) else "cp1252"
    return FileShape("FEC", "FEC", encoding, sign, DateOrder.YMD, Numerals(",", ""), {})


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEADER)
    except OSError:
        return b""


def _delimiter(head: bytes) -> str | None:
    first = head.removeprefix(codecs.BOM_UTF8).splitlines()[:1]
    for sign in DELIMITERS:
        names = tuple(part.strip().strip(b'"').lower() for part in (first[0] if first else b"").split(sign.encode()))
        if names[: len(FIRST)] == tuple(name.encode() for name in FIRST):
            return sign
    return None


def _is_utf8(raw: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _check_names(source: str, names: Sequence[str]) -> None:
    missing = [name for name in NEEDED if name not in names]
    if not ({"debit", "credit"} <= set(names) or {"montant", "sens"} <= set(names)):
        missing.append("Debit and Credit, or Montant and Sens")
    if missing:
        raise FileRefused(
            Problem(source, 1, ", ".join(missing), "These columns of a FEC are missing (article A47 A-1 LPF).")
        )


class _Same:
    """Texts that stand on many lines (journals, accounts, pieces) are kept once: a ledger has a million lines."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.entries: dict[tuple[str, str], tuple[str, str]] = {}

    def __call__(self, text: str) -> str:
        if len(self.texts) >= MOST_TEXTS:
            self.texts.clear()
        return self.texts.setdefault(text, text)

    def entry(self, journal: str, number: str) -> tuple[str, str]:
        """The entry's name, one for all of its lines."""
        if len(self.entries) >= MOST_TEXTS:
            self.entries.clear()
        return self.entries.setdefault((journal, number), (journal, number))


def _line(source: str, line: int, names: Sequence[str], cells: Sequence[str], same: _Same) -> LedgerLine | Problem:
    said = dict(zip(names, cells, strict=False))
    if not _fits(names, cells, said):
        reason = (
            f"The line has {len(cells)} cells where the header has {len(names)}: a text may hold the delimiter, and its "
            "amounts may stand in wrong columns."
        )
        return Problem(source, line, "", reason)
    field = "EcritureDate"
    try:
        on = read_day(said.get("ecrituredate", ""), DateOrder.YMD)
        field = "PieceDate"
        piece_on = read_day(said["piecedate"], DateOrder.YMD) if said.get("piecedate") else None
        field = "Debit"
        debit, credit = _amounts(said)
    except (Unreadable, KeyError) as error:
        return Problem(source, line, field, str(error))
    account, auxiliary = said.get("comptenum", ""), said.get("compauxnum", "")
    own = account if account.startswith(CUSTOMERS) and account.strip("0") != CUSTOMERS else ""
    entry = same.entry(said["journalcode"], f"{said['ecriturenum']}|{said['ecrituredate']}")
    name = said.get("compauxlib", "") or (said.get("comptelib", "") if own else "")
    return LedgerLine(
        entry, said.get("journallib", ""), on, account, auxiliary or own, name or auxiliary or own,
        said.get("pieceref", ""), piece_on, said.get("ecriturelib", ""), debit, credit, said.get("ecriturelet", ""), line,
    )  # fmt: skip


def _fits(names: Sequence[str], cells: Sequence[str], said: Mapping[str, str]) -> bool:
    """Whether each cell stands in its column. A line may leave its last, empty cells away, but a text with the delimiter
    in it moves what follows; a line cut short therefore has both its amounts."""
    if len(cells) >= len(names):
        return len(cells) == len(names)
    needed = ("montant", "sens") if "montant" in names else ("debit", "credit")
    return all(said.get(name) for name in needed)


def _amounts(said: dict[str, str]) -> tuple[int, int]:
    """Debit and credit; a negative amount of one side stands on the other."""
    if "montant" in said:
        amount, side = _minor(said["montant"]), said.get("sens", "").upper()
        if side not in ("D", "C", "+1", "-1", "+", "-"):
            raise Unreadable(f"“{side}” is not a Sens; it must be D or C.")
        debit, credit = (amount, 0) if side in ("D", "+1", "+") else (0, amount)
    else:
        debit, credit = _minor(said.get("debit", "")), _minor(said.get("credit", ""))
    return max(debit, 0) + max(-credit, 0), max(credit, 0) + max(-debit, 0)


def _minor(text: str) -> int:
    """The law wants a comma; some programs write a full stop, and neither writes thousands."""
    if not text:
        return 0
    bare = text.strip('"')
    sign = "." if "." in bare and "," not in bare else ","
    if GROUPED.fullmatch(bare):
        raise Unreadable(
            f"“{bare}” may be thousands or decimals; the law wants neither points nor blanks in thousands."
        )
    return read_amount(bare, CURRENCY, Numerals(sign, ""))
