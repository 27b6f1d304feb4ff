"""Twilio is asked: what was in doubt is settled, what did not arrive is not done, answers stop or hold."""

from datetime import datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime

import pytest

from storage import service_times, sms_doubt, sms_status
from storage.sms_status import in_minor
from tasks.sms_round import ROUND, ROUND_REST, Round, is_due, sms_round, something_new
from tests.storage.books import bill, do, invoice, open_cases, rows, told
from tests.tasks.sms_books import MOBILE, MORNING, Reminder, a_reminder, sms_of, talk_to
from tests.tasks.twilio_server import OURS, SERVICE, Twilio, twilio

pytestmark = pytest.mark.usefixtures("database_url")

EVENTS = "SELECT kind, provider_ref, address, status, words FROM delivery_event ORDER BY id"


def after(**rest: float) -> datetime:
    return MORNING + timedelta(**rest)


async def sent(server: Twilio, patch: pytest.MonkeyPatch) -> Reminder:
    """An SMS Twilio has taken."""
    server.at = MORNING
    reminder = await a_reminder()
    talk_to(server, patch)
    assert await reminder.leave() == "confirmed"
    return reminder


async def test_what_arrived_is_told_once_with_its_price(monkeypatch: pytest.MonkeyPatch) -> None:
    async with twilio() as server:
        await sent(server, monkeypatch)
        account = server.account()
        assert await sms_round(account, after(minutes=1)) == Round()
        server.says(0, status="delivered")
        assert await sms_round(account, after(minutes=5)) == Round(ended=1)
        server.says(0, price="-0.07500")
        assert await sms_round(account, after(minutes=20)) == Round(ended=1)
        assert await sms_status.due(after(days=5)) == ()
    [message] = server.messages
    assert await rows(EVENTS) == [("delivered", message["sid"], MOBILE, "delivered", "")]
    assert await rows("SELECT cost_minor, cost_currency FROM message WHERE channel = 'sms'") == [(8, "USD")]
    assert (await told("F1")).count("reported") == 1
    assert server.wrong == []


async def test_an_operator_that_says_nothing_is_asked_ever_more_rarely_for_four_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with twilio() as server:
        reminder = await sent(server, monkeypatch)
        server.says(0, status="sent")
        asked = []
        for minute in range(0, 6 * 24 * 60, 20):
            if await sms_status.due(now := after(minutes=minute + 1)):
                asked.append(minute)
                await sms_round(server.account("Martin"), now)
    assert asked == [0, 20, 60, 240, 720, 1440, 2880, 5760]
    assert (await sms_of(reminder))[0] == "confirmed"
    assert await rows(EVENTS) == []


@pytest.mark.parametrize(
    ("code", "kind", "temporary", "dead", "holds"),
    [
        (30005, "dead_address", False, True, []),
        (30006, "dead_address", False, True, []),
        (30003, "not_delivered", True, False, []),
        (None, "not_delivered", True, False, []),
        (30007, "not_delivered", False, False, []),
        (21610, "not_delivered", False, False, [("opt_out", "sms")]),
    ],
)
async def test_what_did_not_arrive_is_not_done(
    monkeypatch: pytest.MonkeyPatch,
    code: int | None,
    kind: str,
    temporary: bool,
    dead: bool,
    holds: list[tuple[str, str]],
) -> None:
    async with twilio() as server:
        reminder = await sent(server, monkeypatch)
        server.says(0, status="undelivered", error_code=code, price="-0.0075")
        assert await sms_round(server.account(), after(minutes=2)) == Round(ended=1)
        assert await sms_round(server.account(), after(days=1)) == Round()
    assert await rows("SELECT kind, status FROM delivery_event") == [(kind, str(code or "undelivered"))]
    assert (await sms_of(reminder))[:2] == ("refused", temporary)
    assert await rows("SELECT phone_dead_at IS NOT NULL FROM contact") == [(dead,)]
    assert await rows("SELECT kind, channels FROM hold") == holds
    assert await rows("SELECT wake_at IS NOT NULL FROM cases") == [(True,)]


async def test_an_sms_twilio_took_although_its_answer_was_lost_is_confirmed(monkeypatch: pytest.MonkeyPatch) -> None:
    async with twilio() as server:
        server.at, server.loses_answers = MORNING, True
        reminder = await a_reminder()
        talk_to(server, monkeypatch)
        server.add(body="something else", to=MOBILE)
        assert await reminder.leave() == "ambiguous"
        late = format_datetime(after(hours=3))  # its clock is wrong
        server.says(1, body="Sent from your Twilio trial account - " + server.messages[1]["body"], date_created=late)
        assert await sms_round(server.account(), after(seconds=30)) == Round(settled=1)
        assert await sms_round(server.account(), after(seconds=40)) == Round()
    assert await sms_of(reminder) == ("confirmed", False, "Twilio has the SMS.")
    assert await rows("SELECT provider_id FROM message WHERE channel = 'sms'") == [(server.messages[1]["sid"],)]
    assert len(server.messages) == 2


