"""Field 86 of an MT940: who and what for, in the dialects banks write it.

`?20`-fields (DFÜ agreement of the German banks, annex 3, and its kin with `<`, `>`, `~`, `^`), `/REMI/` codes (Dutch
and international banks), SEPA words (`EREF+`, `SVWZ+`) and plain text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tasks.mt940_line import NO_REFERENCE

WIDTH, FULL_FIELD = 64, 27
"""Signs a line of field 86 (65, some banks 64) and a field `?20` hold: a word at the end of a full one goes on in the next."""
RETURNED = frozenset({"108", "109", "159"})
"""Business transaction codes of the German banks for a returned direct debit or transfer."""
UNSTATED = "NARR"
"""ISO 20022: the reason is told in words only."""

_FIELDS = re.compile(r"\s*(\d{3}(?=\s?[?<>~^$#])|(?=\?[02]0))\s?([?<>~^$#])(?=\d\d)")
"""The code of the transaction, which some banks leave away before `?00` or `?20`, and the sign between fields."""
_SLASHED = (
    "TRTP|IBAN|BIC|NAME|REMI|EREF|MARF|CSID|CNTP|BENM|ORDP|ID|ADDR|ISDT|RTRN|PREF|PURP|KREF|UDTR|UCRD|ULTD|ULTB|ULTC|"
    "SVCL|TRCD|OCMT|CHGS|EXCH|ACCW|INIT|NRTX|BUSP|SUM|STRD|RREF|PY|PUR|TRN|CRED|MREF|SVWZ"
)
_SLASH = re.compile(rf"/({_SLASHED})/")
_WORDS = re.compile(
    r"\b(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|IBAN|BIC|BREF|RREF|OCMT|CHGS|ORCR|ORMR|DDAT|SQTP)\s?\+"
)
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Za-z0-9]{10,30}")
_REASON = re.compile(
    r"\b(A[CGM]\d\d|BE0[1-8]|CNOR|DNOR|DUPL|F[DF]\d\d|FOCR|MD\d\d|MS0[23]|RC\d\d|RR0[1-4]|SL\d\d|TECH)\b"
)


@dataclass(frozen=True, slots=True)
class Details:
    """What field 86 says; empty where it does not."""

    text: str = ""
    reference: str = ""
    end_to_end_id: str = ""
    mandate: str = ""
    counterparty: str = ""
    iban: str = ""
    return_reason: str = ""
    original: str = ""
    """The amount of the payment that came back, as written (`OAMT+`)."""


def read_details(lines: Sequence[str]) -> Details:
    """The details, whichever dialect they are in."""
    raw = "".join(lines)
    if (fields := _FIELDS.match(raw)) and _is_fielded(raw, fields[2]):
        return _of_fields(fields[1], _split(raw, fields))
    joined = _joined(lines, WIDTH)
    if len(_SLASH.findall(joined)) > 1 or joined.startswith(("/REMI/", "/EREF/")):
        return _of_codes(joined)
    words = _words(joined)
    return _of_words(words, words.get("SVWZ", words[""]), "") if len(words) > 1 else Details(text=joined)


def is_iban(text: str) -> bool:
    """The text has the form of an IBAN; the bank's own check digits are not doubted."""
    return bool(_IBAN.fullmatch(text))


def _is_fielded(raw: str, sign: str) -> bool:
    return len(re.findall(rf"{re.escape(sign)}(?:[0-3]\d|6[0-3])", raw)) > 1


def _split(raw: str, start: re.Match[str]) -> list[tuple[str, str]]:
    parts = re.split(rf"{re.escape(start[2])}(\d\d)", raw[start.start(2) :])
    return list(zip(parts[1::2], parts[2::2], strict=True))


def _of_fields(code: str, fields: Sequence[tuple[str, str]]) -> Details:
    purpose = [text for key, text in fields if key[0] == "2" or key in {"60", "61", "62", "63"}]
    name = " ".join(_joined([text for key, text in fields if key in {"32", "33"}], FULL_FIELD).split())
    accounts = [text.strip() for key, text in fields if key in {"31", "38"}]
    iban = next((one for one in accounts if is_iban(one)), "")
    words = _words(_joined(purpose, FULL_FIELD))
    said = words.get("SVWZ", words[""])
    reason = ""
    if code in RETURNED:
        found = _REASON.search(_joined(purpose, FULL_FIELD))
        reason = found[1] if found else UNSTATED
    details = _of_words(words, said, reason)
    if name or iban:
        return Details(
            details.text, details.reference, details.end_to_end_id, details.mandate, name, iban or details.iban,
            reason, details.original,
        )  # fmt: skip
    return details


def _of_words(words: Mapping[str, str], text: str, reason: str) -> Details:
    return Details(
        text=text, reference=_said(words, "KREF"), end_to_end_id=_said(words, "EREF"), mandate=_said(words, "MREF"),
        counterparty=words.get("ABWA", ""), iban=words.get("IBAN", "").replace(" ", ""), return_reason=reason,
        original=words.get("OAMT", ""),
    )  # fmt: skip


def _of_codes(joined: str) -> Details:
    codes: dict[str, str] = {}
    parts = _SLASH.split(joined)
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        codes.setdefault(key, value)
    party = codes.get("CNTP", "").split("/") + [""] * 4
    text, reference = _remittance(codes.get("REMI", ""), codes.get("STRD", ""))
    return Details(
        text=text or parts[0].strip(), reference=reference or _said(codes, "PREF", "KREF"),
        end_to_end_id=_said(codes, "EREF"), mandate=_said(codes, "MARF", "MREF"),
        counterparty=_bare(codes.get("NAME", "")) or party[2].strip(),
        iban=(_bare(codes.get("IBAN", "")) or party[0]).replace(" ", ""),
        return_reason=_bare(codes.get("RTRN", "")),
    )  # fmt: skip


def _remittance(told: str, structured: str) -> tuple[str, str]:
    """What the payer wrote, and the reference where it is a structured one (`STRD/CUR/…`, `STRD/ISO/…`)."""
    bare = told.strip("/ ")
    if bare.startswith("USTD//"):
        return bare.removeprefix("USTD//").strip("/ "), ""
    source = structured or bare.removeprefix("STRD/") if structured or bare.startswith("STRD/") else ""
    if source:
        return "", source.strip("/ ").rpartition("/")[2]
    return bare, ""


def _said(words: Mapping[str, str], *names: str) -> str:
    for name in names:
        found = _bare(words.get(name, ""))
        if found and found.upper() not in NO_REFERENCE:
            return found
    return ""


def _bare(text: str) -> str:
    return text.strip("/ ")


def _words(text: str) -> dict[str, str]:
    parts = _WORDS.split(text)
    return {"": parts[0].strip()} | dict(_pairs(parts))


def _pairs(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for key, value in zip(parts[1::2], parts[2::2], strict=True):
        yield key, value.strip()


def _joined(lines: Sequence[str], width: int) -> str:
    """Lines as one text: a full line may end inside a word, a shorter one ended with it, and so did any before `SVWZ+`."""
    ends = [
        len(line) < width or bool(_WORDS.match(after)) for line, after in zip(lines, (*lines[1:], ""), strict=False)
    ]
    return "".join(
        f"{line} " if is_end and not line.endswith(" ") else line for line, is_end in zip(lines, ends, strict=True)
    ).strip()
