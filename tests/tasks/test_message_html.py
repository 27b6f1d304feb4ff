"""The HTML part says what the plain part says, word for word, and nothing from outside can change what it is."""

from collections import Counter
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from typing import Any

import pytest

from policies.accessories import ClaimedLine
from policies.languages import SHIPPED
from policies.message import LineStatus, MessageFacts, Picture, Rendered
from policies.stages import Stage
from tasks.addresses import web_address
from tasks.compose import Attachment, compose
from tasks.message_html import LARGEST
from tasks.render import render
from tests.tasks.html_words import figures, page, words
from tests.tasks.letters import CREDITOR, Words, bare, facts, line, upcoming
from tests.tasks.test_accessories_in_words import CLAIM, NOTICES
from tests.tasks.test_render import EVERY, THIRTY, THREE, named
from tests.tasks.test_templates import GOLDEN

TO_PAYERS = [words for words in EVERY if words.to_payer]
PAYABLE_ONLINE = replace(CREDITOR, payment_url="https://pay.atelier-martin.example/?c=C-017&l=fr")
HEBREW, ARABIC = "שרה כהן בע״מ", "شركة النور 12"
HOSTILE = '</td></table><img src="https://track.example/x"><script>alert(1)</script> & "x" {{ facts }}'


def many(count: int, **changes: Any) -> tuple[Any, ...]:
    return tuple(
        line(f"FA-2025-{n:04d}", original=125_000 + n, open=100_000 + n, late=1 + n % 60, **changes)
        for n in range(count)
    )


def same_words(message: MessageFacts) -> bool:
    rendered = render(message)
    return words(page(rendered.html).text) == words(rendered.text)


@named(TO_PAYERS)
@pytest.mark.parametrize("lines", [(line(),), THREE, THIRTY], ids=["one", "3", "30"])
def test_every_word_number_date_and_amount_of_the_plain_part_stands_in_the_html_part_in_the_same_order(
    words: Words, lines: tuple[Any, ...]
) -> None:
    assert same_words(words.facts(lines, creditor=PAYABLE_ONLINE, indemnity=2000, pay_within=14))


@named(NOTICES)
def test_a_claim_of_interest_with_its_calculation_is_told_in_full_in_both_parts(words: Words) -> None:
    assert same_words(words.facts(accessories=CLAIM))


@named(TO_PAYERS)
def test_with_everything_unknown_that_may_be_both_parts_still_say_the_same(words: Words) -> None:
    assert same_words(bare(words.facts(ahead=frozenset())))


@named([words for words in EVERY if not words.to_payer])
def test_what_is_for_our_own_people_or_for_those_we_entrust_is_plain_text(words: Words) -> None:
    rendered = render(words.facts())
    assert (rendered.html, rendered.pictures) == ("", ())


def test_each_invoice_is_a_row_with_what_it_is_on_one_side_and_its_figures_on_the_other() -> None:
    html = render(facts(Stage.COURTESY_REMINDER, "en", THREE)).html
    assert page(html).rows == [
        [
            "Invoice FA-1 of 3 November 2025\nDue date: 3 December 2025 (12 days late)",
            "Amount: €1,250.00\nalready paid: €250.00\nremaining: €1,000.00",
        ],
        [
            "Invoice FA-2 of 3 November 2025\nDue date: 15 December 2025 (due today)",
            "Amount: €1,250.00\nalready paid: €0.00\ncredit notes: €125.50\nremaining: €1,124.50",
        ],
        [
            "Invoice FA-3 of 3 November 2025\nDue date: 1 January 2026 (not yet due)",
            "Amount: €1,250.00\nalready paid: €0.00\nremaining: €1,250.00",
        ],
    ]


@pytest.mark.parametrize("language", SHIPPED)
def test_five_hundred_invoices_fit_with_each_label_said_once_and_no_row_left_out(language: str) -> None:
    rendered = render(facts(Stage.COURTESY_REMINDER, language, many(500), law="DE" if language == "de" else "FR"))
    assert 0 < len(rendered.html.encode()) <= LARGEST
    assert figures(page(rendered.html).text) == figures(rendered.text)
    assert len(page(rendered.html).rows) == 501


