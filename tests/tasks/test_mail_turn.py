"""E-mail that leaves in earnest keeps the pace its server asks for; what goes to the sink, or by SMS, keeps none."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from policies.pace import AT_ONCE
from policies.stages import Channel, Stage
from storage.outgoing import Outgoing
from tasks.mail_turn import in_its_turn
from tests.storage.books import rows

pytestmark = pytest.mark.usefixtures("database_url")

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def letter(recipient: str = "compta@one.example", channel: Channel = Channel.EMAIL, route: str = "live") -> Outgoing:
    return Outgoing(
        1, channel, Stage.COURTESY_REMINDER, "step", route, "us@martin.example", recipient, "", "", b"", "key", NOW
    )


@pytest.fixture(autouse=True)
def relay(monkeypatch: pytest.MonkeyPatch) -> None:
    """One message a minute, and one an hour to each domain."""
    monkeypatch.setenv("RELANCE_SMTP_URL", "smtps://us:secret@mx.example?rate=1/min&per_domain=1/h")


async def test_the_second_message_of_a_minute_is_not_let_through_and_takes_nothing() -> None:
    assert await in_its_turn(letter(), NOW, AT_ONCE)
    assert not await in_its_turn(letter("c@two.example"), NOW, AT_ONCE)
    assert await in_its_turn(letter("c@two.example"), NOW + timedelta(seconds=60), AT_ONCE)
    assert not await in_its_turn(letter("C@One.Example"), NOW + timedelta(minutes=30), AT_ONCE)
    assert await in_its_turn(letter("C@One.Example"), NOW + timedelta(minutes=60), AT_ONCE)
    assert sorted(await rows("SELECT server, domain FROM mail_pace")) == [
        ("us@mx.example:465", ""),
        ("us@mx.example:465", "one.example"),
        ("us@mx.example:465", "two.example"),
    ]


async def test_a_short_wait_is_waited_out() -> None:
    assert await in_its_turn(letter(), NOW, AT_ONCE)
    began = time.monotonic()
    assert await in_its_turn(letter("c@two.example"), NOW + timedelta(seconds=59.7), AT_ONCE)
    assert time.monotonic() - began >= 0.29


async def test_the_sink_sms_and_a_server_without_a_pace_keep_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    for one in (letter(route="sink"), letter("+33612345678", Channel.SMS)):
        for _ in range(3):
            assert await in_its_turn(one, NOW, timedelta())
    monkeypatch.setenv("RELANCE_SMTP_URL", "smtps://us:secret@mx.example")
    for _ in range(3):
        assert await in_its_turn(letter(), NOW, timedelta())
    assert await rows("SELECT * FROM mail_pace") == []
