"""The facts sheet of a way to court: what its form asks for, filled in from the claim; what only counsel knows is left to enter."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale

from policies.claim_file import ClaimFile
from policies.court_facts import CourtFacts
from policies.law.contact_rules import Route
from policies.law.court_rules import ANY_WAY
from storage.staff_catalogue import staff_catalogue
from tasks import wording
from tasks.court_way import court_words
from tasks.handover_sheet import SHEET, head
from tasks.handover_words import Speech, section, speech
from tasks.typst_page import paper


def court_sheet(facts: CourtFacts) -> bytes:
    """The sheet as PDF; the same facts give the same bytes. Raises NotPrinted."""
    says = speech(facts.file)
    words = court_words()[says.language]
    route = None if facts.way is None else facts.way.route
    way = ANY_WAY if route is None else route.at_court
    court = staff_catalogue(says.language).exact(way.court) or way.court
    page = head(says, words["titles"][way.sheet])
    known = [[words["for"], court], [words["basis"], "" if route is None else route.where.source]]
    told = known + [one for one in page["facts"] if one[0] == says.words["calculated"]]
    values = _values(says, words, court)
    fields = [[label, values[name]] for label, name in words["forms"][way.sheet]]
    return paper(
        SHEET,
        page
        | {
            "facts": [[what, wording.one_line(value)] for what, value in told if value],
            "notes": _notes(words, route),
            "sections": [
                section(words["fields"], words["field_heads"], fields, widths=(1, 2)),
                section(words["dated"], words["dated_heads"], _dated(says, words), widths=(0, 1)),
            ],
        },
    )


def _notes(words: dict[str, Any], route: Route | None) -> list[str]:
    forbids = "" if route is None else route.at_court.forbids_payment
    return [words["forbidden"].format(article=forbids)] if forbids else []


def _values(says: Speech, words: dict[str, Any], court: str) -> dict[str, str]:
    """What stands in each field; a line a part."""
    file, found = says.file, says.file.accessories
    stated = found if found is not None and not found.reserved else None
    interest = (stated.interest or 0) if stated else 0
    flat = (stated.flat or 0) if stated else 0
    return {
        "court": court,
        "creditor": _lines(file.creditor.name, file.creditor.address, file.creditor.mentions),
        "debtor": _debtor(says),
        "contract": words["contract"],
        "principal": says.money(file.principal),
        "interest": _lines(says.money(interest), *_rates(says, words)) if interest else words["no_interest"],
        "flat": says.money(flat) if flat else "–",
        "total": says.money(file.principal + interest + flat),
        "limit": says.money(file.principal + interest),
        "documents": _lines(*_documents(file)) or words["enter"],
        "countries": words["countries"].format(
            ours=words["enter"], theirs=country_in(file.party.country, says.language) or words["enter"]
        ),
        "enter": words["enter"],
    }


def _debtor(says: Speech) -> str:
    one, words = says.file.party, says.words
    numbers = [
        words[name].format(number=value)
        for name, value in (("company", one.company_number), ("vat", one.vat_number))
        if value
    ]
    return _lines(one.name, one.seat or one.postal, country_in(one.country, says.language), *numbers)


def country_in(code: str, language: str) -> str:
    """*Allemagne*; the code itself where it has no name there."""
    return str(Locale(language).territories.get(code, code))


def _rates(says: Speech, words: dict[str, Any]) -> Iterator[str]:
    """Each stretch of interest as it was calculated, line by line of the claim."""
    for line in says.file.claimed_beside:
        for part in line.segments:
            rate = wording.percent(part.rate, says.language)
            told = words["rate"].format(
                rate=rate, amount=says.money(part.principal), start=says.short(part.start), end=says.short(part.end)
            )
            yield f"{line.invoice}{says.words['colon']}{told}"


def _documents(file: ClaimFile) -> Iterator[str]:
    """The documents by number: each invoice whose own file is kept, then the messages with their proof."""
    named = [one.invoice for one in file.items if one.document is not None]
    named += [one.subject for one in file.messages if one.subject]
    yield from (f"{place}. {name}" for place, name in enumerate(dict.fromkeys(named), 1))


def _dated(says: Speech, words: dict[str, Any]) -> list[list[str]]:
    """What happened, by date: invoices, their due days, money, and each message that left."""
    rows, zone = [], ZoneInfo(says.file.zone)
    for one in says.file.items:
        if one.issued is not None:
            rows.append((one.issued, words["issued"].format(invoice=one.invoice, amount=says.money(one.original))))
        rows.append((one.due, words["due"].format(invoice=one.invoice)))
        rows += [
            (each.on, words["paid"].format(invoice=one.invoice, amount=says.money(each.amount))) for each in one.moved
        ]
    rows += [
        (one.left_at.astimezone(zone).date(), words["told"].format(what=one.subject))
        for one in says.file.messages
        if one.left_at is not None and one.direction == "out"
    ]
    return [[says.short(on), wording.one_line(what)] for on, what in sorted(rows)]


def _lines(*parts: str) -> str:
    """One below the other, empty ones left out."""
    kept = [line for part in parts for line in part.splitlines() if line.strip()]
    return "\u2028".join(wording.one_line(line) for line in kept)
