"""A house that reads French: the question and its form in Prefect's UI."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import open_window
from tests.browser.office import DAY, SECOND, Office
from tests.browser.prefect_ui import PrefectUI
from tests.browser.test_a_day_at_the_desk import plain
from tests.engine.stack import Stack
from tests.engine.staff import entry_link, in_a_thread
from tests.stories.conftest import forget_runs


@pytest.fixture(scope="module")
def bureau(chromium: Browser, stack: Stack) -> Iterator[Office]:
    """The office of a house that reads French."""
    begun = Office(stack, DAY)
    begun.run(forget_runs(stack))
    begun.begin(staff_language="fr")
    stack.start_dispatcher()
    dupont = begun.customer("C101", "Dupont SARL", contact="Claire Dupont", email="compta@dupont.example")
    for number, total in ((142, 480_000), (143, 125_000)):
        begun.invoice(dupont, f"FA-2026-0{number}", "2026-03-02", total, **SECOND)
    begun.until("2026-04-01", 12)
    yield begun
    stack.stop_dispatchers()


def test_a_formal_notice_to_approve_is_read_in_french_from_its_title_to_its_choices(
    bureau: Office, chromium: Browser
) -> None:
    page = open_window(chromium).page
    desk = PrefectUI(page, bureau.stack.desk_url).enter(in_a_thread(entry_link("marie", bureau.stack.desk_url)))
    form = desk.open_inbox("todo:marie").open_listed("Dupont").open_form()
    text = plain(form.shows("À valider : mise en demeure – Dupont SARL").text)
    assert "6 050,00 € à recouvrer sur 2 factures, la plus ancienne échue depuis 30 jours (2 mars 2026)." in text
    assert "deuxième relance le 16 mars 2026, avant Relance." in text
    assert "Envoyer la mise en demeure : le message ci-dessus part, mot pour mot." in text
    assert [re.sub(r"[0-9a-f]{6}$", "…", plain(option)) for option in form.options("Décision")] == [
        "Envoyer la mise en demeure · 6 050,00 € → compta@dupont.example · …",
        "Attendre 7 jours · …",
        "Attendre 30 jours · …",
        "Sauter cette étape · …",
        "Suspendre les relances jusqu’à nouvel ordre · …",
    ]
