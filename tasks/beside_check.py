"""Every piece of news written once in every language: what cannot be is named, and so are words that demand."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from policies.agreement import AgreementTerms
from policies.beside import ANSWERS, BY_HAND, NEWS, TERMS, BesideFacts, MessageKind, Piece
from policies.courtesy import harsh_words
from policies.facts import DatedAmount
from policies.measure import LiftedBy, MeasureKind, MeasureTold
from tasks.beside_words import render_beside
from tasks.sample_message import CREDITOR
from tasks.template_source import TEMPLATES

DEMANDING = (
    "interest", "fee", "indemnity", "intérêt", "pénalité", "frais", "indemnité", "zins", "gebühr", "mahn", "rente",
    "boete", "interés", "intereses", "recargo", "interessi", "mora", "juros", "encargos", "please pay", "veuillez régler",
)  # fmt: skip
"""Words of interest, fees and demands: news asks for nothing. What was agreed on, and is over, may say what is due."""
REASON = "Le bon de livraison du 3 mars porte votre signature pour les douze colis."
"""Why an invoice stands, as a person writes it."""
MEASURE = MeasureTold(MeasureKind.STOP_SUPPLY, LiftedBy.OVERDUE_PAID, clause="Article 7 de nos conditions de vente.")
ON = date(2026, 3, 16)
TOLD = (*NEWS, *TERMS, *ANSWERS, MessageKind.INVOICE_COPY, MessageKind.PAYMENT_DETAILS)
"""What is told in words of ours; what a person writes is the person's."""
NEWS_PARTS = frozenset({"subject.txt", "piece.txt"})


def sample_news(kind: MessageKind, language: str, invoices: int = 1) -> BesideFacts:
    """News of this kind about so many invoices of an invented customer, half of them settled."""
    instalments = (DatedAmount(date(2026, 4, 1), 50_000), DatedAmount(date(2026, 5, 1), 50_000))
    pieces = tuple(
        Piece(
            kind,
            f"F-{1001 + nth}",
            100_000,
            25_000 * (nth % 2 or "bounced" in kind or kind in ANSWERS),
            ON,
            instalments if "plan" in kind else (),
            AgreementTerms(8, True, ON, "THEIR-7"),
            REASON if kind in ANSWERS else "",
            MEASURE if "measure" in kind else None,
        )
        for nth in range(invoices)
    )
    return BesideFacts(
        key="sample", kind=kind, language=language, creditor=CREDITOR, customer_number="C-017",
        customer_name="Dupont SARL", contact_name="Mme Élise Faure", agent_name="Jean Petit",
        agent_email="jean@atelier-martin.example", currency="EUR", written_at=datetime(2026, 3, 16, 9, tzinfo=UTC),
        pieces=pieces, subject="Votre chantier" if kind in BY_HAND else "", text="Bonjour" if kind in BY_HAND else "",
    )  # fmt: skip


def languages() -> tuple[str, ...]:
    """The languages news is written in."""
    return tuple(sorted(path.parent.name for path in TEMPLATES.glob("_base/*/news.txt")))


def wrong_news() -> tuple[int, list[str]]:
    """How many texts there are, and a sentence for each that is wrong; harsh words are refused as in a courtesy."""
    known = [(kind, language) for kind in TOLD for language in languages()]
    return len(known), [sentence for one in known for sentence in _wrong(*one)]


def _wrong(kind: MessageKind, language: str) -> Iterator[str]:
    for invoices in (1,) if kind in TERMS else (1, 3):
        where = f"common/{kind.value}/any/{language}"
        try:
            said = render_beside(sample_news(kind, language, invoices))
        except Exception as wrong:  # noqa: BLE001  # whatever a template does wrong ends in a sentence with its name
            yield f"{where}: {wrong}"
            return
        told = f"{said.subject}\n{said.text}"
        yield from (f"{where}: says “{one.word}”." for one in harsh_words(told, language, before_due=False))
        yield from (
            f"{where}: says “{word}”."
            for word in DEMANDING
            if kind not in TERMS and re.search(rf"\b{re.escape(word)}", told.lower())
        )
