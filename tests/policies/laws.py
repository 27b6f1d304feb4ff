"""Laws for the tests of the ladder: values of the kinds the jurisdictions are made of, with articles one can read."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from policies.facts import DebtorKind
from policies.law.jurisdiction import Jurisdiction
from policies.law.provenance import Confidence, Provenance
from policies.law.rules import (
    Cap,
    ContactRule,
    FlatRule,
    InterestRule,
    KindLaw,
    Moves,
    NoticeRule,
    Route,
    Starts,
    Window,
)
from policies.stages import Channel, Stage


def article(source: str) -> Provenance:
    """Where a rule stands."""
    return Provenance(source, date(2026, 4, 1), Confidence.HIGH)


NO_RULE = KindLaw(interest=None, flat=None, limitation=None, contact=None, notice=None)

BUSINESS = KindLaw(
    interest=InterestRule(Moves.SEMESTER, Starts.DUE, article("L441-10 C. com."), series="ecb_mro", points=Decimal(10)),
    flat=FlatRule("invoice", "EUR", article("D441-5 C. com."), amount=4000),
    limitation=None,
    contact=None,
    notice=NoticeRule((), 8, article("1344 C. civ.")),
    routes=(Route("court", Stage.LEGAL, "Order to pay", article("1405 CPC")),),
)
PUBLIC = replace(
    BUSINESS,
    routes=(
        Route("court", Stage.LEGAL, "Order to pay", article("L2311-1 CGPPP"), refused="Public goods cannot be seized."),
        Route("agency", Stage.AGENCY, "Agency", article("L1617-5 CGCT"), refused="An agency has no power here."),
    ),
)
FREE_FIRST = NoticeRule((), 14, article("XIX.2 CDE"), free_reminder_first=True, reminder_days=14)

FR = Jurisdiction(
    "FR", "France", "EUR", True, {DebtorKind.BUSINESS: BUSINESS, DebtorKind.CONSUMER: NO_RULE, DebtorKind.PUBLIC: PUBLIC}, "0"
)  # fmt: skip
BE = Jurisdiction("BE", "Belgium", "EUR", True, {DebtorKind.CONSUMER: replace(NO_RULE, notice=FREE_FIRST)}, "0")
CH = Jurisdiction("CH", "Switzerland", "CHF", False, {DebtorKind.BUSINESS: NO_RULE}, "0")
LAWS = {"FR": FR, "BE": BE, "CH": CH}

WRITING = frozenset({Channel.EMAIL, Channel.SMS, Channel.LETTER})
CALLS = frozenset({Channel.CALL})


def contact(*caps: Cap, windows: tuple[Window, ...] = (), rest: int = 0) -> KindLaw:
    """A law that knows only how a debtor may be contacted."""
    return replace(NO_RULE, contact=ContactRule(caps, windows, article("Reg F"), rest))
