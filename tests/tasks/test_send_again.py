"""A message that leaves once more differs in four headers and in nothing else."""

from datetime import UTC, datetime

from policies.stages import Stage
from tasks.compose import compose, message_id
from tasks.render import render
from tasks.send_again import sent_again
from tests.tasks.letters import facts
from tests.tasks.test_compose import parsed

AT = datetime(2026, 1, 7, 9, 30, tzinfo=UTC)


def test_the_words_and_the_address_stay_and_it_answers_itself() -> None:
    message = facts(Stage.SECOND_REMINDER, "fr", thread=("a", "b", "c"))
    raw = compose(
        message, render(message), sender="a@martin.example", recipient="c@dupont.example", domain="martin.example"
    )
    assert isinstance(raw, bytes)
    twice = sent_again(raw, "another", AT)
    first, second = parsed(raw), parsed(twice)
    new = {"Message-ID", "Date", "In-Reply-To", "References"}
    assert {name: str(value) for name, value in first.items() if name not in new} == {
        name: str(value) for name, value in second.items() if name not in new
    }
    assert [str(second[name]) for name in ("Message-ID", "Date", "In-Reply-To", "References")] == [
        message_id("another", "martin.example"), "Wed, 07 Jan 2026 09:30:00 +0000", str(first["Message-ID"]), str(first["Message-ID"]),
    ]  # fmt: skip
    assert raw.partition(b"\r\n\r\n")[2] == twice.partition(b"\r\n\r\n")[2]
    assert len(second.get_all("Message-ID", [])) == len(second.get_all("References", [])) == 1
