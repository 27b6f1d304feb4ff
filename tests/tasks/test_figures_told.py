"""Every figure and day of a message, read back from its words as its reader reads them, is one of its facts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import pytest
from babel.dates import get_month_names
from babel.numbers import get_currency_symbol, parse_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.accessories import ClaimedLine
from policies.languages import SHIPPED
from policies.message import MessageFacts
from policies.money import digits
from policies.told_lines import shown_lines
from tasks import wording
from tasks.render import render
from tasks.sample_message import CASES, sample
from tasks.template_check import Text, known_texts, where
from tests.tasks.html_words import page
from tests.tasks.letters import Words, line
from tests.tasks.test_accessories_in_words import CLAIM, NOTICES
from tests.tasks.test_render import named

KNOWN = list(known_texts())
FIRST = [one for one in KNOWN if one[1] in ("upcoming", "courtesy_reminder", "statement")]
BY_LANGUAGE = [next(one for one in FIRST if one[1] == "statement" and one[3] == language) for language in SHIPPED]
NUMBER = r"-?\d(?:[\d.,\u00a0\u202f]*\d)?"


@lru_cache
def symbols(currency: str, language: str) -> str:
    """A currency as the language signs it, and its code, for a regular expression."""
    sign = get_currency_symbol(currency, wording.LOCALES[language])
    return "|".join(re.escape(each) for each in sorted({sign, currency}, key=len, reverse=True))


def amounts(text: str, currency: str, language: str) -> list[int]:
    """Every amount in the text, in minor units, read by the locale's own rules."""
    sign = symbols(currency, language)
    found = re.findall(rf"(-?)(?:{sign})\u00a0?({NUMBER})|({NUMBER})\u00a0(?:{sign})", text)
    return [minor(f"{minus}{before or after}", currency, language) for minus, before, after in found]


def minor(number: str, currency: str, language: str) -> int:
    plain = number.replace("\u202f", "\u00a0") if language == "pt" else number
    value = parse_decimal(plain, locale=wording.LOCALES[language], strict=False)
    return int(value.scaleb(digits(currency)))


def days(text: str, language: str) -> list[date]:
    """Every day written out in the text."""
    months = get_month_names("wide", locale=wording.LOCALES[language])
    numbers = {name.lower(): number for number, name in months.items()}
    pattern = rf"(\d{{1,2}})(?:er|\.)? (?:de )?({'|'.join(numbers)}) (?:de )?(\d{{4}})"
    return [
        date(int(year), numbers[name.lower()], int(day)) for day, name, year in re.findall(pattern, text, re.IGNORECASE)
    ]


def known_amounts(facts: MessageFacts) -> set[int]:
    """Every amount the books hold for this message."""
    sums = {facts.demanded, facts.total_open, facts.credit, facts.indemnity or 0}
    sums |= {facts.total_open - facts.credit, facts.credit - facts.total_open}
    for each in facts.lines:
        sums |= {each.original, each.paid, each.credited, each.open}
    if (claim := facts.accessories) and not claim.reserved:
        sums |= {claim.interest or 0, claim.flat or 0, claim.total_with or 0}
        for part in claim.lines:
            sums |= {part.interest or 0, part.flat or 0}
            sums |= {money for segment in part.segments for money in (segment.principal, segment.interest)}
    return sums


def known_days(facts: MessageFacts) -> set[date]:
    own = {facts.written_on, facts.position_on, facts.pay_by}
    own |= {facts.proceedings.judgment} if facts.proceedings else set()
    own |= {on for each in facts.lines for on in (each.issued, each.due)}
    if facts.accessories:
        own |= {on for part in facts.accessories.lines for each in part.segments for on in (each.start, each.end)}
    return {on for on in own if on}


