"""What comes back becomes facts in one transaction: a bounce undoes what counted as done, whoever writes stops everything."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from policies.case import EffectState
from policies.decide import decide
from policies.decisions import Act, Ask, Close, Wait
from policies.incoming import Failure, IncomingKind
from storage import ledger
from storage.dossier import load
from storage.session import reading
from tests.storage.books import bill, do, invoice, open_cases, rows, told, woken
from tests.storage.letters_out import BOTH, DUPONT, MORNING, NOON, bounce, come, dupont, id_of, reserve, send, what

pytestmark = pytest.mark.usefixtures("database_url")
LATER = NOON + timedelta(days=1)


async def decided(case: int, at: datetime = NOON) -> str:
    """What the case would do."""
    async with reading() as connection:
        dossier = (await load(connection, [case], at, BOTH))[case]
    match decide(dossier.case, dossier.ladder, at):
        case Act(step=step, channel=channel):
            return f"{step.id} by {channel.value}"
        case Ask(question=question):
            return f"ask {question.value}"
        case Wait(until=until, because=because):
            return f"wait {because.code.value} {until:%d %H:%M}" if until else f"wait {because.code.value}"
        case Close(outcome=outcome):
            return f"close {outcome.value}"


async def effects() -> list[tuple[str, str, str, bool]]:
    found = await rows("SELECT step, channel, state, temporary FROM effect ORDER BY id")
    return [(row[0], row[1], row[2], row[3]) for row in found]


async def holds() -> list[tuple[str, str, str, bool]]:
    return [
        (row[0], row[1], row[2], row[3])
        for row in await rows(
            "SELECT kind, channels, origin, case_id IS NULL FROM hold WHERE ended_at IS NULL ORDER BY id"
        )
    ]


async def reports() -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in await rows("SELECT kind, status FROM delivery_event ORDER BY id")]


async def unread() -> list[tuple[str, bool]]:
    return [(row[0], row[1]) for row in await rows("SELECT kind, read_at IS NULL FROM incoming_message ORDER BY id")]


async def test_a_hard_bounce_kills_the_address_and_the_next_channel_carries_the_step() -> None:
    case = await dupont()
    message = await send(case)
    assert await rows("SELECT step, how FROM step_done") == [("courtesy_reminder", "confirmed")]
    await come(await bounce(message))
    assert await effects() == [("courtesy_reminder", "email", "refused", False)]
    assert await rows("SELECT step FROM step_done") == []
    assert await rows("SELECT email_dead_at, email_dead_why FROM contact") == [(NOON, "5.1.1 550 User unknown")]
    assert await rows("SELECT state, provider_id FROM message") == [("refused", "queued as 7")]
    assert await reports() == [("dead_address", "5.1.1")]
    assert await unread() == [("hard_bounce", False)]
    assert await woken() == ["F1"]
    assert await decided(case) == "courtesy_reminder by sms"
    assert (await told("F1"))[-3:] == ["confirmed", "refused", "step_undone"]


async def test_where_somebody_stands_in_the_same_channel_carries_the_step_to_them() -> None:
    case = await dupont()
    await do("INSERT INTO contact (customer_id, role, email) VALUES (1, 'management', 'chef@dupont.example')")
    first = await send(case)
    await come(await bounce(first))
    soon = NOON + timedelta(minutes=2)
    assert await decided(case, soon) == "courtesy_reminder by email"
    second = await send(case, soon)
    assert await rows("SELECT recipient, state FROM message ORDER BY id") == [
        (DUPONT, "refused"), ("chef@dupont.example", "confirmed"),
    ]  # fmt: skip
    assert await id_of(first) == await id_of(second)
    await come(await bounce(first, ref="<late@mx.example>"), soon)
    assert await effects() == [
        ("courtesy_reminder", "email", "refused", True), ("courtesy_reminder", "email", "confirmed", False),
    ]  # fmt: skip
    await come(await bounce(second, address="chef@dupont.example", ref="<b3@mx.example>"), soon)
    assert await decided(case, soon) == "courtesy_reminder by sms"


async def test_without_another_channel_a_person_is_asked_for_an_address() -> None:
    case = await dupont(phone="")
    await come(await bounce(await send(case)))
    assert await decided(case) == "ask undeliverable"


async def test_the_same_bounce_twice_changes_nothing_more() -> None:
    case = await dupont()
    message = await send(case)
    found = await bounce(message)
    assert await come(found) == 1
    before = await rows("SELECT version, chain_length FROM cases")
    assert await come(found) is None
    assert await rows("SELECT version, chain_length FROM cases") == before
    assert await rows("SELECT count(*) FROM incoming_message") == [(1,)]


async def test_a_second_report_about_the_same_message_is_kept_and_undoes_nothing_more() -> None:
    case = await dupont()
    message = await send(case)
    await come(await bounce(message))
    again = await send(case, LATER)
    await come(await bounce(message, ref="<b2@mx.example>"), LATER)
    assert await reports() == [("dead_address", "5.1.1"), ("dead_address", "5.1.1")]
    assert await effects() == [
        ("courtesy_reminder", "email", "refused", False), ("courtesy_reminder", "sms", "confirmed", False),
    ]  # fmt: skip
    assert again != message


async def test_a_forged_bounce_is_a_note_to_a_person() -> None:
    case = await dupont()
    message = await send(case)
    ours = await id_of(message)
    forged = [
        await bounce(message, address="someone@else.example", ref="<f1@x.example>"),
        what(
            IncomingKind.HARD_BOUNCE, message_id="<f2@x.example>", failures=(Failure(DUPONT, True, "5.1.1", "unknown"),)
        ),
        what(
            IncomingKind.HARD_BOUNCE, message_id="<f3@x.example>", failures=(Failure(DUPONT, True, "5.1.1", "unknown"),),
            answers=(ours.replace("us.example", "evil.example"),),
        ),
        what(IncomingKind.HARD_BOUNCE, message_id="<f4@x.example>", answers=(ours,)),
    ]  # fmt: skip
    for one in forged:
        await come(one)
    assert await effects() == [("courtesy_reminder", "email", "confirmed", False)]
    assert await rows("SELECT email_dead_at FROM contact") == [(None,)]
    assert await reports() == [("doubted", "5.1.1"), ("doubted", "")]
    assert await unread() == [("hard_bounce", True)] * 4


async def test_what_only_the_sink_has_cannot_have_come_back() -> None:
    case = await dupont()
    await do("UPDATE creditor SET live = false")
    message = await send(case)
    await come(await bounce(message))
    assert await effects() == [("courtesy_reminder", "email", "confirmed", False)]
    assert await unread() == [("hard_bounce", True)]


async def test_a_soft_bounce_is_tried_again_a_day_later_three_times_at_most() -> None:
    case = await dupont(phone="")
    at = MORNING
    for time in (1, 2, 3):
        message = await send(case, at)
        await come(await bounce(message, hard=False, ref=f"<s{time}@mx.example>"), at + timedelta(hours=1))
        if time < 3:
            told_ = at + timedelta(hours=25)
            assert await decided(case, at + timedelta(hours=2)) == f"wait refused_for_now {told_:%d %H:%M}"
        at += timedelta(hours=26)
    assert await rows("SELECT email_dead_at FROM contact") == [(None,)]
    assert [one[2:] for one in await effects()] == [("refused", True), ("refused", True), ("refused", False)]
    assert await decided(case, at) == "ask undeliverable"


async def an_approved_notice() -> int:
    """A case whose formal notice leaves, as a person agreed."""
    case = await dupont(due="2026-01-28")
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) VALUES "
        "(:c, 'courtesy_reminder', 'courtesy_reminder', '2026-01-31', 'confirmed'), "
        "(:c, 'second_reminder', 'second_reminder', '2026-02-10', 'confirmed')",
        c=case,
    )
    await do(
        "INSERT INTO question (creditor_id, customer_id, kind, state, asked_at) VALUES (1, 1, 'approve', 'answered', :at)",
        at=MORNING,
    )
    await do(
        "INSERT INTO approval (case_id, step, kind, question_id, principal, agreed_on) "
        "VALUES (:c, 'formal_notice', 'approve', 1, 10000, '2026-03-03')",
        c=case,
    )
    return case


async def test_a_bounce_of_the_notice_stops_its_deadline() -> None:
    case = await an_approved_notice()
    message = await send(case)
    assert await rows("SELECT pay_by FROM step_done WHERE step = 'formal_notice'") == [(date(2026, 3, 13),)]
    await come(await bounce(message))
    assert await rows("SELECT step FROM step_done ORDER BY id") == [("courtesy_reminder",), ("second_reminder",)]
    assert await rows("SELECT voided_why FROM approval") == [("its message was not delivered",)]
    assert await decided(case) == "ask undeliverable"


async def test_a_notice_that_bounces_after_a_harder_step_holds_the_case_until_a_person_decides() -> None:
    case = await an_approved_notice()
    message = await send(case)
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "VALUES (:c, 'follow_up_call', 'follow_up_call', '2026-03-16', 'confirmed')",
        c=case,
    )
    await come(await bounce(message), NOON + timedelta(days=14))
    assert await holds() == [("manual", "", "", False)]
    assert await decided(case, NOON + timedelta(days=40)) == "ask hold_review"


async def test_the_sms_sent_besides_does_not_make_up_for_the_email_that_bounced() -> None:
    case = await dupont(due="2026-02-10")
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "VALUES (:c, 'courtesy_reminder', 'courtesy_reminder', '2026-02-13', 'confirmed')",
        c=case,
    )
    (mail, sms), token = await reserve(case)
    for one in (mail, sms):
        assert await ledger.begin_handing_over(one, token, MORNING)
        await ledger.settle(one, EffectState.CONFIRMED, "250 Ok", MORNING, sender=case)
    await come(await bounce(mail))
    assert await rows("SELECT step FROM step_done") == [("courtesy_reminder",)]
    assert await effects() == [
        ("second_reminder", "email", "refused", False), ("second_reminder", "sms", "confirmed", False),
    ]  # fmt: skip


async def test_a_reply_holds_every_invoice_of_the_customer_those_to_come_too() -> None:
    case = await dupont()
    message = await send(case)
    await bill(invoice("F2", "2026-02-20", 5_000))
    await open_cases(MORNING)
    await come(
        what(IncomingKind.REPLY, answers=("<x@y.example>", await id_of(message)), sender="j.dupont@home.example")
    )
    assert await holds() == [("unread_reply", "", "incoming:1", True)]
    assert await woken() == ["F1", "F2"]
    assert await rows("SELECT case_id FROM incoming_case") == [(case,)]
    await bill(invoice("F3", "2026-02-20", 5_000))
    await open_cases(NOON)
    for number in ("F1", "F2", "F3"):
        found = await rows(
            "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :n", n=number
        )
        assert await decided(found[0][0], NOON + timedelta(days=30)) == "wait on_hold"
    assert (await told("F2"))[-1] == "held"
    assert await unread() == [("reply", True)]


async def test_a_message_reserved_when_the_reply_came_does_not_leave() -> None:
    case = await dupont()
    (message, *_), token = await reserve(case)
    await come(what(IncomingKind.REPLY))
    assert not await ledger.begin_handing_over(message, token, NOON)
    assert await effects() == [("courtesy_reminder", "email", "voided", False)]


async def test_an_automatic_reply_is_a_note_and_changes_nothing() -> None:
    case = await dupont()
    message = await send(case)
    before = await rows("SELECT version, wake_at FROM cases")
    away = what(
        IncomingKind.AUTO_REPLY, returns=date(2026, 3, 16), text="Je suis absent.", answers=(await id_of(message),)
    )
    await come(away)
    assert await rows("SELECT version, wake_at FROM cases") == before
    assert await holds() == []
    assert await rows("SELECT actor, text FROM note") == [
        ("relance", f"Automatic reply of {DUPONT}, back on 2026-03-16: Je suis absent.")
    ]
    assert await unread() == [("auto_reply", False)]
    assert await rows("SELECT returns_on FROM incoming_message") == [(date(2026, 3, 16),)]


async def test_a_complaint_stops_everything_and_email_for_good() -> None:
    case = await dupont()
    message = await send(case)
    await come(what(IncomingKind.COMPLAINT, sender="fbl@provider.example", answers=(await id_of(message),)))
    assert await holds() == [("complaint", "", "incoming:1", True), ("opt_out", "email", "incoming:1", True)]
    assert await reports() == [("complaint", "")]


async def test_an_opt_out_stops_its_channel_once() -> None:
    case = await dupont()
    await come(what(IncomingKind.OPT_OUT))
    await come(what(IncomingKind.OPT_OUT, message_id="<in-2@dupont.example>"))
    await come(what(IncomingKind.OPT_OUT, message_id="SM1"), channel="sms")
    assert await holds() == [("opt_out", "email", "incoming:1", True), ("opt_out", "sms", "incoming:3", True)]
    assert await decided(case) == "wait not_yet_due 11 08:00"


async def test_a_report_of_delivery_confirms_what_was_in_doubt() -> None:
    case = await dupont()
    message = await send(case, ended=EffectState.AMBIGUOUS)
    found = what(IncomingKind.DELIVERED, answers=(await id_of(message),))
    await come(found)
    assert await effects() == [("courtesy_reminder", "email", "confirmed", False)]
    assert await rows("SELECT step, how FROM step_done") == [("courtesy_reminder", "confirmed")]
    assert await reports() == [("delivered", "")]
    await come(what(IncomingKind.READ, message_id="<in-3@d.example>", answers=(await id_of(message),)))
    await come(what(IncomingKind.DELAYED, message_id="<in-4@d.example>", answers=(await id_of(message),)))
    assert [one[0] for one in await reports()] == ["delivered", "read", "delayed"]
    assert await holds() == []


async def test_whose_it_is_is_told_by_the_surest_sign() -> None:
    await dupont()
    await bill(
        invoice("G-2026-7", "2026-02-27", 100, customer_number="C2", customer_name="Martin", email="eric@gmail.com"),
        invoice("H1", "2026-02-27", 100, customer_number="C3", customer_name="Petit", email="a@petit.example"),
        invoice("H2", "2026-02-27", 100, customer_number="C4", customer_name="Grand", email="b@petit.example"),
    )
    signs: list[dict[str, Any]] = [
        {"sender": DUPONT}, {"sender": "chef@dupont.example"}, {"sender": "eric@gmail.com"}, {"sender": "anne@gmail.com"},
        {"sender": "x@petit.example"}, {"sender": "b@petit.example"}, {"sender": "", "references": ("G-2026-7",)},
        {"sender": "x@y.example", "references": ("G-2026-7", "F1")}, {"sender": "x@y.example"},
    ]  # fmt: skip
    for place, sign in enumerate(signs):
        await come(what(IncomingKind.REPLY, message_id=f"<w{place}@x.example>", **sign))
    found = await rows(
        "SELECT d.number, m.found_by FROM incoming_message m LEFT JOIN customer d ON d.id = m.customer_id ORDER BY m.id"
    )
    nothing = "nothing in it names a customer"
    assert found == [
        ("C1", "the customer writes from there"), ("C1", "the customer has that domain"),
        ("C2", "the customer writes from there"), (None, nothing), (None, nothing), ("C4", "the customer writes from there"),
        ("C2", "its subject names an invoice"), (None, nothing), (None, nothing),
    ]  # fmt: skip
    assert all(one == ("reply", True) for one in await unread())


async def test_a_copy_of_our_own_message_is_nobodys_reply() -> None:
    case = await dupont()
    message = await send(case)
    await do("UPDATE creditor SET reply_to = 'Compta@us.example'")
    marked = b"From: compta@us.example\r\nX-Relance-Channel: email\r\n\r\nX"
    ours = await id_of(message)
    await come(what(IncomingKind.REPLY, message_id=ours, sender="compta@us.example"), raw=marked)
    assert await holds() == []
    assert await unread() == [("reply", False)]
    await come(what(IncomingKind.REPLY, message_id=ours, text="Votre message"), raw=marked + b"2")
    assert await holds() == [("unread_reply", "", "incoming:3", True)]


async def test_an_agreement_to_write_to_a_dead_address_is_void() -> None:
    case = await an_approved_notice()
    await bill(invoice("F2", "2026-02-27", 5_000))
    await open_cases(MORNING)
    other = (await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = 'F2'"))[0][0]
    await do("INSERT INTO hold (customer_id, case_id, kind, since) VALUES (1, :c, 'dispute', '2026-03-01')", c=case)
    await come(await bounce(await send(other)))
    assert await rows("SELECT voided_why FROM approval") == [("the address is dead",)]


async def test_another_message_under_the_same_message_id_is_kept_too() -> None:
    await dupont()
    assert await come(what(IncomingKind.REPLY), raw=b"one") == 1
    assert await come(what(IncomingKind.REPLY), raw=b"the same by another way") is None
    assert await come(what(IncomingKind.REPLY, text="Something else"), raw=b"two") is not None
    assert await come(what(IncomingKind.REPLY, text="Something else"), raw=b"two") is None
    assert len(await holds()) == 2


async def test_signs_no_database_can_hold_keep_no_message_out() -> None:
    await dupont()
    odd = what(
        IncomingKind.REPLY,
        message_id="<" + "x" * 4000 + ">",
        subject="\x00\ud800",
        text="a\x00b",
        sender="\udcff@x.example",
    )
    assert await come(odd) is not None
    assert await come(odd) is None
    assert await rows("SELECT subject, text, sender FROM incoming_message") == [("?", "ab", "?@x.example")]


async def test_a_bounce_of_an_address_that_was_corrected_meanwhile_sends_the_step_to_the_new_one() -> None:
    case = await dupont()
    message = await send(case)
    await do("UPDATE contact SET email = 'new@dupont.example'")
    await come(await bounce(message))
    assert await rows("SELECT email_dead_at FROM contact") == [(None,)]
    assert await decided(case, NOON + timedelta(minutes=2)) == "courtesy_reminder by email"


async def test_a_customer_without_cases_is_held_too() -> None:
    await bill(invoice("F9", "2026-12-31", 100))
    await come(what(IncomingKind.REPLY))
    assert await holds() == [("unread_reply", "", "incoming:1", True)]
