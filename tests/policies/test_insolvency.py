"""The laws of insolvency: what a judgment holds, what it spares, and which published notice is about whom."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from policies.decide import decide
from policies.decisions import Act
from policies.facts import Hold, HoldKind
from policies.interest.stopped import stop_of
from policies.limitation import years_after
from policies.public_notice import is_siren, kind_in, numbers_in, opens, sirens_of
from policies.spared import arose_after
from tests.policies.builders import a_case, paris, shipped

JUDGMENT = date(2026, 3, 2)
DAYS = some.dates(date(2026, 1, 1), date(2026, 5, 31))


def insolvent(since: date) -> Hold:
    return Hold(HoldKind.INSOLVENCY, "redressement judiciaire", since, None, "marie")


@given(
    issued=some.one_of(some.none(), DAYS),
    judgment=DAYS,
    late=some.integers(0, 120),
    ladder=some.sampled_from(["fr-b2b", "fr-after-judgment"]),
)
def test_once_the_judgment_is_known_nothing_leaves_about_what_is_older_and_it_earns_nothing_from_that_day(
    issued: date | None, judgment: date, late: int, ladder: str
) -> None:
    due = (issued or judgment - timedelta(days=40)) + timedelta(days=30)
    one = a_case(issued=issued, due=due, holds=(insolvent(judgment),))
    decision = decide(one, shipped(ladder), paris(f"{due + timedelta(days=late)} 10:00"))
    if not arose_after(judgment, issued) or ladder == "fr-b2b":
        assert not isinstance(decision, Act)
    if issued is not None:
        stop = stop_of([insolvent(judgment)], issued)
        assert (None if stop is None else stop.on) == (judgment - timedelta(days=1) if issued < judgment else None)


def test_an_invoice_of_the_very_day_counts_as_younger_and_one_of_no_day_as_older() -> None:
    days = (JUDGMENT - timedelta(days=1), JUDGMENT, JUDGMENT + timedelta(days=1), None)
    assert [arose_after(JUDGMENT, day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("said", "kind", "opening"),
    [
        ("Jugement d'ouverture d'une procédure de sauvegarde", "sauvegarde", True),
        ("Jugement d'ouverture d'une procédure de redressement judiciaire", "redressement", True),
        (
            "Jugement de conversion en liquidation judiciaire de la procédure de redressement judiciaire",
            "liquidation",
            True,
        ),
        ("Jugement prononçant la liquidation judiciaire", "liquidation", True),
        ("Jugement de clôture pour insuffisance d'actif", "", False),
        ("Jugement arrêtant le plan de redressement", "redressement", False),
        ("Dépôt de l'état des créances", "", False),
    ],
)
def test_what_a_notice_says_of_a_judgment(said: str, kind: str, opening: bool) -> None:
    assert (kind_in(said), opens(said)) == (kind, opening)


def test_register_numbers_are_found_with_blanks_and_only_with_their_check_digit() -> None:
    assert numbers_in("356 000 000, 732829320 RCS Paris, 123 456 789, 12") == ("356000000", "732829320")
    assert sirens_of("732 829 320 00074", "FR39 356000000") == {"732829320", "356000000"}
    assert sirens_of("0123.456.789", "BE0123456789") == frozenset()
    assert not is_siren("000000000")


@given(number=some.integers(0, 999_999_999), place=some.integers(0, 8), digit=some.integers(1, 9))
def test_one_wrong_digit_is_never_another_companys_number(number: int, place: int, digit: int) -> None:
    text = f"{number:09d}"
    wrong = text[:place] + str((int(text[place]) + digit) % 10) + text[place + 1 :]
    assert not (is_siren(text) and is_siren(wrong))


def test_two_years_after_a_leap_day_end_on_its_eve() -> None:
    assert years_after(date(2028, 2, 29), 2) == date(2030, 2, 28)
