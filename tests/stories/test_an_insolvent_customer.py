"""A customer with twelve cases becomes insolvent: they stop at once and are declared; a new invoice goes to the administrator."""

import csv
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from policies.questions import QuestionKind
from storage.insolvency_claim import file_for
from tasks.declaration_file import declaration_file
from tests.engine import told
from tests.engine.runs import act
from tests.engine.world import World

OLDER = [f"M{number:02}" for number in range(1, 13)]


@dataclass
class Weeks:
    """The world, and what was seen on the way."""

    world: World
    seen: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def weeks(begin: Callable[..., World]) -> Weeks:
    """Monday, 2 March 2026: twelve invoices are due. The judgment is of 9 March, known and entered on the 10th."""
    world = begin("2026-03-02")
    weeks = Weeks(world)
    mercier = world.customer("MERCIER", "Mercier SARL")
    for number in OLDER:
        world.invoice(mercier, number, "2026-03-02", 100_000, issued="2026-01-30")
    world.until("2026-03-10", 8)
    act(
        world, "insolvency", customer="MERCIER", kind="redressement", judgment="2026-03-09", published="2026-03-10",
        administrator="Me Roy", administrator_email="roy@aj.example", declare_by="2026-04-20",
        representative="Me Blanc", representative_postal="3 place du Palais, 69002 Lyon",
    )  # fmt: skip
    world.invoice(mercier, "NEW", "2026-03-20", 40_000, issued="2026-03-10")
    world.invoice(mercier, "FOUND", "2026-03-15", 5_000, issued="2026-02-27")
    world.until("2026-03-10", 12)
    weeks.seen["at once"] = asked(world)
    weeks.seen["declaration"] = world.question(QuestionKind.CLAIM_DECLARATION).description
    weeks.seen["refused"] = [
        world.answer(world.question(QuestionKind.CLAIM_DECLARATION), "declare"),
        world.answer(world.question(QuestionKind.RETENTION), "none"),
    ]
    world.until("2026-03-22", 12)
    weeks.seen["first"] = asked(world)
    weeks.seen["refused"].append(world.answer(world.question(QuestionKind.DEADLINE), "known"))
    world.until("2026-04-11", 12)
    weeks.seen["second"] = asked(world)
    weeks.seen["refused"].append(world.answer(world.question(QuestionKind.DEADLINE), "done", date="2026-04-10"))
    world.until("2026-04-14", 12)
    weeks.seen["last"] = asked(world)
    return weeks


def asked(world: World) -> list[str]:
    return sorted(one.kind.value for one in world.inbox())


def test_every_message_of_the_customer_and_no_other(weeks: Weeks) -> None:
    left = weeks.world.rows(
        "SELECT to_char(handed_at AT TIME ZONE 'Europe/Paris', 'MM-DD HH24:MI'), stage, channel, recipient, "
        "(SELECT count(*) FROM effect e WHERE e.message_id = m.id) FROM message m WHERE state = 'confirmed' ORDER BY handed_at, id"
    )
    assert left == [
        ("03-05 09:00", "courtesy_reminder", "email", "compta@mercier.example", 12),
        ("03-23 09:00", "courtesy_reminder", "email", "roy@aj.example", 1),
        ("04-01 09:00", "second_reminder", "email", "roy@aj.example", 1),
    ]


def test_the_administrator_reads_of_the_new_invoice_alone(weeks: Weeks) -> None:
    (raw,) = weeks.world.rows("SELECT raw FROM message WHERE recipient = 'roy@aj.example' ORDER BY id LIMIT 1")[0]
    text = bytes(raw).decode("ascii", "replace").replace("=\r\n", "")
    assert ("NEW" in text, [number for number in (*OLDER, "FOUND") if number in text]) == (True, [])


def test_people_are_asked_at_once_twice_by_the_deadline_and_before_the_notice(weeks: Weeks) -> None:
    seen = weeks.seen
    assert seen["refused"] == [None] * 4
    assert (seen["at once"], seen["first"], seen["second"], seen["last"]) == (
        ["claim_declaration", "retention"], ["deadline"], ["deadline"], ["approve"]
    )  # fmt: skip


def test_the_older_cases_wait_and_the_deadline_is_met(weeks: Weeks) -> None:
    world = weeks.world
    states = {number: told.state(world, number) for number in (*OLDER, "FOUND")}
    assert len(set(states.values())) == 1
    assert world.rows("SELECT kind, state, last_day::text FROM deadline") == [
        ("claim_declaration", "met", "2026-04-20")
    ]
    assert world.rows("SELECT claim, claim_on::text, retention FROM insolvency") == [("declared", "2026-04-10", "none")]


def test_the_claim_file_opens_is_complete_and_stops_interest_on_the_day_before(weeks: Weeks) -> None:
    found = weeks.world.run(file_for(1, datetime(2026, 4, 14, 12, tzinfo=UTC)))
    assert not isinstance(found, str)
    content = declaration_file(*found)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
        sheet = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(opened.read("declaration.pdf"))).pages)
        rows = list(csv.DictReader(io.StringIO(opened.read("claim.csv").decode("utf-8-sig"))))
    assert names[0] == "declaration.pdf"
    assert sorted(row["invoice"] for row in rows) == sorted([*OLDER, "FOUND"])
    assert {
        "Me Blanc" in sheet,
        "redressement judiciaire" in sheet,
        "9 mars 2026" in sheet,
        "8 mars 2026" in sheet,
    } == {True}
    assert ("NEW" in sheet, "chirographaire" in sheet, "aucun bien n'est revendiqué" in sheet.replace("’", "'")) == (
        False, True, True
    )  # fmt: skip
    assert declaration_file(*found) == content


def test_sink_and_ledger_agree_and_the_journal_is_whole(weeks: Weeks) -> None:
    assert told.agreed(weeks.world)
    assert told.broken_place(weeks.world, "M01") is None
