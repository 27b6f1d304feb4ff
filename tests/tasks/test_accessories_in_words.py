"""Interest and flat sums in messages: with their calculation, or reserved in words; never 0.00."""

import json
from datetime import date
from decimal import Decimal

import pytest

from policies.accessories import AccessoriesFacts, ClaimedLine
from policies.facts import DebtorKind
from policies.interest.statement import Segment
from policies.stages import Stage
from policies.step import Accessories
from tasks.claim_file import claim_files
from tasks.render import render
from tests.tasks.letters import Words, every

SEGMENTS = (
    Segment(date(2025, 12, 4), date(2025, 12, 15), 12, Decimal("12.15"), 100_000, 399),
    Segment(date(2025, 12, 16), date(2025, 12, 31), 16, Decimal("12.15"), 50_000, 266),
)
CLAIM = AccessoriesFacts(
    Accessories.CLAIM, reserved=False, interest=665, flat=4000, total_with=104_665,
    lines=(ClaimedLine("FA-2025-0142", 665, 4000, SEGMENTS),), basis=("Simple interest",),
)  # fmt: skip
MENTION = AccessoriesFacts(Accessories.MENTION, reserved=True)
MISSING = AccessoriesFacts(Accessories.CLAIM, reserved=True, why=("Interest from 2026-07-01 is reserved.",))
BUSINESS = [words for words in every() if words.debtor is DebtorKind.BUSINESS and words.law]
NOTICES = [words for words in BUSINESS if words.text == "formal_notice"]
HANDOVERS = [words for words in BUSINESS if words.stage in (Stage.AGENCY, Stage.LEGAL)]
MENTIONING = [
    words
    for words in every()
    if words.text == "second_reminder" or (words.text == "mediation" and words.debtor is DebtorKind.BUSINESS)
]
GENTLE = [words for words in every() if words.stage in (Stage.UPCOMING, Stage.COURTESY_REMINDER)]


def plainly(text: str) -> str:
    return text.replace("\u202f", " ").replace("\xa0", " ")


def told(words: Words, claimed: AccessoriesFacts | None) -> str:
    return plainly(render(words.facts(accessories=claimed, pay_within=14, indemnity=2000)).text)


def test_a_french_notice_claims_with_its_calculation() -> None:
    text = told(Words("FR", "formal_notice", DebtorKind.BUSINESS, "fr"), CLAIM)
    start = text.index("S'y ajoutent")
    assert text[start : text.index("Pour régler", start)].splitlines()[:8] == [
        "S'y ajoutent, au titre des articles L. 441-10 et D. 441-5 du Code de commerce, au 15 décembre 2025 :",
        "- Facture FA-2025-0142 : intérêts 6,65 €, somme forfaitaire 40,00 €",
        "  du 4 décembre 2025 au 15 décembre 2025 : 1 000,00 € × 12,15 % × 12 / 365 = 3,99 €",
        "  du 16 décembre 2025 au 31 décembre 2025 : 500,00 € × 12,15 % × 16 / 365 = 2,66 €",
        "Intérêts : 6,65 € · sommes forfaitaires : 40,00 €",
        "Principal, intérêts et sommes forfaitaires : 1 046,65 €",
        (
            "Les intérêts sont simples, premier et dernier jours inclus ; chaque règlement compte à partir du lendemain de"
            " sa date de valeur."
        ),
        "",
    ]
    assert "Nous nous réservons" not in text


@pytest.mark.parametrize("words", [*NOTICES, *HANDOVERS], ids=str)
def test_every_hard_message_to_a_business_shows_lines_sums_and_total(words: Words) -> None:
    text = told(words, CLAIM)
    assert [figure for figure in ("3", "2", "6", "40", "1") if figure not in text] == []
    assert "FA-2025-0142" in text
    assert any(total in text for total in ("1 046,65", "1.046,65", "1,046.65"))
    assert "365" in text


@pytest.mark.parametrize("claimed", [None, MENTION, MISSING], ids=["nothing", "mention", "no rate"])
@pytest.mark.parametrize("words", NOTICES, ids=str)
def test_without_figures_a_notice_reserves_in_words_and_never_says_nought(
    words: Words, claimed: AccessoriesFacts | None
) -> None:
    text = told(words, claimed)
    assert any(word in text for word in ("réserv", "reserve", "behalten wir uns vor"))
    assert "0,00" not in text.replace("1 000,00", "").replace("1.000,00", "").replace("250,00", "")
    assert "365" not in text


@pytest.mark.parametrize("words", MENTIONING, ids=str)
def test_a_second_reminder_mentions_only_where_the_step_does(words: Words) -> None:
    reserved = ("réserv", "reserved", "vorbehalten")
    assert not any(word in told(words, None) for word in reserved)
    assert any(word in told(words, MENTION) for word in reserved)


@pytest.mark.parametrize("words", GENTLE, ids=str)
def test_courtesy_says_nothing_even_if_it_is_told(words: Words) -> None:
    assert told(words, CLAIM) == told(words, None)


def test_a_claim_file_carries_the_calculation_or_says_there_is_none() -> None:
    words = Words("FR", "agency", DebtorKind.BUSINESS, "fr")
    with_claim, without = (
        json.loads(claim_files(words.facts(accessories=claimed))[1].content) for claimed in (CLAIM, MISSING)
    )
    assert without["accessories"] is None
    assert with_claim["accessories"] == {
        "interest": "6.65",
        "flat": "40.00",
        "total_with": "1046.65",
        "basis": ["Simple interest"],
        "items": [
            {
                "invoice": "FA-2025-0142",
                "interest": "6.65",
                "flat": "40.00",
                "segments": [
                    {
                        "from": "2025-12-04",
                        "to": "2025-12-15",
                        "days": 12,
                        "rate": "12.15",
                        "year": 365,
                        "principal": "1000.00",
                        "interest": "3.99",
                    },
                    {
                        "from": "2025-12-16",
                        "to": "2025-12-31",
                        "days": 16,
                        "rate": "12.15",
                        "year": 365,
                        "principal": "500.00",
                        "interest": "2.66",
                    },
                ],
            }
        ],
    }
