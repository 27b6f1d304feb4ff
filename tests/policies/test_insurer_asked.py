"""While the credit insurer is asked, reminders leave and nothing harder does; an agency waits for its consent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from policies.decide import decide
from policies.decisions import Act, Ask, Wait
from policies.insurance import CreditInsurance, FilingFrom
from policies.insured import Insured, OpenInvoice, Why
from policies.insured_case import InsuredCase
from policies.reason import Reason
from policies.said import sentence
from tests.policies.builders import FR_B2B, a_case
from tests.policies.test_may_be_paid import NOTICE_DUE, REMINDED, REMINDER_DUE

COFACE = CreditInsurance(1, "Coface", "P-77", "EUR", 60, 90, FilingFrom.EXTENSION, Decimal(90), date(2026, 1, 1))
BILL = OpenInvoice(1, "F1", date(2026, 2, 1), date(2026, 3, 2), "EUR", 1_250_00)
FREE = InsuredCase(Insured(BILL, Why.INSURED, COFACE, 1, 1_250_00, 1_125_00))
ASKED = replace(FREE, asked=True)


def test_a_reminder_leaves_while_the_insurer_is_asked() -> None:
    assert isinstance(decide(a_case(done=REMINDED[:1], insured=ASKED), FR_B2B, REMINDER_DUE), Act)


def test_a_formal_notice_and_its_question_wait_for_the_insurer() -> None:
    assert isinstance(decide(a_case(done=REMINDED, insured=FREE), FR_B2B, NOTICE_DUE), Ask)
    decision = decide(a_case(done=REMINDED, insured=ASKED), FR_B2B, NOTICE_DUE)
    assert isinstance(decision, Wait)
    assert (decision.until, decision.because.code) == (None, Reason.INSURER_ASKED)
    assert sentence(decision) == "the formal notice waits for the word of Coface, the credit insurer"
