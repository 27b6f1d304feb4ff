"""Extracts of the BODACC as its open data publishes them, in the shapes they come in; invented companies."""

import json
from datetime import date
from typing import Any

import pytest

from policies.public_notice import PublicNotice, openings
from tasks.read_bodacc import read_bodacc

OPENING: dict[str, Any] = {
    "id": "A202600481234", "publicationavis": "A", "parution": "20260048", "dateparution": "2026-03-10", "numeroannonce": 1234,
    "typeavis": "annonce", "familleavis": "collective", "familleavis_lib": "Procédures collectives", "numerodepartement": "69",
    "tribunal": "Greffe du Tribunal de Commerce de Lyon", "commercant": "MERCIER SARL", "ville": "Lyon", "cp": "69002",
    "registre": ["732 829 320", "732829320"],
    "jugement": json.dumps({
        "type": "initial", "famille": "Jugement d'ouverture", "nature": "Jugement d'ouverture d'une procédure de redressement judiciaire",
        "date": "2026-03-09",
        "complementJugement": "Désignant administrateur Me Roy. Les créances sont à déclarer dans les deux mois de la publication.",
    }),
}  # fmt: skip
READ = PublicNotice(
    "A202600481234", ("732829320",), "MERCIER SARL", "redressement", date(2026, 3, 9), date(2026, 3, 10),
    "Greffe du Tribunal de Commerce de Lyon",
    "Jugement d'ouverture Jugement d'ouverture d'une procédure de redressement judiciaire Désignant administrateur Me Roy. "
    "Les créances sont à déclarer dans les deux mois de la publication. initial",
)  # fmt: skip


def csv_of(record: dict[str, Any]) -> bytes:
    quoted = [
        '"' + str(value if not isinstance(value, list) else ",".join(value)).replace('"', '""') + '"'
        for value in record.values()
    ]
    return ("\ufeff" + ";".join(record) + "\n" + ";".join(quoted) + "\n").encode()


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([OPENING]).encode(),
        json.dumps({"total_count": 1, "results": [OPENING]}).encode(),
        json.dumps({"nhits": 1, "records": [{"recordid": "x", "fields": OPENING}]}).encode(),
        json.dumps({"records": [{"record": {"fields": OPENING}}]}).encode(),
        json.dumps(OPENING).encode(),
        f"{json.dumps(OPENING)}\n".encode(),
        csv_of(OPENING),
    ],
    ids=["list", "results", "records", "nested", "one", "a line", "csv"],
)
def test_the_same_notice_is_read_from_every_shape(content: bytes) -> None:
    assert read_bodacc(content, "bodacc.json") == ([READ], [])


def test_the_judgment_may_be_an_object_and_the_day_written_out() -> None:
    changed = OPENING | {
        "jugement": {"nature": "Jugement de liquidation judiciaire", "date": "1er mars 2026"},
        "registre": "732829320 RCS Lyon",
    }
    ((one,), problems) = read_bodacc(json.dumps([changed]).encode(), "x")
    assert (one.kind, one.judgment, one.numbers, problems) == ("liquidation", date(2026, 3, 1), ("732829320",), [])


def test_other_families_are_left_out_and_a_closing_opens_nothing() -> None:
    sale = OPENING | {"familleavis": "vente", "familleavis_lib": "Ventes et cessions"}
    closing = OPENING | {
        "jugement": json.dumps({"nature": "Jugement de clôture pour insuffisance d'actif", "date": "2026-03-09"})
    }
    notices, _ = read_bodacc(json.dumps([sale, closing, OPENING]).encode(), "x")
    assert ([one.opens for one in notices], openings(notices)) == ([False, True], (READ,))


def test_a_number_that_fails_its_check_digit_is_none_and_a_broken_record_is_told() -> None:
    wrong = OPENING | {"registre": ["732 829 321"]}
    broken = OPENING | {"jugement": "{not json"}
    notices, problems = read_bodacc(json.dumps([wrong, broken]).encode(), "x")
    assert ([one.numbers for one in notices], [problem.line for problem in problems]) == ([()], [2])


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"{", b"[1, 2", b"a;b\n1;2\n", b'{"a": 1}', b"[1, 2]", b"\xff\xfe\x00"]
)
def test_something_else_is_refused_with_a_sentence(content: bytes) -> None:
    notices, problems = read_bodacc(content, "x")
    assert (notices, [problem.reason for problem in problems]) == (
        [], ["It is neither JSON nor CSV as the BODACC publishes its open data (familleavis, registre, jugement…)."]
    )  # fmt: skip
