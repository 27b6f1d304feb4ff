"""A step that comes again: each time has its own effect, its own approval, and its own place behind the case."""

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from uuid import UUID, uuid4

import pytest

from policies.case import EffectState
from policies.decide import decide
from policies.decisions import Act, Ask, Wait
from policies.ladder import Ladder
from policies.staff import Role
from policies.stages import Channel
from storage import clock, collecting, handing, leases, ledger, pinning
from storage.clock import Mode
from storage.creditor import ensure_creditor
from storage.dossier import Dossier
from storage.handing import Reserved
from storage.skipping import skip_step
from tests.storage.books import bill, do, invoice, open_cases, rows
from tests.storage.test_asking import answer, asked, write

pytestmark = pytest.mark.usefixtures("database_url")
MAIL = frozenset({Channel.EMAIL})
SHIPPED = files("policies").joinpath("ladders", "fr-b2b.toml").read_text(encoding="utf-8")
THRICE = SHIPPED.replace("offset = 3\ngap = 4\n", "offset = 3\ngap = 4\nrepeat = { every = 14, most = 3 }\n")
FIRST = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
"""A Tuesday; so are the days a fortnight and four weeks later."""


async def a_reminder(ladder: str = THRICE) -> tuple[int, UUID]:
    """A case at a courtesy reminder that comes three times; its number and the lease on it."""
    us = (await ensure_creditor()).id
    assert isinstance(await pinning.pin_file(ladder.encode(), "thrice.toml", us, "anne", FIRST), Ladder)
    await bill(invoice("F1", "2026-02-26", 10_000))
    await open_cases(FIRST)
    await clock.start(Mode.STEPPED, FIRST)
    ((case,),) = await rows("SELECT id FROM cases")
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    return case, lease.token


async def sent(case: int, token: UUID, at: datetime) -> None:
    reserved = await handing.prepare(case, token, at, MAIL, write)
    assert isinstance(reserved, Reserved), reserved
    (message,) = reserved.messages
    assert await ledger.begin_handing_over(message, token, at)
    await ledger.settle(message, EffectState.CONFIRMED, "250 Ok", at, sender=case)


async def looked_at(case: int, token: UUID, at: datetime) -> tuple[Dossier, Act | Ask | Wait]:
    found = await collecting.consider(case, token, at, MAIL)
    assert isinstance(found.decision, Act | Ask | Wait)
    return found.dossier, found.decision


async def test_a_step_that_comes_three_times_makes_three_effects() -> None:
    case, token = await a_reminder()
    for place in range(3):
        at = FIRST + timedelta(days=14 * place)
        dossier, decision = await looked_at(case, token, at)
        assert isinstance(decision, Act)
        assert (decision.step.id, decision.occurrence) == ("courtesy_reminder", place + 1)
        await sent(case, token, at)
        again = decide((await looked_at(case, token, at))[0].case, dossier.ladder, at)
        assert isinstance(again, Wait)
    assert await rows("SELECT step, occurrence, attempt, state FROM effect ORDER BY id") == [
        ("courtesy_reminder", 1, 1, "confirmed"),
        ("courtesy_reminder", 2, 1, "confirmed"),
        ("courtesy_reminder", 3, 1, "confirmed"),
    ]
    assert await rows("SELECT step, occurrence, how FROM step_done WHERE how = 'confirmed' ORDER BY id") == [
        ("courtesy_reminder", 1, "confirmed"),
        ("courtesy_reminder", 2, "confirmed"),
        ("courtesy_reminder", 3, "confirmed"),
    ]
    _, after = await looked_at(case, token, FIRST + timedelta(days=42))
    assert isinstance(after, Act)
    assert (after.step.id, after.occurrence) == ("second_reminder", 1)


async def test_a_refused_second_time_is_tried_again_as_the_second_time() -> None:
    case, token = await a_reminder()
    await sent(case, token, FIRST)
    at = FIRST + timedelta(days=14)
    reserved = await handing.prepare(case, token, at, MAIL, write)
    assert isinstance(reserved, Reserved)
    await ledger.begin_handing_over(reserved.messages[0], token, at)
    await ledger.settle(reserved.messages[0], EffectState.REFUSED, "451 later", at, temporary=True, sender=case)
    await sent(case, token, at + timedelta(hours=1))
    assert await rows("SELECT occurrence, attempt, state FROM effect ORDER BY id") == [
        (1, 1, "confirmed"), (2, 1, "refused"), (2, 2, "confirmed"),
    ]  # fmt: skip


async def test_each_time_is_approved_for_itself() -> None:
    case, token = await a_reminder(
        THRICE.replace(
            "repeat = { every = 14, most = 3 }\n", 'repeat = { every = 14, most = 3 }\napproval = "always"\n'
        )
    )
    for place in range(2):
        at = FIRST + timedelta(days=14 * place)
        await clock.advance(at)
        question = await asked(case, token, at)
        assert await answer(question.id, "Send the courtesy reminder") is None
        await sent(case, token, at)
    assert await rows("SELECT occurrence, voided_at FROM approval ORDER BY id") == [(1, None), (2, None)]
    assert await rows("SELECT occurrence FROM question_case ORDER BY id") == [(1,), (2,)]
    assert await rows("SELECT occurrence, state FROM effect ORDER BY id") == [(1, "confirmed"), (2, "confirmed")]


async def test_a_step_skipped_at_its_second_time_is_over_as_a_whole() -> None:
    case, token = await a_reminder()
    await sent(case, token, FIRST)
    at = FIRST + timedelta(days=14)
    step = await skip_step(case, "they called", "marie", at, MAIL, Role.ADMIN)
    assert not isinstance(step, list)
    assert await rows("SELECT occurrence, how FROM step_done WHERE step = 'courtesy_reminder' ORDER BY id") == [
        (1, "confirmed"), (2, "skipped"),
    ]  # fmt: skip
    _, after = await looked_at(case, token, at)
    assert isinstance(after, Act | Wait)
    named = after.step if isinstance(after, Act) else after.next_step
    assert named is not None
    assert named.id == "second_reminder"
