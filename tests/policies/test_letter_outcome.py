"""From which day the delay of a letter runs, and to whom it goes; what was not read in a source is not guessed."""

from datetime import date

import pytest

from policies.creditor_letters import costs, letters_wrong
from policies.letter_outcome import Outcome, running
from policies.posting import address_for, is_registered, one_line_of
from policies.stages import Stage

ON = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("law", "outcome", "registered", "since"),
    [
        ("FR", Outcome.DELIVERED, True, ON),
        ("FR", Outcome.REFUSED, True, ON),
        ("FR", Outcome.NOT_COLLECTED, True, ON),
        ("FR", Outcome.NOT_COLLECTED, False, None),
        ("FR", Outcome.UNKNOWN, True, None),
        ("DE", Outcome.DELIVERED, False, ON),
        ("DE", Outcome.REFUSED, True, None),
        ("UK-EW", Outcome.NOT_COLLECTED, True, None),
        ("", Outcome.REFUSED, True, None),
    ],
)
def test_the_delay_runs_from_receipt_and_where_nobody_took_it_only_under_a_law_that_says_so(
    law: str, outcome: Outcome, registered: bool, since: date | None
) -> None:
    assert running(law, outcome, ON, registered=registered).since == since


def test_the_reason_names_its_source_or_says_that_none_was_found() -> None:
    assert "Cass. 1re civ., 20 Jan 2021, no. 19-20.680" in running("FR", Outcome.REFUSED, ON, registered=True).why
    assert "under the law DE was not found" in running("DE", Outcome.REFUSED, ON, registered=True).why


def test_the_days_are_counted_from_the_day_after_receipt() -> None:
    runs = running("FR", Outcome.DELIVERED, ON, registered=True)
    assert (runs.until(10), runs.until(None)) == (date(2026, 3, 30), None)
    assert running("FR", Outcome.UNKNOWN, ON, registered=True).until(10) is None


@pytest.mark.parametrize(
    ("stage", "law", "wish", "registered"),
    [
        (Stage.FORMAL_NOTICE, "FR", "law", True),
        (Stage.FORMAL_NOTICE, "IT", "law", True),
        (Stage.FORMAL_NOTICE, "DE", "law", False),
        (Stage.FORMAL_NOTICE, "DE", "notices", True),
        (Stage.FORMAL_NOTICE, "FR", "never", False),
        (Stage.SECOND_REMINDER, "FR", "notices", False),
    ],
)
def test_only_formal_notices_go_registered(stage: Stage, law: str, wish: str, registered: bool) -> None:
    assert is_registered(stage, law, wish) is registered


def test_a_notice_goes_to_the_registered_office_and_a_reminder_to_who_pays() -> None:
    assert address_for(Stage.FORMAL_NOTICE, "accounts", "seat") == "seat"
    assert address_for(Stage.SECOND_REMINDER, "accounts", "seat") == "accounts"
    assert address_for(Stage.FORMAL_NOTICE, "accounts", "") == "accounts"
    assert address_for(Stage.SECOND_REMINDER, "", "seat") == "seat"


def test_an_address_stands_on_one_line() -> None:
    assert one_line_of(" 14  quai du Port \r\n\n69002 Lyon\n") == "14 quai du Port, 69002 Lyon"


def test_settings_about_letters_are_words_amounts_and_a_currency() -> None:
    said = {
        "letters": "yes",
        "registered_letters": "law",
        "letter_cost": "1.49",
        "registered_cost": "none",
        "cost_currency": "euro",
    }
    assert [(one.field, one.reason) for one in letters_wrong(said)] == [
        ("letters", "“yes” is unknown; write off or queue."),
        ("letter_cost", "Write the cost in cents, for example 149, or none."),
        ("cost_currency", "“euro” is no currency; write it like EUR."),
    ]
    assert costs({"letter_cost": "149", "registered_cost": "none"}) == {"letter_cost": 149, "registered_cost": None}
