"""The declaration of claims in insolvency proceedings: its sheet to sign, before everything the claim file holds."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from policies.claim_file import ClaimFile
from storage.insolvency_claim import Declared
from storage.insolvency_views import InsolvencyView
from tasks import wording
from tasks.handover_file import handover_file
from tasks.handover_sheet import SHEET, head, parties
from tasks.handover_words import Speech, section, speech
from tasks.template_choice import TEMPLATES
from tasks.typst_page import paper

WORDS = TEMPLATES / "_handover" / "declaration.toml"
NAME = "declaration.pdf"


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def declaration_file(found: InsolvencyView, lines: Sequence[Declared], file: ClaimFile) -> bytes:
    """The ZIP that is handed over: `declaration.pdf`, and the claim file it rests on. Raises NotPrinted."""
    return handover_file(file, first=((NAME, declaration_sheet(found, lines, file)),))


def declaration_sheet(found: InsolvencyView, lines: Sequence[Declared], file: ClaimFile) -> bytes:
    """The sheet: proceedings, parties, the claims invoice by invoice, rank, retention of title, and where to sign."""
    says = speech(file)
    words = _words()[says.language]
    return paper(
        SHEET,
        head(says, words["title"])
        | {
            "facts": _facts(says, words, found),
            "parties": parties(says),
            "totals": _totals(says, words, lines),
            "notes": [words["intro"], words["interest"], words["younger"]],
            "sections": [
                section(
                    words["claims"],
                    words["heads"],
                    [_row(says, words, found, one) for one in lines],
                    right=(4, 5, 6, 7),
                ),
                section("", lines=[words["privilege"], _retention(words, found)]),
                section(words["documents"], lines=[words["enclosed"]]),
                section("", lines=[words["sign"], words["place"], words["by"]]),
            ],
        },
    )


def _facts(says: Speech, words: dict[str, Any], found: InsolvencyView) -> list[list[str]]:
    receiver = found.representative
    known = (
        (
            words["to"],
            ", ".join(part for part in (receiver.name, *receiver.postal.splitlines(), receiver.email) if part),
        ),
        (words["proceedings"], found.proceedings),
        (words["judgment"], says.day(found.judgment)),
        (words["court"], found.court),
        (words["register"], found.register),
        (words["published"], says.day(found.published)),
        (words["as_at"], says.day(found.eve)),
    )
    return [[what, wording.one_line(value)] for what, value in known if value]


def _totals(says: Speech, words: dict[str, Any], lines: Sequence[Declared]) -> list[list[Any]]:
    names = says.words
    principal, flat = sum(one.open for one in lines), sum(one.flat for one in lines)
    interest = sum(one.interest or 0 for one in lines)
    rows: list[list[Any]] = [[names["principal"], says.money(principal), False]]
    reserved = any(one.interest is None for one in lines)
    rows.append([names["interest"], words["reserved"] if reserved and not interest else says.money(interest), False])
    rows += [[names["flat"], says.money(flat), False]] if flat else []
    return [*rows, [words["total"], says.money(principal + interest + flat), True]]


def _row(says: Speech, words: dict[str, Any], found: InsolvencyView, one: Declared) -> list[str]:
    state = words["due"] if one.due < found.judgment else words["not_due"]
    interest = words["reserved"] if one.interest is None else says.money(one.interest)
    total = one.open + (one.interest or 0) + one.flat
    return [
        wording.one_line(one.invoice), says.short(one.issued), says.short(one.due), state, says.money(one.open), interest,
        says.money(one.flat), says.money(total),
    ]  # fmt: skip


def _retention(words: dict[str, Any], found: InsolvencyView) -> str:
    if not found.retention:
        return str(words["retention_open"])
    if found.retention == "none":
        return str(words["no_retention"])
    return str(words["retention"]).format(goods=wording.one_line(found.goods))
