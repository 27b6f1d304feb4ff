"""Words a first message may not use, found however they are written."""

import pytest

from policies.courtesy import Found, harsh_words, words_for_unpaid
from policies.courtesy_words import HARSH, LATE
from policies.languages import SHIPPED


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "This unpaid invoice goes to court.", ["unpaid", "court"]),
        ("en", "A formal\nnotice, debt collectors and recovery", ["formal notice", "debt collectors", "recovery"]),
        ("en", "Our courtesy: the latest courts-martial later on, courteous and related", ["courts"]),
        ("fr", "Factures IMPAYÉES, mise en demeure, recouvrements, contentieux", ["IMPAYÉES", "mise en demeure", "recouvrements", "contentieux"]),
        ("fr", "Nous vous mettons en demeure ; l’huissier et le tribunal", ["mettons en demeure", "huissier", "tribunal"]),
        ("fr", "Un court message, en toute courtoisie ; la cour intérieure", []),
        ("de", "Mahnung, Inkassobüro, gerichtliches Mahnverfahren, Landgericht", ["Mahnung", "Inkassobüro", "gerichtliches", "Mahnverfahren", "Landgericht"]),
        ("de", "Diese Nachricht ist an Sie gerichtet; die Zahlungserinnerung auch", []),
        ("es", "Impago, facturas impagadas, cobro judicial, el juzgado, morosos", ["Impago", "impagadas", "cobro judicial", "juzgado", "morosos"]),
        ("it", "Fattura insoluta, messa in mora, recupero crediti, tribunale", ["insoluta", "mora", "recupero", "tribunale"]),
        ("nl", "Onbetaalde factuur, ingebrekestelling, incassokosten, gerechtsdeurwaarder", ["Onbetaalde", "ingebrekestelling", "incassokosten", "gerechtsdeurwaarder"]),
        ("pt", "Cobrança coerciva, tribunais, dívida, injunção, contencioso", ["Cobrança", "tribunais", "dívida", "injunção", "contencioso"]),
        ("it", "Diese Mahnung", ["Mahnung"]),
        ("en", "An un\u00adpa\u200bid bill", ["un\u00adpa\u200bid"]),
        ("fr", "Impaye\u0301e", ["Impaye\u0301e"]),
    ],
)  # fmt: skip
def test_a_harsh_word_is_found_inflected_accented_broken_or_in_capitals(
    language: str, text: str, found: list[str]
) -> None:
    assert [each.word for each in harsh_words(text, language, before_due=False)] == found


@pytest.mark.parametrize(
    ("language", "late"),
    [
        ("en", "overdue"), ("en", "late"), ("fr", "en retard"), ("fr", "retardé"), ("de", "verspätete"), ("de", "verspaetet"),
        ("de", "überfällig"), ("es", "retrasada"), ("it", "in ritardo"), ("nl", "te laat"), ("pt", "atrasada"),
    ],
)  # fmt: skip
def test_before_the_due_date_nothing_is_late_and_at_a_reminder_it_may_be(language: str, late: str) -> None:
    assert harsh_words(f"Bla {late}.", language, before_due=True) != ()
    assert harsh_words(f"Bla {late}.", language, before_due=False) == ()


def test_a_word_is_told_with_its_line() -> None:
    assert harsh_words("Hello,\n\nthe court\nis unpaid", "en", before_due=False) == (
        Found("court", 3),
        Found("unpaid", 4),
    )


def test_a_short_message_never_says_unpaid_whatever_its_language() -> None:
    said = ("unpaid", "not yet paid", "impayée", "non réglée", "noch nicht bezahlt", "onbetaald", "nog niet betaald",
            "impagada", "non pagata", "não paga")  # fmt: skip
    assert [text for text in said if not words_for_unpaid(f"Invoice: {text}.")] == []
    assert (
        words_for_unpaid("Déjà payé ? Already paid? ¿Ya ha pagado? Schon bezahlt? Al betaald? Già pagato? Já pagou?")
        == ()
    )


def test_every_language_we_ship_has_its_words() -> None:
    assert (sorted(HARSH), sorted(LATE)) == (sorted(SHIPPED), sorted(SHIPPED))
