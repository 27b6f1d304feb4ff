"""A file that is with an agency: born when it is handed over, told of money and disputes once, and no euro counted twice."""

from collections.abc import Callable, Coroutine
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from random import Random
from typing import Any

import pytest

from policies.case import EffectState
from policies.correction_choices import CORRECTION_CHOICES
from policies.fingerprint import decision_text
from policies.hold_form import HoldWords
from policies.insolvency import InsolvencyWords, Office
from policies.placement_form import PaidWords, StatusWords
from policies.stages import Channel
from policies.stay import StayWords
from storage import asking, clock, doors, ledger, questions
from storage.agencies import choose, save
from storage.agency_payments import match_transfers
from storage.agency_preview import preview
from storage.clock import Mode
from storage.corrections import ask_about_corrections
from storage.creditor import ensure_creditor
from storage.handing import Reserved, prepare
from storage.hold_deeds import Deed, hold_customer
from storage.insolvency_deeds import open_insolvency
from storage.placement_deeds import note_status, paid_to_agency, take_back
from storage.placement_review import review
from storage.placement_views import compare, events, placements
from storage.question_subject import Lead
from storage.stay_deeds import open_stay
from tasks.correction_text import about_correction
from tasks.handover_check import wrong_in
from tasks.question_text import describe
from tasks.write import write
from tests.engine.staff import MARIE
from tests.storage.books import balance, bank, bill, do, invoice, line, open_cases, refused, rows
from tests.storage.letters_out import lease

pytestmark = pytest.mark.usefixtures("database_url")
MORNING = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)  # a Monday
MAIL = frozenset({Channel.EMAIL})
SUD = "Agence Sud"


async def named(name: str = SUD, **more: Any) -> None:
    """An agency with a mandate: fifteen percent, ninety days."""
    values: dict[str, Any] = {
        "name": name, "email": "dossiers@agence-sud.example", "folder": "", "mandate_on": date(2026, 1, 15), "mandate_reference": "M-12",
        "fee_percent": Decimal(15), "fee_flat": None, "minimum": None, "currency": "EUR", "term_days": 90,
    }  # fmt: skip
    await save((await ensure_creditor()).id, values | more, "marie", default=True)


Happens = Callable[[], Coroutine[Any, Any, object]]


async def placed(*numbers: str, before: Happens | None = None, meanwhile: Happens | None = None) -> int:
    """Dupont owes 1000.00 on each; the agency's file is approved and arrives; the placement. `before`: what happens first;
    `meanwhile`: between its leaving and the answer of the other side."""
    for nth, number in enumerate(numbers):
        await bill(
            invoice(number, f"2026-01-{10 + nth}", 1000_00, reached_stage="mediation", reached_on=date(2026, 4, 20))
        )
    await do("UPDATE creditor SET owner = 'marie', email = 'compta@martin.example', name = 'Atelier Martin'")
    await open_cases(MORNING)
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    if before is not None:
        await before()
    case = (await rows("SELECT min(id) FROM cases"))[0][0]
    asked = await asking.ask(case, await lease(case), MORNING, MAIL, write, describe)
    assert isinstance(asked, Lead), asked
    await clock.start(Mode.STEPPED, MORNING)
    shown = await questions.read(asked.question)
    assert shown is not None
    given = {"decision": f"Hand the file to the collection agency · {shown.fingerprint}", "note": ""}
    assert await doors.answer_directly(asked.question, MARIE, "terminal", given) is None
    token = await lease(case)
    reserved = await prepare(case, token, MORNING, MAIL, write)
    assert isinstance(reserved, Reserved), reserved
    assert await ledger.begin_handing_over(reserved.messages[0], token, MORNING)
    if meanwhile is not None:
        await meanwhile()
    await ledger.settle(reserved.messages[0], EffectState.CONFIRMED, "250 Ok", MORNING, provider="q1", sender=case)
    return int((await rows("SELECT max(id) FROM placement"))[0][0])


async def told() -> list[tuple[str, str, int]]:
    """What is to be told to the agency: the kind, why, the amount that is open."""
    found = await rows("SELECT kind, why, amount FROM correspondence WHERE kind LIKE 'agency%' ORDER BY id")
    return [(row[0], row[1], row[2]) for row in found]


async def states() -> list[tuple[str, str, int, int]]:
    return [(one.state, one.ended_how, one.told, one.recovered) for one in await placements(every=True)]


