"""Whole messages are taken in as they arrive; a person says whose one is, and that it has been dealt with."""

import pytest

from policies.incoming import IncomingKind
from policies.problems import Problem
from storage import incoming_deeds, incoming_views
from storage.deliveries import reports_of
from tasks.incoming_letter import take_in, understood
from tests.storage.books import bill, do, invoice, open_cases, rows, woken
from tests.storage.letters_out import MORNING, NOON, dupont, id_of, send
from tests.tasks.incoming_letters import failed, letter, report

pytestmark = pytest.mark.usefixtures("database_url")


async def holds() -> list[tuple[str, str]]:
    found = await rows("SELECT kind, origin FROM hold WHERE ended_at IS NULL ORDER BY id")
    return [(row[0], row[1]) for row in found]


async def assign(id: int, customer: str) -> list[Problem]:
    view, raw = await incoming_views.one(id), await incoming_views.raw_of(id)
    assert view is not None
    assert raw is not None
    return await incoming_deeds.assign(id, customer, await understood(view, raw), "marie", NOON)


async def test_a_bounce_as_a_server_writes_it_undoes_the_step_and_is_kept_with_its_bytes() -> None:
    case = await dupont()
    message = await send(case)
    rows_ = failed("5.1.1", "550 5.1.1 User unknown", address="compta@dupont.example")
    raw = report(rows_).replace(b"<0123456789abcdef@creancier.example>", (await id_of(message)).encode())
    taken = await take_in(raw, NOON, NOON)
    assert (taken.number, taken.kind) == (1, IncomingKind.HARD_BOUNCE)
    assert (await take_in(raw, NOON, NOON)).number is None
    assert await rows("SELECT step FROM step_done") == []
    assert await incoming_views.raw_of(1) == raw
    (event,) = (await reports_of([message]))[message]
    assert (event.kind.value, event.address, event.status) == ("dead_address", "compta@dupont.example", "5.1.1")
    (view,) = await incoming_views.incoming(everything=True)
    assert (view.customer_number, view.message, view.recipient, view.invoices, view.read_by) == (
        "C1", message, "relances@creancier.example", ("F1",), "relance",
    )  # fmt: skip
    assert await incoming_views.incoming() == ()


async def test_a_forwarded_bounce_is_a_reply_of_who_forwards_it() -> None:
    case = await dupont()
    message = await send(case)
    inner = report(failed("5.1.1", "550 User unknown", address="compta@dupont.example")).decode()
    raw = letter(f"Que faire ?\n\n---------- Forwarded message ----------\n{inner}", sender="chef@dupont.example")
    taken = await take_in(raw.replace(b"0123456789abcdef@creancier", (await id_of(message))[1:20].encode()), NOON, NOON)
    assert taken.kind is IncomingKind.REPLY
    assert await rows("SELECT email_dead_at FROM contact") == [(None,)]


async def test_bytes_that_are_no_message_are_kept_for_a_person() -> None:
    await dupont()
    for raw in (
        b"",
        b"\x00\xff\xfe",
        b"From: \r\n" * 5000,
        b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n" * 50,
    ):
        assert (await take_in(raw, NOON, NOON)).number is not None
    assert len(await incoming_views.incoming()) == await incoming_views.unread() == 4


async def test_a_message_that_cannot_be_kept_as_it_was_read_is_kept_for_a_person() -> None:
    case = await dupont()
    await send(case)
    await do("UPDATE customer SET zone = 'Nowhere/Land'")
    taken = await take_in(letter("Bonjour", sender="compta@dupont.example"), NOON, NOON)
    assert (taken.number is not None, taken.kind) == (True, IncomingKind.REPLY)
    (view,) = await incoming_views.incoming()
    assert (view.customer_number, view.reason) == (
        "",
        "It could not be read: a person must look at the message itself.",
    )


async def test_whoever_says_whose_it_is_starts_what_follows() -> None:
    case = await dupont()
    await send(case)
    await bill(invoice("G1", "2026-02-27", 100, customer_number="C2", customer_name="Martin", email="m@martin.example"))
    raw = letter("Nous contestons.", subject="Votre relance", sender="cabinet@expert.example")
    number = (await take_in(raw, NOON, NOON)).number
    assert number is not None
    assert await holds() == []
    assert [one.customer_number for one in await incoming_views.incoming()] == [""]
    assert "There is no customer" in (await assign(number, "Nobody"))[0].reason
    assert "There is no incoming message 99" in (await incoming_deeds.dealt_with(99, "marie", NOON))[0].reason
    assert await assign(number, "Dupont") == []
    assert await holds() == [("unread_reply", f"incoming:{number}")]
    assert await woken() == ["F1"]
    assert [one.reason for one in await assign(number, "C2")] == [f"Message {number} has a customer already."]


