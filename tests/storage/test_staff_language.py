"""Staff read French where the creditor says so: the setting, and an answer given with the French sentence."""

import pytest

from policies.decisions import Act
from policies.problems import Problem
from storage import collecting
from storage.creditor import ensure_creditor, update
from storage.staff_catalogue import house_language
from tests.storage.books import rows
from tests.storage.test_asking import LARGE, MAIL, MORNING, answer, asked, at_the_formal_notice

pytestmark = pytest.mark.usefixtures("database_url")


async def test_the_house_reads_english_until_it_says_french_and_nothing_else_is_taken() -> None:
    creditor = await ensure_creditor()
    assert await house_language() == "en"
    assert await update(creditor.id, {"staff_language": "de"}, "marie", MORNING) == [
        Problem("settings", None, "staff_language", "“de” is not a language for staff; write en or fr.")
    ]
    assert await update(creditor.id, {"staff_language": "fr"}, "marie", MORNING) == []
    assert (await house_language(), (await ensure_creditor()).staff_language) == ("fr", "fr")


async def test_an_answer_counts_in_whichever_language_its_form_was_written() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    assert await answer(question.id, "Envoyer la mise en demeure") is None
    assert isinstance((await collecting.consider(case, token, MORNING, MAIL)).decision, Act)
    assert await rows("SELECT state FROM question") == [("answered",)]
