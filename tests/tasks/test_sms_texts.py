"""Every short text there is: who writes, about what, whom to call, in two parts at most; an amount to a company alone."""

import re
from dataclasses import replace

import pytest

from policies.case import DebtorKind
from policies.sms_letters import smart
from policies.sms_segments import Encoding, segments
from policies.stages import Channel
from tasks import wording
from tasks.write import write
from tests.tasks.letters import Words, every, line

TO_CUSTOMERS = [words for words in every() if words.to_customer]
NAMES = ("Boulangerie «L’Œuf d'Août»", "Müller Maschinenbau GmbH")
TO_CALL = "+33 1 23 45 67 89"
SEVERAL = (line("FA-1"), line("FA-2"))


@pytest.mark.parametrize("words", TO_CUSTOMERS, ids=str)
def test_every_sms_names_who_writes_and_whom_to_call_in_two_parts_at_most(words: Words) -> None:
    for name, lines in zip(NAMES, ((line("FA-2026-01427"),), SEVERAL), strict=True):
        facts = words.facts(lines)
        creditor = replace(facts.creditor, name=name, phone=TO_CALL, iban="", sms_smart_encoding=True)
        written = write(replace(facts, creditor=creditor), Channel.SMS, "+33612345678")
        found = segments(written.text)
        assert (found.encoding, found.count <= 2) == (Encoding.GSM7, True)
        assert smart(wording.gsm(name)) in written.text
        assert written.text.count(TO_CALL) == 1
        named = re.findall(r"\d+[.,]\d\d EUR", written.text)
        assert named == [] or words.debtor in (DebtorKind.BUSINESS, DebtorKind.PUBLIC)


def test_plain_signs_are_written_where_the_creditor_wants_them() -> None:
    facts = next(words for words in TO_CUSTOMERS if words.language == "fr").facts()
    texts = [
        write(
            replace(facts, creditor=replace(facts.creditor, name="Bar • 100 ％", sms_smart_encoding=smart)),
            Channel.SMS,
            "+33612345678",
        ).text[:12]
        for smart in (False, True)
    ]
    assert texts == ["Bar • 100 % ", "Bar - 100 % "]
