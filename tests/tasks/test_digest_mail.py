"""The digest as it is read: in French and in English, as text and as HTML."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from policies.message import Rendered
from policies.staff import Role
from storage.digest import Digest, News, WaitingCall, WaitingQuestion
from storage.digests import DigestDay, Reader
from tasks.digest_mail import digest_mail
from tests.tasks.html_words import Page

DAY = DigestDay(
    1, "", date(2026, 11, 27), datetime(2026, 11, 26, 6, tzinfo=UTC), datetime(2026, 11, 27, 23, tzinfo=UTC)
)  # fmt: skip
RUN = UUID("0b7d0e3e-1111-4222-8333-444455556666")
BASE = "https://relance.us.example"
LATE = WaitingQuestion(
    7, "approve", "Approve formal notice · Dupont SARL · 1 250,00 €", RUN, datetime(2026, 11, 20, 9, tzinfo=UTC),
    datetime(2026, 12, 1, 15, tzinfo=UTC), new=False, late=True,
)  # fmt: skip
CALL = WaitingCall("<b>Weber</b>", 8_000, "EUR", 34, datetime(2026, 11, 27, 13, 30, tzinfo=UTC), True, None)
PAID = News("paid", "C 1/2", "Dupont SARL", "FA-1", 125_000, "EUR")
WROTE = News("reply", "C2", "Weber", "", 0, "")

FRENCH = """\
Bonjour Marie Durand,

1 question vous attend, dont 1 en retard :
- À valider\u00a0: mise en demeure · Dupont SARL · 1 250,00 €
  En retard : posée le 20 nov., transmise à quelqu'un d'autre le 1er déc.
  Répondre : https://relance.us.example/v2/runs/flow-run/0b7d0e3e-1111-4222-8333-444455556666

1 appel à passer :
- <b>Weber</b>
  80,00\u00a0€, 34 jours de retard, comme convenu à 14:30
  Noter le résultat : https://relance.us.example/desk/calls

La liste des appels : https://relance.us.example/desk/calls

Chez vos clients depuis le 26 nov. :
- Dupont SARL
  Règlement de 1\u202f250,00\u00a0€ sur FA-1
  Voir le client : https://relance.us.example/desk/customers/C%201%2F2
- Weber
  Nous a écrit
  Voir le client : https://relance.us.example/desk/customers/C2

Tout ce qui vous attend : https://relance.us.example/desk/inbox?whose=mine

Relance vous écrit les jours ouvrés, quand il y a quelque chose à dire. Pour ne plus recevoir ce message, adressez-vous à la personne qui gère les comptes.
"""
ENGLISH = """\
Good morning Marie Durand,

3 questions wait for you, 1 late, 2 new:
- Approve formal notice · Dupont SARL · 1 250,00 €
  Late: asked 20 Nov, passed on to somebody else on 1 Dec
  Answer: https://relance.us.example/v2/runs/flow-run/0b7d0e3e-1111-4222-8333-444455556666

All 3 of them: https://relance.us.example/desk/inbox?whose=mine

On your customers since 26 Nov:
- Dupont SARL
  Paid €1,250.00 for FA-1
  See the customer: https://relance.us.example/desk/customers/C%201%2F2

And 4 more.

2 questions are for nobody in particular.

Everything that waits for you: https://relance.us.example/desk/inbox?whose=mine

Relance writes this on working days, when there is something to say. To get it no longer, ask whoever keeps the accounts.
"""


def mail(language: str, **more: object) -> Rendered:
    reader = Reader("marie", "Marie Durand", language, Role.AGENT)
    values: dict[str, object] = {
        "questions": (LATE,), "calls": (), "waiting": 1, "new": 0, "late": 1, "calling": 0, "anyones": 0, "news": (),
        "told": 0,
    }  # fmt: skip
    return digest_mail(Digest(reader, **(values | more)), DAY, f"{BASE}/", ZoneInfo("Europe/Paris"))  # type: ignore[arg-type]


def test_a_digest_in_french_lists_questions_calls_and_news_each_with_its_link() -> None:
    found = mail("fr", calls=(CALL,), calling=1, news=(PAID, WROTE), told=2)
    assert found.subject == "2 points vous attendent, dont 1 en retard · 27 novembre 2026"
    assert found.text == FRENCH


def test_a_digest_in_english_says_how_many_more_there_are() -> None:
    found = mail("en", waiting=3, new=2, news=(PAID,), told=5, anyones=2)
    assert found.subject == "3 things wait for you, 1 late · 27 November 2026"
    assert found.text == ENGLISH


@pytest.mark.parametrize(
    ("language", "subject"), [("fr", "Du nouveau chez vos clients"), ("en", "News of your customers")]
)
def test_where_nothing_waits_the_subject_speaks_of_news(language: str, subject: str) -> None:
    found = mail(language, questions=(), waiting=0, late=0, news=(WROTE,), told=1)
    assert found.subject.partition(" · ")[0] == subject


def test_the_html_has_the_same_words_and_its_links_are_named_for_what_they_do() -> None:
    found = mail("fr", calls=(CALL,), calling=1, news=(PAID, WROTE), told=2)
    assert f'<a href="{BASE}/v2/runs/flow-run/{RUN}" class="link" style="color:#0b57a4">Répondre</a>' in found.html
    assert "&lt;b&gt;Weber&lt;/b&gt;" in found.html
    assert "<script" not in found.html
    page = Page()
    page.feed(found.html)
    assert BASE not in page.text
    assert len(page.links) == 6


@pytest.mark.parametrize(("language", "said"), [
    ("fr", "En attente : posée le 20 nov., rappel le 1er déc."), ("en", "Open: asked 20 Nov, you are reminded on 1 Dec"),
])  # fmt: skip
def test_who_has_not_been_reminded_yet_is_not_told_that_somebody_else_gets_it(language: str, said: str) -> None:
    text = mail(language, questions=(replace(LATE, late=False),), late=0).text
    assert said in text.replace("\u00a0", " ")
    assert "somebody else" not in text
    assert "quelqu'un d'autre" not in text
