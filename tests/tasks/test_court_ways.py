"""The ways to court as staff read them: in their language, with nothing left in another, and by name in the history."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from policies.claim_file import ClaimFile
from policies.court_facts import CourtFacts
from policies.court_proposal import CourtMatter, propose
from policies.facts import DebtorKind
from policies.law.jurisdiction import Jurisdiction
from policies.law.law_file import load_law
from policies.typography import typeset
from storage.staff_catalogue import staff_catalogue
from storage.timeline import Event
from tasks.court_way import court_words
from tasks.court_ways import ways_told
from tasks.journal_words import event_words
from tasks.staff_text import speaking

LAWS = Path(__file__).parents[2] / "policies" / "law"
MATTER = CourtMatter(
    DebtorKind.CONSUMER, 4_200_00, "EUR", date(2026, 9, 10), "FR", "FR", frozenset({"FR", "DE"}),
    without_document=("FA-1",), lost=frozenset({"small_claims"}), dies_on=date(2028, 2, 1),
)  # fmt: skip


def in_french(matter: CourtMatter, name: str = "fr.toml") -> list[str]:
    law = load_law((LAWS / name).read_bytes(), name)
    assert isinstance(law, Jurisdiction)
    found = propose(law, matter)
    facts = CourtFacts(found, found.open, cast("ClaimFile", None))
    with speaking("fr"):
        return ways_told(facts, "EUR").replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").splitlines()


def test_in_french_cost_needs_and_the_reason_why_a_way_is_closed_are_in_french() -> None:
    told = in_french(MATTER)
    assert told[2:] == [
        (
            "- **injonction de payer** : coût : frais de greffe (demander le montant actuel au tribunal) et signification ; "
            "30 jours pour s'opposer ; suppose : une créance contractuelle d'un montant déterminé ; un décompte détaillé et "
            "les pièces (1407 CPC) ; le tribunal du débiteur ; **manque** : les factures elles-mêmes : aucun fichier n'est "
            "conservé de FA-1 [art. 1405 to 1422 CPC; orders made from 1 September 2026 are served within three months "
            "(decree 2026-96)]"
        ),
        (
            "- *Fermée* : Injonction de payer européenne : suppose un créancier et un débiteur "
            "dans des États membres différents (regulation (EC) 1896/2006)."
        ),
        (
            "- *Fermée* : Procédure simplifiée de recouvrement des petites créances (commissaire de justice) : déjà tentée "
            "pour cette dette, et refusée (art. L125-1 and R125-1 to R125-8 CPCE)."
        ),
        (
            "- *Fermée* : Référé-provision : irrecevable sans tentative amiable préalable, et aucune n'est au dossier : "
            "médiation, conciliation ou petites créances (art. 750-1 CPC)."
        ),
        (
            "- *Fermée* : Procédure au fond : irrecevable sans tentative amiable préalable, et aucune n'est au dossier : "
            "médiation, conciliation ou petites créances (art. 750-1 CPC)."
        ),
        "- La créance peut être portée en justice jusqu'au 1er février 2028.",
    ]


def test_amounts_and_the_country_that_is_not_reached_are_in_french_too() -> None:
    dear = replace(MATTER, owed=4_900_00, interest=200_00, lost=frozenset(), contested=True, dies_on=None)
    told = "\n".join(in_french(dear))
    assert "jusqu'à 5 000,00 EUR, intérêts compris, et 5 100,00 EUR sont dus avec eux" in told
    assert "seulement pour une dette que personne ne conteste" in told
    swiss = replace(MATTER, debtor_country="DE", creditor_country="CH")
    assert "ne s'étend pas à CH" in "\n".join(in_french(swiss, "de.toml"))
    dead = "\n".join(in_french(replace(MATTER, dies_on=date(2026, 9, 9))))
    assert "aucune voie judiciaire n'est ouverte pour cette dette en l'état" in dead


def test_the_history_names_a_way_to_court_and_not_its_code() -> None:
    opened = Event(datetime(2026, 9, 10, tzinfo=UTC), "court_file_opened", {"file": 3, "route": "injonction_de_payer"})
    assert event_words(opened, "EUR") == "Court file 3 opened: Injonction de payer"
    chosen = Event(opened.at, "court_route_chosen", {"actor": "lea", "route": "small_claims"})
    with speaking("fr"):
        assert event_words(chosen, "EUR").replace("\u00a0", " ") == (
            "lea a choisi la voie judiciaire : Procédure simplifiée de recouvrement des petites créances (commissaire de justice)"
        )


def test_a_way_has_one_name_in_french_in_letters_questions_and_the_reason_why_it_is_closed() -> None:
    catalogue, named = staff_catalogue("fr"), court_words()["fr"]["ways"]
    for file in LAWS.glob("*.toml"):
        for route in tomllib.loads(file.read_text(encoding="utf-8")).get("route", []):
            if route["stage"] == "legal" and route["id"] in named:
                name = named[route["id"]]
                assert catalogue.exact(route["title"]) == typeset(name[:1].upper() + name[1:], "fr"), route["id"]
