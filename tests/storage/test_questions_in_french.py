"""A question as a member of staff who reads French sees it, from the books."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from flows import forms, timeline
from policies.explain import explain
from policies.facts import Contact, DatedAmount, DoneHow, Hold, HoldKind, StepDone
from policies.promise import Word
from policies.stages import Channel
from storage import asking, collecting, questions
from storage.promises import Kept
from storage.question_subject import Lead
from storage.timeline import events as history_of
from tasks.history_words import history
from tasks.question_text import describe
from tasks.staff_text import speaking
from tests.storage.test_asking import LARGE, MAIL, MORNING, at_the_formal_notice, write

pytestmark = pytest.mark.usefixtures("database_url")


async def asked_in_french() -> tuple[str, str, dict[str, Any]]:
    """Title, description and fields of the question about one formal notice; no-break spaces as plain ones."""
    case, token = await at_the_formal_notice("F1", LARGE)
    with speaking("fr"):
        placed = await asking.ask(case, token, MORNING, MAIL, write, describe)
        assert isinstance(placed, Lead)
        found = await questions.read(placed.question)
        assert found is not None
        fields = forms.schema(found)["properties"]
        return plain(found.title), plain(found.description), fields


def plain(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


async def test_a_notice_to_approve_is_asked_in_french_from_its_title_to_its_last_line() -> None:
    title, description, _ = await asked_in_french()
    assert title == "À valider : mise en demeure · Firm C1 · 9 000,00 €"
    assert description.splitlines() == [
        "### À valider : mise en demeure – Firm C1",
        "",
        "**9 000,00 €** à recouvrer sur 1 facture, échue depuis 30 jours (2 février 2026).",
        "",
        "| Facture | Échéance | Retard | Restant dû |",
        "|---|---|--:|--:|",
        "| F1 | 2026-02-02 | 30 jours | 9 000,00 € |",
        "",
        "**Ce qui a été fait pour F1** : deuxième relance le 16 févr. 2026.",
        "",
        "**Le message qui part si vous validez**, à `compta@dupont.example` :",
        "",
        "~~~~",
        "formal_notice 900000 2026-03-04",
        "~~~~",
        "",
        "**Ce que fait chaque réponse**",
        "",
        "- **Envoyer la mise en demeure** : le message ci-dessus part, mot pour mot.",
        "- **Attendre 7 jours** : rien ne part pendant 7 jours, puis la question vous est reposée.",
        "- **Attendre 30 jours** : rien ne part pendant 30 jours, puis la question vous est reposée.",
        "- **Sauter cette étape** : le parcours continue sans cette étape ; indiquez pourquoi dans la note.",
        "- **Suspendre les relances jusqu’à nouvel ordre** : rien ne part tant que personne ne lève la suspension.",
    ]


async def test_its_form_is_in_french_and_its_french_is_set_as_printers_do() -> None:
    _, _, fields = await asked_in_french()
    assert {name: fields[name]["title"] for name in ("decision", "note")} == {"decision": "Décision", "note": "Note"}
    assert fields["note"]["description"] == (
        "Un motif ou une remarque\u202f; obligatoire pour sauter une étape, passer en perte ou abandonner la créance."
    )
    assert [plain(one).rpartition(" · ")[0] for one in fields["decision"]["enum"]] == [
        "Envoyer la mise en demeure · 9 000,00 € → compta@dupont.example",
        "Attendre 7 jours",
        "Attendre 30 jours",
        "Sauter cette étape",
        "Suspendre les relances jusqu’à nouvel ordre",
    ]


async def test_the_latest_contacts_and_what_became_of_promises_are_told() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    found = (await collecting.consider(case, token, MORNING, MAIL)).dossier
    contacts = (Contact(date(2026, 2, 16), Channel.EMAIL), Contact(date(2026, 2, 20), Channel.CALL, conversation=True))
    agreed = (DatedAmount(date(2026, 2, 25), 50_000), DatedAmount(date(2026, 3, 25), 40_000))
    word = Hold(HoldKind.PROMISE, "on the telephone", date(2026, 2, 20), date(2026, 2, 27), "marie")
    plan = replace(word, kind=HoldKind.PLAN, until=None, instalments=agreed)
    promises = (Kept(word, Word.BROKEN, whole_customer=False, standing=False), Kept(plan, None, True, True))
    known = replace(found, case=replace(found.case, contacts=contacts), promises=promises)
    assert history(known).splitlines()[2:] == [
        "**Latest contacts with the customer**: email on 16 Feb 2026; call, spoken with on 20 Feb 2026.",
        "",
        "**Promises and plans**: promise for 27 Feb 2026: broken; plan of 900,00\u00a0€ up to 25 Mar 2026.",
    ]
    with speaking("fr"):
        assert [plain(line) for line in history(known).splitlines()[2:]] == [
            "**Derniers contacts avec le client** : e-mail le 16 févr. 2026 ; appel abouti le 20 févr. 2026.",
            "",
            (
                "**Promesses et échéanciers** : promesse de règlement pour le 27 févr. 2026 : engagement non tenu ; échéancier de 900,00 € "
                "jusqu’au 25 mars 2026."
            ),
        ]


async def test_the_timeline_says_in_french_what_was_done_what_comes_and_why() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    with speaking("fr"):
        assert isinstance(await asking.ask(case, token, MORNING, MAIL, write, describe), Lead)
        found = await collecting.consider(case, token, MORNING, MAIL)
        why = explain(found.dossier.case, found.dossier.ladder, found.as_of, found.dossier.life.time)
        lines = plain(timeline.markdown(found.dossier, why, await history_of(case), {})).splitlines()
    told = [
        line for line in lines if line.startswith(("**", "###", "| 2026-03-04", "| Y a", "| Une val", "| Peut-on enc"))
    ]
    assert [line.rpartition(" | ")[0] or line for line in told] == [
        "**9 000,00 €** restant dû sur 9 000,00 €, échéance 2026-02-02 · client C1 · responsable –",
        "**Suite :** en attente de validation : mise en demeure.",
        "**Prescription** : 2 févr. 2031, dernier jour pour agir en justice : 5 ans depuis l’échéance, 2 févr. 2026.",
        "| 2026-03-04 | mise en demeure",
        "| 2026-03-04 10:30",
        "| 2026-03-04 10:30",
        "### Pourquoi",
        "| Peut-on encore agir en justice ? | Oui, jusqu’au 2 févr. 2031 inclus : 5 ans depuis l’échéance, 2 févr. 2026",
        "| Peut-on encore solliciter le client ? | Oui : la loi impose ce message, aucun plafond ne l’arrête",
        (
            "| Une validation est-elle requise ? "
            "| **Oui : mise en demeure en attente de validation (9 000,00 EUR échus, au-dessus de 5 000,00 EUR)**"
        ),
    ]
    assert [line for line in lines if line.startswith("| 2026-03-04 10")] == [
        "| 2026-03-04 10:30 | Dossier ouvert |",
        "| 2026-03-04 10:30 | Question posée à une personne (validation) |",
    ]


async def test_calls_are_made_and_files_are_handed_over_and_a_file_is_no_contact_with_the_customer() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    found = (await collecting.consider(case, token, MORNING, MAIL)).dossier
    contacts = (Contact(date(2026, 2, 16), Channel.EMAIL), Contact(date(2026, 3, 2), Channel.HANDOVER))
    done = tuple(
        StepDone(step, date(2026, 3, day), DoneHow.CONFIRMED)
        for step, day in (("formal_notice", 1), ("follow_up_call", 2), ("agency", 3), ("legal", 4))
    )
    known = replace(found, case=replace(found.case, contacts=contacts, done=done))
    steps = (
        "formal notice sent on 1 Mar 2026; follow-up call made on 2 Mar 2026; agency: file handed over on 3 Mar 2026; "
        "legal: file handed over on 4 Mar 2026."
    )
    assert history(known).replace("\u00a0", " ").splitlines() == [
        f"**What was done for F1**: {steps}",
        "",
        "**Latest contacts with the customer**: email on 16 Feb 2026.",
    ]


async def test_a_call_is_made_whatever_its_step_is_named() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    found = (await collecting.consider(case, token, MORNING, MAIL)).dossier
    call = found.ladder.step("follow_up_call")
    assert call is not None
    ladder = replace(found.ladder, steps=(*found.ladder.steps, replace(call, id="last_call")))
    done = (StepDone("last_call", date(2026, 3, 2), DoneHow.CONFIRMED),)
    known = replace(found, case=replace(found.case, done=done), ladder=ladder)
    assert history(known).splitlines()[0] == "**What was done for F1**: last_call made on 2 Mar 2026."
