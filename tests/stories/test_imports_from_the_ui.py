"""A manager imports files by the forms of the Prefect UI: each run says what became of every row."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.engine import told
from tests.engine.person import Person
from tests.engine.runs import ended
from tests.engine.world import World

INVOICES = (
    "number,customer_number,customer_name,email,due,currency,amount\n"
    "FA-1,C1,Dupont SARL,compta@dupont.example,2026-03-27,EUR,1250.00\n"
    "FA-2,C2,Durand SAS,compta@durand.example,2026-03-27,EUR,cent\n"
)
PAYMENTS = "value_date,amount,currency,invoices\n2026-03-31,1250.00,EUR,FA-1\n"
FRENCH = "number,customer_number,due,currency,amount\nFA-3,C3,31/03/2026,EUR,10.00\n"  # day first, where the year is declared


@pytest.fixture(scope="module")
def runs(begin: Callable[..., World], tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """State and message of every import on Tuesday, 31 March 2026, and at its end of the run of FA-1."""
    world, folder, found = begin("2026-03-31"), tmp_path_factory.mktemp("files"), {}
    manager = Person(world.stack, "claire")
    world.until("2026-03-31", 8)

    def start(deployment: str, name: str, content: str | None) -> None:
        path: Path = folder / name
        if content is not None:
            path.write_text(content)
        run = ended(world, manager.start(deployment, file=str(path)))
        found[name] = (run["state"]["name"], run["state"]["message"])

    start("import-invoices", "invoices.csv", INVOICES)
    world.until("2026-03-31", 12)
    found["left"] = ("", " ".join(told.messages(world, "C1")))
    start("import-payments", "payments.csv", PAYMENTS)
    start("import-invoices", "french.csv", FRENCH)
    start("import-invoices", "nowhere.csv", None)
    world.settle()
    found["FA-1"] = (told.state(world, "FA-1"), "")
    return found


def test_a_file_of_invoices_goes_in_but_for_the_row_with_a_problem(runs: dict[str, tuple[str, str]]) -> None:
    assert runs["invoices.csv"] == ("Completed", "invoices.csv: 2 rows, 1 new, 0 changed, 0 unchanged, 1 problems.")


def test_what_is_due_is_chased_on_the_same_day(runs: dict[str, tuple[str, str]]) -> None:
    assert runs["left"][1] == "2026-03-31 10:00 courtesy_reminder by email to compta@dupont.example"


def test_a_file_of_payments_ends_the_run_of_what_is_paid(runs: dict[str, tuple[str, str]]) -> None:
    assert runs["payments.csv"] == (
        "Completed", "payments.csv: 1 rows, 1 new, 0 changed, 0 unchanged, 1 booked, 0 proposed, 0 unmatched, 0 problems.",
    )  # fmt: skip
    assert runs["FA-1"][0] == "Paid"


def test_a_file_whose_dates_stand_in_another_order_is_refused_with_the_row(runs: dict[str, tuple[str, str]]) -> None:
    state, message = runs["french.csv"]
    assert (state, "31/03/2026" in message) == ("Refused", True)


def test_a_file_that_is_not_there_is_named(runs: dict[str, tuple[str, str]]) -> None:
    state, message = runs["nowhere.csv"]
    assert (state, message.startswith("There is no file "), message.count("nowhere.csv")) == ("Not done", True, 1)
