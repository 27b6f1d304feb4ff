"""What a form says beside its fields."""

from datetime import date

import pytest

from policies.choices import choices
from policies.questions import QuestionKind
from policies.stages import Stage
from storage.review import ReviewLine
from tasks.answer_words import OFFER, WHAT_FOLLOWS, what_each_answer_does
from tasks.question_text import FENCE, LINE, review_text


def lines_of(text: str) -> list[ReviewLine]:
    """A review of one customer whose letter reads so."""
    return [
        ReviewLine(
            question=1, customer_number="C111", customer_name="Petit | Fils", currency="EUR", amount=42_050,
            invoices=("FA-1", "FA-2"), recipient="compta@petit.example", subject="Mise en demeure",
            oldest_due=date(2026, 3, 2), text=text,
        )
    ]  # fmt: skip


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_every_answer_says_what_it_does(kind: QuestionKind) -> None:
    own = {OFFER} if kind in (QuestionKind.APPROVE, QuestionKind.MATCH, QuestionKind.MEDIATOR) else set()
    assert WHAT_FOLLOWS[kind].keys() - own == {choice.code for choice in choices(kind, Stage.FORMAL_NOTICE)}


def test_the_answers_are_a_list_in_the_order_of_the_form() -> None:
    assert what_each_answer_does(QuestionKind.EXHAUSTED, None).splitlines() == [
        "**What each answer does**",
        "",
        "- **Write it off**: the debt is written off and the case ends; say why in the note.",
        "- **Withdraw the claim**: the claim is given up and the case ends; say why in the note.",
        "- **Wait 30 days**: nothing leaves for 30 days, then you are asked again.",
    ]


def test_a_review_shows_the_amount_before_what_may_be_pushed_out_of_sight() -> None:
    table = [row for row in review_text(lines_of("x"), "1 Apr").description.splitlines() if row.startswith("|")]
    assert table == [
        "| Customer | Name | Amount | Due | Invoices | To |",
        "|---|---|--:|---|---|---|",
        "| C111 | Petit \\| Fils | 420,50\xa0€ | 2\xa0Mar | FA-1, FA-2 | compta@\u200bpetit.\u200bexample |",
    ]


def test_no_line_of_a_letter_is_cut_at_the_edge_of_the_form_and_amounts_stay_whole() -> None:
    words = "  Montant : 1\u202f250,00\xa0€ · déjà réglé : 0,00\xa0€ · reste à régler : 1\u202f250,00\xa0€"
    text = review_text(lines_of(f"Madame,\n\n{words}\n{FENCE}"), "1 Apr").description
    letter = text.split(FENCE)[1].strip("\n").split("\n")
    assert letter == [
        "Madame,",
        "",
        "  Montant\xa0: 1\u202f250,00\xa0€ · déjà réglé\xa0: 0,00\xa0€ · reste à régler\xa0:",
        "  1\u202f250,00\xa0€",
    ]
    assert max(map(len, letter)) <= LINE
