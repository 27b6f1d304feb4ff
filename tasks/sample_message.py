"""A message nobody is sent, to look at a template with: invented names and sums in the hard cases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from policies.accessories import AccessoriesFacts, ClaimedLine
from policies.facts import DebtorKind
from policies.interest.statement import Segment
from policies.message import CreditorFacts, Line, LineStatus, MessageFacts
from policies.posting import Posting
from policies.stages import Stage
from policies.step import Accessories
from tasks.template_choice import COMMON

CASES = ("one", "thirty", "long-names", "right-to-left", "no-phone", "interest")
"""What may be looked at: one invoice, thirty, names of 300 letters, Hebrew and Arabic, no telephone, claimed interest."""

ON = date(2026, 3, 16)
CREDITOR = CreditorFacts(
    name="Atelier Martin", email="compta@atelier-martin.example", reply_to="compta@atelier-martin.example",
    phone="+33 1 99 00 12 34", address="12 rue des Lilas\n75011 Paris",
    mentions="SARL au capital de 10 000 euros, SIREN 123 456 789, RCS Paris", iban="FR7630006000011234567890189",
    bic="AGRIFRPP", company_number="0123.456.789", mediator="Médiation Conso, 5 rue du Port, 44000 Nantes",
)  # fmt: skip
NAMES = {"long-names": "Établissements Durand et Compagnie " * 9, "right-to-left": "חברת הדוגמה בע״מ – شركة المثال"}
STAGES = {"statement": Stage.COURTESY_REMINDER, "free_reminder": Stage.COURTESY_REMINDER}
SEGMENT = Segment(date(2026, 2, 2), ON, 43, Decimal("12.15"), 100_000, 1431)
CLAIM = AccessoriesFacts(
    Accessories.CLAIM, reserved=False, interest=1431, flat=4000, total_with=105_431,
    lines=(ClaimedLine("F-1001", 1431, 4000, (SEGMENT,)),), basis=("Simple interest.",),
)  # fmt: skip


def sample(law: str, text: str, debtor: DebtorKind, language: str, case: str = "one") -> MessageFacts:
    """The message of this template in one of `CASES`."""
    lines = tuple(_line(n) for n in range(30 if case == "thirty" else 1))
    creditor = replace(CREDITOR, phone="") if case == "no-phone" else CREDITOR
    open_ = sum(line.open for line in lines)
    return MessageFacts(
        key=f"sample/{case}", stage=STAGES.get(text) or Stage(text), law=law, debtor=debtor, language=language,
        creditor=creditor, customer_number="C-017", customer_name=NAMES.get(case, "Dupont SARL").strip(),
        contact_name="Mme Élise Faure", agent_name="Jean Petit", agent_email="jean@atelier-martin.example",
        currency="EUR", lines=lines, demanded=open_, total_open=open_, written_at=datetime(2026, 3, 16, 9, tzinfo=UTC),
        written_on=ON, position_on=date(2026, 3, 13), pay_by=date(2026, 3, 30), pay_within=14, text=text, indemnity=2000,
        accessories=CLAIM if case == "interest" else None,
    )  # fmt: skip


def sample_posting(text: str, country: str) -> Posting:
    """Where the sample goes: a formal notice by registered letter."""
    history = ((date(2026, 2, 3), "E-mail · F-1001"), (date(2026, 2, 17), "E-mail · F-1001"))
    return Posting(
        "14 quai du Port\nBâtiment B\n69002 Lyon", country, "FR", registered=text == "formal_notice",
        history=() if text in COMMON else history,
    )  # fmt: skip


def _line(number: int) -> Line:
    due = date(2026, 2, 1) - timedelta(days=number)
    return Line(
        invoice=f"F-{1001 + number}", issued=due - timedelta(days=30), due=due, original=125_000, paid=25_000, credited=0,
        open=100_000, status=LineStatus.LATE, days_late=(ON - due).days, demanded=True,
    )  # fmt: skip
