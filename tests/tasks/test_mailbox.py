"""A mailbox is read without being disturbed: what is new is handed out, and moved away only when it is said to be kept."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from tasks.mailbox import ImapBox, Maildir, mailbox_from, the_mailbox
from tasks.mailbox_imap import OpenImap
from tasks.mailbox_letters import MOST_BYTES, MailboxTrouble
from tasks.mailbox_open import open_mailbox, waiting_in
from tasks.server_url import Tls
from tests.tasks.imap_server import TODAY, Imap, serving
from tests.tasks.smtp_servers import certificate

FIRST = date(2026, 3, 1)


def box(server: Imap, folder: str = "INBOX", options: str = "tls=none", password: str = "") -> ImapBox:
    """The mailbox of that server."""
    secret = quote(password or server.password)
    found = mailbox_from(f"imap://anna:{secret}@127.0.0.1:{server.port}/{quote(folder)}?timeout=5&{options}")
    assert isinstance(found, ImapBox), found
    return found


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("imaps://a%40x.example:p%2Fw@imap.example/", ("imap.example", 993, Tls.TLS, "a@x.example", "p/w", "INBOX")),
        ("imap://a:p@imap.example/Relances", ("imap.example", 143, Tls.STARTTLS, "a", "p", "Relances")),
        ("imap+starttls://a:p@h:1143/A/B", ("h", 1143, Tls.STARTTLS, "a", "p", "A/B")),
        ("imap://a:p@localhost?tls=none", ("localhost", 143, Tls.NONE, "a", "p", "INBOX")),
    ],
)
def test_a_mailbox_is_named_by_one_url(url: str, place: tuple[object, ...]) -> None:
    found = mailbox_from(url)
    assert isinstance(found, ImapBox)
    assert (found.host, found.port, found.tls, found.user, found.password, found.folder) == place
    assert "p/w" not in repr(found) + found.name


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("imap://a:p@imap.example?tls=none", "With tls=none the password would travel in clear"),
        ("pop3://a:p@h", "It must start with imaps://"),
        ("imaps://h/INBOX", "It must name a user and a password"),
        ("imaps://a:p@/INBOX", "It names no server"),
        ("imaps://a:p@h:99999/", "This is not a URL"),
        ("imaps://a:p@h/?tls=maybe", "tls must be starttls, tls, or none on this machine."),
        ("imaps://a:p@h/?wait=1", "There is no option “wait”"),
        ("imaps://a:p@h/?timeout=0", "timeout must be a number of seconds"),
        ("imaps://a:p@h/Entw%C3%BCrfe", "Only plain letters"),
        ("imaps://a:p@h/INBOX%0d%0ax", "Only plain letters"),
        ("imaps://a%0d:p@h/", "signs that nobody can type"),
        ("maildir:mail", "Name the whole path"),
        ("maildir:", "Name the whole path"),
    ],
)
def test_a_url_that_cannot_be_used_is_told_in_a_sentence(url: str, words: str) -> None:
    found = mailbox_from(url)
    assert isinstance(found, list)
    assert words in " ".join(one.reason for one in found)


def test_without_a_setting_there_is_no_mailbox() -> None:
    assert the_mailbox({}) is None
    assert the_mailbox({"RELANCE_MAILBOX_URL": " "}) is None
    assert the_mailbox({"RELANCE_MAILBOX_URL": "maildir:/var/mail/x"}) == Maildir(Path("/var/mail/x"))


@pytest.mark.parametrize(
    ("can", "sign", "prefix", "folder"),
    [
        ("MOVE UIDPLUS AUTH=PLAIN", "/", "", "Relance/read"),
        ("MOVE NAMESPACE AUTH=PLAIN", ".", "INBOX.", "INBOX.Relance.read"),
        ("UIDPLUS AUTH=PLAIN", ".", "", "Relance.read"),
        ("AUTH=PLAIN", "/", "", "Relance/read"),
    ],
)
def test_what_is_new_is_read_unseen_and_moved_when_it_is_kept(can: str, sign: str, prefix: str, folder: str) -> None:
    with serving(Imap(can=can, sign=sign, prefix=prefix)) as server:
        server.deliver(b"old", datetime(2026, 2, 1, tzinfo=UTC))
        first, second = server.deliver(b"one"), server.deliver(b"x" * (MOST_BYTES + 7))
        server.folders["INBOX"][1].flags.add("\\Seen")
        opened = open_mailbox(box(server), FIRST)
        assert opened.new() == [str(first), str(second)]
        letter, long = opened.letter(str(first)), opened.letter(str(second))
        assert letter is not None and (letter.raw, letter.received) == (b"one", TODAY)  # noqa: PT018
        assert long is not None and len(long.raw) == MOST_BYTES  # noqa: PT018
        assert opened.new() == [str(first), str(second)]
        opened.done(str(first))
        opened.done(str(first))
        assert opened.new() == [str(second)]
        assert {one.raw for one in server.folders[folder]} == {b"one"}
        assert opened.letter("99") is None
        opened.close()
        assert server.folders["INBOX"][0].raw == b"old"


def test_a_password_without_plain_is_given_by_login() -> None:
    server = Imap(can="MOVE")
    server.password = "secret"
    with serving(server):
        assert waiting_in(box(server), FIRST) == 0
        assert 'LOGIN anna "secret"' in server.commands


@pytest.mark.parametrize("tls", ["tls", "starttls"])
def test_the_connection_is_protected_before_the_password(tls: str, tmp_path: Path) -> None:
    context, authority = certificate(tmp_path)
    server = Imap()
    server.tls, server.from_first_byte = context, tls == "tls"
    with serving(server):
        server.deliver(b"one")
        assert waiting_in(box(server, options=f"tls={tls}&ca={authority}"), FIRST) == 1
        with pytest.raises(MailboxTrouble, match="cannot be trusted: self-signed certificate"):
            waiting_in(box(server, options=f"tls={tls}"), FIRST)
        assert server.commands.count("AUTHENTICATE PLAIN") == 1


def test_a_server_without_protection_is_not_signed_in_to() -> None:
    with serving(Imap()) as server:
        with pytest.raises(MailboxTrouble, match="does not answer as it should: TLS not supported by server"):
            waiting_in(box(server, options="tls=starttls"), FIRST)
        assert not any(one.startswith(("AUTH", "LOGIN")) for one in server.commands)


def test_trouble_is_a_sentence_without_the_password() -> None:
    told = []
    with serving(Imap()) as server:
        server.may_create = False
        uid = server.deliver(b"one")
        opened = OpenImap(box(server), FIRST)
        for trouble in (
            lambda: OpenImap(box(server, password="wrong"), FIRST),
            lambda: OpenImap(box(server, "Nowhere"), FIRST),
            lambda: opened.done(str(uid)),
        ):
            with pytest.raises(MailboxTrouble) as caught:
                trouble()
            told.append(str(caught.value).replace(f":{server.port}", ""))
        port = server.port
        opened.close()
    with pytest.raises(MailboxTrouble, match=f"127.0.0.1:{port} cannot be reached: Connection refused."):
        OpenImap(box(server), FIRST)
    assert told == [
        "127.0.0.1 does not accept the user and the password for anna.",
        "anna@127.0.0.1/Nowhere: the server says no: [NONEXISTENT] no such folder.",
        (
            'What was read cannot be moved to the folder "Relance/read": give the account the right to make it. '
            "anna@127.0.0.1/INBOX: the server says no: [TRYCREATE] no such folder."
        ),
    ]


def test_a_maildir_is_read_oldest_first_and_kept_beside(tmp_path: Path) -> None:
    for part in ("tmp", "new", "cur"):
        (tmp_path / part).mkdir()
    (tmp_path / "new" / "1700000002.b.host").write_bytes(b"two")
    (tmp_path / "cur" / "1700000001.a.host:2,S").write_bytes(b"one")
    (tmp_path / "tmp" / "1700000003.c.host").write_bytes(b"half")
    os.utime(tmp_path / "new" / "1700000002.b.host", (1_772_530_200, 1_772_530_200))
    opened = open_mailbox(Maildir(tmp_path), FIRST)
    assert opened.new() == ["cur/1700000001.a.host:2,S", "new/1700000002.b.host"]
    letter = opened.letter("new/1700000002.b.host")
    assert letter is not None and (letter.raw, letter.received) == (b"two", TODAY)  # noqa: PT018
    for mark in opened.new():
        opened.done(mark)
        opened.done(mark)
    assert opened.new() == []
    assert opened.letter("new/1700000002.b.host") is None
    kept = sorted(one.name for one in (tmp_path / ".Relance.read" / "cur").iterdir())
    assert kept == ["1700000001.a.host:2,S", "1700000002.b.host:2,S"]


def test_a_maildir_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MailboxTrouble, match="There is no folder"):
        waiting_in(Maildir(tmp_path / "none"), FIRST)
