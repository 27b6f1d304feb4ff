"""The shipped ladder, climbed from end to end: every message, question and passed step, with its date."""

from datetime import date

from policies.case import DoneHow
from policies.stages import Channel
from tests.policies.builders import FR_B2B, a_case, climb, done, paris, told


def test_a_small_invoice_known_in_time() -> None:
    assert told(climb(a_case(), FR_B2B, paris("2026-02-20 08:00"))) == [
        "2026-02-25 09:00 act upcoming by email",
        "2026-03-05 09:00 act courtesy_reminder by email",
        "2026-03-16 09:00 act second_reminder by email+sms",  # D+12 is a Saturday
        "2026-04-01 09:00 ask daily_review formal_notice",
        "2026-04-01 09:00 act formal_notice by email",
        "2026-04-14 09:00 ask call_outcome follow_up_call",
        "2026-04-21 passed_over mediation",
        "2026-05-18 09:00 ask approve agency",  # D+75 is a Saturday
        "2026-05-18 09:00 act agency by handover",
        "2026-06-17 09:00 ask approve legal",  # thirty days after the agency
        "2026-06-17 09:00 act legal by handover",
        "2026-07-17 09:00 ask exhausted",
    ]


def test_a_large_invoice_imported_sixty_days_late_keeps_every_gap() -> None:
    case = a_case(original=600000, principal=600000, customer_overdue=600000)
    assert told(climb(case, FR_B2B, paris("2026-05-01 07:00"))) == [
        "2026-05-01 lapsed upcoming",
        "2026-05-04 09:00 act courtesy_reminder by email",  # 1 May is a holiday
        "2026-05-11 09:00 act second_reminder by email+sms",
        "2026-05-21 09:00 ask approve formal_notice",
        "2026-05-21 09:00 act formal_notice by email",
        "2026-06-03 09:00 ask call_outcome follow_up_call",
        "2026-06-10 09:00 act mediation by email",
        "2026-06-10 09:00 ask mediation_outcome mediation",
        "2026-06-30 09:00 ask approve agency",
        "2026-06-30 09:00 act agency by handover",
        "2026-07-30 09:00 ask approve legal",
        "2026-07-30 09:00 act legal by handover",
        "2026-08-31 09:00 ask exhausted",
    ]


def test_the_formal_notice_keeps_out_of_august() -> None:
    case = a_case(due=date(2026, 7, 6))
    assert told(climb(case, FR_B2B, paris("2026-06-30 10:00")))[:6] == [
        "2026-07-01 09:00 act upcoming by email",
        "2026-07-09 09:00 act courtesy_reminder by email",
        "2026-07-20 09:00 act second_reminder by email+sms",
        "2026-08-26 09:00 ask daily_review formal_notice",  # D+30 is 5 August
        "2026-08-26 09:00 act formal_notice by email",
        "2026-09-08 09:00 ask call_outcome follow_up_call",
    ]


def test_the_formal_notice_and_its_ten_days_keep_out_of_the_turn_of_the_year() -> None:
    case = a_case(due=date(2026, 11, 16), customer_overdue=250000)
    assert told(climb(case, FR_B2B, paris("2026-11-10 10:00")))[:8] == [
        "2026-11-12 09:00 act upcoming by email",  # D-5 is 11 November, a holiday
        "2026-11-19 09:00 act courtesy_reminder by email",
        "2026-11-30 09:00 act second_reminder by email+sms",
        "2027-01-04 09:00 ask daily_review formal_notice",  # ten days from 16 December would be 26 December
        "2027-01-04 09:00 act formal_notice by email",
        "2027-01-18 09:00 ask call_outcome follow_up_call",
        "2027-01-25 09:00 act mediation by email",
        "2027-01-25 09:00 ask mediation_outcome mediation",
    ]


def test_a_customer_who_cannot_be_reached_reaches_a_person_before_the_agency() -> None:
    case = a_case(reach=frozenset({Channel.CALL}))
    assert told(climb(case, FR_B2B, paris("2026-02-20 08:00")))[:6] == [
        "2026-02-25 passed_over upcoming",
        "2026-03-05 passed_over courtesy_reminder",
        "2026-03-16 passed_over second_reminder",
        "2026-04-01 passed_over formal_notice",
        "2026-04-14 09:00 ask call_outcome follow_up_call",
        "2026-04-21 passed_over mediation",
    ]


def test_an_invoice_that_reached_the_second_reminder_elsewhere_goes_on_with_the_formal_notice() -> None:
    before = done("upcoming", "courtesy_reminder", "second_reminder", on=date(2026, 4, 20), how=DoneHow.ELSEWHERE)
    assert told(climb(a_case(done=before), FR_B2B, paris("2026-04-23 10:00")))[:3] == [
        "2026-04-30 09:00 ask daily_review formal_notice",
        "2026-04-30 09:00 act formal_notice by email",
        "2026-05-13 09:00 ask call_outcome follow_up_call",
    ]
