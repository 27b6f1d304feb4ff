"""What a salesperson reads of a formal notice, and what a manager reads when they object."""

from storage.objections import Objection
from tasks.question_text import LINE
from tasks.sales_words import about_an_objection

LONG = "Nous vous mettons en demeure de régler les factures ci-dessous dans les huit jours qui suivent la réception de ce courrier."


def test_no_line_of_the_notice_that_is_objected_to_is_cut_at_the_edge_of_the_form() -> None:
    asked = about_an_objection(
        Objection(1, 1, 2, "C1", "Dupont SARL", "EUR", 900_000, ("FA-1",), "sophie", "a large order", LONG)
    )
    draft = asked.description.split("~~~~")[1].strip().splitlines()
    assert " ".join(draft) == LONG
    assert max(map(len, draft)) <= LINE
