"""The QR code of a message reads back as the transfer its words ask for; where none can be right there is none."""

import struct
import zlib
from dataclasses import replace
from typing import Any

import pytest
import zxingcpp

from policies.languages import SHIPPED
from policies.message import MessageFacts
from policies.stages import Stage
from tasks import wording
from tasks.render import render
from tests.tasks.html_words import page, words
from tests.tasks.letters import CREDITOR, facts, line
from tests.tasks.test_accessories_in_words import CLAIM
from tests.tasks.test_render import THREE


def decoded(png: bytes) -> bytes:
    """What a reader of QR codes takes from a PNG of one bit a pixel."""
    at, width, height, packed = 8, 0, 0, b""
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        content = png[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", content[:10])
            assert (depth, colour) == (1, 0), "black and white"
        packed += content if kind == b"IDAT" else b""
        at += 12 + length
    lines, grey = _unfiltered(zlib.decompress(packed), 1 + (width + 7) // 8), bytearray()
    for row in lines:
        grey += bytes(255 if row[x // 8] >> (7 - x % 8) & 1 else 0 for x in range(width))
    assert len(lines) == height
    (found,) = zxingcpp.read_barcodes(memoryview(bytes(grey)).cast("B", (height, width)))
    return bytes(found.bytes)


def _unfiltered(raw: bytes, stride: int) -> list[bytes]:
    """The rows of a PNG whose filters are none (0) or the row above (2)."""
    rows, above = list[bytes](), bytes(stride - 1)
    for at in range(0, len(raw), stride):
        kind, row = raw[at], raw[at + 1 : at + stride]
        assert kind in (0, 2), "none or up"
        above = row if kind == 0 else bytes((new + old) % 256 for new, old in zip(row, above, strict=True))
        rows.append(above)
    return rows


@pytest.mark.parametrize(
    ("message", "lines"),
    [
        (facts(Stage.COURTESY_REMINDER), ["2", "AGRIFRPP", "Atelier Martin", "EUR1000.00", "", "", "FA-2025-0142"]),
        (
            facts(Stage.COURTESY_REMINDER, "en", THREE),
            ["2", "AGRIFRPP", "Atelier Martin", "EUR2124.50", "", "", "C-017"],
        ),
        (
            facts(Stage.FORMAL_NOTICE, accessories=CLAIM),
            ["2", "AGRIFRPP", "Atelier Martin", "EUR1046.65", "", "", "FA-2025-0142"],
        ),
        (
            facts(Stage.COURTESY_REMINDER, creditor=replace(CREDITOR, name="Łódź & Söhne", bic="")),
            ["1", "", "Łódź & Söhne", "EUR1000.00", "", "", "FA-2025-0142"],
        ),
        (
            facts(Stage.COURTESY_REMINDER, lines=(line("RF18539007547034"),)),
            ["2", "AGRIFRPP", "Atelier Martin", "EUR1000.00", "", "RF18539007547034"],
        ),
    ],
    ids=["one", "several: the customer number", "with interest and flat sum", "utf-8", "creditor reference"],
)
def test_the_code_reads_back_as_the_transfer_the_words_ask_for(message: MessageFacts, lines: list[str]) -> None:
    letters, bic, name, *rest = lines
    expected = ["BCD", "002", letters, "SCT", bic, name, "FR7630006000011234567890189", *rest]
    (picture,) = render(message).pictures
    assert decoded(picture.content) == "\n".join(expected).encode("utf-8" if letters == "1" else "iso-8859-1")


@pytest.mark.parametrize("language", SHIPPED)
def test_the_picture_s_words_name_the_account_the_amount_and_the_reference_in_each_language(language: str) -> None:
    rendered = render(facts(Stage.COURTESY_REMINDER, language))
    (picture,) = page(rendered.html).pictures
    amount = wording.amount(100_000, "EUR", language)
    must = ["Atelier Martin", "IBAN FR76 3000 6000 0112 3456 7890 189", amount, "FA-2025-0142"]
    assert [part for part in must if part in picture["alt"]] == must
    assert rendered.html.count(amount) == rendered.text.count(amount) + 2, "in the picture's words and under it"


def test_the_picture_says_in_words_what_it_pays_to_whom() -> None:
    rendered = render(facts(Stage.COURTESY_REMINDER, "en"))
    assert [(each["src"], each["alt"]) for each in page(rendered.html).pictures] == [
        (
            f"cid:{rendered.pictures[0].id}",
            "QR code for a transfer: Atelier Martin, IBAN FR76 3000 6000 0112 3456 7890 189, €1,000.00, reference FA-2025-0142",
        )
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"currency": "GBP"},
        {"creditor": replace(CREDITOR, iban="")},
        {"creditor": replace(CREDITOR, iban="FR7630006000011234567890188")},
        {"demanded": 0},
    ],
    ids=["not euros", "no account", "an account mistyped", "nothing demanded"],
)
def test_where_no_code_can_be_right_there_is_no_picture_and_the_words_stay(changes: dict[str, Any]) -> None:
    message = facts(Stage.COURTESY_REMINDER, "en", **changes)
    rendered = render(message)
    assert (rendered.pictures, page(rendered.html).pictures) == ((), [])
    assert words(page(rendered.html).text) == words(rendered.text)
