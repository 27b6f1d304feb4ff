"""The other shipped ladders, climbed from end to end: every message, question and passed step, with its date."""

from dataclasses import replace
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from policies.case import Calendar, Case, DebtorKind
from policies.ladder import ApprovalRule, Ladder
from policies.ladder_file import load_ladder
from policies.law.jurisdiction import Jurisdiction
from policies.law.law_file import load_law
from policies.policy_choice import Choice, ChosenBy, Wish, choose
from policies.rates.rate_file import load_rates
from policies.stages import Channel, Stage
from policies.step import Accessories
from tasks.template_choice import exists
from tests.policies.builders import a_case, climb, paris, shipped, told
from tests.policies.laws import FREE_FIRST, NO_RULE

NAMES = sorted(one.name.removesuffix(".toml") for one in files("policies").joinpath("ladders").iterdir())
LADDERS = [shipped(name) for name in NAMES]

BRUSSELS = Calendar(ZoneInfo("Europe/Brussels"), frozenset({date(2026, 4, 6), date(2026, 5, 1), date(2026, 5, 14)}))
LONDON = Calendar(ZoneInfo("Europe/London"), frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4)}))
BERLIN = Calendar(ZoneInfo("Europe/Berlin"), frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 1)}))


def walk(name: str, start: str, **facts: Any) -> list[str]:
    return told(climb(a_case(**facts), shipped(name), paris(start)))


def test_these_ladders_ship_each_under_its_own_name() -> None:
    assert [ladder.id for ladder in LADDERS] == NAMES == [
        "be-consumer", "de-b2b", "eu-b2b", "fr-after-judgment", "fr-b2b", "fr-consumer", "fr-public", "key-account", "uk-b2b",
    ]  # fmt: skip


def _laws() -> dict[str, Jurisdiction]:
    found = [load_law(file.read_bytes(), file.name) for file in _files("law")]
    return {law.id: law for law in found if isinstance(law, Jurisdiction)}


def _files(folder: str) -> list[Traversable]:
    return [file for file in files("policies").joinpath(folder).iterdir() if file.name.endswith(".toml")]


LAWS = _laws()


@pytest.mark.parametrize("name", NAMES)
def test_each_is_good_under_the_laws_the_rates_and_the_texts_that_ship(name: str) -> None:
    rates = load_rates({file.name: file.read_bytes() for file in _files("rates")})
    assert isinstance(rates, dict)
    text = files("policies").joinpath("ladders", f"{name}.toml").read_bytes()
    assert load_ladder(text, f"{name}.toml", laws=LAWS, rates=rates, templates=exists) == shipped(name)


def test_the_ladder_each_law_names_for_a_kind_of_debtor_ships_and_is_written_for_it() -> None:
    named = [(law.id, kind, of.ladder) for law in LAWS.values() for kind, of in law.kinds.items() if of.ladder]
    chosen = [(law, kind, choose([Wish(ChosenBy.COUNTRY, shipped(name))], kind, law)) for law, kind, name in named]
    assert len(named) > 10
    assert [(law, kind) for law, kind, choice in chosen if not isinstance(choice, Choice)] == []


@pytest.mark.parametrize("ladder", LADDERS, ids=NAMES)
def test_whatever_is_handed_to_somebody_else_is_approved_by_a_person(ladder: Ladder) -> None:
    handed = [step for step in ladder.steps if Channel.HANDOVER in step.channels]
    assert [step.id for step in handed if step.approval is not ApprovalRule.ALWAYS] == []


@pytest.mark.parametrize("ladder", LADDERS, ids=NAMES)
def test_nothing_is_claimed_before_the_second_reminder_and_no_flat_sum_from_consumers(ladder: Ladder) -> None:
    courteous = (Stage.UPCOMING, Stage.COURTESY_REMINDER)
    assert [step.id for step in ladder.steps if step.claims is not Accessories.NEVER and step.stage in courteous] == []
    assert not (ladder.flat_sum and ladder.kinds & {DebtorKind.CONSUMER, DebtorKind.ASSOCIATION})


@pytest.mark.parametrize("ladder", LADDERS, ids=NAMES)
def test_a_formal_notice_gives_at_least_ten_days_and_is_seen_by_a_person(ladder: Ladder) -> None:
    notices = [step for step in ladder.steps if step.stage is Stage.FORMAL_NOTICE]
    assert len(notices) == (0 if ladder.id == "key-account" else 1)
    assert all(step.approval is not ApprovalRule.NEVER and (step.pay_within or 0) >= 10 for step in notices)


CONSUMER = {"kind": DebtorKind.CONSUMER}


