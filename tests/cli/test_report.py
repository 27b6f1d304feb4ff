"""Why we are paid late, and what was done in a week, as a manager reads it."""

from datetime import date

import pytest

from cli.customer_lines import said_lines
from cli.report import _tell
from cli.report_week import tell_week, week_json
from storage.answer_reasons import ReasonCount, ReasonView, WhyLate
from tests.tasks.week_reports import full_report

ON = date(2026, 3, 6)
SHOWN = """\
Reason                 Answers  Customers  Invoices  Last
Waits for an approval        2          2         3  2026-03-06
Is insolvent                 1          1         0  2026-03-06

Segment  Reason                 Answers  Customers  Invoices  Last
(none)   Waits for an approval        2          2         3  2026-03-06
garages  Is insolvent                 1          1         0  2026-03-06

Customer         Reason                 Answers  Invoices  Last
C1 Dupont SARL   Waits for an approval        2         3  2026-03-06
C2 Garage Morel  Is insolvent                 1         0  2026-03-06
"""


def test_reasons_stand_by_frequency_then_by_segment_and_customer(capsys: pytest.CaptureFixture[str]) -> None:
    approval, gone = ("waiting_for_approval", 2, 2, 3, ON), ("insolvency", 1, 1, 0, ON)
    _tell(
        WhyLate(
            (ReasonCount("", "", *approval), ReasonCount("", "", *gone)),
            (ReasonCount("", "", *approval), ReasonCount("garages", "", *gone)),
            (ReasonCount("C1", "Dupont SARL", *approval), ReasonCount("C2", "Garage Morel", *gone)),
        )
    )
    assert capsys.readouterr().out == SHOWN


def test_a_customer_shows_what_it_said_last() -> None:
    class Found:
        said = (
            *(ReasonView(ON, "paid", "reply", (), "marie", "") for _ in range(10)),
            ReasonView(ON, "promise", "call", ("FA-1", "FA-2"), "marie", ""),
        )

    lines = said_lines(Found())  # type: ignore[arg-type]  # only what it said is read
    assert len(lines) == 10
    assert (lines[0], lines[-1]) == (
        "Said on 2026-03-06 (reply) everything: says it is paid",
        "Said on 2026-03-06 (call) FA-1, FA-2: promises to pay",
    )


def test_the_week_at_the_terminal_has_the_tables_of_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    tell_week(full_report())
    out = capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ")
    assert out.startswith("COLLECTIONS · WEEK 47\nAtelier | Nord, 16 Nov to 22 Nov 2026.")
    assert "\nFormal notice       letter         3\n" in out
    assert "\nLast step before it         Invoices      Amount\n" in out
    assert "\nFormal notice                      2  1 250,00 €\n" in out


def test_the_week_for_other_programs_has_amounts_as_text_and_pages() -> None:
    found = week_json(full_report())
    assert found["week"] == "2026-W47"
    assert found["money_in"][1] == {"stage": "formal_notice", "currency": "EUR", "invoices": 2, "amount": "1250.00"}
    assert found["customers"][0]["overdue"] == "1500.00"
    assert found["customers"][0]["page"] == "/desk/customers/C1"
    assert found["promises"]["kept"] == 2
