"""What was written about an invoice by e-mail is one conversation; what went another way is not part of it."""

from datetime import timedelta

import pytest

from policies.case import EffectState
from policies.stages import Channel
from storage import bundles, ledger
from storage.dossier import Dossier, load
from storage.session import reading
from storage.threads import LONGEST
from tests.storage.books import do, rows
from tests.storage.test_ledger import BOTH, MORNING, a_second_reminder, reserve

pytestmark = pytest.mark.usefixtures("database_url")


async def thread(case: int) -> tuple[str, ...]:
    async with reading() as connection:
        found: dict[int, Dossier] = await load(connection, [case], MORNING, BOTH)
        step = found[case].ladder.step("formal_notice")
        assert step is not None
        facts = await bundles.message_facts(
            connection, found.values(), step, Channel.EMAIL, MORNING + timedelta(days=20)
        )
    return facts.thread


async def test_a_message_answers_the_emails_that_left_about_its_invoices() -> None:
    case, token = await a_second_reminder()
    await do("UPDATE creditor SET email = 'compta@us.example'")
    assert await thread(case) == ()
    mail, sms = await reserve(case, token)
    assert await thread(case) == ()  # it has not left yet
    for message in (mail, sms):
        assert await ledger.begin_handing_over(message, token, MORNING)
        await ledger.settle(message, EffectState.CONFIRMED, "250 Ok", MORNING, sender=case)
    [(key,)] = await rows("SELECT key FROM message WHERE id = :id", id=mail)
    assert await thread(case) == (key,)
    await do("UPDATE creditor SET live = true")
    assert await thread(case) == ()  # the customer never saw what the sink has
    await do("UPDATE creditor SET live = false, email = 'compta@other.example'")
    assert await thread(case) == ()  # its Message-ID had another domain


async def test_a_long_conversation_is_named_by_its_beginning_and_its_end() -> None:
    case, token = await a_second_reminder()
    await do("UPDATE creditor SET email = 'compta@us.example'")
    mail, _ = await reserve(case, token)
    await do(
        "INSERT INTO message (creditor_id, customer_id, currency, stage, window_on, channel, state, route, key, sender, raw, "
        "calculated_at, handed_at) SELECT creditor_id, customer_id, currency, stage, window_on + n, channel, 'confirmed', "
        "route, 'k' || n, sender, '', calculated_at, calculated_at + n * interval '1 day' "
        "FROM message, generate_series(1, 30) AS n WHERE id = :id",
        id=mail,
    )
    await do(
        "INSERT INTO effect (case_id, step, occurrence, channel, state, route, message_id, changed_at) "
        "SELECT :case, 'x', id, 'email', 'confirmed', 'sink', id, now() FROM message WHERE key LIKE 'k%'",
        case=case,
    )
    assert await thread(case) == ("k1", *(f"k{n}" for n in range(32 - LONGEST, 31)))
