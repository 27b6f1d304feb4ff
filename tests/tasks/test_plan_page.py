"""A payment plan goes out with a page to keep: its words, every payment, and a code for each."""

from dataclasses import replace
from email import message_from_bytes, policy
from io import BytesIO

import pytest
from pypdf import PdfReader

from policies.beside import MessageKind
from policies.languages import SHIPPED
from tasks.beside_check import sample_news
from tasks.beside_words import render_beside
from tasks.plan_page import plan_page
from tasks.write_beside import write_beside


@pytest.mark.parametrize("language", SHIPPED)
def test_the_page_of_a_plan_says_what_its_message_says_and_is_the_same_each_time(language: str) -> None:
    facts = sample_news(MessageKind.PLAN_AGREED, language)
    page = plan_page(facts, render_beside(facts))
    text = " ".join("".join(one.extract_text() for one in PdfReader(BytesIO(page)).pages).split())
    assert "F-1001" in text
    assert text.count("500") >= 4  # each payment in the words, and beside its code
    assert plan_page(facts, render_beside(facts)) == page


def test_a_company_without_an_account_sends_the_plan_without_codes() -> None:
    facts = sample_news(MessageKind.PLAN_AGREED, "fr")
    bare = replace(facts, creditor=replace(facts.creditor, iban="", bic=""))
    assert plan_page(bare, render_beside(bare)).startswith(b"%PDF")


def test_the_page_goes_with_the_confirmation_and_with_nothing_else() -> None:
    names = []
    for kind in (MessageKind.PLAN_AGREED, MessageKind.INSTALMENT_DUE, MessageKind.SETTLEMENT_OFFER):
        raw = write_beside(sample_news(kind, "fr"), "compta@dupont.example").raw
        mail = message_from_bytes(raw, policy=policy.default)
        names.append([part.get_filename() for part in mail.iter_attachments()])
    assert names == [["plan.pdf"], [], []]
