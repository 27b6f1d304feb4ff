"""Supply is stopped by a manager's word and goes on by itself once everything overdue is paid: all that anybody was told."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from policies.questions import QuestionKind
from policies.staff import Role
from storage import accounts
from tests.engine import told
from tests.engine.person import Person
from tests.engine.runs import ended, registered
from tests.engine.world import World


@dataclass
class March:
    """The world, and the names of the runs people started."""

    world: World
    runs: list[str]


@pytest.fixture(scope="module")
def march(begin: Callable[..., World]) -> March:
    """From Tuesday, 3 March 2026, to the end of the month. STOP owes two invoices since the 2nd, QUICK one; marie decides."""
    world = begin("2026-03-03", manager="marie")
    sophie = accounts.add(
        "sophie", "Sophie", "sophie@nord.example", "fr", Role.VIEWER, "ann", datetime(2026, 3, 2, tzinfo=UTC)
    )
    assert world.run(sophie) == []
    stop, quick = world.customer("STOP", "Dupont SARL"), world.customer("QUICK", "Martin SAS")
    for number in ("F-1", "F-2"):
        world.invoice(stop, number, "2026-03-02", 90_000)
    world.invoice(quick, "F-3", "2026-03-02", 50_000)
    world.do("UPDATE customer SET salesperson = 'sophie'")
    world.until("2026-03-05", 12)
    registered(world, "measure")
    claire = Person(world.stack, "claire", Role.AGENT)
    clause = "Article 7 de nos conditions générales de vente."
    words = {"what": "stop_supply", "why": "two invoices late", "clause": clause, "review": "2026-05-04"}
    runs = [
        ended(world, claire.start("measure", customer="STOP", **words)),
        ended(world, claire.start("measure", customer="QUICK", what="prepayment", why="late again")),
        ended(world, claire.start("measure", customer="STOP", **words)),
    ]
    world.pay("F-3")
    world.until("2026-03-06", 10)
    assert world.answer(world.question(QuestionKind.MEASURE), "take") is None
    world.until("2026-03-10", 10)
    world.pay("F-1")
    world.until("2026-03-11", 10)
    world.pay("F-2")
    world.until("2026-03-31", 18)
    return March(world, [one["state"]["message"] for one in runs])


def test_acts_name_their_runs_and_a_measure_is_proposed_once(march: March) -> None:
    [(first,), (second,)] = march.world.rows("SELECT id FROM measure ORDER BY id")
    assert march.runs == [
        f"measure · Dupont SARL · measure {first} proposed: Stop supply",
        f"measure · Martin SAS · measure {second} proposed: Supply against prepayment only",
        "measure: Dupont SARL: “Stop supply” is proposed or stands already. See ./relance measure list.",
    ]


def test_every_message_to_the_customer_to_sales_and_to_the_erp(march: March) -> None:
    [(number,), _] = march.world.rows("SELECT id FROM measure ORDER BY id")
    assert sorted(march.world.acts()) == [  # two customers' reminders leave at the same minute, in either order
        ("2026-03-05", "courtesy_reminder", "compta@quick.example"),
        ("2026-03-05", "courtesy_reminder", "compta@stop.example"),
        ("2026-03-06", "measure_taken", "compta@stop.example"),
        ("2026-03-11", "measure_lifted", "compta@stop.example"),
    ]
    mails = "SELECT to_char(written_at, 'MM-DD'), login, subject, state FROM staff_message WHERE key LIKE 'measure%' ORDER BY id"
    assert [(*row[:2], row[2].replace("\xa0", " "), row[3]) for row in march.world.rows(mails)] == [
        ("03-06", "sophie", "Arrêt des livraisons : Dupont SARL", "confirmed"),
        ("03-11", "sophie", "Levée : Arrêt des livraisons, Dupont SARL", "confirmed"),
    ]
    left = "SELECT sha256 FROM message WHERE state = 'confirmed' UNION ALL SELECT sha256 FROM staff_message ORDER BY 1"
    assert march.world.rows("SELECT sha256 FROM sink_message ORDER BY 1") == march.world.rows(left)
    folder = march.world.stack.home.path / "erp"
    found = [json.loads(one.read_text()) for one in sorted(folder.iterdir())]
    assert [(one["id"], one["change"], one["on"], one["customer"], one["overdue"], one["by"]) for one in found] == [
        (f"measure-{number}-lifted", "lifted", "2026-03-11", "STOP", "0.00", "relance"),
        (f"measure-{number}-taken", "taken", "2026-03-06", "STOP", "1800.00", "marie"),
    ]


def test_the_customer_reads_what_changes_why_and_what_lifts_it(march: March) -> None:
    rows = march.world.rows("SELECT raw FROM message WHERE kind = 'measure_taken'")
    mail = message_from_bytes(bytes(rows[0][0]), policy=policy.default)
    body = mail.get_body(("plain",))
    assert body is not None
    text = str(body.get_content()).replace("\xa0", " ").replace("\u202f", " ")
    assert "nous suspendons nos livraisons et prestations à votre société" in text
    assert "La raison : 1 800,00 € sont échus, au titre de F-1, F-2." in text
    assert "Article 7 de nos conditions générales de vente." in text
    assert "cette mesure prendra fin d'elle-même" in text


def test_what_was_paid_before_anybody_decided_is_over_and_the_review_is_met(march: March) -> None:
    assert march.world.rows("SELECT kind, state, ended_how FROM measure ORDER BY id") == [
        ("stop_supply", "lifted", "paid"),
        ("prepayment", "dropped", "what would lift it has come about before anybody decided"),
    ]
    assert march.world.rows("SELECT kind, state, last_day::text, ended_on::text FROM deadline") == [
        ("measure_review", "met", "2026-05-04", "2026-03-11")
    ]
    assert [one.kind for one in march.world.inbox()] == []
    assert told.broken_place(march.world, "F-1") is None
