"""The statement of calculation from the terminal, without a database and with the user's own rates."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from cli.home import CHECKOUT
from tests.cli.conftest import Relance, Said


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Relance:
    """Runs `relance interest` in an empty home where nothing runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PREFECT_"))}
    environment = kept | {"RELANCE_HOME": str(tmp_path_factory.mktemp("home")), "COLUMNS": "200"}

    def run(*words: str) -> Said:
        command = [sys.executable, "-m", "cli.main", "interest", *words]
        done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    return run


def answer(run: Relance, words: str) -> dict[str, Any]:
    said = run(*words.split(), "--json")
    assert (said.code, said.err) == (0, "")
    return dict(json.loads(said.out))


def test_the_french_statement_for_other_programs(alone: Relance) -> None:
    found = answer(
        alone, "--country FR --debtor business --amount 15000 --currency EUR --due 2024-03-31 --until 2025-02-15"
        " --payment 2024-06-01=5000",
    )  # fmt: skip
    assert found.pop("basis").startswith("Simple interest, actual/365, from the day after the due date")
    assert found == {
        "country": "FR",
        "debtor": "business",
        "currency": "EUR",
        "until": "2025-02-15",
        "principal": "10000.00",
        "interest": "1368.74",
        "flat": "40.00",
        "total": "11408.74",
        "segments": [
            {"from": "2024-04-01", "to": "2024-06-01", "days": 62, "year": 365, "rate": "14.50", "principal": "15000.00",
             "interest": "369.45"},
            {"from": "2024-06-02", "to": "2024-06-30", "days": 29, "year": 365, "rate": "14.50", "principal": "10000.00",
             "interest": "115.20"},
            {"from": "2024-07-01", "to": "2024-12-31", "days": 184, "year": 365, "rate": "14.25", "principal": "10000.00",
             "interest": "718.36"},
            {"from": "2025-01-01", "to": "2025-02-15", "days": 46, "year": 365, "rate": "13.15", "principal": "10000.00",
             "interest": "165.73"},
        ],
        "flags": [],
        "notes": [],
        "known_until": None,
        "known_part": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "interest", "flat", "flags"),
    [
        ("--country FR --amount 1000 --due 2025-05-31 --payment 2025-08-31=1000 --until 2026-01-31",
         "31.45", "40.00", []),
        ("--country FR --amount 1000 --due 2026-03-02 --payment 2026-03-22=1000 --until 2026-06-30",
         "6.66", "40.00", []),
        ("--country FR --amount 15000 --due 2024-03-31 --until 2024-04-30 --rate 15", "184.93", "40.00",
         ["below_floor"]),
        ("--country FR --debtor public --amount 1000 --due 2024-06-30 --until 2025-12-31", "184.25", "40.00", []),
        ("--country FR --debtor consumer --amount 1000 --due 2025-03-31 --until 2025-07-10 --notice 2025-06-15",
         "2.28", None, []),
        ("--country FR --debtor consumer --amount 1000 --due 2025-03-31 --until 2025-07-10", None, None,
         ["needs_notice"]),
        ("--country FR --debtor consumer --amount 1000 --due 2025-03-31 --until 2025-07-10 --flat 40", None, None,
         ["needs_notice", "not_claimable"]),
        ("--country BE --debtor consumer --amount 1000 --due 2025-03-31 --until 2025-04-30", None, None,
         ["needs_notice"]),
        ("--country UK --amount 1000 --due 2016-01-31 --until 2016-03-21", "11.64", "70.00", []),
        ("--country UK --amount 1000 --due 2016-01-31 --until 2016-03-21 --round daily", "11.50", "70.00", []),
        ("--country UK --amount 10000 --due 2026-01-31 --until 2026-04-01", "193.15", "100.00", []),
        ("--country DE --amount 10000 --due 2024-01-31 --until 2024-03-01", "103.73", "40.00", []),
        ("--country DE --amount 10000 --due 2023-07-01 --until 2023-12-31 --payment 2023-01-01=10000", "0.00", None,
         []),
        ("--country DE --amount 1500 --due 2009-09-14 --until 2012-02-17", "297.55", None, []),
        ("--country DE --debtor consumer --amount 10000 --due 2023-01-01 --until 2023-07-01", "328.69", None, []),
        ("--country DE --debtor consumer --amount 10000 --due 2023-01-01 --until 2023-07-01 --turn next_day", "328.28",
         None, []),
        ("--country DE --debtor consumer --amount 10000 --due 2024-01-31 --until 2024-03-01", "70.85", None, []),
        ("--country CH --amount 1000 --currency CHF --due 2025-01-31 --until 2025-12-31", "45.75", None, []),
        ("--country FR --amount 1000 --due 2026-07-31 --until 2026-11-22", None, "40.00", ["rate_missing"]),
    ],
)  # fmt: skip
def test_what_each_law_gives(
    alone: Relance, words: str, interest: str | None, flat: str | None, flags: list[str]
) -> None:
    found = answer(alone, words)
    assert (found["interest"], found["flat"], found["flags"]) == (interest, flat, flags)


def test_the_part_up_to_the_last_known_day_stands_apart(alone: Relance) -> None:
    found = answer(alone, "--country FR --amount 1000 --due 2026-05-31 --until 2026-11-22")
    wanted = ("interest", "total", "known_until", "known_part", "flags")
    assert [found[name] for name in wanted] == [None, None, "2026-06-30", "9.99", ["rate_missing"]]


