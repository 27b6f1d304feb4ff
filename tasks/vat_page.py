"""The duplicate of an unpaid invoice, or the list of several, on paper: what art. 272 CGI asks the debtor to be sent."""

from datetime import date
from typing import Any

from policies.vat_recovery import mention
from storage.write_off_views import WriteOffView
from tasks import wording
from tasks.letter import lines_of, place
from tasks.template_choice import TEMPLATES
from tasks.typst_page import paper

PAGE = TEMPLATES / "_vat" / "duplicate.typ"
LANGUAGE = "fr"
"""The mention is one of French law: the page is in French, whoever reads it."""


def vat_page(view: WriteOffView, on: date, words: str = "") -> bytes:
    """The page as PDF/A-2b, dated `on`; `words` are the accountant's own, added to the mention. Net and VAT are
    those of what is lost now."""
    return paper(PAGE, _told(view, on, words))


def _told(view: WriteOffView, on: date, words: str) -> dict[str, Any]:
    row, several = view.row, len(view.lost) > 1
    return {
        "language": LANGUAGE,
        "date": [on.year, on.month, on.day],
        "place": place(row["creditor_address"], "", wording.day(on, LANGUAGE)),
        "sender": [wording.one_line(row["creditor_name"]), *lines_of(row["creditor_address"])],
        "mentions": wording.one_line(row["creditor_mentions"]),
        "recipient": [wording.one_line(row["customer_name"]), *lines_of(row["postal"])],
        "title": "État récapitulatif de factures demeurées impayées" if several else f"Duplicata de la facture {view.lost[0].invoice}",
        "mention": _unbroken(mention(_plain(view.net or 0), _plain(view.vat or 0), words)),
        "columns": ["Facture", "Date", "Échéance", "Prix net", "TVA", "Total impayé"],
        "rows": [
            [
                wording.one_line(one.invoice),
                "" if one.issued is None else wording.day(one.issued, LANGUAGE),
                wording.day(one.due, LANGUAGE),
                *(wording.amount(minor, view.currency, LANGUAGE) for minor in (one.net or 0, one.vat or 0, one.now)),
            ]
            for one in view.lost
        ],
        "total": [
            "Total", "", "",
            *(wording.amount(minor, view.currency, LANGUAGE) for minor in (view.net or 0, view.vat or 0, view.now)),
        ],
        "references": f"Client {wording.one_line(row['customer_number'])} · passage en perte n° {view.number}",
    }  # fmt: skip


def _unbroken(text: str) -> str:
    """The article stays on one line, and no amount leaves its sign."""
    return text.replace("art. 272 du CGI", "art.\u00a0272\u00a0du\u00a0CGI").replace(" €", "\u00a0€")


def _plain(minor: int) -> str:
    """The amount without its sign: the mention brings its own."""
    return wording.amount(minor, "EUR", LANGUAGE).replace("€", "").strip()
