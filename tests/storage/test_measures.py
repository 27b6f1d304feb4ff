"""Commercial measures: proposed, decided, lifted by payment, told once to the customer, to sales and to the ERP."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from flows.forms import decisions
from flows.measures import follow_measures
from policies.beside import BesideFacts
from policies.case import EffectState
from policies.credit_exposure import CreditExposure
from policies.dispute_form import DisputeWords
from policies.measure_form import MeasureWords
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from policies.stages import Channel
from storage import (
    accounts,
    clock,
    credit_exposures,
    customers,
    dispute_deeds,
    doors,
    leases,
    ledger,
    measure_changes,
    measure_deeds,
    questions,
    telling,
)
from storage.bundles import Copy
from storage.clock import Mode
from storage.creditor import ensure_creditor, update
from storage.handing import Written
from storage.hold_deeds import Deed
from storage.session import reading
from storage.telling import Told
from tasks import erp_folder
from tests.storage.books import bank, bill, customer, do, invoice, line, open_cases, refused, rows, told
from tests.storage.test_occurrences import SHIPPED

MAIL = frozenset({Channel.EMAIL})
AGENT, MANAGER = Signer("marie", Role.AGENT), Signer("claire", Role.MANAGER)
STOP = MeasureWords("stop_supply", "three reminders in vain", clause="Article 7 of our terms", review="2026-05-04")


@pytest.fixture(autouse=True)
async def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A creditor with a manager, a salesperson with an address, and a home of its own."""
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    creditor = (await ensure_creditor()).id
    settings = {"owner": "marie", "manager": "claire", "email": "compta@us.example"}
    assert await update(creditor, settings, "ann", at("2026-03-02")) == []
    await accounts.add("sophie", "Sophie", "sophie@us.example", "en", Role.VIEWER, "ann", at("2026-03-02"))
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    return tmp_path


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=UTC)


async def late(**due: str) -> None:
    """Invoices of one customer of Sophie's, 300,00 € each, with their cases."""
    await bill(*(invoice(number.replace("_", "-"), day, 300_00, salesperson="sophie") for number, day in due.items()))
    await open_cases()
    await clock.start(Mode.STEPPED, at("2026-03-02"))


async def proposed(words: MeasureWords = STOP, day: str = "2026-03-02") -> Deed:
    done = await measure_deeds.propose("C1", "", words, "marie", at(day))
    assert isinstance(done, Deed), done
    return done


async def answer(code: str, day: str, *, signer: Signer = MANAGER, **values: str) -> str | None:
    """Answer the only question about a measure that is open."""
    await clock.advance(at(day))
    await follow_measures(at(day))
    found = [one for one in await questions.inbox() if one.kind is QuestionKind.MEASURE]
    assert len(found) == 1
    given = values | {"decision": decisions(found[0])[{"take": 0, "refuse": 1}[code]]}
    return await doors.answer_directly(found[0].id, signer, "terminal", given)


async def asked() -> list[tuple[str, str]]:
    found = await rows("SELECT todo, shown_facts FROM question WHERE kind = 'measure' AND state = 'open' ORDER BY id")
    return [(todo, shown.replace("\xa0", " ").replace("\u202f", " ")) for todo, shown in found]


