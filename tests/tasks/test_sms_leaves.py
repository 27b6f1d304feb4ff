"""An SMS on its way out: what left is what is kept, and what a refusal says of a number is remembered."""

import pytest

from policies.stages import Channel
from storage.creditor import ensure_creditor, update
from storage.customers import import_customers
from storage.dossier import load
from storage.session import reading
from storage.sms_doubt import in_doubt
from tests.storage.books import NOON, customer, rows, told
from tests.tasks.sms_books import BOTH, MOBILE, MORNING, a_reminder, sms_of, talk_to
from tests.tasks.twilio_server import REFUSED_TO, twilio

pytestmark = pytest.mark.usefixtures("database_url")

STOPPED, NOT_MOBILE, NO_ROUTE = (
    next(number for number, code in REFUSED_TO.items() if code == wanted) for wanted in (21610, 21614, 21612)
)


async def reach(case: int) -> frozenset[Channel]:
    async with reading() as connection:
        return (await load(connection, [case], MORNING, BOTH))[case].case.reach & BOTH


async def test_what_leaves_is_what_is_kept_under_twilios_number(monkeypatch: pytest.MonkeyPatch) -> None:
    reminder = await a_reminder()
    async with twilio() as server:
        talk_to(server, monkeypatch)
        assert await reminder.leave() == "confirmed"
    [message] = server.messages
    kept = await rows("SELECT text, provider_id, words FROM message WHERE id = :id", id=reminder.sms)
    assert kept == [(message["body"], message["sid"], "201 queued")]
    assert (message["to"], "Martin SAS" in message["body"], "+33 1 23 45 67 89" in message["body"]) == (
        MOBILE,
        True,
        True,
    )
    assert server.wrong == []


async def test_where_nothing_is_known_of_names_that_is_said_with_the_sms(monkeypatch: pytest.MonkeyPatch) -> None:
    reminder = await a_reminder("+32470123456")
    async with twilio() as server:
        talk_to(server, monkeypatch, "Martin")
        assert await reminder.leave() == "confirmed"
    assert (await sms_of(reminder))[2] == "201 queued; whether a name reaches BE is not known"


async def test_who_answered_stop_gets_no_sms_any_more_and_one_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    reminder = await a_reminder(STOPPED)
    async with twilio() as server:
        talk_to(server, monkeypatch)
        assert await reminder.leave() == "refused"
    assert (await sms_of(reminder))[:2] == ("refused", False)
    holds = "SELECT kind, channels, reason, until FROM hold WHERE ended_at IS NULL"
    assert await rows(holds) == [("opt_out", "sms", "answered STOP to an SMS", None)]
    assert await reach(reminder.case) == BOTH  # the wish stands beside the address, which is not dead
    assert "held" in await told("F1")
    assert await rows("SELECT phone_dead_at FROM contact") == [(None,)]


async def test_a_number_that_takes_no_sms_is_dead_until_another_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    reminder = await a_reminder(NOT_MOBILE)
    async with twilio() as server:
        talk_to(server, monkeypatch)
        assert await reminder.leave() == "refused"
    [(at, why)] = await rows("SELECT phone_dead_at, phone_dead_why FROM contact")
    assert (at, "21614" in why) == (MORNING, True)
    assert await reach(reminder.case) == {Channel.EMAIL}
    creditor = await ensure_creditor()
    same, other = (
        customer("C1", "Dupont SARL", phone=NOT_MOBILE, owner="new"),
        customer("C1", "Dupont SARL", phone=MOBILE),
    )
    await import_customers([same], "f", "0" * 64, creditor.id, NOON)
    assert await reach(reminder.case) == {Channel.EMAIL}
    await import_customers([other], "f", "1" * 64, creditor.id, NOON)
    assert await reach(reminder.case) == BOTH
    assert await rows("SELECT phone_dead_at, phone_dead_why FROM contact") == [(None, "")]


async def test_a_number_that_cannot_be_reached_from_ours_is_refused_and_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    reminder = await a_reminder(NO_ROUTE)
    async with twilio() as server:
        talk_to(server, monkeypatch)
        assert await reminder.leave() == "refused"
    assert (await sms_of(reminder))[:2] == ("refused", False)
    assert await rows("SELECT phone_dead_at FROM contact") == [(None,)]


async def test_a_fixed_line_costs_nothing_and_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    reminder = await a_reminder("+33123456789")
    async with twilio() as server:
        talk_to(server, monkeypatch)
        assert await reminder.leave() == "refused"
    assert server.asked == []
    assert await rows("SELECT phone_dead_why FROM contact") == [
        ("The number takes no SMS: by its country's plan it is a fixed line.",)
    ]


async def test_a_text_longer_than_the_creditor_allows_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    reminder = await a_reminder()
    creditor = await ensure_creditor()
    assert await update(creditor.id, {"sms_max_segments": "1"}, "anna", MORNING) == []
    async with twilio() as server:
        talk_to(server, monkeypatch)
        assert await reminder.leave() == "refused"
    assert server.asked == []
    state, temporary, words = await sms_of(reminder)
    assert (state, temporary) == ("refused", False)
    assert words == "The SMS would be cut into 2 parts; the most allowed is 1 (sms_max_segments)."


async def test_an_sms_without_an_answer_is_in_doubt_and_is_not_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reminder = await a_reminder()
    async with twilio() as server:
        server.loses_answers = True
        talk_to(server, monkeypatch)
        assert await reminder.leave() == "ambiguous"
        assert await reminder.leave() == "voided"
    assert len(server.messages) == 1
    assert [one.message for one in await in_doubt(MORNING)] == [reminder.sms]
