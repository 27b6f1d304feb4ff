"""A message nobody is sent, to look at a template with: invented names and sums in the hard cases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from policies.accessories import AccessoriesFacts, ClaimedLine
from policies.facts import DebtorKind
from policies.interest.statement import Segment
from policies.message import CreditorFacts, Line, LineStatus, MessageFacts
from policies.posting import Posting
from policies.proceedings import Proceedings
from policies.stages import Stage
from policies.step import Accessories
from tasks.template_choice import COMMON

CASES: dict[str, str] = {
    "one": "one invoice",
    "thirty": "thirty invoices",
    "long-names": "names of 300 letters",
    "right-to-left": "names in Hebrew and Arabic",
    "no-phone": "no telephone",
    "interest": "claimed interest and flat sum",
    "zero-interest": "interest that cannot be stated: it is reserved",
    "two-currencies": "the second message to a customer who owes in two currencies",
    "credit": "a credit note, and a credit not yet set against an invoice",
    "instalments": "an invoice in instalments, and one under a payment plan",
    "bare": "nothing known that may be unknown",
}
"""What may be looked at."""

ON = date(2026, 3, 16)
CREDITOR = CreditorFacts(
    name="Atelier Martin", email="compta@atelier-martin.example", reply_to="compta@atelier-martin.example",
    phone="+33 1 99 00 12 34", address="12 rue des Lilas\n75011 Paris",
    mentions="SARL au capital de 10 000 euros, SIREN 123 456 789, RCS Paris", iban="FR7630006000011234567890189",
    bic="AGRIFRPP", company_number="0123.456.789", mediator="Médiation Conso, 5 rue du Port, 44000 Nantes",
)  # fmt: skip
PAID_ONLINE = "https://pay.atelier-martin.example/"
NAMES = {"long-names": "Établissements Durand et Compagnie " * 9, "right-to-left": "חברת הדוגמה בע״מ – شركة المثال"}
STAGES = {
    "statement": Stage.COURTESY_REMINDER,
    "free_reminder": Stage.COURTESY_REMINDER,
    "after_judgment": Stage.SECOND_REMINDER,
    "after_judgment_notice": Stage.FORMAL_NOTICE,
}
SEGMENT = Segment(date(2026, 2, 2), ON, 43, Decimal("12.15"), 100_000, 1431)
CLAIM = AccessoriesFacts(
    Accessories.CLAIM, reserved=False, interest=1431, flat=4000, total_with=105_431,
    lines=(ClaimedLine("F-1001", 1431, 4000, (SEGMENT,)),), basis=("Simple interest.",),
)  # fmt: skip
RESERVED = AccessoriesFacts(Accessories.CLAIM, reserved=True, why=("No rate is known.",))
AHEAD = frozenset({Stage.FOLLOW_UP_CALL, Stage.MEDIATION, Stage.AGENCY, Stage.LEGAL})
NOT_YET: dict[str, Any] = {"status": LineStatus.NOT_YET_DUE, "days_late": 0, "demanded": False}


def sample(law: str, text: str, debtor: DebtorKind, language: str, case: str = "one") -> MessageFacts:
    """The message of this template in one of `CASES`."""
    stage = STAGES.get(text) or Stage(text)
    lines = _lines(case, stage)
    demanded = sum(line.open for line in lines if line.demanded)
    facts = MessageFacts(
        key=f"sample/{case}", stage=stage, law=law, debtor=debtor, language=language, creditor=CREDITOR,
        customer_number="C-017", customer_name=NAMES.get(case, "Dupont SARL").strip(), contact_name=NAMES.get(case, "Mme Élise Faure").strip(),
        agent_name="Jean Petit", agent_email="jean@atelier-martin.example",
        currency="USD" if case == "two-currencies" else "EUR", lines=lines, demanded=demanded,
        total_open=sum(line.open for line in lines), written_at=datetime(2026, 3, 16, 9, tzinfo=UTC), written_on=ON,
        position_on=date(2026, 3, 13), pay_by=date(2026, 3, 30), pay_within=14, text=text, indemnity=2000,
        proceedings=Proceedings("redressement judiciaire", date(2025, 12, 1)), ahead=AHEAD, credit=15_000 if case == "credit" else 0, accessories=_accessories(case, stage),
    )  # fmt: skip
    return _seen(facts, case)


def _seen(facts: MessageFacts, case: str) -> MessageFacts:
    """The same with what is known, or not, of the creditor in this case."""
    creditor = facts.creditor
    if case == "no-phone":
        return replace(facts, creditor=replace(creditor, phone=""))
    if case == "bare":
        bare = CreditorFacts(
            creditor.name, creditor.email, "", address=creditor.address, mentions=creditor.mentions,
            company_number=creditor.company_number, mediator=creditor.mediator,
        )  # fmt: skip
        return replace(facts, creditor=bare, contact_name="", agent_name="", agent_email="", position_on=None)
    return replace(facts, creditor=replace(creditor, payment_url=PAID_ONLINE)) if case == "credit" else facts


def _accessories(case: str, stage: Stage) -> AccessoriesFacts | None:
    """What a hard message claims: no first one ever does."""
    if stage in (Stage.UPCOMING, Stage.COURTESY_REMINDER):
        return None
    return {"interest": CLAIM, "zero-interest": RESERVED}.get(case)


def _lines(case: str, stage: Stage) -> tuple[Line, ...]:
    lines = tuple(_line(number, stage) for number in range(30 if case == "thirty" else 1))
    one = lines[0]
    if case == "credit":
        credited = replace(one, credited=12_550, open=87_450)
        note = replace(one, invoice="AV-7", original=-4_000, paid=0, open=-4_000, demanded=False)
        return (credited, note)
    if case == "instalments":
        first = replace(one, invoice="F-1001", original=50_000, open=50_000, paid=0)
        second = replace(first, invoice="F-1001/2", due=date(2026, 4, 1), **NOT_YET)
        agreed = replace(one, invoice="F-0990", status=LineStatus.AGREED, demanded=False)
        return (first, second, agreed)
    return lines


ADDRESSES = {"FR": "14 quai du Port\nBâtiment B\n69002 Lyon", "DE": "Hafenstraße 14\nHaus B\n20457 Hamburg"}
"""Where the sample's customer lives; elsewhere it keeps the first address."""


def sample_posting(text: str, country: str) -> Posting:
    """Where the sample goes: a formal notice by registered letter."""
    history = ((date(2026, 2, 3), "E-mail · F-1001"), (date(2026, 2, 17), "E-mail · F-1001"))
    return Posting(
        ADDRESSES.get(country, ADDRESSES["FR"]), country, "FR", registered=text == "formal_notice",
        history=() if text in COMMON else history,
    )  # fmt: skip


def _line(number: int, stage: Stage) -> Line:
    """An item of 1,250.00, of which 250.00 is paid: late, or about to be due where the message comes before."""
    due = (date(2026, 3, 20) if stage is Stage.UPCOMING else date(2026, 2, 1)) - timedelta(days=number)
    late = Line(
        invoice=f"F-{1001 + number}", issued=due - timedelta(days=30), due=due, original=125_000, paid=25_000, credited=0,
        open=100_000, status=LineStatus.LATE, days_late=(ON - due).days, demanded=True,
    )  # fmt: skip
    return late if due < ON else replace(late, status=LineStatus.NOT_YET_DUE, days_late=0)
