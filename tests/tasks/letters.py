"""Facts for messages, with literal dates and amounts."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from policies.case import DebtorKind
from policies.message import CreditorFacts, Line, LineStatus, MessageFacts
from policies.proceedings import Proceedings
from policies.stages import Stage
from tasks.template_choice import TEMPLATES

CREDITOR = CreditorFacts(
    name="Atelier Martin",
    email="compta@atelier-martin.example",
    reply_to="reglements@atelier-martin.example",
    phone="+33 1 23 45 67 89",
    address="12 rue des Lilas\n75011 Paris",
    mentions="SARL au capital de 10 000 euros, 123 456 789 RCS Paris, TVA FR12123456789",
    iban="FR7630006000011234567890189",
    bic="AGRIFRPP",
    company_number="0123.456.789",
    mediator="Médiation Conso, 5 rue du Port, 44000 Nantes, mediation-conso.example",
)

AHEAD = frozenset({Stage.FOLLOW_UP_CALL, Stage.MEDIATION, Stage.AGENCY, Stage.LEGAL})
TOLD_AT = {
    "statement": Stage.COURTESY_REMINDER, "free_reminder": Stage.COURTESY_REMINDER,
    "after_judgment": Stage.SECOND_REMINDER, "after_judgment_notice": Stage.FORMAL_NOTICE,
}  # fmt: skip
"""The stage of the texts that are not a stage's own."""


@dataclass(frozen=True, slots=True)
class Words:
    """A template: the law, the text, the kind of debtor and the language it is for."""

    law: str
    text: str
    debtor: DebtorKind
    language: str

    @property
    def stage(self) -> Stage:
        return TOLD_AT.get(self.text) or Stage(self.text)

    @property
    def to_payer(self) -> bool:
        """Whether it asks somebody to pay: the customer, or after a judgment whoever administers it."""
        return self.stage not in (Stage.FOLLOW_UP_CALL, Stage.AGENCY, Stage.LEGAL)

    @property
    def to_customer(self) -> bool:
        return self.to_payer and not self.text.startswith("after_judgment")

    def facts(self, lines: tuple[Line, ...] | None = None, **changes: Any) -> MessageFacts:
        told = {"law": self.law, "text": self.text, "debtor": self.debtor, "ahead": AHEAD} | changes
        if self.text.startswith("after_judgment"):
            told |= {"proceedings": Proceedings("redressement judiciaire", date(2025, 9, 1))}
        return facts(self.stage, self.language, lines, **told)

    def __str__(self) -> str:
        return f"{self.law or 'common'}.{self.text}.{self.debtor.value}.{self.language}".lower().replace("-", "_")


def every() -> list[Words]:
    """Every template there is; those for any kind of debtor once for each."""
    found = []
    for folder in sorted(path.parent for path in TEMPLATES.glob("[!_]*/*/*/*/body.txt")):
        law, text, debtor, language = folder.relative_to(TEMPLATES).parts
        named = "" if law == "common" else law.upper().replace("_", "-")
        own = {path.name for path in folder.parent.parent.iterdir()}
        kinds = [kind for kind in DebtorKind if kind.value not in own] if debtor == "any" else [DebtorKind(debtor)]
        found += [Words(named, text, kind, language) for kind in kinds]
    return found


def line(invoice: str = "FA-2025-0142", late: int = 12, paid: int = 25000, **changes: Any) -> Line:
    """One item of 1 250,00, late unless told otherwise."""
    values: dict[str, Any] = {
        "invoice": invoice, "issued": date(2025, 11, 3), "due": date(2025, 12, 3), "original": 125000, "paid": paid,
        "credited": 0, "open": 125000 - paid, "status": LineStatus.LATE, "days_late": late, "demanded": True,
    }  # fmt: skip
    return Line(**{**values, **changes})


def facts(stage: Stage, language: str = "fr", lines: tuple[Line, ...] | None = None, **changes: Any) -> MessageFacts:
    """A message to Dupont SARL, written on 15 December 2025."""
    shown = (line(),) if lines is None else lines
    values: dict[str, Any] = {
        "key": "dupont/EUR/1", "stage": stage, "law": "FR", "debtor": DebtorKind.BUSINESS, "language": language,
        "creditor": CREDITOR, "customer_number": "C-017", "customer_name": "Dupont SARL",
        "contact_name": "Mme Élise Faure", "agent_name": "Jean Petit", "agent_email": "jean@atelier-martin.example",
        "currency": "EUR", "lines": shown, "demanded": sum(each.open for each in shown if each.demanded),
        "total_open": sum(each.open for each in shown), "written_at": datetime(2025, 12, 15, 9, tzinfo=UTC),
        "written_on": date(2025, 12, 15), "position_on": date(2025, 12, 14), "pay_by": date(2025, 12, 27), "pay_within": 10,
    }  # fmt: skip
    return MessageFacts(**{**values, **changes})


def upcoming(language: str = "fr", **changes: Any) -> MessageFacts:
    """The gentlest message: nothing of it is late."""
    ahead = line(late=0, paid=0, status=LineStatus.NOT_YET_DUE, due=date(2025, 12, 20))
    return facts(Stage.UPCOMING, language, (ahead,), **changes)


def bare(message: MessageFacts) -> MessageFacts:
    """The same with everything left out that may be empty."""
    kept = {"company_number": CREDITOR.company_number, "mediator": CREDITOR.mediator}
    creditor = CreditorFacts(name="Atelier Martin", email="compta@atelier-martin.example", reply_to="", **kept)
    return replace(message, creditor=creditor, contact_name="", agent_name="", agent_email="", position_on=None)