async def test_a_file_that_arrived_is_a_placement_and_the_ladder_rests_up_to_the_end_of_the_mandate() -> None:
    await named()
    await placed("F1", "F2")
    [one] = await placements()
    assert (one.agency, one.reference, one.invoices, one.principal, one.state) == (
        SUD,
        "C1-20260601-EUR",
        ("F1", "F2"),
        2000_00,
        "placed",
    )
    assert (one.fee_percent, one.placed_on, one.ends_on) == (Decimal(15), date(2026, 6, 1), date(2026, 8, 30))
    assert (
        await rows("SELECT kind, until, reason FROM hold ORDER BY id")
        == [("manual", date(2026, 8, 30), f"placed with {SUD}")] * 2
    )
    assert await rows("SELECT kind, last_day, article FROM deadline") == [
        ("placement_end", date(2026, 8, 30), "mandate of 2026-01-15 M-12")
    ]
    [(raw, to)] = await rows("SELECT raw, recipient FROM message WHERE stage = 'agency'")
    mail = message_from_bytes(bytes(raw), policy=policy.default)
    files = {part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments()}
    assert (to, sorted(files)) == ("dossiers@agence-sud.example", ["C1-2026-06-01.zip", "claim.csv", "claim.json"])
    assert wrong_in(files["C1-2026-06-01.zip"], ["F1", "F2"]) == []
    assert await review(MORNING) == 0
    assert await told() == []


async def test_an_agency_that_changed_its_address_before_the_file_was_confirmed_has_it_and_the_ladder_rests() -> None:
    async def moves() -> None:
        await named(email="neu@agence-sud.example")

    await named()
    await placed("F1", meanwhile=moves)
    [one] = await placements()
    assert (one.agency, one.fee_percent, one.ends_on) == (SUD, Decimal(15), date(2026, 8, 30))
    assert await rows("SELECT kind, origin FROM hold") == [("manual", f"placement:{one.id}")]


async def test_money_that_comes_to_us_is_told_to_the_agency_once_and_all_of_it_takes_the_file_back() -> None:
    await named()
    await placed("F1", "F2")
    await bank(line("F1", 1000_00, on="2026-06-10"), at=MORNING + timedelta(days=9))
    assert [await review(MORNING + timedelta(days=9)), await review(MORNING + timedelta(days=9))] == [1, 0]
    assert await told() == [("agency_update", "", 1000_00)]
    await bank(line("F2", 1000_00, on="2026-06-12"), at=MORNING + timedelta(days=11))
    assert [await review(MORNING + timedelta(days=11)), await review(MORNING + timedelta(days=11))] == [1, 0]
    assert await told() == [("agency_update", "", 1000_00), ("agency_recall", "paid", 0)]
    assert await states() == [("recalled", "paid", 1000_00, 0)]
    assert await rows("SELECT state FROM deadline") == [("dropped",)]
    assert await rows("SELECT count(*) FROM hold WHERE ended_at IS NULL") == [(0,)]


@pytest.mark.parametrize("comes_first", ["the report", "the transfer", "the transfer, which names the invoice"])
async def test_the_debt_falls_by_all_that_was_paid_to_the_agency_whichever_comes_first(comes_first: str) -> None:
    await named()
    placement = await placed("F1")
    later = MORNING + timedelta(days=20)
    words = "F1" if "names" in comes_first else "VIREMENT C1-20260601-EUR"
    net = line(words, 340_00, on="2026-06-18", counterparty="AGENCE SUD SARL")
    said = PaidWords("400.00", on="2026-06-15")
    if comes_first == "the report":
        assert not isinstance(await paid_to_agency(str(placement), said, "marie", later), list)
        await bank(net, at=later)
        assert await match_transfers(later) == 1
    else:
        await bank(net, at=later)
        assert await review(later) == 0
        assert not isinstance(await paid_to_agency("C1-20260601-EUR", said, "marie", later), list)
    assert await match_transfers(later) == 0
    assert await balance() == [("F1", 400_00, 0, 600_00)]
    [one] = await placements()
    assert (one.state, one.recovered, one.fees, one.awaited, one.direct, one.told) == (
        "paying",
        400_00,
        60_00,
        0,
        0,
        600_00,
    )
    assert await review(later) == 0
    assert await told() == []
    assert await rows("SELECT p.amount, p.allocated FROM payment p WHERE source = 'bank'") == [(340_00, 0)]
    assert await rows("SELECT count(*) FROM line_match WHERE NOT aside") == [(0,)]
    assert refused(await paid_to_agency(str(placement), said, "marie", later)) == [
        "This payment is booked already; give its reference at the agency if it is another one."
    ]
    assert refused(await paid_to_agency(str(placement), PaidWords("600.01"), "marie", later)) == [
        "Only 600.00 EUR is open of this file: check what the customer paid, and say what of it is interest and flat sums."
    ]
    await paid_to_agency(str(placement), PaidWords("600.00", fee="0"), "marie", later)
    assert await states() == [("paid", "paid to the agency", 0, 1000_00)]
    assert await balance() == [("F1", 1000_00, 0, 0)]
    [figures] = await compare()
    assert (figures.files, figures.placed, figures.recovered, figures.fees, figures.days) == (
        1,
        1000_00,
        1000_00,
        60_00,
        18,
    )


