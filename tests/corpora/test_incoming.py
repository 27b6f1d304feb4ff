"""Bounces and replies of other programs, where they are beside the checkout: the rates we promise are kept."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from policies.incoming import Incoming, IncomingKind
from tasks.read_incoming import read_incoming
from tasks.reply_text import written, written_in_html

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
DSN, REPLIES = CORPORA / "email-dsn", CORPORA / "email-replies"

pytestmark = pytest.mark.skipif(
    not CORPORA.is_dir(), reason="the corpora are not beside the checkout (../shared/corpora)"
)

KINDS = {
    "feedback": IncomingKind.COMPLAINT,
    "vacation": IncomingKind.AUTO_REPLY,
    "delivered": IncomingKind.DELIVERED,
}
BOUNCES = frozenset({IncomingKind.HARD_BOUNCE, IncomingKind.SOFT_BOUNCE, IncomingKind.DELAYED})
OLD = {
    "email_1_2": ("> Hi folks", "mailing list"),
    "email_1_3": ("> Hi", "mailing list", "wrote:"),
    "email_1_4": ("> Loader", "defunkt"),
    "gmail": ("wrote:", "> Hi", "How are you"),
    "iphone": ("wrote:", "> Hi", "Sent from"),
    "outlook": ("Sent:", "Unsubscribe"),
    "thunderbird": ("wrote:", "> Hi", "How are you"),
    "ms_outlook_2010": ("Sent:", "How are you"),
}
"""What the quoted part of a reply says."""
OWN = {
    "email_1_2": "You can list the keys",
    "email_1_3": "Having the function would be great.",
    "email_1_4": "Awesome! I haven't had another problem with it.",
    "gmail": "H",
    "iphone": "Hello",
    "outlook": "Hello",
    "thunderbird": "H",
    "ms_outlook_2010": "Hi. I am fine.",
}
"""What its author wrote."""


def expected() -> list[dict[str, str]]:
    with (DSN / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def right(row: dict[str, str], read: Incoming) -> bool:
    place = int(row["n"])
    hard = place < len(read.failures) and read.failures[place].hard
    return read.kind in BOUNCES and hard == (row["hardbounce"] == "1")


def bounces(*, reported: bool | None) -> Iterator[bool]:
    """Whether each bounce is rightly told hard or soft; of those with a delivery-status part, without, or all."""
    for row in expected():
        raw = (DSN / "eml" / row["file"]).read_bytes()
        has = b"message/delivery-status" in raw.lower()
        if row["reason"] not in KINDS and reported in {None, has}:
            yield right(row, read_incoming(raw))


def rate(found: list[bool]) -> float:
    return sum(found) / len(found)


def test_97_of_100_bounces_with_a_delivery_status_part_are_rightly_hard_or_soft() -> None:
    assert rate(list(bounces(reported=True))) >= 0.97


def test_85_of_100_bounces_of_all_kinds_are_rightly_hard_or_soft() -> None:
    assert rate(list(bounces(reported=None))) >= 0.85


def test_complaints_automatic_replies_and_confirmations_are_known() -> None:
    rows = [row for row in expected() if row["reason"] in KINDS]
    read = {row["file"]: read_incoming((DSN / "eml" / row["file"]).read_bytes()).kind for row in rows}
    assert read == {row["file"]: KINDS[row["reason"]] for row in rows}


def replies() -> dict[Path, str]:
    texts = [*(REPLIES / "email_reply_parser").glob("*.txt"), *(REPLIES / "talon" / "standard_replies").glob("*_text")]
    mails = (REPLIES / "talon" / "standard_replies").glob("*.eml")
    pages = (REPLIES / "talon" / "html_replies").glob("*.html")
    return {
        **{path: written(path.read_text(encoding="utf-8")) for path in texts},
        **{path: read_incoming(path.read_bytes()).text for path in mails},
        **{path: written_in_html(path.read_text(encoding="utf-8")) for path in pages},
    }


def test_every_reply_loses_its_quoted_text_and_keeps_its_own() -> None:
    read = replies()
    assert len(read) == 13
    assert [path.name for path, text in read.items() if any(one in text for one in OLD.get(path.stem, ()))] == []
    assert [path.name for path, text in read.items() if OWN.get(path.stem, "H") not in text] == []


def test_no_reply_of_a_person_is_taken_for_anything_else() -> None:
    mails = [*(REPLIES / "talon" / "standard_replies").glob("*.eml")]
    assert {path.name: read_incoming(path.read_bytes()).kind for path in mails} == {
        path.name: IncomingKind.REPLY for path in mails
    }


def test_every_letter_of_a_mail_system_is_read_without_failing() -> None:
    unread = [
        path.name for path in sorted((DSN / "eml").glob("*.eml"))
        if read_incoming(path.read_bytes()).kind is IncomingKind.REPLY
    ]  # fmt: skip
    assert unread == ["lhost-apachejames-01.eml", "lhost-fml-03.eml"]
