"""Rates from the terminal: shown with their sources, added with one, and used by the next calculation."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.home import CHECKOUT
from tests.cli.conftest import Relance


def test_without_a_database_the_rates_that_come_along_are_listed(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PREFECT_"))}
    words = [sys.executable, "-m", "cli.main", "rates", "list", "--json"]
    done = subprocess.run(
        words, cwd=CHECKOUT, env=kept | {"RELANCE_HOME": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    listed = {one["series"]: one for one in json.loads(done.stdout)}
    assert listed["ecb_mro"] == {
        "series": "ecb_mro",
        "title": "ECB main refinancing rate",
        "known_until": "2026-06-30",
        "ask": "the European Central Bank or the Banque de France (key rates)",
        "counted_on": "first_day",
        "set_each": "change",
        "from": "2025-06-11",
        "percent": "2.15",
        "source": "decision of June 2025 (irishexaminer.com, arid-41647913);"
        " still 2.15 on 2025-12-22 (finanzmarktnachrichten.de)",
        "as_of": "2025-12-22",
        "confidence": "M",
        "used": True,
        "yours": False,
    }
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_a_value_is_added_with_its_source_and_known_to_the_end_of_its_half_year(relance: Relance) -> None:
    said = relance("rates", "set", "ecb_mro", "2026-07-01", "2.40", "--source", "ecb.europa.eu")
    assert (said.code, said.out) == (
        0,
        "ECB main refinancing rate: 2.40 % from 2026-07-01 (ecb.europa.eu). Known for debts up to 2026-12-31.\n",
    )
    values = json.loads(relance("rates", "list", "ecb_mro", "--json").out)["values"]
    newest = {name: values[-1][name] for name in ("from", "percent", "source", "used", "yours")}
    assert newest == {
        "from": "2026-07-01", "percent": "2.40", "source": "ecb.europa.eu", "used": True, "yours": True,
    }  # fmt: skip


def test_a_negative_value_and_one_of_an_unconfirmed_half_year_can_be_added(relance: Relance) -> None:
    assert relance("rates", "set", "at_base", "2024-07-01", "-0.50", "--source", "oenb.at").code == 0
    assert "2024-12-31" in relance("rates", "set", "at_base", "2024-07-01", "3.38", "--source", "oenb.at").out


def test_a_value_that_no_half_year_takes_is_kept_and_said(relance: Relance) -> None:
    said = relance("rates", "set", "boe", "2027-01-01", "3.50", "--source", "bankofengland.co.uk")
    assert said.out.splitlines() == [
        "Bank of England Bank Rate: 3.50 % from 2027-01-01 (bankofengland.co.uk). Known for debts up to 2026-12-31.",
        (
            "No half-year takes its rate from 2027-01-01:"
            " for 2027-01-01 to 2027-06-30 it is the value on 2026-12-31 that counts."
        ),
    ]


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        (
            ("ecb", "2026-07-01", "2"),
            [("There is no rate “ecb”; there are at_base, be_civil, boe, de_base, ecb_mro, fr_legal, fr_legal_private,"
             " it_legal, lu_consumer, nl_consumer.")],
        ),
        (
            ("ecb_mro", "01/07/2026", "2,15"),
            ["FROM: “01/07/2026” is not a day; write it as YYYY-MM-DD, for example 2024-03-31.",
             "PERCENT: “2,15” is not a percentage a year; write it with a point, for example 3.15."],
        ),
        (
            ("fr_legal", "2026-07-15", "2.5"),
            ["FROM: fr_legal is set for each half-year: it starts on 1 January or 1 July."],
        ),
        (
            ("be_civil", "2027-07-01", "4"),
            ["FROM: be_civil is set for each year: it starts on 1 January."],
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_a_rate_is_refused_in_sentences(
    relance: Relance, words: tuple[str, ...], sentences: list[str]
) -> None:
    said = relance("rates", "set", *words, "--source", "x")
    assert (said.code, said.err.splitlines()) == (1, sentences)


def test_a_value_without_a_source_is_not_taken(relance: Relance) -> None:
    assert relance("rates", "set", "ecb_mro", "2026-07-01", "2.40").code == 2
    said = relance("rates", "set", "ecb_mro", "2026-07-01", "2.40", "--source", " ")
    assert (said.code, said.err) == (1, "--source: say in at most 500 signs where the value was published.\n")
