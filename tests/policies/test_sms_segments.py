"""How many parts a text is cut into, and by which letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from policies.sms_letters import smart
from policies.sms_segments import GSM, Encoding, segments


@pytest.mark.parametrize(
    ("text", "encoding", "places", "count"),
    [
        ("", Encoding.GSM7, 0, 1),
        ("é è à ù ì ò Ç ñ ü", Encoding.GSM7, 17, 1),
        ("reçu", Encoding.UCS2, 4, 1),
        *((letter * 71, Encoding.UCS2, 71, 2) for letter in "êâîôûçœŒ’«"),
        ("a" * 160, Encoding.GSM7, 160, 1),
        ("a" * 161, Encoding.GSM7, 161, 2),
        ("a" * 306, Encoding.GSM7, 306, 2),
        ("a" * 307, Encoding.GSM7, 307, 3),
        ("€" * 80, Encoding.GSM7, 160, 1),
        ("€" * 81, Encoding.GSM7, 162, 2),
        ("€" * 153, Encoding.GSM7, 306, 3),  # 76 in each part: none is cut in two
        ("ç" + "a" * 69, Encoding.UCS2, 70, 1),
        ("ç" + "a" * 133, Encoding.UCS2, 134, 2),
        ("ç" + "a" * 134, Encoding.UCS2, 135, 3),
        ("😜" * 35, Encoding.UCS2, 70, 1),
        ("😜" * 67, Encoding.UCS2, 134, 3),  # 33 in each part
        ("e" + "\u0301" * 100, Encoding.UCS2, 101, 2),  # one sign longer than a part
    ],
)
def test_a_text_is_cut_by_its_letters(text: str, encoding: Encoding, places: int, count: int) -> None:
    found = segments(text)
    assert (found.encoding, found.places, found.count) == (encoding, places, count)


@given(some.text(alphabet=sorted(GSM | set("çê😜’"))), some.text(alphabet=sorted(GSM | set("çê😜’"))))
def test_a_longer_text_never_has_fewer_parts_and_its_parts_hold_it(text: str, more: str) -> None:
    one, both = segments(text), segments(text + more)
    assert one.count <= both.count
    assert both.places <= both.count * (160 if both.encoding is Encoding.GSM7 else 70)


@given(some.text())
def test_replacing_signs_twice_changes_nothing_more_and_leaves_the_short_alphabet_as_it_is(text: str) -> None:
    once = smart(text)
    assert smart(once) == once
    assert smart("".join(letter for letter in text if letter in GSM)) == "".join(
        letter for letter in text if letter in GSM
    )


def test_signs_are_replaced_and_accents_stay() -> None:
    assert smart("« L’été… » – 50 €") == '" L\'été... " - 50 €'
    assert smart("Fore\u0302t reçu") == "Forêt reçu"
