"""The same facts give the same bytes, and no name or address can add to them."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import pytest

from policies.problems import Problem
from policies.stages import Channel, Stage
from tasks.addresses import mailbox, telephone
from tasks.compose import Attachment, compose, message_id, sink_address, sink_sms
from tasks.opt_out_words import opts_out
from tasks.render import render
from tasks.write import write
from tests.tasks.letters import facts

COPY = Attachment("Facture FA-2025-0142 – août.pdf", "application/pdf", b"%PDF-1.4\n" + bytes(range(256)) * 40)


MESSAGE_ID = "<e80b9a2a159efb1928639a4b464336c2@atelier-martin.example>"


def composed(
    recipient: str = "elise@dupont.example", attachments: tuple[Attachment, ...] = (), **changes: Any
) -> bytes:
    message = facts(Stage.SECOND_REMINDER, "fr", **changes)
    raw = compose(
        message, render(message), sender="relances@atelier-martin.example", recipient=recipient,
        domain="atelier-martin.example", attachments=attachments,
    )  # fmt: skip
    assert isinstance(raw, bytes), raw
    return raw


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


def test_a_message_has_stable_headers_and_the_words_as_rendered() -> None:
    mail = parsed(composed())
    headers = {name: str(value) for name, value in mail.items()}
    assert headers == {
        "Message-ID": MESSAGE_ID,
        "Date": "Mon, 15 Dec 2025 09:00:00 +0000",
        "Auto-Submitted": "auto-generated",
        "X-Relance-Channel": "email",
        "From": "Atelier Martin <relances@atelier-martin.example>",
        "To": "Mme Élise Faure <elise@dupont.example>",
        "Reply-To": "Atelier Martin <reglements@atelier-martin.example>",
        "Subject": "Deuxième rappel : facture FA-2025-0142, reste à régler 1\u202f000,00\u00a0€",
        "X-Relance-Stage": "second_reminder",
        "List-Unsubscribe": "<mailto:reglements@atelier-martin.example?subject=STOP>",
        "Content-Type": 'multipart/alternative; boundary="relance-e910a621419aac87025e2c2463014a1c"',
        "MIME-Version": "1.0",
    }  # fmt: skip
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().replace("\r\n", "\n") == render(facts(Stage.SECOND_REMINDER)).text


def test_a_later_message_is_an_answer_to_the_last_and_names_those_before() -> None:
    first, last = (message_id(key, "atelier-martin.example") for key in ("a", "b"))
    mail = parsed(composed(thread=("a", "b")))
    assert (mail["In-Reply-To"], str(mail["References"]).split()) == (last, [first, last])
    raw = composed(thread=tuple(str(each) for each in range(10)))
    assert max(map(len, raw.partition(b"\r\n\r\n")[0].split(b"\r\n"))) <= 78


@pytest.mark.parametrize(("stage", "text"), [(Stage.FORMAL_NOTICE, ""), (Stage.COURTESY_REMINDER, "free_reminder")])
def test_a_notice_the_law_asks_for_offers_no_way_out(stage: Stage, text: str) -> None:
    message = replace(facts(stage, "fr"), text=text)
    raw = compose(
        message,
        render(facts(stage, "fr")),
        sender="a@martin.example",
        recipient="c@dupont.example",
        domain="martin.example",
    )
    assert isinstance(raw, bytes)
    assert parsed(raw)["List-Unsubscribe"] is None


def test_the_way_out_is_understood_when_it_comes_back() -> None:
    assert opts_out("", "STOP") == "STOP"


def test_an_odd_mailbox_stays_one_address_in_the_way_out() -> None:
    odd = replace(facts(Stage.UPCOMING).creditor, reply_to="a>b,c?x@martin.example")
    message = facts(Stage.UPCOMING, creditor=odd)
    raw = compose(
        message, render(message), sender="a@martin.example", recipient="c@dupont.example", domain="martin.example"
    )
    assert isinstance(raw, list) or b"<mailto:a%3Eb%2Cc%3Fx@martin.example?subject=STOP>" in raw


def test_the_same_facts_give_the_same_bytes_with_attachments_too() -> None:
    first, second = composed(attachments=(COPY, COPY)), composed(attachments=(COPY, COPY))
    assert first == second
    parts = list(parsed(first).iter_attachments())
    assert [(part.get_filename(), part.get_content_type(), part.get_content()) for part in parts] == [
        (COPY.name, "application/pdf", COPY.content)
    ] * 2


@pytest.mark.parametrize("attachments", [(), (COPY,)])
def test_the_bytes_travel_anywhere(attachments: tuple[Attachment, ...]) -> None:
    raw = composed(attachments=attachments)
    assert raw.isascii()
    assert raw.endswith(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


NAMES = [
    "Faure, Élise (compta) <x@example.com>", 'Élise "Lili" Faure', "Bâtiments & Travaux, SARL " * 8, "東京株式会社",
    "Müller; Söhne: GmbH", "ÿ" * 200, "a\\b", "Ünal, Ä" * 20,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_name_comes_through_whole_and_stays_one_address(name: str) -> None:
    raw = composed(contact_name=name)
    assert [each.addr_spec for each in parsed(raw)["To"].addresses] == ["elise@dupont.example"]
    shown, address = parseaddr(message_from_bytes(raw)["To"])
    assert (str(make_header(decode_header(shown))), address) == (" ".join(name.split()), "elise@dupont.example")
    assert max(map(len, raw.split(b"\r\n"))) <= 300


def test_a_long_subject_comes_through_whole() -> None:
    words = "Dossier à recouvrer à l'amiable : Bâtiments & Travaux, SARL d'ici et d'ailleurs, 1\u202f250,00\u00a0€ " * 3
    message = facts(Stage.SECOND_REMINDER)
    rendered = replace(render(message), subject=words.strip())
    raw = compose(message, rendered, sender="a@b.example", recipient="c@d.example", domain="b.example")
    assert isinstance(raw, bytes)
    assert str(make_header(decode_header(message_from_bytes(raw)["Subject"]))) == words.strip()


def test_a_name_with_line_breaks_adds_no_header() -> None:
    mail = parsed(composed(contact_name="Faure\r\nBcc: all@example.com", customer_name="x\n\nbody"))
    assert mail["Bcc"] is None
    assert mail["To"].addresses[0].display_name == "Faure Bcc: all@example.com"


@pytest.mark.parametrize(
    "address",
    [
        "", "elise", "elise@", "@dupont.example", "a@b", "a b@dupont.example", "a@dupont.example\r\nBcc: x@y.example",
        "a@b.example,c@d.example", "Élise <a@b.example>", "élise@dupont.example", "a..b@dupont.example",
        "a@-dupont.example", "a@1.2.3.4", f"{'a' * 65}@dupont.example",
    ],
)  # fmt: skip
def test_an_address_that_is_not_valid_is_refused_with_a_sentence(address: str) -> None:
    message = facts(Stage.SECOND_REMINDER)
    found = compose(message, render(message), sender="a@b.example", recipient=address, domain="b.example")
    assert isinstance(found, list)
    assert [(each.field, "is not an e-mail address" in each.reason) for each in found] == [("recipient", True)]


def test_an_attachment_needs_a_media_type() -> None:
    message = facts(Stage.SECOND_REMINDER)
    wrong = Attachment("copy", "pdf", b"")
    found = compose(
        message, render(message), sender="a@b.example", recipient="c@d.example", domain="b.example", attachments=[wrong]
    )
    assert found == [
        Problem("dupont/EUR/1", None, "attachments", "“copy” has no usable media type such as application/pdf.")
    ]


def test_an_internationalised_domain_goes_out_in_ascii() -> None:
    assert mailbox("compta@bücher.example") == "compta@xn--bcher-kva.example"


def test_telephone_numbers_are_put_in_e164_where_the_country_is_known() -> None:
    numbers = [
        ("06 12 34 56 78", "FR"),
        ("0033612345678", ""),
        ("+44 (0)20 7946 0958", ""),
        ("0612345678", ""),
        ("12", "FR"),
    ]
    assert [telephone(*each) for each in numbers] == ["+33612345678", "+33612345678", "+442079460958", None, None]


def test_an_sms_for_the_sink_is_an_e_mail_to_its_number() -> None:
    at = datetime(2025, 12, 15, 9, tzinfo=UTC)
    raw = sink_sms("Réglé ? 1000,00 EUR", "+33 6 12 34 56 78", sender="a@b.example", key="k", written_at=at)
    assert isinstance(raw, bytes)
    mail = parsed(raw)
    assert (mail["X-Relance-Channel"], str(mail["To"])) == ("sms", "+33612345678@sms.sink.invalid")
    assert mail.get_content().strip() == "Réglé ? 1000,00 EUR"
    assert sink_address("+33612345678") == "+33612345678@sms.sink.invalid"
    assert isinstance(sink_sms("x", "12", sender="a@b.example", key="k", written_at=at), list)


def test_a_file_for_an_agency_is_not_addressed_in_the_name_of_the_debtor() -> None:
    raw = write(facts(Stage.AGENCY, "fr"), Channel.HANDOVER, "dossiers@agence-sud.example").raw
    assert str(parsed(raw)["To"]) == "dossiers@agence-sud.example"