def test_a_french_consumer_known_in_time() -> None:
    assert walk("fr-consumer", "2026-02-20 08:00", **CONSUMER) == [
        "2026-02-27 09:00 act upcoming by email",
        "2026-03-09 09:00 act courtesy_reminder by email",  # D+5 is a Saturday
        "2026-03-23 09:00 act second_reminder by email",  # twelve days after it is another
        "2026-04-07 09:00 ask daily_review formal_notice",  # D+35 is Easter Monday
        "2026-04-07 09:00 act formal_notice by email",
        "2026-04-27 10:00 ask call_outcome follow_up_call",  # at ten, and D+54 is a Saturday
        "2026-05-04 09:00 act mediation by email",
        "2026-05-04 09:00 ask mediation_outcome mediation",
        "2026-06-01 09:00 ask approve agency",
        "2026-06-01 09:00 act agency by handover",
        "2026-07-01 09:00 ask approve legal",
        "2026-07-01 09:00 act legal by handover",
        "2026-07-31 09:00 ask exhausted",
    ]


def test_a_french_consumer_who_owes_little_never_sees_an_agency_or_a_court() -> None:
    facts = CONSUMER | {"original": 10000, "principal": 10000, "customer_overdue": 10000}
    assert walk("fr-consumer", "2026-02-20 08:00", **facts)[5:] == [
        "2026-04-27 10:00 ask call_outcome follow_up_call",
        "2026-05-04 passed_over mediation",
        "2026-06-01 passed_over agency",
        "2026-06-30 passed_over legal",
        "2026-06-30 09:00 ask exhausted",
    ]


def test_an_old_invoice_of_a_french_consumer_starts_with_the_position_of_the_account() -> None:
    assert walk("fr-consumer", "2026-06-01 08:00", opened_on=date(2026, 6, 1), **CONSUMER)[:5] == [
        "2026-06-01 09:00 act position by email",
        "2026-06-15 09:00 act second_reminder by email",  # twelve days later is a Saturday
        "2026-06-30 09:00 ask daily_review formal_notice",
        "2026-06-30 09:00 act formal_notice by email",
        "2026-07-20 10:00 ask call_outcome follow_up_call",
    ]


PUBLIC = {"kind": DebtorKind.PUBLIC}


def test_a_french_town_is_asked_gently_and_never_taken_to_an_agency_or_a_court() -> None:
    assert walk("fr-public", "2026-03-02 08:00", **PUBLIC) == [
        "2026-03-12 09:00 act courtesy_reminder by email",
        "2026-04-01 09:00 act second_reminder 1/2 by email",
        "2026-05-04 09:00 act second_reminder 2/2 by email",  # thirty days after is 1 May
        "2026-05-26 09:00 ask approve formal_notice",  # twenty days after is a Sunday, then Whit Monday
        "2026-05-26 09:00 act formal_notice by email",
        "2026-06-30 09:00 ask call_outcome follow_up_call",
        "2026-07-20 09:00 act mediation by email",
        "2026-07-20 09:00 ask mediation_outcome mediation",
        "2026-09-03 09:00 ask exhausted",
    ]


def test_an_old_invoice_of_a_french_hospital_below_the_limit_of_mediation() -> None:
    facts = PUBLIC | {"opened_on": date(2026, 9, 1), "customer_overdue": 90000}
    assert walk("fr-public", "2026-09-01 08:00", **facts) == [
        "2026-09-01 09:00 act position by email",
        "2026-09-16 09:00 act second_reminder 1/2 by email",
        "2026-10-16 09:00 act second_reminder 2/2 by email",
        "2026-11-05 09:00 ask approve formal_notice",
        "2026-11-05 09:00 act formal_notice by email",
        "2026-12-10 09:00 ask call_outcome follow_up_call",
        "2026-12-30 passed_over mediation",
        "2027-01-25 09:00 ask exhausted",
    ]


def test_an_italian_business_that_owes_much() -> None:
    assert walk("eu-b2b", "2026-02-20 08:00", country="IT", customer_overdue=600000) == [
        "2026-02-25 09:00 act upcoming by email",
        "2026-03-06 09:00 act courtesy_reminder by email",
        "2026-03-16 09:00 act second_reminder by email",
        "2026-04-01 09:00 ask approve formal_notice",
        "2026-04-01 09:00 act formal_notice by email",
        "2026-04-20 09:00 ask call_outcome follow_up_call",  # D+47 is a Saturday
        "2026-04-28 09:00 act mediation by email",
        "2026-04-28 09:00 ask mediation_outcome mediation",
        "2026-05-21 09:00 ask approve agency",
        "2026-05-21 09:00 act agency by handover",
        "2026-06-22 09:00 ask approve legal",  # D+110 is a Saturday
        "2026-06-22 09:00 act legal by handover",
        "2026-07-22 09:00 ask exhausted",
    ]