def test_a_belgian_reminder_by_post_counts_from_the_third_working_day(alone: Relance) -> None:
    words = "--country BE --debtor consumer --amount 1000 --due 2023-08-31 --until 2023-12-31 --notice 2023-09-18"
    assert answer(alone, words)["segments"][0]["from"] == "2023-10-03"
    assert answer(alone, f"{words} --posted")["segments"][0]["from"] == "2023-10-05"
    assert answer(alone, f"{words} --flat 500")["flat"] == "90.00"


def test_what_the_belgian_law_cuts_of_an_agreement_is_said(alone: Relance) -> None:
    words = "--country BE --debtor consumer --amount 500.01 --due 2025-01-31 --notice 2025-03-01 --until 2025-12-31"
    cut = answer(alone, f"{words} --flat 5000 --rate 15")
    assert ([line["rate"] for line in cut["segments"]], cut["flat"]) == (["11.5", "10.5"], "65.00")
    assert cut["notes"] == [
        "The agreed 15 % is more than the law allows: 11.5 % is counted from 2025-03-16 to 2025-06-30.",
        "The agreed 5000.00 EUR is more than the law allows for this debt: 65.00 EUR is claimed.",
    ]
    assert answer(alone, f"{words} --flat 65 --rate 10.5")["notes"] == []


def test_a_person_reads_lines_sums_and_articles(alone: Relance) -> None:
    words = "--country FR --amount 1000 --due 2026-05-31 --until 2026-11-22 --payment 2026-06-10=200"
    said = alone(*words.split())
    assert said.out.splitlines()[:14] == [
        "Statement of calculation · France · business",
        "1000.00 EUR due on 2026-05-31, as at 2026-11-22",
        "200.00 EUR paid or credited, value date 2026-06-10",
        "",
        "From        To          Days  Principal  Percent  Interest",
        "2026-06-01  2026-06-10    10    1000.00    12.15      3.33",
        "2026-06-11  2026-06-30    20     800.00    12.15      5.32",
        "Each line: principal × percent × days ÷ 36500.",
        "",
        "Interest                                    reserved",
        "  known up to 2026-06-30                    8.65 EUR",
        "Flat sum                                   40.00 EUR",
        "Principal still open                      800.00 EUR",
        "Total                                     not stated",
    ]
    assert "! Interest from 2026-07-01 is reserved." in said.out


def test_everything_wrong_is_said_at_once(alone: Relance) -> None:
    words = "--country FR --amount 1.000,00 --due 31/05/2026 --until 2026-11-22 --payment 3 --rate=-3"
    said = alone(*words.split())
    assert (said.code, said.err.splitlines()) == (
        1,
        [
            "--payment: “3” is not DATE=AMOUNT; write for example 2024-06-01=5000.00.",
            "--amount: “1.000,00” is not an amount with the decimal sign “.” and nothing between thousands.",
            "--due: “31/05/2026” is not a day; write it as YYYY-MM-DD, for example 2024-03-31.",
            "--rate: “-3” is negative; an agreed rate is zero or more.",
        ],
    )


def test_more_money_back_than_had_come_is_refused(alone: Relance) -> None:
    words = "--country FR --amount 100 --due 2025-01-31 --until 2025-12-31 --returned 2025-04-01=100"
    said = alone(*words.split())
    reason = "--returned: by 2025-04-01 100.00 EUR more went back than had come; add its payment."
    assert (said.code, said.err.splitlines()) == (1, [reason])
    said = alone(*words.split(), "--payment", "2025-05-01=100")
    assert (said.code, said.err.splitlines()) == (1, [reason])
    assert answer(alone, f"{words} --payment 2025-03-01=100")["interest"] == "10.41"


def test_a_part_of_a_country_has_its_own_law(alone: Relance) -> None:
    words = "--amount 1000 --due 2024-05-31 --until 2024-12-31 --notice 2024-06-10"
    named = ("country", "interest", "flags")
    quebec, canada = ("QC", "27.95", []), ("CA", None, ["needs_terms"])
    assert tuple(answer(alone, f"--country CA --region QC {words}")[name] for name in named) == quebec
    assert tuple(answer(alone, f"--country QC {words}")[name] for name in named) == quebec
    assert tuple(answer(alone, f"--country CA --region ON {words}")[name] for name in named) == canada
    scotland = f"--country UK --region SCT {words}"
    assert answer(alone, scotland)["country"] == "UK-SCT"


def test_a_country_without_a_law_here_is_refused_in_a_sentence(alone: Relance) -> None:
    said = alone("--country", "ZZ", "--amount", "1", "--due", "2026-01-31")
    assert said.code == 1
    assert "ZZ" in said.err
    assert said.err.count("\n") == 1


def test_a_rate_the_user_added_is_used(relance: Relance) -> None:
    assert relance("rates", "set", "ecb_mro", "2026-07-01", "2.40", "--source", "ecb.europa.eu").code == 0
    words = "--country FR --amount 1000 --due 2026-07-31 --until 2026-08-30 --json"
    found = json.loads(relance("interest", *words.split()).out)
    assert (found["interest"], found["segments"][0]["rate"], found["flags"]) == ("10.19", "12.40", [])
