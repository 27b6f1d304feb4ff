"""An item on hold says so in a reminder about the others, instead of being called late."""

import pytest

from policies.message import LineStatus
from policies.stages import Stage
from tasks.render import render
from tests.tasks.letters import facts, line

SAID = {
    LineStatus.DISPUTED: {
        "fr": "(contestée, rien ne vous est demandé ici à ce titre)",
        "en": "(disputed, nothing is asked for it here)",
        "de": "(bestritten, hier wird dafür nichts verlangt)",
        "nl": "(betwist, hier wordt daarvoor niets gevraagd)",
    },
    LineStatus.PROMISED: {
        "fr": "(règlement annoncé)",
        "en": "(payment announced)",
        "de": "(Zahlung angekündigt)",
        "nl": "(betaling aangekondigd)",
    },
    LineStatus.AGREED: {
        "fr": "(échelonnement convenu)",
        "en": "(instalments agreed)",
        "de": "(Ratenzahlung vereinbart)",
        "nl": "(afbetaling afgesproken)",
    },
    LineStatus.ON_ITS_WAY: {
        "fr": "(règlement en cours)",
        "en": "(payment on its way)",
        "de": "(Zahlung unterwegs)",
        "nl": "(betaling onderweg)",
    },
}


@pytest.mark.parametrize("language", ["fr", "en", "de", "nl"])
@pytest.mark.parametrize("status", SAID)
def test_a_held_item_is_named_with_its_reason(status: LineStatus, language: str) -> None:
    held = line("FA-2025-0150", late=30, status=status, demanded=False)
    law = "DE" if language == "de" else "FR"
    written = render(facts(Stage.COURTESY_REMINDER, language, (line(), held), law=law)).text
    about = written[written.index("FA-2025-0150") :]
    assert SAID[status][language] in about
    assert "30" not in about.split("\n")[1]