def test_a_british_business() -> None:
    facts = {"country": "GB", "currency": "GBP", "calendar": LONDON}
    assert walk("uk-b2b", "2026-02-20 08:00", **facts) == [
        "2026-02-25 09:00 act upcoming by email",
        "2026-03-05 09:00 act courtesy_reminder by email",
        "2026-03-12 09:00 act second_reminder by email",
        "2026-03-26 09:00 ask daily_review formal_notice",
        "2026-03-26 09:00 act formal_notice by email",
        "2026-04-13 09:00 ask call_outcome follow_up_call",  # D+41 is a Sunday
        "2026-04-20 passed_over mediation",
        "2026-05-06 09:00 ask approve agency",
        "2026-05-06 09:00 act agency by handover",
        "2026-06-05 09:00 ask approve legal",
        "2026-06-05 09:00 act legal by handover",
        "2026-07-06 09:00 ask exhausted",
    ]


def test_a_german_business() -> None:
    assert walk("de-b2b", "2026-02-20 08:00", country="DE", calendar=BERLIN) == [
        "2026-02-25 08:00 act upcoming by email",
        "2026-03-09 08:00 act courtesy_reminder by email",  # D+5 is a Saturday
        "2026-03-19 08:00 act second_reminder by email",
        "2026-04-01 08:00 ask daily_review formal_notice",
        "2026-04-01 08:00 act formal_notice by email",
        "2026-04-14 08:00 ask call_outcome follow_up_call",
        "2026-05-04 08:00 ask approve agency",  # D+60 is 1 May
        "2026-05-04 08:00 act agency by handover",
        "2026-06-03 08:00 ask approve legal",
        "2026-06-03 08:00 act legal by handover",
        "2026-07-03 08:00 ask exhausted",
    ]


def a_belgian(**facts: Any) -> Case:
    law = replace(NO_RULE, notice=FREE_FIRST)
    return a_case(kind=DebtorKind.CONSUMER, country="BE", calendar=BRUSSELS, law=law, **facts)


def test_a_belgian_consumer_hears_nothing_more_before_the_fourteen_days_of_the_free_reminder_are_over() -> None:
    assert told(climb(a_belgian(), shipped("be-consumer"), paris("2026-02-20 08:00"))) == [
        "2026-02-27 09:00 act upcoming by email",
        "2026-03-05 09:00 act free_reminder by email",  # 6 to 19 March
        "2026-03-23 09:00 act second_reminder by email",
        "2026-04-07 09:00 ask daily_review formal_notice",
        "2026-04-07 09:00 act formal_notice by email",
        "2026-04-27 10:00 ask call_outcome follow_up_call",
        "2026-05-04 09:00 act mediation by email",
        "2026-05-04 09:00 ask mediation_outcome mediation",
        "2026-05-29 09:00 ask approve agency",
        "2026-05-29 09:00 act agency by handover",
        "2026-06-29 09:00 ask exhausted",
    ]


def test_by_post_the_fourteen_days_wait_for_the_third_working_day_whatever_the_ladder_says() -> None:
    by_post = a_belgian(reach=frozenset({Channel.LETTER, Channel.CALL}))
    assert told(climb(by_post, shipped("be-consumer"), paris("2026-04-29 08:00")))[:3] == [
        "2026-04-29 lapsed upcoming",
        "2026-04-29 09:00 act free_reminder by letter",  # Thursday, Monday, Tuesday 5 May: to 18 May
        "2026-05-19 09:00 act second_reminder by letter",  # eighteen days would have been 17 May
    ]


def test_a_key_account_is_asked_rarely_and_ends_with_a_person() -> None:
    assert walk("key-account", "2026-02-20 08:00", original=1500000, principal=1500000) == [
        "2026-02-24 09:00 act upcoming by email",  # D-7 is a Monday, and nothing leaves on Mondays
        "2026-03-12 09:00 act courtesy_reminder 1/2 by email",
        "2026-03-26 09:00 act courtesy_reminder 2/2 by email",
        "2026-04-07 09:00 ask call_outcome follow_up_call",  # D+35 is Easter Monday
        "2026-04-21 09:00 ask exhausted",
    ]


def test_an_old_invoice_of_a_key_account_and_a_small_one() -> None:
    assert walk("key-account", "2026-06-01 08:00", opened_on=date(2026, 6, 1)) == [
        "2026-06-02 09:00 act position by email",
        "2026-06-16 09:00 ask call_outcome follow_up_call",
        "2026-06-30 09:00 ask exhausted",
    ]
    assert walk("key-account", "2026-02-20 08:00")[:2] == [
        "2026-02-24 passed_over upcoming",
        "2026-03-12 09:00 act courtesy_reminder 1/2 by email",
    ]