async def test_an_sms_twilio_never_had_may_leave_once_more_after_a_quarter_of_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with twilio() as server:
        server.at = MORNING
        reminder = await a_reminder()
        talk_to(server, monkeypatch)
        await do("UPDATE message SET state = 'ambiguous', handed_at = :at WHERE channel = 'sms'", at=MORNING)
        await do("UPDATE effect SET state = 'ambiguous' WHERE channel = 'sms'")
        earlier = await rows("SELECT text FROM message WHERE channel = 'sms'")
        server.add(body=earlier[0][0], to=MOBILE, at=MORNING - timedelta(hours=1))  # the same words, an hour before
        server.add(body="somebody else's words", to=MOBILE, at=MORNING)
        assert await sms_round(server.account(), after(minutes=14)) == Round()
        assert await sms_round(server.account(), after(minutes=15)) == Round(settled=1)
    assert await sms_of(reminder) == ("refused", True, "Twilio never had the SMS.")


async def test_the_same_words_twice_are_told_apart_by_twilios_number(monkeypatch: pytest.MonkeyPatch) -> None:
    async with twilio() as server:
        reminder = await sent(server, monkeypatch)
        await do("UPDATE message SET state = 'ambiguous', provider_id = '' WHERE channel = 'sms'")
        await do("UPDATE effect SET state = 'ambiguous' WHERE channel = 'sms'")
        await do("UPDATE message SET provider_id = :sid WHERE channel = 'email'", sid=server.messages[0]["sid"])
        assert await sms_round(server.account(), after(minutes=5)) == Round()
    assert (await sms_of(reminder))[0] == "ambiguous"


async def test_a_person_who_was_quicker_has_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    async with twilio() as server:
        reminder = await sent(server, monkeypatch)
        assert not await sms_doubt.settle(reminder.sms, "SM1", MORNING)
    assert (await sms_of(reminder))[2] == "201 queued"