def test_where_labels_stand_above_an_item_with_other_figures_keeps_its_own() -> None:
    credited = line("FA-X", credited=500, open=99_500, status=LineStatus.DISPUTED, demanded=False)
    rows = page(render(facts(Stage.COURTESY_REMINDER, "en", (*many(499), credited))).html).rows
    assert [rows[0], rows[1], rows[-1]] == [
        ["Due date:", "Amount:\nalready paid:\nremaining:"],
        ["Invoice FA-2025-0000 of 3 November 2025\n3 December 2025 (1 day late)",
         "€1,250.00\n€250.00\n€1,000.00"],
        ["Invoice FA-X of 3 November 2025\nDue date: 3 December 2025 (disputed, nothing is asked for it here)",
         "Amount: €1,250.00\nalready paid: €250.00\ncredit notes: €5.00\nremaining: €995.00"],
    ]  # fmt: skip


def test_a_notice_over_two_hundred_invoices_still_shows_every_step_of_its_calculation() -> None:
    parts = CLAIM.lines[0].segments
    claim = replace(CLAIM, lines=tuple(ClaimedLine(f"FA-2025-{n:04d}", 665, 4000, parts) for n in range(200)))
    rendered = render(facts(Stage.FORMAL_NOTICE, "fr", many(200), accessories=claim))
    assert 0 < len(rendered.html.encode()) <= LARGEST
    assert figures(page(rendered.html).text) == figures(rendered.text)


def test_what_no_short_form_can_hold_leaves_as_plain_text_alone_rather_than_cut_off() -> None:
    claim = replace(
        CLAIM, lines=tuple(ClaimedLine(f"FA-2025-{n:04d}", 665, 4000, CLAIM.lines[0].segments) for n in range(500))
    )
    rendered = render(facts(Stage.FORMAL_NOTICE, "fr", many(500), accessories=claim))
    assert (rendered.html, rendered.pictures) == ("", ())
    assert rendered.text.count("intérêts 6,65") == 500


def test_names_numbers_and_addresses_from_outside_are_text_and_never_markup() -> None:
    creditor = replace(PAYABLE_ONLINE, name=HOSTILE, address=HOSTILE, mentions=HOSTILE)
    message = facts(
        Stage.FORMAL_NOTICE, "fr", (line(HOSTILE), line("FA-2")), creditor=creditor, customer_name=HOSTILE, contact_name=HOSTILE,
        customer_number=HOSTILE, agent_name=HOSTILE, accessories=replace(CLAIM, lines=(ClaimedLine(HOSTILE, 665, 4000, ()),)),
    )  # fmt: skip
    html = render(message).html
    assert "<script" not in html
    assert [each["src"].partition(":")[0] for each in page(html).pictures] in ([], ["cid"])
    assert page(html).links == [PAYABLE_ONLINE.payment_url] * 2
    assert same_words(message)


def test_control_characters_in_a_name_or_number_mark_nothing() -> None:
    signs = "".join(map(chr, range(1, 32)))
    wild = line(f"FA\x01\x02\x05{signs}\x04- 1")
    claim = replace(CLAIM, lines=(ClaimedLine(f"FA{signs}\n- Facture 9", 665, 4000, ()),))
    message = facts(Stage.FORMAL_NOTICE, "fr", (wild,), customer_name=f"Du{signs}pont", accessories=claim)
    rendered = render(message)
    assert not [
        letter
        for letter in rendered.subject + rendered.text + rendered.html + rendered.sms
        if letter < " " and letter != "\n"
    ]
    assert "\n- Facture 9" not in rendered.text
    assert same_words(message)


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("https://pay.example.com/17?a=b&c=d", True), ("http://pay.example.com:8080/", True),
        ("javascript:alert(1)", False), ("https://pay example.com", False), ("https://us@evil.example/", False),
        ("data:text/html,x", False), ("pay.example.com", False), ("https://localhost/", False),
        ('https://pay.example/"onclick=x', False), ("https://[::1", False), ("https://pay.example:x/", False), ("", False),
    ],
)  # fmt: skip
def test_only_the_address_of_a_page_becomes_a_link(address: str, opens: bool) -> None:
    assert (web_address(address) == address) is opens
    message = facts(Stage.COURTESY_REMINDER, creditor=replace(CREDITOR, payment_url=address))
    assert page(render(message).html).links == ([address] * 2 if opens else [])
    assert same_words(message)


