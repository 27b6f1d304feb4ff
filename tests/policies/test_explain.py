"""Why a case stands where it stands: every rule with its answer in a sentence, its ground, and the next acts."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policies.case import Agreed, Case, Contact, EffectState, Hold, HoldKind
from policies.decide import CASE_RULES, EXHAUSTED, decide
from policies.explain import Explanation, explain
from policies.facts import DoneHow
from policies.ladder import Ladder
from policies.law.contact_rules import Cap, ContactRule
from policies.law.provenance import Confidence, Provenance
from policies.law.rules import KindLaw
from policies.limitation import LifeAct, lifetime
from policies.questions import QuestionKind
from policies.rule_questions import QUESTIONS
from policies.stages import Channel, Stage
from policies.step_rules import STEP_RULES
from tests.policies.builders import FR_B2B, a_case, a_ladder, a_step, done, effect, paris
from tests.policies.test_limitation import FR, A, act

CONTACT = Provenance("12 CFR 1006.14(b)", date(2026, 4, 3), Confidence.HIGH)
LAW = KindLaw(None, None, FR, None, None)
CITED = "C. com. L110-4 (read 2026-04-03, confidence H)"


def why(
    case: Case, at: str, ladder: Ladder = FR_B2B, acts: tuple[LifeAct, ...] = (), law: KindLaw = LAW
) -> Explanation:
    """The explanation for a case under the French law of limitation."""
    life = lifetime(FR, case.due, acts)
    return explain(replace(case, law=law, dies_on=life.dies_on), ladder, paris(at), life)


def told(found: Explanation) -> list[tuple[str, str, str]]:
    return [(asked.question, asked.answer, asked.rests_on) for asked in found.rules]


def last(found: Explanation) -> tuple[str, str]:
    """Rule and answer of the rule that decided."""
    deciding = [asked for asked in found.rules if asked.decides]
    assert deciding == [found.rules[-1]]
    return deciding[0].rule, deciding[0].answer


def test_a_step_that_leaves_is_explained_rule_by_rule() -> None:
    found = why(a_case(), "2026-03-05 10:00")
    step = "policy fr-b2b, step courtesy_reminder"
    assert told(found) == [
        (
            "Is it settled?",
            "No: 1250.00 of 1250.00 EUR is open",
            "design 4.4: the principal alone closes a case",
        ),
        ("Is collecting switched on?", "Yes", "the creditor's own switch"),
        ("Is it on hold?", "No hold stands", "design 4.7: nothing leaves while a hold stands"),
        (
            "Can it still be brought to court?",
            "Yes, up to and including 2 Mar 2031: 5 years from the due date, 2 Mar 2026",
            CITED,
        ),
        (
            "Is a step left?",
            "Yes: the courtesy reminder, step 2 of 8",
            "policy fr-b2b: 8 steps, ask_at_end_after = 30",
        ),
        (
            "Is something of the step under way or in doubt?",
            "No: nothing of it has left",
            "design 4.3: every effect once, and none in doubt is repeated",
        ),
        (
            "Has the step's time come?",
            "Yes, since 5 Mar 2026: 3 days after the due date, 2 Mar 2026",
            f"{step}: offset = 3, gap = 4",
        ),
        (
            "Has money come that may be for it?",
            "No: no payment waits that may be for it",
            "nobody who paid is chased: money that may be for it is matched first",
        ),
        (
            "Is the credit insurer being asked about it?",
            "No",
            "law.md section 15: what puts payment off needs the credit insurer's consent",
        ),
        (
            "Does a harder stage of another invoice come first?",
            "No: no other stage is open for the customer",
            "design 4.11: customers are contacted as one",
        ),
        (
            "May the customer hear from us again?",
            "Yes: neither the law nor the policy sets a cap",
            "no cap is set",
        ),
        (
            "Is the bank data recent enough?",
            "Not asked: no bank file was ever read, what is paid is known from the ledger's exports",
            "the creditor's own limit on the age of bank data: bank_max_age, courtesy_max_age",
        ),
        (
            "Must a person agree first?",
            "No: the policy lets the courtesy reminder leave by itself",
            f"{step}: approval = never",
        ),
        (
            "Is there room for it today?",
            "Yes: nothing limits how much leaves today",
            "the creditor's own limit on the first days of `live`",
        ),
        ("What is done?", "Courtesy reminder leaves by email", f"{step}: channels = email, sms"),
    ]
    assert found.gone_past == ("upcoming notice lapsed: It made sense until 2026-03-01 only.",)
    assert [(one.on.isoformat(), one.step, one.how, one.asks) for one in found.coming] == [
        ("2026-03-05", "courtesy_reminder", "email", False),
        ("2026-03-16", "second_reminder", "email", False),
        ("2026-04-01", "formal_notice", "question", True),
        ("2026-04-14", "follow_up_call", "question", True),
        ("2026-05-18", "agency", "question", True),
    ]


A_DISPUTE = Hold(HoldKind.DISPUTE, "wrong price", date(2026, 3, 1), None, "marie")
A_PROMISE = Hold(HoldKind.PROMISE, "Ms Roy", date(2026, 3, 2), date(2026, 3, 6), "marie")
CAPPED = replace(FR_B2B, caps=(Cap(frozenset({Channel.EMAIL, Channel.SMS}), 1, 7),))
REMINDED = done("second_reminder", on=date(2026, 3, 20))
CALLED = a_ladder(a_step(channels=(Channel.CALL,)))
RESTS = replace(LAW, contact=ContactRule((), (), CONTACT, rest_after_conversation=7))
SPOKEN = (Contact(date(2026, 3, 4), Channel.CALL, conversation=True),)


@pytest.mark.parametrize(
    ("facts", "at", "rule", "answer"),
    [
        ({"principal": 0, "paid": 125000}, "2026-03-05 10:00", "settled", "Yes: paid in full"),
        ({"written_off": "dead"}, "2026-03-05 10:00", "settled", "Yes: written off: dead"),
        ({"switched_off": True}, "2026-03-05 10:00", "switched_off", "No: collecting is switched off"),
        ({"holds": (A_DISPUTE,)}, "2026-03-05 10:00", "held", "Yes: dispute (wrong price), until marie ends it"),
        (
            {"holds": (replace(A_DISPUTE, until=date(2026, 3, 4)),)},
            "2026-03-05 10:00",
            "held",
            "Yes: dispute (wrong price), named until 4 Mar 2026; marie is asked whether it goes on",
        ),
        (
            {"holds": (replace(A_DISPUTE, kind=HoldKind.MANUAL, must_answer=True),)},
            "2026-03-05 10:00",
            "held",
            "Yes: manual (wrong price); marie is asked whether it goes on",
        ),
        (
            {"holds": (A_PROMISE,)},
            "2026-03-05 10:00",
            "held",
            "Yes: promise (Ms Roy), until 6 Mar 2026, waited for through 10 Mar 2026",
        ),
        (
            {},
            "2031-03-03 10:00",
            "time_barred",
            (
                "No: 2 Mar 2031 was the last day, 5 years from the due date, 2 Mar 2026; no court helps any more, and a "
                "person says what becomes of it"
            ),
        ),
        (
            {"done": done("legal", on=date(2026, 7, 1))},
            "2026-07-11 10:00",
            "exhausted",
            (
                "No: every step is behind it; the customer last heard from us on 1 Jul 2026, and from 31 Jul 2026 a person says "
                "what becomes of it"
            ),
        ),
        (
            {"done": done("legal", on=date(2026, 7, 1), how=DoneHow.SKIPPED)},
            "2026-07-11 10:00",
            "exhausted",
            "No: every step is behind it, and a person says what becomes of it",
        ),
        (
            {"effects": (effect("courtesy_reminder", EffectState.AMBIGUOUS, "2026-03-05 09:10"),)},
            "2026-03-05 10:00",
            "underway",
            "Yes: the courtesy reminder may or may not have arrived; a person checks",
        ),
        ({}, "2026-03-03 10:00", "its_time", "Not before 5 Mar 2026: 3 days after the due date, 2 Mar 2026"),
        (
            {},
            "2026-03-05 20:00",
            "its_time",
            "Not now: it leaves from 9 to 18 o'clock, Mon–Fri, not on public holidays, next on 6 Mar 2026",
        ),
        (
            {"done": done("courtesy_reminder", on=date(2026, 3, 14))},
            "2026-03-16 10:00",
            "its_time",
            (
                "Not before 21 Mar 2026: 7 days after the customer last heard from us, on 14 Mar 2026; that is no sending "
                "day, so on 23 Mar 2026"
            ),
        ),
        (
            {"due": date(2026, 7, 1), "done": done("second_reminder", on=date(2026, 7, 20))},
            "2026-08-03 10:00",
            "its_time",
            "Not before 26 Aug 2026: neither it nor its deadline may fall in a closed season",
        ),
        (
            {"harder": Stage.LEGAL, "harder_until": date(2026, 3, 12)},
            "2026-03-05 10:00",
            "harder_stage",
            "Yes: the court stage of another invoice is open until 12 Mar 2026",
        ),
        (
            {"done": REMINDED},
            "2026-04-02 10:00",
            "approval",
            "Yes, in the daily review: 1250.00 EUR overdue is not above 5000.00",
        ),
        (
            {"done": REMINDED, "customer_overdue": 600000},
            "2026-04-02 10:00",
            "approval",
            "Yes: the formal notice waits for approval (6000.00 EUR overdue, above 5000.00 EUR)",
        ),
    ],
)
def test_the_rule_that_decides_answers_its_question(facts: dict[str, Any], at: str, rule: str, answer: str) -> None:
    assert last(why(a_case(**facts), at)) == (rule, answer)


def test_without_grace_the_promised_day_is_told_alone() -> None:
    punctual = replace(FR_B2B, promise_grace=0)
    answer = "Yes: promise (Ms Roy), until 6 Mar 2026"
    assert last(why(a_case(holds=(A_PROMISE,)), "2026-03-06 10:00", punctual)) == ("held", answer)


def test_contacts_allowed_are_counted() -> None:
    heard = a_case(contacts=(Contact(date(2026, 3, 4), Channel.EMAIL),))
    answer = "Not before 11 Mar 2026: 1 contact by email, sms in 7 days is all that is allowed"
    assert last(why(heard, "2026-03-05 10:00", CAPPED)) == ("contact_budget", answer)
    roomy = replace(CAPPED, caps=(replace(CAPPED.caps[0], most=3),))
    free = {asked.rule: (asked.answer, asked.rests_on) for asked in why(heard, "2026-03-05 10:00", roomy).rules}
    assert free["contact_budget"] == ("Yes: 1 of 3 contacts by email, sms in 7 days", "policy fr-b2b: caps")


def test_a_rest_after_a_conversation_names_its_law() -> None:
    found = why(a_case(contacts=SPOKEN), "2026-03-05 10:00", CALLED, law=RESTS)
    answer = "Not before 11 Mar 2026: somebody was spoken to on 4 Mar 2026, 7 days without a call"
    assert last(found) == ("contact_budget", answer)
    assert found.rules[-1].rests_on == "12 CFR 1006.14(b) (read 2026-04-03, confidence H)"


def test_an_act_of_the_customer_explains_a_longer_life() -> None:
    found = why(a_case(), "2026-03-05 10:00", acts=(act(A, "2027-05-10"),))
    alive = next(asked for asked in found.rules if asked.rule == "time_barred")
    answer = "Yes, up to and including 10 May 2032: 5 years from the acknowledgement by the customer of 10 May 2027"
    assert alive.answer == answer


def test_where_no_law_is_known_the_reason_of_the_file_is_the_ground() -> None:
    refused = replace(LAW, limitation=None, refused={"limitation": "confirm it in your own file first"})
    found = explain(replace(a_case(), law=refused), FR_B2B, paris("2026-03-05 10:00"))
    alive = next(asked for asked in found.rules if asked.rule == "time_barred")
    assert (alive.answer, alive.rests_on) == (
        "Taken to be so: the day it dies is not known",
        "confirm it in your own file first",
    )
    nothing = explain(a_case(), FR_B2B, paris("2026-03-05 10:00"))
    grounds = {asked.rule: asked.rests_on for asked in nothing.rules}
    assert grounds["time_barred"] == "no law on limitation is known for a business in FR"
    nowhere = explain(a_case(country=None), FR_B2B, paris("2026-03-05 10:00"))
    grounds = {asked.rule: asked.rests_on for asked in nowhere.rules}
    assert grounds["time_barred"].startswith("the customer's country is not known")


def test_what_was_agreed_and_what_an_opt_out_leaves_is_told() -> None:
    wish = Hold(HoldKind.OPT_OUT, "mail", date(2026, 3, 1), None, "marie", channels=frozenset({Channel.SMS}))
    agreed = (Agreed("formal_notice", QuestionKind.APPROVE, date(2026, 4, 2)),)
    case = a_case(done=REMINDED, agreed=agreed, customer_overdue=600000, holds=(wish,))
    answers = {asked.rule: asked.answer for asked in why(case, "2026-04-02 10:00").rules}
    assert answers["held"] == "No, but the customer does not want sms; notices the law asks for still leave"
    assert answers["contact_budget"] == "Yes: the law asks for this message, no cap stops it"
    assert answers["approval"] == "A person agreed on 2 Apr 2026 (alone above 5000.00 EUR)"
    assert answers["act"] == "Formal notice leaves by email"


JUDGMENT = Hold(HoldKind.INSOLVENCY, "RJ Nanterre", date(2026, 3, 1), None, "marie")


def test_an_insolvency_names_its_articles_and_the_end_of_interest() -> None:
    found = why(a_case(holds=(JUDGMENT,), issued=date(2026, 1, 31)), "2026-03-05 10:00")
    assert (found.rules[-1].answer, found.rules[-1].rests_on, found.coming) == (
        (
            "Yes: insolvency (RJ Nanterre), until marie ends it; interest ended on 28 Feb 2026, the day before the judgment "
            "(C. com. L622-28)"
        ),
        (
            "design 4.7: nothing leaves while a hold stands; C. com. L622-21, L622-28 (FR): the judgment stops claims and "
            "interest"
        ),
        (),
    )
    younger = why(a_case(holds=(JUDGMENT,), issued=date(2026, 3, 1), due=date(2026, 3, 31)), "2026-04-05 10:00")
    assert younger.rules[-1].answer == "Yes: insolvency (RJ Nanterre), until marie ends it"


def test_every_rule_of_the_decision_has_its_question() -> None:
    assert list(QUESTIONS) == [*CASE_RULES, EXHAUSTED, *STEP_RULES]


def test_an_explanation_explains_the_decision() -> None:
    case = a_case(holds=(A_DISPUTE,))
    assert explain(case, FR_B2B, paris("2026-03-05 10:00")).decision == decide(case, FR_B2B, paris("2026-03-05 10:00"))