@pytest.mark.parametrize(
    "words", ["STOP", " stop. ", "ARRET", "Arrêt", "STOPP", "Stop SMS", "stopall", "QUIT", "désabonner"]
)
async def test_stop_stops_sms_and_nothing_else(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    async with twilio() as server:
        await sent(server, monkeypatch)
        server.add(direction="inbound", to=OURS, body=words, status="received", **{"from": MOBILE})
        assert (await sms_round(server.account(), after(seconds=10))).came_in == 1
    assert await rows("SELECT kind, channels FROM hold") == [("opt_out", "sms")]
    assert await rows("SELECT kind, channel, sender, text FROM incoming_message") == [
        ("opt_out", "sms", MOBILE, words.strip())
    ]


async def test_any_other_answer_is_a_reply_that_holds_and_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    async with twilio() as server:
        reminder = await sent(server, monkeypatch)
        server.page = 2
        for place in range(5):
            server.add(
                direction="inbound",
                to=OURS,
                body=f"stop, facture réglée {place}",
                status="received",
                **{"from": MOBILE},
            )
        server.add(direction="inbound", to="+15005559999", body="for another number of ours", **{"from": MOBILE})
        server.add(direction="inbound", to=OURS, body="", status="received", **{"from": "+33699999999"})
        assert (await sms_round(server.account(), after(seconds=10))).came_in == 6
        assert (await sms_round(server.account(), after(minutes=6))).came_in == 0
    assert await rows("SELECT kind, customer_id, message_id, text FROM incoming_message ORDER BY id LIMIT 2") == [
        ("reply", 1, reminder.sms, "stop, facture réglée 0"), ("reply", 1, reminder.sms, "stop, facture réglée 1"),
    ]  # fmt: skip
    assert await rows("SELECT DISTINCT kind FROM hold") == [("unread_reply",)]
    assert await rows("SELECT customer_id, reason FROM incoming_message WHERE text = ''") == [
        (None, "An SMS without words came in: it may be a picture.")
    ]
    assert server.wrong == []


async def test_an_answer_from_a_number_two_customers_share_is_nobodys_until_one_was_written_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with twilio() as server:
        server.at = MORNING
        for number, who in (("F1", "C1"), ("F2", "C2")):
            await bill(invoice(number, "2026-02-10", 100, phone=MOBILE, customer_number=who))
        await open_cases(MORNING)
        server.add(direction="inbound", to=OURS, body="Bonjour", messaging_service_sid=SERVICE, **{"from": MOBILE})
        assert (await sms_round(server.account(SERVICE), after(seconds=10))).came_in == 1
    assert await rows("SELECT customer_id FROM incoming_message") == [(None,)]


async def test_twilio_that_cannot_be_asked_is_asked_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    async with twilio() as server:
        await sent(server, monkeypatch)
        server.says(0, status="delivered", price="-0.01")
        server.refuses = (503, 20503, "Service unavailable")
        told_of = await sms_round(server.account(), after(minutes=2))
        assert (told_of.ended, "503" in told_of.problem) == (0, True)
        server.refuses = None
        assert (await sms_round(server.account(), after(minutes=3))).ended == 1


async def test_after_trouble_twilio_is_left_alone_for_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    async with twilio() as server:
        await sent(server, monkeypatch)
        assert await service_times.claim(ROUND, after(minutes=2), ROUND_REST)
        assert not await service_times.claim(ROUND, after(minutes=2), ROUND_REST)  # another dispatcher
        server.refuses = (503, 20503, "Service unavailable")
        await sms_round(server.account(), after(minutes=2))
        times = [after(minutes=minutes) for minutes in (3, 11, 12)]
        assert [await is_due(server.account(), now) for now in times] == [False, False, True]


@pytest.mark.parametrize("hidden", ["", "****"])
async def test_where_twilio_keeps_no_words_a_person_decides(monkeypatch: pytest.MonkeyPatch, hidden: str) -> None:
    async with twilio() as server:
        server.at, server.loses_answers = MORNING, True
        reminder = await a_reminder()
        talk_to(server, monkeypatch)
        assert await reminder.leave() == "ambiguous"
        server.says(0, body=hidden)
        for minutes in (1, 15, 16):
            assert await sms_round(server.account(), after(minutes=minutes)) == Round()
        assert (await sms_of(reminder))[0] == "ambiguous"
        assert await sms_doubt.in_doubt(after(minutes=17)) == ()


async def test_a_message_twilio_has_forgotten_is_not_asked_about_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with twilio() as server:
        reminder = await sent(server, monkeypatch)
        server.messages.clear()
        assert await sms_round(server.account(), after(minutes=2)) == Round()
        assert await sms_status.due(after(days=9)) == ()
    assert (await sms_of(reminder))[0] == "confirmed"


async def test_under_a_name_nobody_answers_and_twilio_is_only_asked_where_something_is_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with twilio() as server:
        name = server.account("Martin")
        assert not await is_due(name, MORNING)
        assert await is_due(server.account(), MORNING)
        reminder = await a_reminder()
        talk_to(server, monkeypatch, "Martin")
        assert await reminder.leave() == "confirmed"
        assert [await is_due(name, now) for now in (MORNING, after(minutes=1))] == [False, True]


async def test_a_look_that_finds_nothing_tells_nobody_and_asks_again_in_its_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with twilio() as server:
        await sent(server, monkeypatch)
        account = server.account()
        assert not await something_new(account, after(minutes=1))
        assert [await is_due(account, now) for now in (after(minutes=4), after(minutes=6))] == [False, True]
        server.says(0, status="delivered")
        assert await something_new(account, after(minutes=6))
        assert await sms_round(account, after(minutes=6)) == Round(ended=1)
        server.says(0, price="-0.07500")
        assert not await something_new(account, after(minutes=21))  # a price is booked, and told where costs are
        assert await sms_status.due(after(days=5)) == ()
    assert await rows("SELECT cost_minor, cost_currency FROM message WHERE channel = 'sms'") == [(8, "USD")]
    assert await rows("SELECT kind FROM delivery_event") == [("delivered",)]


async def test_an_answer_is_new_until_a_round_has_kept_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async with twilio() as server:
        await bill(invoice("F1", "2026-02-10", 100, phone=MOBILE))
        account = server.account()
        assert not await something_new(account, MORNING)
        server.add(direction="inbound", to=OURS, body="Bonjour", status="received", **{"from": MOBILE}, at=MORNING)
        assert not await something_new(account, after(minutes=4))
        assert await something_new(account, after(minutes=5))
        assert await something_new(account, after(minutes=6))  # nobody made the round: it is not forgotten
        assert (await sms_round(account, after(minutes=6))).came_in == 1
        assert not await something_new(account, after(minutes=12))


async def test_a_doubt_is_news_when_it_ends_and_trouble_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    async with twilio() as server:
        await sent(server, monkeypatch)
        await do("UPDATE message SET state = 'ambiguous', provider_id = '' WHERE channel = 'sms'")
        server.messages.clear()
        news = [await something_new(server.account("Martin"), after(minutes=minutes)) for minutes in (1, 14, 15)]
        assert news == [False, False, True]
        server.refuses = (503, 20503, "Service unavailable")
        times = [after(minutes=16), after(minutes=30), after(hours=23), after(hours=25)]
        assert [await something_new(server.account(), now) for now in times] == [True, False, False, True]


def test_a_price_is_never_told_cheaper_than_it_was() -> None:
    said = [("0.0750", "USD"), ("0.0075", "EUR"), ("0.08", "EUR"), ("0", "EUR"), ("1.2", "JPY"), ("0.0075", "KWD")]
    assert [in_minor(Decimal(price), currency) for price, currency in said] == [8, 1, 8, 0, 2, 8]
