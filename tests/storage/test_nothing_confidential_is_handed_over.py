"""Whatever was written, noted or said while something was mediated or offered: no word of it is in a file handed over.

What passed before and after is in it: a file is thin where it must be, and nowhere else.
"""

from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest

from policies.claim_file import FileChoice
from storage.claim_file import claim_file
from storage.session import reading
from tasks.handover_check import wrong_in
from tasks.handover_file import handover_file
from tests.storage.books import bill, do, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 6, 1, 9, tzinfo=UTC)
MEDIATED = """
    INSERT INTO mediation (id, creditor_id, customer_id, started_by, state, proposed_on, proposed_at, outcome, ended_on, ended_at, words)
    SELECT :id, creditor_id, id, :by, :state, CAST(:since AS timestamptz)::date, :since, :outcome, CAST(:until AS timestamptz)::date, :until, :words FROM customer
"""
OFFERED = """
    INSERT INTO agreement (id, creditor_id, customer_id, kind, currency, state, amount, why, proposed_at, agreed_at, ended_at, ended_how)
    SELECT :id, creditor_id, id, :kind, 'EUR', 'ended', 777, :words, :since, :agreed, :until, :how FROM customer
"""
OURS = """
    INSERT INTO message (id, creditor_id, customer_id, currency, kind, stage, window_on, channel, state, route, key, sender, recipient,
        subject, text, raw, sha256, calculated_at, handed_at)
    SELECT :id, creditor_id, id, 'EUR', :kind, :stage, CAST(:at AS timestamptz)::date, 'email', 'confirmed', 'live', 'k' || CAST(:id AS bigint), 'a@us.example',
        'b@them.example', :words, :words, convert_to(CAST(:words AS text), 'UTF8'), '', :at, :at FROM customer
"""
TOLD = """
    INSERT INTO correspondence (creditor_id, customer_id, case_id, kind, state, on_day, at, next_at, message_id)
    SELECT creditor_id, customer_id, :case, :kind, 'told', CAST(:at AS timestamptz)::date, :at, :at, :id FROM cases WHERE id = :case
"""
THEIRS = """
    INSERT INTO incoming_message (id, creditor_id, customer_id, message_id, channel, provider_ref, sender, recipient, subject, text, raw,
        sha256, kind, reason, found_by, received_at)
    SELECT :id, creditor_id, id, :answers, 'email', 'r' || CAST(:id AS bigint), 'b@them.example', 'a@us.example', :words, :words, convert_to(CAST(:words AS text), 'UTF8'),
        '', 'reply', '', '', :at FROM customer
"""
CALLED = """
    INSERT INTO phone_call (id, customer_id, direction, outcome, words, at)
    SELECT :id, id, 'out', 'refuses', :words, :at FROM customer
"""
NOTED = "INSERT INTO note (customer_id, actor, text, at) SELECT id, 'marie', :words, :at FROM customer"

Happens = Callable[[int, int, str, datetime], Coroutine[Any, Any, None]]


async def _written(id: int, case: int, words: str, at: datetime) -> None:
    await do(OURS, id=id, kind="written", stage="", words=words, at=at)
    await do(TOLD, id=id, case=case, kind="written", at=at)


async def _replied(id: int, case: int, words: str, at: datetime, answers: int | None = None) -> None:
    await do(THEIRS, id=id, answers=answers, words=words, at=at)
    await do("INSERT INTO incoming_case (incoming_id, case_id) VALUES (:id, :case)", id=id, case=case)


async def _called(id: int, case: int, words: str, at: datetime) -> None:
    await do(CALLED, id=id, words=words, at=at)
    await do("INSERT INTO phone_call_case (call_id, case_id) VALUES (:id, :case)", id=id, case=case)


async def _noted(id: int, case: int, words: str, at: datetime) -> None:
    await do(NOTED, words=words, at=at)


EVENTS: tuple[Happens, ...] = (_written, _replied, _called, _noted)


async def _mediation(id: int, cases: list[int], since: datetime, until: datetime | None, random: Random) -> None:
    """A mediation, or an offer, about some of the cases: with a proposal that left, and a reply to it long after its end."""
    words, cases = f"secret{id}", random.sample(cases, random.randint(1, len(cases)))
    if random.random() < 0.6:
        state, outcome = (
            ("under_way", "") if until is None else ("ended", random.choice(["refused", "failed", "no_answer"]))
        )
        by = random.choice(["ladder", "person", "customer"])
        await do(MEDIATED, id=id, by=by, state=state, outcome=outcome, since=since, until=until, words=words)
        table, kind, stage = "mediation", "step", "mediation"
    else:
        ended, kind = until or LATER, random.choice(["settlement", "plan"])
        agreed = since if kind == "settlement" else None
        how = "cancelled" if agreed else "refused"
        await do(OFFERED, id=id, kind=kind, since=since, agreed=agreed, until=ended, words=words, how=how)
        table, kind, stage = "agreement", "settlement_offer", ""
    for case in cases:
        more = {"principal": 1} if table == "agreement" else {}
        columns = "".join(f", {name}" for name in more)
        values = "".join(f", :{name}" for name in more)
        await do(
            f"INSERT INTO {table}_case ({table}_id, case_id{columns}) VALUES (:id, :case{values})",
            id=id,
            case=case,
            **more,
        )
    await do(OURS, id=id + 500, kind=kind, stage=stage, words=f"{words}b", at=since)
    if stage:
        effect = "INSERT INTO effect (case_id, step, occurrence, channel, state, route, message_id, changed_at) VALUES (:case, 'mediation', :id, 'email', 'confirmed', 'live', :message, :at)"
        await do(effect, case=cases[0], id=id, message=id + 500, at=since)
    else:
        await do(TOLD, id=id + 500, case=cases[0], kind=kind, at=since)
    await _replied(id + 700, cases[0], f"{words}c", LATER - timedelta(days=1), answers=id + 500)


@pytest.mark.parametrize("seed", range(8))
async def test_no_word_that_was_exchanged_to_agree_is_in_the_file_and_every_other_word_is(seed: int) -> None:
    random = Random(seed)
    await bill(invoice("F1", "2026-02-10", 1000_00), invoice("F2", "2026-02-12", 500_00))
    await open_cases(START)
    await do("UPDATE creditor SET live = true")
    cases = [int(row[0]) for row in await rows("SELECT id FROM cases ORDER BY id")]
    talks: list[tuple[datetime, datetime]] = []
    for id in range(1, random.randint(2, 4)):
        since = START + timedelta(days=random.randint(0, 60))
        until = None if random.random() < 0.2 else since + timedelta(days=random.randint(1, 20))
        await _mediation(id, cases, since, until, random)
        talks.append((since, until or LATER))
    secrets, plain = [f"secret{id}" for id in range(1, len(talks) + 1)], []
    for id in range(100, 125):
        at = START + timedelta(days=random.randint(0, 80), hours=random.randint(1, 8))
        during = any(since <= at <= until for since, until in talks)
        event = random.choice(EVENTS)
        words = f"{'secret' if during else 'plain'}{id}x"
        await event(id, random.choice(cases), words, at)
        secrets += [words] if during else []
        plain += [words] if not during and event is not _noted else []
    async with reading() as connection:
        file = await claim_file(connection, cases, LATER, FileChoice("fr"))
    content = handover_file(file)
    assert wrong_in(content, ["F1", "F2"], secrets) == []
    assert wrong_in(content, ["F1", "F2"], plain) != [] or not plain
    assert [words for words in plain if not wrong_in(content, ["F1", "F2"], [words])] == []