def write(facts: BesideFacts, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    """A message whose bytes say what it tells."""
    said = [
        f"{one.kind.value} {one.measure and one.measure.kind.value} {one.invoice} {one.amount}" for one in facts.pieces
    ]
    return Written("compta@us.example", recipient, facts.kind.value, "; ".join(said), "; ".join(said).encode())


async def messages(day: str, hour: int = 14) -> list[str]:
    """Everything that leaves to the customer by this hour, message by message."""
    found: list[str] = []
    for _ in range(9):
        moment = at(day, hour)
        number = (await rows("SELECT id FROM customer ORDER BY id"))[0][0]
        lease = await leases.take(7, f"run:{uuid4()}", None, uuid4())
        assert lease is not None
        one = await telling.prepare(number, lease.token, moment, MAIL, write)
        if not isinstance(one, Told):
            return found
        assert await ledger.begin_handing_over(one.message, lease.token, moment)
        await ledger.settle(one.message, EffectState.CONFIRMED, "", moment)
        found.append((await rows("SELECT text FROM message WHERE id = :id", id=one.message))[0][0])
    raise AssertionError("it never ends")


async def mails() -> list[tuple[str, str]]:
    """Every e-mail to our own people about a measure."""
    found = await rows("SELECT login, subject FROM staff_message WHERE key LIKE 'measure-%' ORDER BY id")
    return [(login, subject) for login, subject in found]


async def states() -> list[tuple[str, str, str]]:
    found = await rows("SELECT origin, state, ended_how FROM measure ORDER BY id")
    return [(row[0], row[1], row[2]) for row in found]


def files(home: Path) -> list[str]:
    """What stands in the ERP's folder, hidden or not."""
    return sorted(one.name for one in (home / "erp").glob("*"))


async def test_a_measure_is_decided_by_a_manager_told_once_and_lifted_by_payment(house: Path) -> None:
    await late(F_1="2026-02-02", F_2="2026-04-20")
    done = await proposed()
    assert done.words == "measure 1 proposed: Stop supply"
    await follow_measures(at("2026-03-02"))
    assert await asked() == [("claire", "Stop supply · 600,00 €")]
    refusal = await answer("take", "2026-03-03", signer=AGENT)
    assert refusal is not None
    assert "is for a manager or an administrator to decide" in refusal
    assert await answer("take", "2026-03-03") is None
    for _ in range(2):
        await follow_measures(at("2026-03-03"))
    assert await messages("2026-03-03") == ["measure_taken stop_supply F-1 30000"]
    assert await mails() == [("sophie", "Stop supply: Dupont SARL")]
    assert files(house) == ["measure-1-taken.json"]
    told_erp = json.loads((house / "erp" / "measure-1-taken.json").read_text())
    assert told_erp == {
        "id": "measure-1-taken", "measure": 1, "change": "taken", "kind": "stop_supply", "on": "2026-03-03",
        "creditor": told_erp["creditor"], "customer": "C1", "name": "Dupont SARL", "company_number": "", "currency": "EUR",
        "new_limit": None, "lifted_by": "overdue_paid", "clause": "Article 7 of our terms", "by": "claire",
        "overdue": "300.00", "exposure": "600.00", "limit": None,
    }  # fmt: skip
    standing = "SELECT kind, state, last_day, article, ended_how FROM deadline"
    review = ("measure_review", date(2026, 5, 4), "Article 7 of our terms")
    assert await rows(standing) == [(review[0], "standing", *review[1:], "")]

    await bank(line("F-1", 300_00, "2026-03-10"), at=at("2026-03-10"))
    for _ in range(2):
        await follow_measures(at("2026-03-10"))
    assert await states() == [("person", "lifted", "paid")]
    assert await messages("2026-03-10") == ["measure_lifted stop_supply  0"]
    assert await mails() == [("sophie", "Stop supply: Dupont SARL"), ("sophie", "Lifted: Stop supply, Dupont SARL")]
    assert files(house) == ["measure-1-lifted.json", "measure-1-taken.json"]
    assert await rows(standing) == [(review[0], "met", *review[1:], "lifted: paid")]
    assert [one for one in await told("F-1") if one.startswith("measure")] == [
        "measure_proposed", "measure_taken", "measure_lifted",
    ]  # fmt: skip


async def test_a_payment_that_goes_back_puts_the_question_again_once_and_takes_nothing_by_itself(house: Path) -> None:
    await late(F_1="2026-02-02")
    await proposed()
    assert await answer("take", "2026-03-03") is None
    await bank(line("F-1", 300_00, "2026-03-10"), at=at("2026-03-10"))
    await follow_measures(at("2026-03-10"))
    back = line("F-1", -300_00, "2026-03-16", return_reason="AC04", end_to_end_id="", invoices=("F-1",))
    await bank(back, at=at("2026-03-16"))
    for _ in range(2):
        await follow_measures(at("2026-03-16"))
    assert await states() == [("person", "lifted", "paid"), ("money_back", "proposed", "")]
    assert await asked() == [("claire", "Stop supply · 300,00 €")]
    assert await answer("refuse", "2026-03-17", note="it was the bank's mistake") is None
    await follow_measures(at("2026-03-18"))
    assert await states() == [("person", "lifted", "paid"), ("money_back", "refused", "it was the bank's mistake")]
    assert await asked() == []
    assert files(house) == ["measure-1-lifted.json", "measure-1-taken.json"]


async def test_a_measure_lifted_while_everything_was_disputed_is_asked_about_again_once_the_invoice_stands() -> None:
    await late(F_1="2026-02-02")
    await proposed()
    assert await answer("take", "2026-03-03") is None
    said = DisputeWords("price")
    assert isinstance(await dispute_deeds.open_dispute("C1", "F-1", said, "marie", at("2026-03-10")), Deed)
    await follow_measures(at("2026-03-10"))
    assert await states() == [("person", "lifted", "paid")]
    await do("UPDATE dispute SET state = 'rejected', decided_at = '2026-03-16', ask_on = NULL")
    for _ in range(2):
        await follow_measures(at("2026-03-16"))
    assert await states() == [("person", "lifted", "paid"), ("money_back", "proposed", "")]


async def test_what_is_paid_before_anybody_decides_is_asked_no_more_and_nobody_is_told(house: Path) -> None:
    await late(F_1="2026-02-02")
    await proposed()
    await follow_measures(at("2026-03-02"))
    await bank(line("F-1", 300_00, "2026-03-03"), at=at("2026-03-03"))
    await follow_measures(at("2026-03-03"))
    dropped = "what would lift it has come about before anybody decided"
    assert (await states(), await asked()) == ([("person", "dropped", dropped)], [])
    assert (await mails(), files(house), await messages("2026-03-03")) == ([], [], [])


async def test_a_write_off_lifts_nothing_and_a_person_may_lift_it_with_a_reason(house: Path) -> None:
    await late(F_1="2026-02-02")
    await proposed()
    assert await answer("take", "2026-03-03", date="2026-06-01") is None
    await do("UPDATE cases SET written_off = 'irrecoverable', closed_at = now()")
    await follow_measures(at("2026-03-10"))
    assert await states() == [("person", "taken", "")]
    assert await rows("SELECT last_day FROM deadline") == [(date(2026, 6, 1),)]
    assert refused(await measure_deeds.lift(1, " ", "claire", at("2026-03-11"))) == [
        "Say why it is lifted though what lifts it has not come about."
    ]
    assert isinstance(await measure_deeds.lift(1, "agreed with the director", "claire", at("2026-03-11")), Deed)
    await follow_measures(at("2026-03-11"))
    assert await states() == [("person", "lifted", "by_hand")]
    assert files(house) == ["measure-1-lifted.json", "measure-1-taken.json"]
    assert refused(await measure_deeds.lift(1, "again", "claire", at("2026-03-11"))) == [
        "Measure 1 does not stand (lifted): there is nothing to lift."
    ]


async def test_what_cannot_be_proposed_is_refused_in_a_sentence() -> None:
    await late(F_1="2026-02-02")
    await proposed()
    again = await measure_deeds.propose("C1", "", STOP, "marie", at("2026-03-02"))
    assert refused(again) == ["Dupont SARL: “Stop supply” is proposed or stands already. See ./relance measure list."]
    within = await measure_deeds.propose(
        "C1", "", MeasureWords("prepayment", "", lifted_by="under_limit"), "m", at("2026-03-02")
    )
    assert refused(within) == ["Say why: whoever decides reads it."]
    within = await measure_deeds.propose(
        "C1", "EUR", MeasureWords("prepayment", "late", lifted_by="under_limit"), "m", at("2026-03-02")
    )
    assert refused(within) == ["No credit limit in EUR is known of the customer: lift it by overdue_paid."]
    await do("UPDATE customer SET kind = 'consumer'")
    (consumer,) = refused(
        await measure_deeds.propose("C1", "", MeasureWords("prepayment", "late"), "m", at("2026-03-02"))
    )
    assert consumer.startswith("No measure is taken against a consumer")


async def test_exposure_is_what_is_open_and_what_is_ordered_against_the_limit_and_lifts_what_is_lifted_by_it() -> None:
    await late(F_1="2026-02-02", F_2="2026-04-20")
    creditor = (await ensure_creditor()).id
    said = customer(
        "C1", "Dupont SARL", credit_limit=700_00, credit_currency="EUR", orders_given=250_00, orders_on=date(2026, 3, 1)
    )
    await customers.import_customers([said], "erp", "0" * 64, creditor, at("2026-03-02"))
    exposure = CreditExposure("EUR", 300_00, 300_00, 250_00, 700_00, date(2026, 3, 1))
    async with reading() as connection:
        assert await credit_exposures.of_customer(connection, 1, "EUR", at("2026-03-02")) == exposure
    above = [(one.customer, one.exposure.above) for one in await credit_exposures.above_limits(at("2026-03-02"))]
    assert above == [("C1", 150_00)]
    await proposed(MeasureWords("prepayment", "above its limit", lifted_by="under_limit"))
    assert await answer("take", "2026-03-03") is None
    await bank(line("F-1", 100_00, "2026-03-10"), at=at("2026-03-10"))
    await follow_measures(at("2026-03-10"))
    assert await states() == [("person", "taken", "")]
    await bank(line("F-1", 50_00, "2026-03-11"), at=at("2026-03-11"))
    await follow_measures(at("2026-03-11"))
    assert await states() == [("person", "lifted", "paid")]


def events(number: str) -> dict[str, tuple[str, list[Any]]]:
    """What may come to a customer: its money, the return of it, another invoice that is late, and nothing at all."""
    back = line(f"{number}-1", -300_00, "2026-03-12", return_reason="AC04", end_to_end_id="", invoices=(f"{number}-1",))
    later = invoice(f"{number}-2", "2026-03-01", 100_00, customer_number=number, customer_name=f"Firm {number}")
    return {
        "paid": ("bank", [line(f"{number}-1", 300_00, "2026-03-10")]),
        "returned": ("bank", [back]),
        "another": ("bill", [later]),
        "paid again": ("bank", [line(f"{number}-1", 300_00, "2026-03-14", end_to_end_id="again")]),
    }


async def test_a_lifted_measure_stays_lifted_in_whatever_order_facts_arrive_and_each_change_has_one_file(
    house: Path,
) -> None:
    orders = list(permutations(("paid", "returned", "another", "paid again")))[::4]
    names = [chr(ord("A") + place) for place in range(len(orders))]
    await bill(
        *(invoice(f"{one}-1", "2026-02-02", 300_00, customer_number=one, customer_name=f"Firm {one}") for one in names)
    )
    await open_cases()
    await clock.start(Mode.STEPPED, at("2026-03-02"))
    for one in names:
        assert isinstance(await measure_deeds.propose(one, "", STOP, "marie", at("2026-03-02")), Deed)
        assert await answer("take", "2026-03-03") is None
    for place in range(4):
        for name, order in zip(names, orders, strict=True):
            how, what = events(name)[order[place]]
            moment = at(f"2026-03-{16 + place}")
            await (bank(*what, at=moment) if how == "bank" else bill(*what, at=moment))
        for _ in range(2):
            await follow_measures(at(f"2026-03-{16 + place}", 12))
    kept = await rows(
        "SELECT j.kind, count(*) FROM journal j WHERE j.chain LIKE 'customer:%' AND j.kind LIKE 'measure%' GROUP BY 1"
    )
    counted: dict[str, int] = {row[0]: row[1] for row in kept}
    lifted = await rows("SELECT count(*) FROM measure WHERE state = 'lifted'")
    assert counted["measure_taken"] == len(names)  # nothing was taken but by the manager's word
    assert counted["measure_lifted"] == lifted[0][0]
    found = sorted(file.name for file in (house / "erp").iterdir())
    changes = await rows("SELECT measure_id, change FROM measure_change ORDER BY 1, 2")
    assert found == sorted(f"measure-{number}-{change}.json" for number, change in changes)
    assert len(changes) == len(names) + lifted[0][0]
    assert [origin for origin, state, _ in await states() if state == "taken" and origin != "person"] == []


MEASURE = """
[[measure]]
kind = "lower_limit"
after = "second_reminder"
days = 10
limit = { EUR = "100.00" }
only_above = { EUR = "200.00" }
review_days = 60
"""


async def with_a_measure() -> None:
    """The customer's cases follow the shipped ladder with a measure after its second reminder."""
    from policies.ladder_file import load_ladder

    content = (SHIPPED + MEASURE).encode()
    ladder = load_ladder(content, "own")
    assert not isinstance(ladder, list), ladder
    await do("INSERT INTO policy (hash, ladder, text) VALUES (:hash, 'fr-b2b', :text)", hash=ladder.hash, text=content)
    await do("UPDATE cases SET policy_hash = :hash", hash=ladder.hash)
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "SELECT id, 'second_reminder', 'second_reminder', '2026-03-02', 'confirmed' FROM cases"
    )


