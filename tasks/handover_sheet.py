"""The claim on paper: who claims what from whom, invoice by invoice, with the calculation. PDF/A-2b, set by typst."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from babel import Locale

from policies.claim_file import ClaimFile, ClaimItem, Original
from policies.claim_history import Attempt
from policies.step import Accessories
from tasks import wording
from tasks.handover_words import Speech, section, speech
from tasks.template_choice import TEMPLATES
from tasks.typst_page import paper

SHEET = TEMPLATES / "_handover" / "file.typ"
COSTS_STAY = "FR"
"""The law under which costs of collecting without a title stay with the creditor (CPCE L111-8)."""


def claim_sheet(file: ClaimFile) -> bytes:
    """The sheet; the same file gives the same bytes. Raises NotPrinted."""
    says = speech(file)
    return paper(
        SHEET,
        head(says, says.words["claim"])
        | {
            "parties": parties(says),
            "totals": _totals(says),
            "notes": _notes(says),
            "sections": [each for each in _sections(says) if each["rows"] or each["lines"]],
        },
    )


def head(says: Speech, title: str) -> dict[str, Any]:
    """What stands at the head and the foot of every sheet of the file."""
    file, words = says.file, says.words
    known = (
        (words["for"], file.choice.receiver),
        (words["reference"], file.choice.reference),
        (words["calculated"], says.day(file.on)),
        (words["position"], says.day(file.position_on)),
    )
    name = wording.one_line(file.creditor.name)
    return {
        "title": f"{title} · {wording.one_line(file.party.name)}",
        "author": name,
        "language": says.language,
        "date": [file.on.year, file.on.month, file.on.day],
        "facts": [[what, wording.one_line(value)] for what, value in known if value],
        "foot": " · ".join(part for part in (name, wording.one_line(file.creditor.mentions)) if part),
        "parties": [],
        "totals": [],
        "notes": [],
        "sections": [],
    }


def parties(says: Speech) -> list[dict[str, Any]]:
    """Who claims, and from whom."""
    return [_creditor(says), _debtor(says)]


def _creditor(says: Speech) -> dict[str, Any]:
    one, words = says.file.creditor, says.words
    pays = says.file.choice.payment_details and one.iban
    lines = [one.name, *one.address.splitlines(), one.phone, one.email]
    lines += [words["account"].format(iban=wording.account(one.iban)), one.bic] if pays else []
    return {"title": words["creditor"], "lines": _kept(lines)}


def _debtor(says: Speech) -> dict[str, Any]:
    one, words = says.file.party, says.words
    lines = [one.name, *one.postal.splitlines(), _country(says)]
    if one.seat and one.seat != one.postal:
        lines.append(words["seat"].format(address=", ".join(_kept(one.seat.splitlines()))))
    lines += [
        words[name].format(number=value)
        for name, value in (("company", one.company_number), ("vat", one.vat_number))
        if value
    ]
    lines += [
        words["client"].format(number=one.number, kind=words["kinds"][one.kind.value]),
        one.contact,
        one.email,
        one.phone,
    ]
    return {"title": words["debtor"], "lines": _kept(lines)}


def _kept(lines: list[str]) -> list[str]:
    return [line for line in map(wording.one_line, lines) if line]


def _totals(says: Speech) -> list[list[Any]]:
    """Principal, interest and flat sums apart, then what is claimed in all."""
    file, words, found = says.file, says.words, says.file.accessories
    rows: list[list[Any]] = [[words["principal"], says.money(file.principal), False]]
    total = file.principal
    if found is not None and not found.reserved:
        rows.append([words["interest"], says.money(found.interest or 0), False])
        rows += [] if found.flat is None else [[words["flat"], says.money(found.flat), False]]
        total += (found.interest or 0) + (found.flat or 0)
    rows.append([words["total"], says.money(total), True])
    disputed = sum(one.disputed for one in file.items)
    return [*rows, *([[words["disputed"], says.money(disputed), False]] if disputed else [])]


def _notes(says: Speech) -> list[str]:
    file, words, found = says.file, says.words, says.file.accessories
    notes = []
    if found is None:
        notes.append(words["silent"])
    elif found.reserved:
        notes.append(words["reserved"])
    if file.law == COSTS_STAY and file.choice.accessories is not Accessories.NEVER:
        notes.append(words["costs"])
    if not file.choice.payment_details:
        notes.append(words["unpaid"])
    if any(one.route != "live" for one in file.messages):
        notes.append(words["sample"])
    return notes


def _sections(says: Speech) -> list[dict[str, Any]]:
    words, file = says.words, says.file
    right = tuple(range(3, len(words["invoice_heads"])))
    attempts = [_tried(says, one) for one in file.attempts]
    return [
        section(words["invoices"], words["invoice_heads"], [_item(says, one) for one in file.items], right=right),
        _calculation(says),
        _moved(says),
        section(words["attempts"], lines=attempts),
        section(words["documents"], lines=_documents(says)),
    ]


def _tried(says: Speech, one: Attempt) -> str:
    """That an attempt took place and failed: when, with whom, and how it ended; nothing of what was said."""
    mediator = f" ({one.mediator})" if one.mediator else ""
    ended = says.words["ended"].format(day=says.day(one.ended_on)) if one.ended_on else ""
    result = f"{says.words['results'][one.result]}{ended}" if one.result else ""
    return str(says.words["tried"][one.kind].format(day=says.day(one.on), mediator=mediator, result=result))


def _item(says: Speech, one: ClaimItem) -> list[str]:
    late = says.words["days"].format(days=one.days_late)
    amounts = (one.original, one.paid, one.credited, one.disputed, one.open)
    return [one.invoice, says.short(one.issued), says.short(one.due), late, *map(says.money, amounts)]


def _calculation(says: Speech) -> dict[str, Any]:
    words, rows = says.words, []
    for line in says.file.claimed_beside:
        rows += [
            [line.invoice, says.short(part.start), says.short(part.end), says.money(part.principal),
             wording.percent(part.rate, says.language), f"{part.days} / {part.year}", says.money(part.interest)]
            for part in line.segments
        ]  # fmt: skip
        rows += [] if line.flat is None else [[line.invoice, words["flat_line"], *[""] * 4, says.money(line.flat)]]
    return section(words["calculation"], words["calculation_heads"], rows, right=(3, 4, 5, 6))


def _moved(says: Speech) -> dict[str, Any]:
    words = says.words
    rows = [
        [
            says.short(each.on),
            one.invoice,
            f"{words['moves'][each.kind]} {each.reference}".strip(),
            says.money(each.amount),
        ]
        for one in says.file.items
        for each in one.moved
    ]
    return section(words["moved"], words["moved_heads"], rows, widths=(0, 0, 1, 0), right=(3,))


def documents(file: ClaimFile) -> Iterator[tuple[str, Original]]:
    """The documents of the invoices, then those of the credit notes, each with the number it is of."""
    yield from ((one.invoice, one.document) for one in file.items if one.document)
    yield from ((each.reference, each.document) for one in file.items for each in one.moved if each.document)


def _documents(says: Speech) -> list[str]:
    words = says.words
    kept = [words["attached"].format(invoice=number, name=_bare(one.name)) for number, one in documents(says.file)]
    bare = [one.invoice for one in says.file.items if one.document is None]
    return [*dict.fromkeys(kept), *([words["missing"].format(invoices=", ".join(bare))] if bare else [])]


def _bare(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _country(says: Speech) -> str:
    return str(Locale(says.language).territories.get(says.file.party.country, says.file.party.country))
