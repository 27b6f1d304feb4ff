"""Reading an extract of the BODACC as its open data is published: JSON or CSV, whole records or those of a search.

Tolerant of what surrounds the notices (`results`, `records` with `fields`, a list, one object a line); strict about numbers: a
register number that fails its check digit is none.
"""

import csv
import io
import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from policies.matching.spelling import plain_text
from policies.problems import Problem
from policies.public_notice import PublicNotice, kind_in, numbers_in, opens

HEADS = frozenset({"registre", "commercant"})
"""What every notice bears one of: a file without them is something else."""
MOST_BYTES = 200_000_000
COLLECTIVE = "collective"
"""`familleavis` of notices about insolvency proceedings."""
MONTHS = ("janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec")
"""Of names written without accents, the beginnings that tell them apart."""
WRITTEN = re.compile(r"(\d{1,2})(?:er)?\s+([a-zéûA-ZÉÛ]+)\s+(\d{4})")
FIGURES = re.compile(r"(\d{2})/(\d{2})/(\d{4})")


def read_bodacc(content: bytes, source: str) -> tuple[list[PublicNotice], list[Problem]]:
    """The notices about insolvency proceedings, and what could not be read."""
    if len(content) > MOST_BYTES:
        return [], [Problem(source, None, "", f"The file is larger than {MOST_BYTES // 1_000_000} MB.")]
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    records = _records(text)
    if records is None:
        reason = "It is neither JSON nor CSV as the BODACC publishes its open data (familleavis, registre, jugement…)."
        return [], [Problem(source, None, "", reason)]
    notices, problems = [], []
    for place, record in enumerate(records, 1):
        try:
            found = _notice(record, place)
        except (TypeError, ValueError, AttributeError):
            problems.append(Problem(source, place, "", "This record cannot be read: it was left out."))
            continue
        notices += [] if found is None else [found]
    return notices, problems


def _records(text: str) -> list[Mapping[str, Any]] | None:
    """The records, however they are wrapped; None: this is something else."""
    stripped = text.lstrip()
    if stripped[:1] in ("{", "["):
        return _of_json(stripped)
    rows = csv.reader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    heads = [head.strip().lower() for head in next(rows, [])]
    if not HEADS & set(heads):
        return None
    return [dict(zip(heads, row, strict=False)) for row in rows if any(row)]


def _of_json(text: str) -> list[Mapping[str, Any]] | None:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        try:
            whole = [json.loads(line) for line in text.splitlines() if line.strip()]
        except (ValueError, RecursionError):
            return None
    if isinstance(whole, dict):
        whole = next((whole[name] for name in ("results", "records") if isinstance(whole.get(name), list)), [whole])
    if not isinstance(whole, list):
        return None
    records: list[Mapping[str, Any]] = [_flat(one) for one in whole if isinstance(one, dict)]
    return records if not whole or any(HEADS & set(one) for one in records) else None


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    inner = record.get("fields") or (record.get("record") or {}).get("fields")
    return {str(name).lower(): value for name, value in (inner if isinstance(inner, dict) else record).items()}


def _notice(record: Mapping[str, Any], place: int) -> PublicNotice | None:
    family = _text(record.get("familleavis")) or _text(record.get("familleavis_lib"))
    if family and COLLECTIVE not in _plain(family):
        return None
    judgment = _judgment(record.get("jugement"))
    words = " ".join(_text(judgment.get(name)) for name in ("famille", "nature", "complementjugement", "type"))
    published = _day(_text(record.get("dateparution")))
    reference = _text(record.get("id")) or " ".join(
        part for part in (_text(record.get("publicationavis")), _text(record.get("parution")), _text(record.get("numeroannonce"))) if part
    )  # fmt: skip
    nature = " ".join(_text(judgment.get(name)) for name in ("famille", "nature"))
    return PublicNotice(
        reference=reference or f"record {place}",
        numbers=numbers_in(_text(record.get("registre")) + " " + _text(record.get("listepersonnes"))),
        name=_name(record), kind=kind_in(nature) or kind_in(words), judgment=_day(_text(judgment.get("date"))),
        published=published, court=_text(record.get("tribunal")), text=words.strip()[:2000], opens=opens(nature or words),
    )  # fmt: skip


def _judgment(value: Any) -> Mapping[str, Any]:
    """`jugement` is an object, or its JSON as text, or bare words."""
    if isinstance(value, str) and value.lstrip()[:1] == "{":
        value = json.loads(value)
    if isinstance(value, dict):
        return {str(name).lower(): inner for name, inner in value.items()}
    return {"nature": value} if isinstance(value, str) else {}


def _name(record: Mapping[str, Any]) -> str:
    return _text(record.get("commercant")) or _text(record.get("denomination"))


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(one) for one in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else " ".join(str(value).split())


def _plain(text: str) -> str:
    return text.casefold().replace("é", "e")


def _day(text: str) -> date | None:
    """*2026-03-02*, *02/03/2026* or *2 mars 2026*; None where the text names none."""
    try:
        if re.match(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text[:10])
        if found := FIGURES.search(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        found = WRITTEN.search(text)
        name = plain_text(found[2]).lower() if found else ""
        month = next((place for place, one in enumerate(MONTHS, 1) if name.startswith(one)), 0)
        return date(int(found[3]), month, int(found[1])) if found and month else None
    except ValueError:
        return None
