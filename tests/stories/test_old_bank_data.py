"""The bank file stops coming: nobody is chased on an old picture, the team is told once, and a file lets all go on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from policies.questions import QuestionKind
from storage import bank_positions, clock
from tasks.invoice_mapping import RecordKind
from tasks.take_in import take_in
from tests.engine import told
from tests.engine.world import World

COURTESY = {"reached_stage": "courtesy_reminder", "reached_on": "2026-03-23"}
HEADER = "account,booked,value_date,amount,currency,reference,counterparty\n"


@dataclass
class Spring:
    """The world, and what was seen on the way."""

    world: World
    seen: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def spring(begin: Callable[..., World], tmp_path_factory: pytest.TempPathFactory) -> Spring:
    """Second reminders are due on Wednesday, 1 April 2026, the bank is known through Thursday, 26 March."""
    world = begin("2026-03-30", bank_max_age=2, courtesy_max_age=5)
    for number, name in (("B1", "Bastien SARL"), ("B2", "Bonnet SARL")):
        world.invoice(world.customer(number, name), f"FB-{number}", "2026-03-20", 90_000, **COURTESY)
    world.invoice(world.customer("B3", "Bellec SARL"), "FB-B3", "2026-03-30", 50_000)
    spring, folder = Spring(world), tmp_path_factory.mktemp("bank")
    bank(world, folder, "2026-03-26", "FR76A,2026-03-26,2026-03-26,12.00,EUR,other,Somebody\n")
    world.until("2026-04-02", 12)
    spring.seen["while old"] = [told.messages(world, number) for number in ("B1", "B2")]
    spring.seen["waiting"] = world.case_run("FB-B1")["state"]["message"]
    spring.seen["notices"] = [one.title for one in world.inbox() if one.kind is QuestionKind.BANK_DATA]
    bank(world, folder, "2026-04-01", "FR76A,2026-04-01,2026-04-01,900.00,EUR,FB-B1,Bastien SARL\n")
    world.until("2026-04-03", 12)
    spring.seen["after the file"] = [told.messages(world, number) for number in ("B1", "B2")]
    spring.seen["inbox"] = [one.kind.value for one in world.inbox()]
    world.until("2026-04-13", 12)
    spring.seen["old again"] = told.messages(world, "B3")
    question = world.question(QuestionKind.BANK_DATA)
    spring.seen["refused"] = world.answer(question, "complete", date="2026-05-01")
    world.settle()
    spring.seen["accepted"] = world.answer(world.question(QuestionKind.BANK_DATA), "complete", date="2026-04-10")
    world.until("2026-04-14", 12)
    spring.seen["looked"] = told.messages(world, "B3")
    spring.seen["accounts"] = [
        (one.account, one.through, one.said_by) for one in world.run(bank_positions.accounts(world.now()))
    ]
    return spring


def bank(world: World, folder: Path, day: str, rows: str) -> None:
    """A bank file that knows everything up to this day."""
    file = folder / f"{day}.csv"
    file.write_text(HEADER + rows)

    async def read() -> None:
        at, through = await clock.now(), date.fromisoformat(day)
        taken = await take_in(RecordKind.PAYMENTS, file, world.creditor, at, through=through)
        assert taken.problems == ()

    world.run(read())
    world.settle()


def test_nothing_about_a_day_that_has_passed_leaves_while_the_bank_data_is_old(spring: Spring) -> None:
    assert spring.seen["while old"] == [[], []]
    assert "waits for newer bank data: it may have been paid" in spring.seen["waiting"]


def test_the_team_gets_one_notice(spring: Spring) -> None:
    assert spring.seen["notices"] == ["Bank data 4 bank days old · 2 cases wait"]


def test_who_had_paid_is_not_chased_and_the_other_is_once_the_file_is_there(spring: Spring) -> None:
    assert spring.seen["after the file"] == [[], ["2026-04-02 14:00 second_reminder by email to compta@b2.example"]]
    assert told.state(spring.world, "FB-B1") == "Paid"


def test_the_notice_goes_away_with_the_file(spring: Spring) -> None:
    assert spring.seen["inbox"] == []


def test_the_word_of_a_person_who_looked_counts_up_to_the_day_he_names(spring: Spring) -> None:
    assert "2026-05-01 is still to come" in spring.seen["refused"]
    assert spring.seen["accepted"] is None
    assert spring.seen["accounts"] == [("FR76A", date(2026, 4, 10), "marie")]
    courtesy = "2026-04-02 09:00 courtesy_reminder by email to compta@b3.example"
    assert spring.seen["old again"] == [courtesy]
    assert spring.seen["looked"] == [courtesy, "2026-04-13 14:00 second_reminder by email to compta@b3.example"]
