"""Ladders for the pages people read: a plain one and one that uses every word a ladder has."""

from datetime import date
from decimal import Decimal

from policies.condition import Condition
from policies.facts import DebtorKind
from policies.ladder import ApprovalRule, Entry, Ladder, Season, Step
from policies.ladder_measure import LadderMeasure
from policies.law.provenance import Confidence, Provenance
from policies.law.rules import Cap, ContactRule, FlatRule, InterestRule, KindLaw, Moves, Starts
from policies.measure import LiftedBy, MeasureKind
from policies.payer import Payer
from policies.questions import QuestionKind
from policies.stages import Channel, Stage
from policies.step import Accessories, CountedFrom, Hours, Repeat
from storage.rate_store import shipped_rates
from tasks.policy_page import Around
from tests.tasks.letters import CREDITOR

RATES = shipped_rates()
ON = date(2026, 3, 2)
"""A day in a half-year whose rates are known."""
LATER = date(2031, 3, 2)
"""A day in one whose rates are not."""

BUSINESS, CONSUMER = DebtorKind.BUSINESS, DebtorKind.CONSUMER
EMAIL, SMS, LETTER, CALL, FILE = Channel.EMAIL, Channel.SMS, Channel.LETTER, Channel.CALL, Channel.HANDOVER


def source(article: str) -> Provenance:
    return Provenance(article, date(2026, 1, 1), Confidence.HIGH)


FRENCH_BUSINESS = KindLaw(
    interest=InterestRule(
        Moves.SEMESTER, Starts.DUE, source("Code de commerce L441-10"), series="ecb_mro", points=Decimal(10)
    ),
    flat=FlatRule("invoice", "EUR", source("Code de commerce D441-5"), amount=4000),
    limitation=None,
    contact=ContactRule((Cap(frozenset({CALL}), 3, 7),), (), source("")),
    notice=None,
)
FRENCH_CONSUMER = KindLaw(
    interest=InterestRule(
        Moves.SEMESTER, Starts.NOTICE, source("Code civil 1231-6, 1344-1"), series="fr_legal", points=Decimal(0)
    ),
    flat=None,
    limitation=None,
    contact=None,
    notice=None,
)
LAWS = {BUSINESS: FRENCH_BUSINESS, CONSUMER: FRENCH_CONSUMER}


def around(day: date = ON) -> Around:
    """Atelier Martin under French law."""
    return Around(LAWS, RATES, CREDITOR, "EUR", day)


PLAIN = Ladder(
    id="plain",
    title="French business customers",
    hash="3f9a" * 16,
    country="FR",
    kinds=frozenset({BUSINESS}),
    seasons=(Season((8, 1), (8, 25)), Season((12, 20), (1, 3))),
    accessories=Accessories.CLAIM,
    flat_sum=True,
    ask_at_end_after=30,
    steps=(
        Step("upcoming", Stage.UPCOMING, -5, 1, (EMAIL,), lapse_after=-1),
        Step("courtesy", Stage.COURTESY_REMINDER, 3, 4, (EMAIL, SMS)),
        Step("second", Stage.SECOND_REMINDER, 12, 7, (EMAIL, LETTER), also=(SMS,), copies=True),
        Step(
            "notice", Stage.FORMAL_NOTICE, 30, 10, (EMAIL, LETTER), pay_within=10, approval=ApprovalRule.ABOVE,
            approval_above={"EUR": 500000}, keeps_out_of_seasons=True, claims=Accessories.CLAIM,
        ),
        Step("call", Stage.FOLLOW_UP_CALL, 43, 13, (CALL,), asks=QuestionKind.CALL_OUTCOME),
        Step(
            "mediation", Stage.MEDIATION, 50, 7, (EMAIL,), only_above={"EUR": 200000},
            asks=QuestionKind.MEDIATION_OUTCOME,
        ),
        Step("agency", Stage.AGENCY, 75, 20, (FILE,), approval=ApprovalRule.ALWAYS),
        Step("legal", Stage.LEGAL, 105, 30, (FILE,), approval=ApprovalRule.ALWAYS),
    ),
)  # fmt: skip

FULL = Ladder(
    id="full",
    title="Everything a ladder can say",
    hash="0b17" * 16,
    kinds=frozenset({BUSINESS, CONSUMER}),
    send_days=frozenset({0, 2, 4}),
    entry=Entry.SOFT_LANDING,
    entry_after=45,
    accessories=Accessories.MENTION,
    caps=(Cap(frozenset({EMAIL, SMS, LETTER}), 2, 7), Cap(frozenset({SMS}), 1, 30)),
    limitation_warnings=(),
    measures=(
        LadderMeasure(MeasureKind.STOP_SUPPLY, "again", 10, LiftedBy.OVERDUE_PAID, {"EUR": 100000}, review_days=30),
        LadderMeasure(MeasureKind.LOWER_LIMIT, "free", 0, LiftedBy.UNDER_LIMIT, limit={"EUR": 500000}),
    ),
    steps=(
        Step(
            "position", Stage.COURTESY_REMINDER, 0, 1, (EMAIL,), text="statement"
        ),
        Step(
            "free", Stage.COURTESY_REMINDER, 10, 7, (EMAIL, LETTER, SMS), text="free_reminder", pay_within=14,
            after=CountedFrom.MONTH_END, only_if=Condition(kinds=frozenset({CONSUMER}), opened_late=10),
        ),
        Step(
            "again", Stage.SECOND_REMINDER, 14, 7, (EMAIL,), after=CountedFrom.PREVIOUS, repeat=Repeat(14, 3),
            only_if=Condition(
                invoice_above={"EUR": 10050, "GBP": 9000}, overdue_up_to={"EUR": 100000}, overdue_invoices=2,
                countries=frozenset({"FR", "BE"}), payers=frozenset({Payer.WORSENING, Payer.USUAL_SLOW}),
            ),
            hours=Hours(10, 12, frozenset({1})), claims=Accessories.MENTION,
        ),
    ),
)  # fmt: skip