async def test_a_dispute_a_hold_an_insolvency_and_a_person_take_the_file_back() -> None:
    await named()
    placement = await placed("F1")
    await note_status(str(placement), StatusWords("received", their_reference="AS-77"), "marie", MORNING)
    assert [one.state for one in await placements()] == ["received"]
    await note_status("AS-77", StatusWords("disputed", words="says it is broken"), "marie", MORNING)
    assert await rows("SELECT kind, reason FROM hold WHERE kind = 'dispute'") == [("dispute", "says it is broken")]
    assert await review(MORNING) == 1
    assert await told() == [("agency_recall", "dispute", 1000_00)]
    assert [(one.status, one.said) for one in await events(placement)] == [
        ("received", ""), ("disputed", "says it is broken"), ("recalled", "dispute"),
    ]  # fmt: skip
    assert refused(await take_back(str(placement), "ours again", "marie", MORNING)) == [
        "Placement C1-20260601-EUR is over."
    ]


@pytest.mark.parametrize(("kind", "why"), [("insolvency", "insolvency"), ("complaint", "hold")])
async def test_a_hold_that_came_later_takes_the_file_back(kind: str, why: str) -> None:
    await named()
    await placed("F1")
    await hold_customer("C1", "", HoldWords("the court wrote", kind), "marie", MORNING)
    assert await review(MORNING) == 1
    assert await told() == [("agency_recall", why, 1000_00)]


async def test_a_stay_takes_the_file_back_and_the_agency_is_told_of_it() -> None:
    await named()
    await placed("F1")
    stay = StayWords("death", "told by the daughter", last_day="2026-12-01")
    assert isinstance(await open_stay(["C1"], stay, "marie", MORNING), Deed)
    assert await review(MORNING) == 1
    assert await told() == [("agency_recall", "hold", 1000_00)]


async def test_a_judgment_takes_the_file_back() -> None:
    await named()
    await placed("F1")
    judged = InsolvencyWords("liquidation", "2026-05-29", Office("Me Roy", "roy@aj.example"))
    assert isinstance(await open_insolvency("C1", judged, "marie", MORNING), Deed)
    assert await review(MORNING) == 1
    assert await told() == [("agency_recall", "insolvency", 1000_00)]


async def test_the_end_of_the_mandate_gives_the_file_back_and_the_ladder_goes_on() -> None:
    await named()
    await placed("F1")
    last = datetime(2026, 8, 30, 12, tzinfo=UTC)
    assert await review(last) == 0
    assert await review(last + timedelta(days=1)) == 1
    assert await states() == [("returned", "mandate_over", 1000_00, 0)]
    assert await told() == [("agency_recall", "mandate_over", 1000_00)]


async def test_without_a_named_agency_the_file_goes_where_the_setting_says_and_the_ladder_climbs_on() -> None:
    await ensure_creditor()
    await do("UPDATE creditor SET agency_email = 'dossiers@ancienne.example'")
    await placed("F1")
    [one] = await placements()
    assert (one.agency, one.ends_on) == ("dossiers@ancienne.example", None)
    assert await rows("SELECT count(*) FROM hold") == [(0,)]


