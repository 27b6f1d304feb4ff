"""What comes back is understood by its standards, then by the words of mail systems; what is unsure is a reply."""

import time

import pytest

from policies.incoming import Failure, IncomingKind
from tasks.mail_parts import MOST_BYTES
from tasks.read_incoming import read_incoming
from tasks.reply_text import written, written_in_html
from tests.tasks.incoming_letters import AUTOMATIC, OPT_OUTS, PERSONS, REPLIES, failed, letter, report

OURS = "<0123456789abcdef@creancier.example>"
ADDRESS = "compta@martin.example"
QMAIL = (
    f"Hi. This is the qmail-send program at mx.\nI wasn't able to deliver your message.\n\n<{ADDRESS}>:\n"
    "Remote host said: 550 5.1.1 no such user\n\n--- Below this line is a copy of the message.\n\n"
    f"Message-ID: {OURS}\n\nspam"
)


@pytest.mark.parametrize(
    ("status", "diagnostic", "hard"),
    [
        ("5.1.1", "550 5.1.1 <compta@martin.example>: Recipient address rejected: User unknown", True),
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", True),
        ("5.4.1", "550 5.4.1 Recipient address rejected: Access denied", True),
        ("5.0.0", "550 Utilisateur inconnu", True),
        ("5.0.0", "550 Adresse d au moins un destinataire invalide. OFR_416 [416]", True),
        ("5.1.1", "550 Requested action not taken: mailbox unavailable (GMX)", True),
        ("5.0.0", "User martin (compta@martin.example) not listed in Domino Directory", True),
        ("4.4.4", "DNS Error: DNS type 'mx' lookup of martin.example responded with code NXDOMAIN", True),
        ("5.1.1", "550 5.1.1 <compta@martin.example>: User unknown in relay recipient table", True),
        ("5.5.0", "550 5.5.0 Requested action not taken: mailbox unavailable", True),
        ("5.0.0", "550 Onbekende gebruiker", True),
        ("5.4.310", "550 5.4.310 DNS domain martin.example does not exist", True),
        ("5.0.0", "554 Relay access denied", False),
        ("5.1.1", "550 5.1.1 Refused due to recipient preferences", False),
        ("5.1.1", "550 5.1.1 Recipient unknown or mailbox full", False),
        ("5.7.133", "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup", False),
        ("5.2.2", "552 5.2.2 The email account that you tried to reach is over quota", False),
        ("5.0.0", "550 La boîte aux lettres est pleine", False),
        ("5.7.1", "550 5.7.1 Service unavailable; client host blocked using Spamhaus", False),
        ("5.7.26", "550-5.7.26 This mail is unauthenticated, SPF and DKIM did not pass", False),
        ("4.4.7", "Message expired", False),
        ("5.0.0", "550 spam content: see our policy; user unknown", False),
        ("5.2.1", "550 5.2.1 The email account that you tried to reach is disabled", False),
        ("5.1.8", "553 5.1.8 Domain of sender address x does not exist", False),
    ],
)
def test_a_refusal_is_hard_only_where_it_speaks_of_the_address(status: str, diagnostic: str, hard: bool) -> None:
    read = read_incoming(report(failed(status, diagnostic)))
    assert (read.kind, read.failures[0].address, read.failures[0].hard) == (
        IncomingKind.HARD_BOUNCE if hard else IncomingKind.SOFT_BOUNCE, ADDRESS, hard
    )  # fmt: skip


def test_a_bounce_tells_the_address_the_code_the_words_and_the_message_it_is_about() -> None:
    read = read_incoming(report(failed("5.1.1", "550 5.1.1 User unknown")))
    assert read.failures == (Failure(ADDRESS, True, "5.1.1", "550 5.1.1 User unknown"),)
    assert read.answers == (OURS,)
    assert read.reason == (
        "A mail system's report says so (RFC 3464). compta@martin.example: 550 5.1.1 User unknown"
    )  # fmt: skip


def test_a_refusal_after_the_text_was_sent_does_not_kill_the_address() -> None:
    told = "<compta@martin.example>: host mx said: 550 : User unknown (in reply to end of DATA command)"
    read = read_incoming(report(failed("5.0.0", "550 : User unknown"), told=told))
    assert (read.kind, read.failures[0].hard) == (IncomingKind.SOFT_BOUNCE, False)


