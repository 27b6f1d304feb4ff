"""What staff read, in their language: known by its English sentence, whether its values are in it already or not."""

from collections.abc import Iterator
from datetime import date

import pytest

from policies.choices import choices
from policies.fingerprint import code_of, decision_text
from policies.questions import QuestionKind
from policies.staff_text.catalogue import names_in
from policies.stages import Stage
from storage.staff_catalogue import in_every_language, staff_catalogue
from tasks.staff_text import say, short_day, speaking, told


@pytest.fixture
def french() -> Iterator[None]:
    with speaking("fr"):
        yield


def test_in_english_every_sentence_is_as_it_was_written() -> None:
    assert told("Send the formal notice") == "Send the formal notice"
    assert say("{name} has 3 invoices.", name="Dupont") == "Dupont has 3 invoices."


@pytest.mark.usefixtures("french")
def test_a_sentence_with_its_values_in_it_is_recognised_and_what_people_wrote_stays_as_it_was() -> None:
    assert told("“Send all” is not a date; write it as YYYY-MM-DD, for example 2026-04-08.") == (
        "«\u00a0Send all\u00a0» n’est pas une date\u202f; écrivez AAAA-MM-JJ, par exemple 2026-04-08."
    )
    assert told("Needed to choose “Skip this step”.") == "À renseigner pour choisir «\u00a0Sauter cette étape\u00a0»."


@pytest.mark.usefixtures("french")
def test_days_are_written_as_the_reader_writes_them() -> None:
    assert told("formal notice on 1 Apr") == "mise en demeure le 1er avr."
    assert told("waits until 14 Apr") == "en attente jusqu’au 14 avr."
    assert short_day(date(2026, 4, 1)) == "1er avr."


@pytest.mark.usefixtures("french")
def test_several_problems_in_a_row_are_each_told_after_their_field() -> None:
    problem = "date: Needed to choose “Promised to pay on the date below”. note: At most 2000 characters."
    assert told(problem) == (
        "date\u00a0: À renseigner pour choisir «\u00a0Promesse de règlement à la date ci-dessous\u00a0». "
        "note\u00a0: 2000\u00a0caractères au plus."
    )


@pytest.mark.usefixtures("french")
def test_a_sentence_nobody_has_put_into_french_stands_in_english() -> None:
    assert told("Quite another thing.") == "Quite another thing."


def test_a_decision_is_understood_in_every_language_and_with_whatever_spaces_it_was_typed() -> None:
    offered = in_every_language(choices(QuestionKind.APPROVE, Stage.FORMAL_NOTICE))
    shown = "1 250,00 € → compta@dupont.example"
    with speaking("fr"):
        form = decision_text(told("Wait 7 days"), shown, "3f9a12")
    assert form == "Attendre 7\u00a0jours · 1 250,00 € → compta@dupont.example · 3f9a12"
    assert code_of(form, offered) == "wait_7"
    assert code_of("Attendre 7 jours", offered) == "wait_7"
    assert code_of("Suspendre les relances jusqu'à nouvel ordre · 3f9a12", offered) == "stop"
    assert code_of("Wait 7 days · 3f9a12", offered) == "wait_7"


@pytest.mark.usefixtures("french")
def test_a_value_that_opens_the_french_sentence_has_a_capital_letter() -> None:
    assert told("Did the formal notice arrive?") == "Bien arrivé\u202f? Mise en demeure"
    assert told("Formal notice: address refused") == "Mise en demeure\u00a0: adresse refusée"


@pytest.mark.usefixtures("french")
def test_every_entry_can_be_told_with_values_in_it() -> None:
    for key in staff_catalogue("fr").entries:
        assert told(key.format_map(dict.fromkeys(names_in(key), "7")))