async def test_a_preview_says_every_reason_against_a_placement() -> None:
    await named(mandate_on=None, minimum=2000_00)
    await bill(invoice("F1", "2026-01-10", 1000_00), invoice("F2", "2026-01-11", 500_00))
    await open_cases(MORNING)
    await hold_customer("C1", "F2", HoldWords("wrong price", "dispute"), "marie", MORNING)
    found = await preview("C1", MORNING)
    assert not isinstance(found, list)
    mandate = f"No written mandate of {SUD} is recorded (CPCE R124-3): relance agency set “{SUD}” mandate=…"
    least = f"{SUD} takes files from 2000.00 EUR on; this one holds 1500.00 EUR."
    assert [(one.invoice, one.against) for one in found] == [
        ("F1", (least, mandate)),
        ("F2", ("The customer disputes it: decide the dispute first.", "It is on hold (dispute): wrong price.", least, mandate)),
    ]  # fmt: skip


async def test_a_file_larger_than_an_e_mail_carries_goes_into_a_folder() -> None:
    async def scanned() -> None:
        await do(
            "UPDATE invoice SET document = :scan, document_name = 'scan.bin', document_type = 'application/pdf', "
            "document_sha256 = 'x' WHERE number = 'F1'",
            scan=Random(1).randbytes(15_500_000),
        )

    await named(email="", folder="nord")
    await placed("F1", before=scanned)
    [(to, size)] = await rows("SELECT recipient, length(raw) FROM message WHERE stage = 'agency'")
    assert (to, size > 15_500_000) == ("nord@folder.invalid", True)


async def test_a_customer_may_have_an_agency_of_its_own() -> None:
    await named()
    await named("Agence Nord", email="", folder="nord", term_days=None)
    await bill(invoice("F1", "2026-01-10", 1000_00, reached_stage="mediation", reached_on=date(2026, 4, 20)))
    [(customer,)] = await rows("SELECT id FROM customer")
    assert refused(await choose(customer, "Nobody", "marie")) == [
        "There is no agency “Nobody”; known are Agence Nord, Agence Sud."
    ]
    assert await choose(customer, "agence sud", "marie") == []
    await placed("F1")
    assert [one.agency for one in await placements()] == [SUD]


@pytest.mark.parametrize(
    ("code", "note", "comes_back"), [("apologise", "", True), ("repair", "", True), ("leave", "a small part", False)]
)
async def test_money_dated_before_the_file_was_handed_over_takes_it_back_by_a_person_s_word(
    code: str, note: str, comes_back: bool
) -> None:
    await named()
    await placed("F1")
    await bank(line("F1", 300_00, on="2026-05-20"), at=MORNING + timedelta(hours=1))
    await ask_about_corrections(MORNING + timedelta(hours=2), about_correction)
    await review(MORNING + timedelta(hours=2))
    assert await told() == [("agency_update", "", 700_00)]  # our own question rests the case, the file stays there
    asked = next(one for one in await questions.inbox() if one.kind == "correction")
    assert "the file is taken back and the agency told at once" in asked.description
    choice = next(one for one in CORRECTION_CHOICES if one.code == code)
    decision = decision_text(choice.sentence, asked.shown_facts, asked.fingerprint)
    assert await doors.answer_directly(asked.id, MARIE, "terminal", {"decision": decision, "note": note}) is None
    await review(MORNING + timedelta(hours=3))
    recalled = [("agency_recall", "overtaken", 700_00)] if comes_back else []
    assert await told() == [("agency_update", "", 700_00), *recalled]
    assert [one[:2] for one in await states()] == [("recalled", "overtaken") if comes_back else ("placed", "")]


async def test_an_agency_without_a_written_mandate_gets_no_file_whoever_approves_it() -> None:
    await named(mandate_on=None)
    await bill(invoice("F1", "2026-01-10", 1000_00, reached_stage="mediation", reached_on=date(2026, 4, 20)))
    await do("UPDATE creditor SET owner = 'marie', email = 'compta@martin.example', name = 'Atelier Martin'")
    await open_cases(MORNING)
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    case = (await rows("SELECT min(id) FROM cases"))[0][0]
    asked = await asking.ask(case, await lease(case), MORNING, MAIL, write, describe)
    assert isinstance(asked, Lead), asked
    await clock.start(Mode.STEPPED, MORNING)
    shown = await questions.read(asked.question)
    assert shown is not None
    why = f"No written mandate of {SUD} is recorded (CPCE R124-3): relance agency set “{SUD}” mandate=…"
    assert f"**{why}**" in shown.description
    given = {"decision": f"Hand the file to the collection agency · {shown.fingerprint}", "note": ""}
    assert await doors.answer_directly(asked.question, MARIE, "terminal", given) == why
    assert await rows("SELECT count(*) FROM approval") == [(0,)]
