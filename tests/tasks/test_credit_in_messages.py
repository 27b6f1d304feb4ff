"""A reminder shows what its customer has to its credit, and what remains once it is taken off; in both parts alike."""

import pytest

from policies.stages import Stage
from tasks.render import render
from tests.tasks.html_words import page, words
from tests.tasks.letters import facts

TOLD = {
    "fr": (
        "À votre crédit, pas encore imputé sur une facture : 250,00 € (avoirs, trop-perçus).\n"
        "Solde de ce qui précède, déduction faite : 750,00 €."
    ),
    "en": (
        "To your credit and not yet set against any invoice: €250.00 (credit notes, overpayments).\n"
        "What remains once it is taken off: €750.00."
    ),
    "de": (
        "Zu Ihren Gunsten und keiner Rechnung zugeordnet: 250,00 € (Gutschriften, Überzahlungen).\n"
        "Nach Abzug bleiben offen: 750,00 €."
    ),
    "nl": (
        "In uw voordeel en met geen factuur verrekend: € 250,00 (creditnota's, te veel betaald).\n"
        "Na aftrek blijft te betalen: € 750,00."
    ),
}


@pytest.mark.parametrize("language", TOLD)
def test_a_reminder_tells_credit_and_net_in_every_language(language: str) -> None:
    said = render(facts(Stage.COURTESY_REMINDER, language, law="", credit=25_000))
    assert TOLD[language] in said.text.replace("\u202f", " ").replace("\xa0", " ")
    assert words(page(said.html).text) == words(said.text)


def test_more_credit_than_is_open_is_a_balance_in_the_customers_favour() -> None:
    said = render(facts(Stage.COURTESY_REMINDER, "en", law="", credit=130_000)).text
    assert "Balance in your favour: €300.00.\n" in said
    assert "taken off" not in said
