"""The rules stand in one order; what was asked, and what each answered, can be told."""

from datetime import date

from policies.bank_position import BankPosition
from policies.case import UTC_DAYS, Contact, EffectState, Hold, HoldKind, PossiblePayment
from policies.decide import decide, rules_asked
from policies.decisions import Act, Ask, Close, Wait
from policies.law.contact_rules import Cap
from policies.live_room import LiveRoom
from policies.stages import Channel, Stage
from tests.policies.builders import FR_B2B, a_case, a_ladder, a_step, done, effect, paris
from tests.policies.laws import WRITING
from tests.policies.test_insurer_asked import ASKED

NOON = paris("2026-03-12 12:00")
EVERY_RULE = [
    "settled", "switched_off", "held", "time_barred", "exhausted", "underway", "its_time", "may_be_paid", "insurer", "harder_stage",
    "contact_budget", "fresh_money", "approval", "first_days", "act",
]  # fmt: skip

OLD_BANK = BankPosition(date(2026, 1, 5), UTC_DAYS, 2, 5)
MONEY = PossiblePayment(12, 125000, "EUR", date(2026, 3, 4), "DUPONT", proposed=True)


def test_a_step_that_leaves_was_asked_about_by_every_rule() -> None:
    answers = list(rules_asked(a_case(), FR_B2B, NOON))
    assert [name for name, _ in answers] == EVERY_RULE
    assert [decision for _, decision in answers[:-1]] == [None] * 14
    assert isinstance(answers[-1][1], Act)
    assert answers[-1][1] == decide(a_case(), FR_B2B, NOON)


def test_the_first_rule_that_answers_decides_and_nobody_is_asked_after_it() -> None:
    hold = Hold(HoldKind.PROMISE, "x", date(2026, 3, 1), date(2026, 4, 1), "marie")
    busy = effect("courtesy_reminder", EffectState.HANDING_OVER, "2026-03-12 12:00")
    often = a_ladder(caps=(Cap(WRITING, 1, 7),))
    cases = [
        ("settled", Close, a_case(principal=0, holds=(hold,)), FR_B2B),
        ("switched_off", Wait, a_case(switched_off=True, holds=(hold,)), FR_B2B),
        ("held", Wait, a_case(holds=(hold,), dies_on=date(2026, 3, 11)), FR_B2B),
        ("time_barred", Ask, a_case(dies_on=date(2026, 3, 11), effects=(busy,)), FR_B2B),
        ("exhausted", Ask, a_case(done=done("courtesy_reminder", on=date(2026, 3, 6))), a_ladder()),
        ("underway", Wait, a_case(effects=(busy,), harder=Stage.LEGAL), FR_B2B),
        ("its_time", Wait, a_case(due=date(2026, 3, 12), harder=Stage.LEGAL), FR_B2B),
        ("may_be_paid", Wait, a_case(may_be_paid=(MONEY,), harder=Stage.LEGAL), FR_B2B),
        (
            "insurer",
            Wait,
            a_case(
                done=done("second_reminder", on=date(2026, 2, 1)),
                due=date(2026, 1, 1),
                insured=ASKED,
                harder=Stage.LEGAL,
            ),
            FR_B2B,
        ),
        (
            "harder_stage",
            Wait,
            a_case(harder=Stage.LEGAL, contacts=(Contact(date(2026, 3, 12), Channel.EMAIL),)),
            often,
        ),
        ("contact_budget", Wait, a_case(contacts=(Contact(date(2026, 3, 12), Channel.EMAIL),)), often),
        ("fresh_money", Wait, a_case(bank=OLD_BANK), FR_B2B),
        ("approval", Ask, a_case(done=done("second_reminder", on=date(2026, 2, 1)), due=date(2026, 1, 1)), FR_B2B),
        ("first_days", Wait, a_case(live_room=LiveRoom(50, 0, paris("2026-03-13 00:00"))), FR_B2B),
        ("act", Act, a_case(), a_ladder(a_step())),
    ]
    found = [(list(rules_asked(case, ladder, NOON)), kind) for _, kind, case, ladder in cases]
    assert [answers[-1][0] for answers, _ in found] == [name for name, *_ in cases] == EVERY_RULE
    assert all(isinstance(answers[-1][1], kind) for answers, kind in found)
    assert all([name for name, _ in answers] == EVERY_RULE[: len(answers)] for answers, _ in found)