@pytest.mark.parametrize("name", [HEBREW, ARABIC])
def test_a_name_from_right_to_left_is_kept_apart_from_the_words_around_it(name: str) -> None:
    html = render(upcoming("en", customer_name=name, contact_name=name)).html
    assert f'Dear <bdi dir="auto" style="unicode-bidi:isolate">{name}</bdi>,' in html
    assert "<bdi" not in render(upcoming("en")).html


@pytest.mark.parametrize(
    ("asked", "written"), [("fr-CA", "fr"), ("de", "de"), ("nl", "nl"), ("es", "es"), ("pt-BR", "pt"), ("pl", "en")]
)
def test_the_page_says_in_which_language_it_is(asked: str, written: str) -> None:
    assert f'<html lang="{written}" dir="ltr">' in render(facts(Stage.COURTESY_REMINDER, asked)).html


@named(TO_PAYERS)
def test_nothing_is_fetched_from_anywhere_and_nothing_needs_a_program_that_lays_out_boxes(words: Words) -> None:
    html = render(words.facts(creditor=PAYABLE_ONLINE)).html
    outside = [
        part for part in ("<script", "<link", "@import", "url(", 'src="http', "flex", "grid", "float") if part in html
    ]
    assert outside == []
    assert [part for part in ("color-scheme", "prefers-color-scheme:dark") if part not in html] == []


def test_a_page_reads_as_it_was_approved() -> None:
    message = facts(Stage.FORMAL_NOTICE, "fr", accessories=CLAIM, creditor=PAYABLE_ONLINE)
    assert render(message).html == (GOLDEN / "formal_notice.fr.html").read_text(encoding="utf-8")


def sent(message: MessageFacts, *attachments: Attachment) -> bytes:
    raw = compose(
        message,
        render(message),
        sender="a@b.example",
        recipient="c@d.example",
        domain="b.example",
        attachments=attachments,
    )
    assert isinstance(raw, bytes)
    return raw


def test_an_e_mail_has_the_plain_part_first_and_the_html_part_with_its_picture_beside_it() -> None:
    message = facts(Stage.COURTESY_REMINDER, creditor=PAYABLE_ONLINE)
    rendered, copy = render(message), Attachment("FA.pdf", "application/pdf", b"%PDF-1.4")
    mail = message_from_bytes(sent(message, copy), policy=policy.default)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        "application/pdf",
    ]  # fmt: skip
    told = {part.get_content_type(): part for part in mail.walk()}
    assert told["text/plain"].get_content().replace("\r\n", "\n") == rendered.text
    assert told["text/html"].get_content().replace("\r\n", "\n") == rendered.html
    assert Picture(told["image/png"]["Content-ID"].strip("<>"), told["image/png"].get_content()) == rendered.pictures[0]
    assert [part.get_filename() for part in mail.iter_attachments()] == ["FA.pdf"]


@pytest.mark.parametrize("lines", [(line(),), THIRTY])
def test_the_same_facts_give_the_same_bytes_pictures_and_boundaries_included(lines: tuple[Any, ...]) -> None:
    message = facts(Stage.FORMAL_NOTICE, "fr", lines, accessories=CLAIM, creditor=PAYABLE_ONLINE)
    first, second = sent(message), sent(message)
    assert first == second
    assert first.isascii()
    assert max(map(len, first.split(b"\r\n"))) <= 998
    boundaries = Counter(part.get_boundary() for part in message_from_bytes(first).walk() if part.is_multipart())
    assert sorted(boundaries.values()) == [1, 1]


def test_a_message_without_html_is_one_plain_part() -> None:
    message = facts(Stage.SECOND_REMINDER)
    plain = Rendered(subject="x", text="Bonjour\n", html="", sms="")
    raw = compose(message, plain, sender="a@b.example", recipient="c@d.example", domain="b.example")
    assert isinstance(raw, bytes)
    assert message_from_bytes(raw).get_content_type() == "text/plain"


def test_a_notice_of_one_day_still_has_its_date_in_both_parts() -> None:
    message = facts(Stage.FORMAL_NOTICE, "fr", written_on=date(2026, 1, 1))
    assert "1er janvier 2026" in page(render(message).html).text
