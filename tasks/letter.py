"""A message as a letter on paper: the words of its plain part, its items as a table, its calculation as an annex."""

import asyncio
import re
import tomllib
from functools import lru_cache
from typing import Any

from babel import Locale

from policies.message import CreditorFacts, MessageFacts
from policies.posting import Posting
from policies.stages import REMINDERS
from tasks import wording
from tasks.company_mentions import mentions_for
from tasks.letter_parts import annex_of, parts_of
from tasks.render import NotKnown, reference, render
from tasks.template_choice import TEMPLATES, written_in
from tasks.typst_page import NotPrinted, paper

LETTER = TEMPLATES / "_letter" / "letter.typ"
MOST_ITEMS = 2000
MOST_LINES, LONGEST_LINE = 8, 320
"""Lines of an address, and letters of one, that still stand whole in the window."""

LEFT_WINDOWS = frozenset({"GB", "IE", "NL"})
"""Countries whose DL envelopes have their window at the left, 20 mm from the edge."""

DIN_WINDOWS = frozenset({"DE", "AT"})
"""DIN 5008 form B: the field begins 45 mm below the upper edge. Elsewhere the window is at the right (NF Z 10-011)."""

CITY = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,5} +(\D[^\n,]*)")


async def letter_apart(facts: MessageFacts, posting: Posting) -> bytes:
    """The same beside the event loop, which it would hold for some hundredths of a second."""
    return await asyncio.to_thread(letter, facts, posting)


def letter(facts: MessageFacts, posting: Posting) -> bytes:
    """The letter as PDF/A-2b. Raises NotKnown where something the law or the post wants is missing, else NotPrinted."""
    if len(facts.lines) > MOST_ITEMS:
        raise NotPrinted(
            f"A letter holds {MOST_ITEMS} items at most, this one has {len(facts.lines)}; send a statement."
        )
    return paper(LETTER, told(facts, posting))


def told(facts: MessageFacts, posting: Posting) -> dict[str, Any]:
    """Everything the page says, as data. Dates as year, month, day."""
    language = written_in(facts.law, facts.text or facts.stage.value, facts.debtor, facts.language)[1]
    words, rendered = fixed_words()[language], render(facts, on_paper=True)
    return {
        "words": words,
        "language": language,
        "window": window(posting.country),
        "date": [facts.written_on.year, facts.written_on.month, facts.written_on.day],
        "place": place(facts.creditor.address, words["on"], wording.day(facts.written_on, language)),
        "sender": sender(facts.creditor),
        "return": [wording.one_line(facts.creditor.name), *lines_of(facts.creditor.address)],
        "mentions": mentions_for(facts.creditor, posting.creditor_country),
        "recipient": _recipient(facts, posting),
        "registered": posting.registered,
        "subject": rendered.subject,
        "reference": reference(facts),
        "parts": parts_of(facts, rendered.text, language, words),
        "signed": facts.stage not in REMINDERS,
        "annex": annex_of(facts, posting.history, language, words),
    }


def window(country: str) -> str:
    """Where the envelopes of this country have their window: `right`, `left` or `din`."""
    return "din" if country in DIN_WINDOWS else "left" if country in LEFT_WINDOWS else "right"


@lru_cache(maxsize=1)
def fixed_words() -> dict[str, dict[str, Any]]:
    """The fixed words by language."""
    return tomllib.loads((TEMPLATES / "_letter" / "words.toml").read_text(encoding="utf-8"))


def sender(creditor: CreditorFacts) -> list[str]:
    """Name, address, telephone and e-mail at the head of a letter. Raises NotKnown without an address."""
    address = lines_of(creditor.address)
    if not address:
        raise NotKnown("A letter names its sender's address: say it once with relance creditor set address=…")
    return [wording.one_line(creditor.name), *address, *(each for each in (creditor.phone, creditor.email) if each)]


def _recipient(facts: MessageFacts, posting: Posting) -> list[str]:
    address = lines_of(posting.address)
    name = posting.name or facts.customer_name
    if not address:
        raise NotKnown(
            f"{wording.one_line(name)} has no postal address: import it in the column “postal” of the customers."
        )
    attention = [] if posting.name or not facts.contact_name else [facts.contact_name]
    abroad = [] if posting.country == posting.creditor_country else [_country(posting)]
    return in_window([wording.one_line(each) for each in (name, *attention, *address, *abroad)])


def in_window(lines: list[str]) -> list[str]:
    """The same; raises NotPrinted where it could not be read in the window of an envelope."""
    if len(lines) > MOST_LINES or max(map(len, lines)) > LONGEST_LINE:
        raise NotPrinted(
            f"The address of “{lines[0][:40]}” does not fit a window: at most {MOST_LINES} lines of {LONGEST_LINE} letters."
        )
    return lines


def _country(posting: Posting) -> str:
    """The country in capitals, in words the post of the sender's country reads."""
    language = {"FR": "fr", "BE": "fr", "DE": "de", "AT": "de"}.get(posting.creditor_country, "en")
    return str(Locale(language).territories.get(posting.country, posting.country)).upper()


def lines_of(address: str) -> list[str]:
    """An address line by line, empty lines left out."""
    return [line for line in (wording.one_line(each) for each in re.split(r"[\r\n]+", address)) if line]


def place(address: str, on: str, day: str) -> str:
    """`Paris, le 15 décembre 2025`; the date alone where the address names no town."""
    city = CITY.search(address)
    return day if city is None else " ".join(part for part in (f"{city[1].strip()},", on, day) if part)
