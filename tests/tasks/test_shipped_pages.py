"""Every shipped ladder as a page, under the law of its country as it ships."""

import io
import re

import pytest
from pypdf import PdfReader

from policies.ladder import Ladder
from policies.ladder_file import load_ladder
from policies.stages import Stage
from storage import law_store, policy_store
from tasks.page_blocks import Audience, Block, Kind
from tasks.page_html import page_html
from tasks.page_pdf import page_pdf
from tasks.policy_page import Around, policy_page
from tests.tasks.letters import CREDITOR
from tests.tasks.told_ladders import ON, RATES

NAMES = policy_store.shipped_names()
LANGUAGES = ("fr", "en", "de")


def shipped(name: str) -> Ladder:
    ladder = load_ladder(policy_store.shipped(name), f"{name}.toml")
    assert isinstance(ladder, Ladder), ladder
    return ladder


def page(ladder: Ladder, audience: Audience, language: str) -> tuple[Block, ...]:
    law = law_store.jurisdiction(ladder.country) if ladder.country else None
    kinds, currency = (law.kinds, law.currency) if law is not None else ({}, "EUR")
    return policy_page(ladder, audience, language, Around(kinds, RATES, CREDITOR, currency, ON))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shipped_ladder_is_told_step_by_step_in_every_language(name: str, audience: Audience, language: str) -> None:
    ladder = shipped(name)
    written = page(ladder, audience, language)
    assert len([block for block in written if block.kind is Kind.STEP]) == len(ladder.steps)
    words = " ".join(part for block in written for part in block.parts)
    assert not re.search(r"None|\{|\}|\(\)| [,.]|\.\.|  ", words), words
    assert page_html(written, language).count("<li>") >= len(ladder.steps)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_ladder_is_set_on_one_sheet_of_paper(name: str) -> None:
    pdf = page_pdf(page(shipped(name), Audience.CUSTOMERS, "fr"), "fr")
    assert 1 <= len(PdfReader(io.BytesIO(pdf)).pages) <= 2


def told(name: str, language: str = "fr") -> str:
    written = page(shipped(name), Audience.CUSTOMERS, language)
    return " ".join(part for block in written for part in block.parts).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("name", "says", "never"),
    [
        ("fr-b2b", ["12,15 % l’an", "L441-10", "40 € par facture", "l’étape « Mise en demeure »"], ["notés"]),
        (
            "fr-consumer",
            ["2,62 % l’an", "réception de la mise en demeure", "jamais notés", "Médiation Conso"],
            ["40 €"],
        ),
        ("fr-public", ["10,15 % l’an", "40 € par facture", "nous les réservons"], ["Agence", "Tribunal"]),
        ("eu-b2b", ["directive 2011/7/UE", "40 € par facture"], ["441-10"]),
        ("uk-b2b", ["Lettre avant action", "40 £GB, 70 £GB ou 100 £GB", "taux directeur"], ["441-10"]),
        ("be-consumer", ["Premier rappel, gratuit", "délai du rappel gratuit", "14 jours"], ["40 €"]),
        ("fr-after-judgment", ["Rappel au mandataire de justice", "jamais à vous"], ["Agence", "Tribunal"]),
        ("key-account", ["Rien de plus que la facture"], ["Mise en demeure", "Tribunal", "%"]),
    ],
)
def test_what_a_customer_must_know_of_each_ladder_stands_on_its_page(
    name: str, says: list[str], never: list[str]
) -> None:
    text = told(name)
    assert [part for part in says if part in text] == says
    assert [part for part in never if part in text] == []


def test_a_german_customer_reads_of_base_rate_and_flat_sum_in_german() -> None:
    text = told("de-b2b", "de")
    says = ["Basiszinssatz plus 9 Prozentpunkte", "§ 288 (2) BGB", "40 €", "Stufe „Mahnung“"]
    assert [part for part in says if part in text] == says


def test_no_page_tells_a_customer_of_a_stage_its_ladder_does_not_hold() -> None:
    titles = {Stage.AGENCY: "Agence de recouvrement", Stage.LEGAL: "Tribunal", Stage.FORMAL_NOTICE: "Mise en demeure"}
    for name in NAMES:
        ladder = shipped(name)
        held = {step.stage for step in ladder.steps}
        steps = [block.parts[1] for block in page(ladder, Audience.CUSTOMERS, "fr") if block.kind is Kind.STEP]
        assert [title for stage, title in titles.items() if stage not in held and title in steps] == []
