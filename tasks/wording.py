"""Amounts, days, account numbers and short texts as a reader of each shipped language expects them."""

import copy
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import NumberPattern, format_decimal

from policies.languages import OTHERWISE, primary
from policies.money import digits
from policies.sms_segments import GSM

LOCALES: dict[str, str] = {
    "fr": "fr_FR", "en": "en_GB", "de": "de_DE", "nl": "nl_BE", "es": "es_ES", "it": "it_IT",
    "pt": "pt_PT",
}  # fmt: skip
"""Languages we write in, with the locale that spells amounts and days."""

OR: dict[str, str] = {"fr": "ou", "en": "or", "de": "oder", "nl": "of", "es": "o", "it": "o", "pt": "ou"}
"""The word before the last of several possibilities."""

AND: dict[str, str] = {"fr": "et", "en": "and", "de": "und", "nl": "en", "es": "y", "it": "e", "pt": "e"}
"""The word before the last of several things together."""

PLAIN: dict[str, str] = {
    "\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"', "\u2013": "-",
    "\u2014": "-", "\u2026": "...", "\u00a0": " ", "\u202f": " ", "\u0153": "oe", "\u0152": "OE", "\u00b7": "-",
}  # fmt: skip


def written_language(language: str) -> str:
    """The language a message is written in: the customer's where we have it (`fr-CA` is `fr`), else English."""
    own = primary(language)
    return own if own in LOCALES else OTHERWISE


@lru_cache(maxsize=512)
def _pattern(language: str, currency: str) -> tuple[NumberPattern, Locale]:
    """The locale's currency pattern with the decimals of ISO 4217: CLDR hides the fils of some currencies."""
    locale = Locale.parse(LOCALES[written_language(language)])
    pattern = copy.copy(locale.currency_formats["standard"])
    pattern.frac_prec = (digits(currency), digits(currency))
    return pattern, locale


def amount(minor: int, currency: str, language: str) -> str:
    """`125000` EUR cents: `1 250,00 €` in French (narrow no-break space), `€1,250.00` in English."""
    pattern, locale = _pattern(language, currency)
    value = Decimal(minor).scaleb(-digits(currency))
    return str(pattern.apply(value, locale, currency=currency, currency_digits=False))


def round_amount(minor: int, currency: str, language: str) -> str:
    """The same without decimals where they say nothing: `5 000 €`, `€40`, but `€7.50`."""
    whole, rest = divmod(minor, 10 ** digits(currency))
    if rest:
        return amount(minor, currency, language)
    pattern, locale = _pattern(language, currency)
    short = copy.copy(pattern)
    short.frac_prec = (0, 0)
    return str(short.apply(Decimal(whole), locale, currency=currency, currency_digits=False))


def figure(value: Decimal, language: str) -> str:
    """A number without zeros that say nothing: `10`, `2,5`."""
    return format_decimal(value.normalize(), "#,##0.##", locale=LOCALES[written_language(language)])


def percent(value: Decimal, language: str) -> str:
    """A percentage: `12,15 %`, `12.15%`, whatever the decimals it was given with."""
    shown = figure(value, language)
    return f"{shown}%" if written_language(language) == "en" else f"{shown}\u202f%"


def sms_amount(minor: int, currency: str, language: str) -> str:
    """The same in letters every telephone has: `1250,00 EUR`."""
    places = digits(currency)
    text = f"{Decimal(minor).scaleb(-places):.{places}f}"
    return f"{text if written_language(language) == 'en' else text.replace('.', ',')} {currency}"


def day(date: date, language: str) -> str:
    """`3 décembre 2026`, `1er janvier 2026`; `3 December 2026`."""
    written = written_language(language)
    text = format_date(date, "long", locale=LOCALES[written])
    return f"1er{text[1:]}" if written == "fr" and date.day == 1 else text


def short_day(date: date, language: str) -> str:
    """`22 nov.`, `1er déc.`, `22 Nov`: for names and lists, where the year is plain."""
    written = written_language(language)
    text = format_date(date, "d MMM", locale=LOCALES[written])
    return f"1er{text[1:]}" if written == "fr" and date.day == 1 else text


def either(words: Sequence[str], language: str) -> str:
    """`a, b or c` in the reader's language; empty where there is nothing."""
    return _joined(words, OR[written_language(language)])


def both(words: Sequence[str], language: str) -> str:
    """`a, b and c` in the reader's language; empty where there is nothing."""
    return _joined(words, AND[written_language(language)])


def _joined(words: Sequence[str], conjunction: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def account(iban: str) -> str:
    """An IBAN as banks print it, in groups of four."""
    bare = "".join(iban.split()).upper()
    return " ".join(bare[at : at + 4] for at in range(0, len(bare), 4))


def one_line(text: str) -> str:
    """`text` without control characters or line breaks: what stands in a heading or a name."""
    kept = "".join(" " if unicodedata.category(each) in ("Cc", "Zl", "Zp") else each for each in text)
    return " ".join(part for part in kept.split(" ") if part)


def gsm(text: str) -> str:
    """`text` in the GSM-7 alphabet where that loses nothing but an accent (`ç` to `c`); other letters stay."""
    return "".join(each if each in GSM else _nearest(each) for each in text)


def _nearest(letter: str) -> str:
    if letter in PLAIN:
        return PLAIN[letter]
    base = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    return base if base and all(part in GSM for part in base) else letter