def wrong_figures(facts: MessageFacts) -> Iterator[str]:
    """What the message says that the books do not, and what it does not say of each item it tells of."""
    rendered = render(facts)
    for form, text in (("text", f"{rendered.subject}\n{rendered.text}"), ("html", _html(rendered.html))):
        if not text:
            continue
        told, dated = amounts(text, facts.currency, facts.language), days(text, facts.language)
        yield from (f"{form}: the amount {each}" for each in set(told) - known_amounts(facts))
        yield from (f"{form}: the day {each}" for each in set(dated) - known_days(facts) - LAWS)
        for each in shown_lines(facts):
            row = [each.original, each.paid, *([each.credited] if each.credited else []), each.open]
            if not any(told[at : at + len(row)] == row for at in range(len(told))):
                yield f"{form}: not the row {row}"
            yield from (f"{form}: not the day {on}" for on in (each.issued, each.due) if on and on not in dated)


LAWS = {date(1995, 2, 8), date(1968, 12, 31)}
"""Days in the names of laws."""


def _html(html: str) -> str:
    return page(html).text if html else ""


@pytest.mark.parametrize("one", KNOWN, ids=where)
def test_every_amount_and_day_of_every_message_in_every_case_is_one_of_its_facts(one: Text) -> None:
    wrong = {case: found for case in CASES if case != "thirty" and (found := list(wrong_figures(sample(*one, case))))}
    assert wrong == {}


@named(NOTICES)
def test_every_figure_of_a_calculation_of_interest_is_one_of_its_facts(words: Words) -> None:
    assert list(wrong_figures(words.facts(accessories=CLAIM))) == []


@pytest.mark.parametrize("one", BY_LANGUAGE, ids=lambda one: one[3])
@pytest.mark.parametrize("currency", ["EUR", "JPY", "TND", "USD", "GBP", "CHF"])
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_an_amount_of_any_size_and_number_of_decimals_reads_back_as_it_stands_in_the_books(
    one: Text, currency: str, data: st.DataObject
) -> None:
    sums = st.integers(min_value=0, max_value=10**13)
    original, paid = data.draw(sums), data.draw(sums)
    due = date(2025, 1, 1) + timedelta(days=data.draw(st.integers(min_value=0, max_value=1500)))
    item = line(original=original, paid=paid, open=original - paid, due=due, issued=due - timedelta(days=30))
    facts = replace(
        sample(*one), currency=currency, lines=(item,), demanded=item.open, total_open=item.open, written_on=due
    )
    assert list(wrong_figures(facts)) == []


@pytest.mark.parametrize("one", FIRST, ids=where)
def test_a_first_message_tells_neither_interest_nor_a_flat_sum_even_where_they_are_known(one: Text) -> None:
    facts = sample(*one)
    claim = replace(CLAIM, interest=777, total_with=104_777, lines=(ClaimedLine("F-1001", 777, 4000, ()),))
    rendered = render(replace(facts, accessories=claim))
    assert (rendered.subject, rendered.text, rendered.sms) == _words_of(facts)
    assert not {777, 4000, 104_777} & set(amounts(_html(rendered.html), facts.currency, facts.language))


def _words_of(facts: MessageFacts) -> tuple[str, str, str]:
    rendered = render(facts)
    return rendered.subject, rendered.text, rendered.sms


def test_amounts_and_days_are_read_as_each_language_writes_them() -> None:
    assert amounts("€1,234.50 and -€5.00, EUR7.00", "EUR", "en") == [123_450, -500, 700]
    assert amounts("1\u202f234,50\u00a0€, -5,00\u00a0€", "EUR", "fr") == [123_450, -500]
    assert amounts("€\u00a01.234,50, €\u00a0-5,00", "EUR", "nl") == [123_450, -500]
    assert days("1er mars 2026, 31 décembre 2025", "fr") == [date(2026, 3, 1), date(2025, 12, 31)]
    assert days("3. März 2026", "de") + days("3 de março de 2026", "pt") == [date(2026, 3, 3)] * 2


def test_a_figure_that_is_not_in_the_books_is_noticed() -> None:
    facts = sample("", "statement", KNOWN[0][2], "en")
    assert list(wrong_figures(replace(facts, creditor=replace(facts.creditor, mentions="Add €40.00 by 5 May 2026")))) == [
        "text: the amount 4000", "text: the day 2026-05-05", "html: the amount 4000", "html: the day 2026-05-05",
    ]  # fmt: skip