async def test_what_was_held_goes_on_once_a_person_has_dealt_with_the_message() -> None:
    case = await dupont()
    await send(case)
    for place, text in enumerate(("Bonjour, une question.", "Et encore une.")):
        raw = letter(text, sender="compta@dupont.example").replace(b"answer-1", f"answer-{place}".encode())
        await take_in(raw, NOON, NOON)
    await do("UPDATE cases SET wake_at = NULL")
    assert await incoming_deeds.dealt_with(1, "marie", NOON) == []
    assert await holds() == [("unread_reply", "incoming:2")]
    assert await woken() == ["F1"]
    assert "has been dealt with already" in (await incoming_deeds.dealt_with(1, "paul", MORNING))[0].reason
    assert await rows("SELECT id, read_by FROM incoming_message ORDER BY id") == [(1, "marie"), (2, "")]
    assert await rows("SELECT ended_by FROM hold ORDER BY id") == [("marie",), ("",)]


async def test_what_was_put_aside_before_its_customer_was_known_is_to_be_read_again() -> None:
    case = await dupont()
    await send(case)
    await take_in(letter("Nous contestons.", subject="Votre relance", sender="cabinet@expert.example"), NOON, NOON)
    assert await incoming_deeds.dealt_with(1, "marie", NOON) == []
    assert await assign(1, "Dupont") == []
    assert await holds() == [("unread_reply", "incoming:1")]
    assert [one.read_by for one in await incoming_views.incoming()] == [""]
    assert await incoming_deeds.dealt_with(1, "marie", NOON) == []
    assert await holds() == []


async def test_a_message_stays_what_it_was_kept_as_whatever_later_rules_say_of_it() -> None:
    case = await dupont()
    await send(case)
    await take_in(letter("Nous contestons.", subject="Votre relance", sender="cabinet@expert.example"), NOON, NOON)
    await do("UPDATE incoming_message SET kind = 'auto_reply', reason = 'as it was read then', read_at = received_at")
    assert await assign(1, "Dupont") == []
    assert await holds() == []
    assert await incoming_views.incoming() == ()


async def test_a_reply_from_an_address_customers_share_holds_all_of_them_until_one_is_named() -> None:
    await dupont()
    shared = {"email": "compta@groupe.example"}
    await bill(
        invoice("G1", "2026-02-27", 100, customer_number="C2", customer_name="Nord", **shared),
        invoice("G2", "2026-02-27", 100, customer_number="C3", customer_name="Sud", **shared),
    )
    await open_cases(NOON)
    held = "SELECT d.number FROM hold h JOIN customer d ON d.id = h.customer_id WHERE h.ended_at IS NULL ORDER BY 1"
    await take_in(letter("Nous avons payé.", subject="Vos factures", sender="compta@groupe.example"), NOON, NOON)
    assert await rows(held) == [("C2",), ("C3",)]
    assert [one.customer_number for one in await incoming_views.incoming()] == [""]
    await do("UPDATE cases SET wake_at = NULL")
    assert (await assign(1, "Nobody"))[0].reason.startswith("There is no customer")
    assert await rows(held) == [("C2",), ("C3",)]
    assert await assign(1, "C3") == []
    assert await rows(held) == [("C3",)]
    assert [one.reason for one in await assign(1, "C2")] == ["Message 1 has a customer already."]
    assert await rows(held) == [("C3",)]
    assert await woken() == ["G1", "G2"]


async def test_a_message_of_several_that_was_dealt_with_holds_none_of_them() -> None:
    shared = {"email": "compta@groupe.example"}
    await bill(
        invoice("G1", "2026-02-27", 100, customer_number="C2", customer_name="Nord", **shared),
        invoice("G2", "2026-02-27", 100, customer_number="C3", customer_name="Sud", **shared),
    )
    await open_cases(NOON)
    await take_in(letter("Nous avons payé.", subject="Vos factures", sender="compta@groupe.example"), NOON, NOON)
    await take_in(
        letter("STOP", subject="Vos factures", sender="compta@groupe.example").replace(b"answer-1", b"a-2"), NOON, NOON
    )
    assert await incoming_deeds.dealt_with(1, "marie", NOON) == []
    assert await rows("SELECT kind, customer_id FROM hold WHERE ended_at IS NULL ORDER BY customer_id") == [
        ("opt_out", 1), ("opt_out", 2)
    ]  # fmt: skip