async def test_a_ladder_proposes_its_measure_on_its_day_once_for_each_case(house: Path) -> None:
    await late(F_1="2026-02-02")
    await with_a_measure()
    await follow_measures(at("2026-03-11"))
    assert await states() == []
    await follow_measures(at("2026-03-12"))
    assert await asked() == [("claire", "Lower the credit limit to 100,00 € · 300,00 €")]
    assert await answer("take", "2026-03-12") is None
    assert await rows("SELECT last_day, article FROM deadline") == [
        (date(2026, 5, 11), "decision of 2026-03-12 by claire")
    ]
    await bank(line("F-1", 100_00, "2026-03-20"), at=at("2026-03-20"))
    await follow_measures(at("2026-03-20"))
    assert await states() == [("ladder", "taken", "")]
    assert isinstance(await measure_deeds.lift(1, "agreed", "claire", at("2026-03-21")), Deed)
    await follow_measures(at("2026-04-21"))
    assert await states() == [("ladder", "lifted", "by_hand")]  # proposed once for the case, whatever comes


async def test_a_file_the_erp_took_away_is_never_written_again_whoever_died_in_between(house: Path) -> None:
    """A crash after the file was made ready names it later; one after it got its name writes nothing."""
    await late(F_1="2026-02-02")
    await proposed()
    assert await answer("take", "2026-03-03") is None
    (waits,) = await measure_changes.unwritten()
    erp_folder.make_ready(house / "erp", waits, "0123")
    assert await measure_changes.begin(waits.id, "0123")  # and here it died
    assert files(house) == [".measure-1-taken.json.0123"]
    await erp_folder.hand_out(at("2026-03-03"))
    assert files(house) == ["measure-1-taken.json"]
    await do("UPDATE measure_change SET state = 'handing_over'")  # it died before it could say so
    (house / "erp" / "measure-1-taken.json").unlink()  # and the ERP was quick
    await erp_folder.hand_out(at("2026-03-03"))
    assert (files(house), await rows("SELECT state FROM measure_change")) == ([], [("written",)])


async def test_of_two_who_place_a_file_one_does() -> None:
    await late(F_1="2026-02-02")
    await proposed()
    assert await answer("take", "2026-03-03") is None
    (waits,) = await measure_changes.unwritten()
    assert [await measure_changes.begin(waits.id, token) for token in ("one", "two")] == [True, False]