def test_each_address_of_a_report_is_judged_alone() -> None:
    second = failed("5.2.2", "552 5.2.2 mailbox full", address="b@martin.example").split("\r\n\r\n")[1]
    read = read_incoming(report(failed("5.1.1", "550 5.1.1 unknown user") + "\r\n" + second))
    assert [(one.address, one.hard) for one in read.failures] == [(ADDRESS, True), ("b@martin.example", False)]


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (report(failed("4.4.1", "connection timed out", action="delayed")), IncomingKind.DELAYED),
        (report(failed("2.0.0", "250 ok", action="delivered")), IncomingKind.DELIVERED),
        (report(failed("2.0.0", "250 ok", action="relayed")), IncomingKind.DELIVERED),
        (
            report(
                f"Final-Recipient: rfc822; {ADDRESS}\r\nOriginal-Message-ID: {OURS}\r\n"
                "Disposition: manual-action/MDN-sent-manually; displayed\r\n",
                kind="disposition-notification", sender=ADDRESS, part="message/disposition-notification",
            ),
            IncomingKind.READ,
        ),
        (
            report(
                "Feedback-Type: abuse\r\nUser-Agent: FBL/1\r\nVersion: 1\r\n",
                kind="feedback-report", sender="fbl@provider.example", part="message/feedback-report",
            ),
            IncomingKind.COMPLAINT,
        ),
        (
            report(
                "Feedback-Type: not-spam\r\nVersion: 1\r\n",
                kind="feedback-report", sender="fbl@provider.example", part="message/feedback-report",
            ),
            IncomingKind.REPLY,
        ),
    ],
)  # fmt: skip
def test_a_report_says_what_became_of_our_message(raw: bytes, kind: IncomingKind) -> None:
    read = read_incoming(raw)
    assert (read.kind, read.answers) == (kind, (OURS,))


@pytest.mark.parametrize(
    ("text", "sender", "hard"),
    [
        (QMAIL, "MAILER-DAEMON@mx.example", True),
        (f"Cette adresse n'a pas pu être délivrée :\n\n{ADDRESS}\n\nutilisateur inconnu", "postmaster@mx.example", True),
        (f"Ihre Nachricht konnte nicht zugestellt werden:\n\n{ADDRESS}:\nPostfach voll", "Mailer-Daemon@mx.example", False),
    ],
)  # fmt: skip
def test_a_mail_systems_letter_is_a_bounce_without_any_report(text: str, sender: str, hard: bool) -> None:
    read = read_incoming(letter(text, "failure notice", sender))
    assert [(one.address, one.hard) for one in read.failures] == [(ADDRESS, hard)]
    assert read.kind == (IncomingKind.HARD_BOUNCE if hard else IncomingKind.SOFT_BOUNCE)


def test_exchange_online_without_a_report_is_a_bounce_by_its_own_address() -> None:
    text = f"Ihre Nachricht an {ADDRESS} konnte nicht zugestellt werden.\n\n550 5.1.10 RESOLVER.ADR.RecipientNotFound"
    sender = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@mx.example"
    read = read_incoming(letter(text, "Unzustellbar: Mahnung", sender))
    assert (read.kind, [one.address for one in read.failures]) == (IncomingKind.HARD_BOUNCE, [ADDRESS])


def test_microsofts_complaint_is_one_without_any_report() -> None:
    original = f"X-HmXmrOriginalRecipient: {ADDRESS}\r\nMessage-ID: {OURS}\r\n\r\nx\r\n"
    raw = (
        "From: staff@hotmail.com\r\nSubject: complaint about message from 1.2.3.4\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{original}--b--\r\n"
    )
    read = read_incoming(raw.encode())
    assert (read.kind, read.answers) == (IncomingKind.COMPLAINT, (OURS,))


def test_an_answer_written_between_the_quotations_of_a_page_is_read() -> None:
    page = (
        "<div class='gmail_quote'><div class='gmail_attr'>On Friday, Martin wrote:</div>"
        "<blockquote class='gmail_quote'>Your invoice is open.</blockquote><div>It was paid.</div></div>"
    )
    assert written_in_html(page) == "It was paid."


@pytest.mark.parametrize("name", AUTOMATIC)
def test_an_automatic_reply_is_known_with_the_day_it_names(name: str) -> None:
    raw, day = AUTOMATIC[name]
    read = read_incoming(raw)
    assert (read.kind, None if read.returns is None else read.returns.isoformat()) == (IncomingKind.AUTO_REPLY, day)


