"""Whoever owes much hears of it once: one message, an effect for every invoice, and never a line of another customer."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from policies.case import EffectState
from policies.decide import decide
from policies.decisions import Act
from policies.ladder import Ladder
from policies.records import InvoiceRecord
from policies.stages import Channel
from storage import clock, collecting, handing, leases, ledger, pinning
from storage.clock import Mode
from storage.creditor import ensure_creditor
from storage.dossier import load
from storage.handing import NotNow, Reserved
from storage.session import reading
from tasks.write import write
from tests.storage.books import bill, do, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")

MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
BY_EMAIL = frozenset({Channel.EMAIL})
MANY = 500
SHIPPED = files("policies").joinpath("ladders", "fr-b2b.toml").read_text(encoding="utf-8")


async def due_this_morning(*records: InvoiceRecord) -> list[int]:
    """The cases of these invoices, each of which has a step due."""
    await bill(*records)
    await do("UPDATE creditor SET email = 'compta@us.example', mentions = 'SIREN 552 100 554'")
    await clock.start(Mode.STEPPED, MORNING)
    await open_cases(MORNING)
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    return [row[0] for row in await rows("SELECT id FROM cases ORDER BY id")]


async def our_ladder(text: str) -> None:
    """A ladder of our own, for everybody."""
    us = (await ensure_creditor()).id
    found = await pinning.pin_file(
        text.replace('id = "fr-b2b"', 'id = "ours"').encode(), "ours.toml", us, "anne", MORNING
    )
    assert isinstance(found, Ladder), found
    await do("UPDATE creditor SET policy = 'ours'")


async def wake_up(case: int) -> Any:
    """What a wake-up of the case does, up to the answer of a mail server that takes everything."""
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    try:
        found = await collecting.consider(case, lease.token, MORNING, BY_EMAIL)
        if not isinstance(found.decision, Act):
            return found.decision
        reserved = await handing.prepare(case, lease.token, MORNING, BY_EMAIL, write)
        if isinstance(reserved, Reserved):
            for message in reserved.messages:
                assert await ledger.begin_handing_over(message, lease.token, MORNING)
                await ledger.settle(message, EffectState.CONFIRMED, "250 Ok", MORNING, sender=case)
        return reserved
    finally:
        await leases.give_back(lease)


async def all_wake_up(cases: Sequence[int], at_once: int = 20) -> list[Any]:
    """The cases wake together, so many at a time as a dispatcher has slots."""
    left, came = iter(cases), []

    async def slot() -> None:
        for case in left:
            came.append(await wake_up(case))

    await asyncio.gather(*(slot() for _ in range(at_once)))
    return came


async def decided(cases: Sequence[int], at: datetime = MORNING) -> dict[int, Any]:
    """What each case would do now."""
    async with reading() as connection:
        found = await load(connection, cases, at, BY_EMAIL)
    return {id: decide(one.case, one.ladder, at) for id, one in found.items()}


async def contacts(case: int) -> list[tuple[date, Channel]]:
    """How often the customer heard from us."""
    async with reading() as connection:
        return [
            (one.on, one.channel) for one in (await load(connection, [case], MORNING, BY_EMAIL))[case].case.contacts
        ]


async def test_of_five_hundred_invoices_due_on_a_morning_one_email_tells_and_all_are_confirmed() -> None:
    numbers = [f"FA-{number:04d}" for number in range(MANY)]
    cases = await due_this_morning(*(invoice(one, "2026-02-27", 10_000 + at) for at, one in enumerate(numbers)))
    came = await all_wake_up(cases[::25])
    assert sum(isinstance(one, Reserved) for one in came) == 1
    assert {one.why for one in came if isinstance(one, NotNow)} <= {"a message to the same customer is being prepared",
        "the decision changed"}  # fmt: skip
    ((state, raw, text, demanded),) = await rows("SELECT state, raw, text, demanded FROM message")
    assert (state, demanded) == ("confirmed", sum(10_000 + at for at in range(MANY)))
    assert re.findall(r"FA-\d{4}", text) == numbers
    assert bytes(raw).count(b'filename="factures-2026-03-03.csv"') == 1
    assert await rows("SELECT case_id, step, state, amount FROM effect ORDER BY case_id") == [
        (case, "courtesy_reminder", "confirmed", 10_000 + at) for at, case in enumerate(cases)
    ]
    assert await rows("SELECT count(*), count(DISTINCT case_id) FROM step_done WHERE how = 'confirmed'") == [
        (MANY, MANY)
    ]
    assert await contacts(cases[0]) == [(MORNING.date(), Channel.EMAIL)]
    assert not any(isinstance(one, Act) for one in (await decided(cases)).values())


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_two_customers_never_share_a_message_however_their_runs_race(seed: int) -> None:
    rng = Random(seed)
    records = [
        invoice(f"F{number:03d}", f"2026-02-{rng.randint(1, 27):02d}", rng.randint(100, 99_999),
                customer_number=f"C{rng.randint(1, 7)}", customer_name="Dupont SARL", currency=rng.choice(("EUR", "EUR", "CHF")))
        for number in range(60)
    ]  # fmt: skip
    cases = await due_this_morning(*records)
    rng.shuffle(cases)
    assert not [one for one in await all_wake_up(cases) if isinstance(one, Exception)]
    told = await rows(
        "SELECT m.id, m.customer_id, m.currency, m.text, array_agg(c.customer_id), array_agg(c.currency), array_agg(i.number) "
        "FROM message m JOIN effect e ON e.message_id = m.id JOIN cases c ON c.id = e.case_id JOIN invoice i "
        "ON i.id = c.invoice_id GROUP BY m.id ORDER BY m.id"
    )
    owed = dict(await rows("SELECT number, (customer_id, currency)::text FROM invoice"))
    assert len(told) > 6
    for _, customer, currency, text, customers, currencies, numbers in told:
        assert (set(customers), set(currencies)) == ({customer}, {currency})
        shown = re.findall(r"F\d{3}", text)
        assert set(numbers) <= set(shown)
        assert {owed[number] for number in shown} == {f"({customer},{currency})"}
    assert max(Counter((row[1], row[2]) for row in told).values()) == 1
    live = await rows(
        "SELECT case_id, step, count(*) FROM effect WHERE state = 'confirmed' GROUP BY 1, 2 HAVING count(*) > 1"
    )
    assert live == []


async def behind(number: str, step: str, on: str, pay_by: str | None = None) -> None:
    """A step the case has behind it."""
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how, pay_by) SELECT c.id, :step, :step, :on, 'confirmed', "
        "CAST(:pay_by AS date) FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :number",
        step=step, number=number, on=date.fromisoformat(on), pay_by=pay_by and date.fromisoformat(pay_by),
    )  # fmt: skip


async def effects() -> list[tuple[Any, ...]]:
    return await rows(
        "SELECT i.number, e.step, e.state FROM effect e JOIN cases c ON c.id = e.case_id JOIN invoice i "
        "ON i.id = c.invoice_id ORDER BY i.number"
    )


async def test_a_reminder_marks_each_item_and_confirms_the_step_of_each_invoice_that_has_one_due() -> None:
    cases = await due_this_morning(
        invoice("F1", "2026-02-27", 10_000), invoice("F2", "2026-02-10", 20_000), invoice("F3", "2026-03-03", 30_000),
        invoice("F4", "2026-03-07", 40_000), invoice("F5", "2026-04-30", 50_000),
    )  # fmt: skip
    await behind("F2", "courtesy_reminder", "2026-02-13")
    await all_wake_up(cases)
    ((stage, text, demanded),) = await rows("SELECT stage, text, demanded FROM message")
    assert (stage, demanded) == ("second_reminder", 60_000)
    states = dict(re.findall(r"Facture (F\d).*\n.*\((.*)\)", text))
    assert states == {
        "F1": "en retard de 4 jours", "F2": "en retard de 21 jours", "F3": "échéance de ce jour",
        "F4": "non encore échue", "F5": "non encore échue",
    }  # fmt: skip
    assert await effects() == [
        ("F1", "courtesy_reminder", "confirmed"),
        ("F2", "second_reminder", "confirmed"),
        ("F4", "upcoming", "confirmed"),
    ]


async def test_a_formal_notice_demands_its_own_invoice_and_until_its_day_to_pay_nothing_gentler_leaves() -> None:
    await our_ladder(SHIPPED.replace('approval = "above"\napproval_above = { EUR = "5000.00" }\n', ""))
    cases = await due_this_morning(invoice("F1", "2026-02-27", 10_000), invoice("F2", "2025-12-10", 20_000))
    await behind("F2", "second_reminder", "2026-01-05")
    await all_wake_up(cases)
    ((stage, text, demanded),) = await rows("SELECT stage, text, demanded FROM message")
    assert (stage, demanded) == ("formal_notice", 20_000)
    assert "F1" not in text
    assert await effects() == [("F2", "formal_notice", "confirmed")]
    ((gentler,),) = await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'F1'")
    then = {day: (await decided([gentler], MORNING + timedelta(days=day)))[gentler] for day in range(15)}
    assert [day for day, one in then.items() if isinstance(one, Act)] == [
        13,
        14,
    ]  # the eleventh and twelfth are a weekend


async def test_two_currencies_of_a_customer_that_race_never_break_a_cap_they_share() -> None:
    """The French law of businesses has none: a ladder of ours allows one message in seven days."""
    await our_ladder(SHIPPED + '\n[[cap]]\nchannels = ["email", "sms"]\nmost = 1\ndays = 7\n')
    records = [
        invoice(f"F{number}", "2026-02-27" if number % 2 else "2026-02-26", 10_000, currency="EUR" if number % 2 else "CHF")
        for number in range(12)
    ]  # fmt: skip
    cases = await due_this_morning(*records)
    await do("UPDATE cases SET next_at = :at", at=MORNING)
    came = await all_wake_up(cases, at_once=12)
    assert sum(isinstance(one, Reserved) for one in came) == 1
    assert await rows("SELECT currency, state FROM message") == [("CHF", "confirmed")]
    assert not any(isinstance(one, Act) for one in (await decided(cases)).values())