@pytest.mark.parametrize("words", OPT_OUTS)
def test_a_text_that_only_asks_to_hear_no_more_opts_out(words: str) -> None:
    assert read_incoming(letter(words)).kind == IncomingKind.OPT_OUT


@pytest.mark.parametrize("name", PERSONS)
def test_what_a_person_writes_is_a_reply_whatever_it_looks_like(name: str) -> None:
    assert read_incoming(PERSONS[name]).kind == IncomingKind.REPLY


@pytest.mark.parametrize("name", REPLIES)
def test_a_reply_loses_what_it_quotes_and_its_signature_and_nothing_else(name: str) -> None:
    text, expected = REPLIES[name]
    assert written(text) == expected


@pytest.mark.parametrize("line", ["-" * 40, "Cordialement,"])
def test_a_long_text_below_a_rule_or_a_closing_is_still_the_authors(line: str) -> None:
    below = [f"point {number}" for number in range(1, 16)]
    assert written("\n".join(["Bonjour,", line, *below])) == "\n".join(["Bonjour,", line, *below])


def test_a_forwarded_bounce_is_the_letter_of_who_forwards_it() -> None:
    bounce = report(failed("5.1.1", "550 5.1.1 User unknown")).decode()
    raw = (
        "From: jean@martin.example\r\nSubject: Fwd: undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="f"\r\n\r\n--f\r\nContent-Type: text/plain\r\n\r\nWhat is this?\r\n'
        f"--f\r\nContent-Type: message/rfc822\r\n\r\n{bounce}\r\n--f--\r\n"
    )
    read = read_incoming(raw.encode())
    assert (read.kind, read.text) == (IncomingKind.REPLY, "What is this?")


def test_the_message_answered_comes_before_those_of_its_thread() -> None:
    raw = letter("Payé.", In_Reply_To=OURS, References=f"<first@creancier.example> {OURS}")
    read = read_incoming(raw)
    assert (read.answers, read.references) == ((OURS, "<first@creancier.example>"), ("F-2026-0042",))


def test_what_a_mail_program_marks_as_quoted_in_a_page_is_not_the_reply() -> None:
    page = (
        '<div dir="ltr">Bonjour,<br>c\'est payé.</div><div class="gmail_quote">'
        '<div class="gmail_attr">Le lundi X a écrit :</div>'
        '<blockquote class="gmail_quote">Votre facture est échue.</blockquote></div>'
    )
    assert written_in_html(page) == "Bonjour,\nc'est payé."


@pytest.mark.parametrize(
    "raw",
    [
        b"Content-Type: text/plain; charset=no-such\r\nSubject: =?no-such?Q?=FF?=\r\n\r\npay\0\xe9 demain",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n"
        + b"--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" * 5000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(150))
        + b"\r\nfin",
        b"Content-Type: text/html\r\n\r\n" + b"<div>" * 20000 + b"payed",
        b"Subject: x\r\n\r\n" + b"On 1 " * 200_000,
        b"Subject: x\r\n\r\n" + b">" * MOST_BYTES * 2,
        b"Subject: x\r\n\r\n" + b"Le 1\n" * 40_000,
        b"Subject: x\r\n\r\n" + b"On 1 wrote:\n> x\ny\n" * 20_000,
        b"Subject: =?utf\xff8?Q?x?=\r\n\r\npay",
        b"Content-Type: text/html\r\n\r\n<p>a&#1;b\x02<br>\x03c</p><style>x</style>\x01d",
        b"Subject: " + b"a-" * 400_000 + b"\r\n\r\npay",
        b"From: postmaster@x.example\r\nSubject: x\r\n\r\nnothing" + b"\n" * 190_000,
        b"From: postmaster@x.example\r\nSubject: x\r\n\r\nnothing" + b"-- \n" * 48_000,
        b"Auto-Submitted: no\r\nReturn-Path: <>\r\n\r\n" + b"until the on am until " * 10_000,
        bytes(range(256)) * 100,
    ],
    ids=[
        "charset",
        "many parts",
        "deep parts",
        "deep page",
        "long line",
        "too long",
        "many lines",
        "many quotes",
        "header charset",
        "control characters",
        "subject",
        "line ends",
        "bars",
        "days",
        "noise",
    ],
)
def test_hostile_bytes_are_a_reply_read_in_a_moment(raw: bytes) -> None:
    started = time.monotonic()
    assert read_incoming(raw).kind == IncomingKind.REPLY
    assert time.monotonic() - started < 5
