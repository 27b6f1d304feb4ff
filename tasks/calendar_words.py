"""Days of the week and of the year, and names of countries, as a reader says them."""

from collections.abc import Collection
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.units import format_unit

from tasks.wording import LOCALES, both, written_language

FROM_TO: dict[str, tuple[str, str]] = {"fr": ("du ", " au "), "en": ("", " to "), "de": ("", " bis ")}
"""What stands before and between the first and the last day of several in a row."""
ANY_LEAP_YEAR = 2000


def weekdays(days: Collection[int], language: str) -> str:
    """`Monday to Friday`, `Monday, Wednesday and Friday`; Monday = 0."""
    written = written_language(language)
    names = Locale.parse(LOCALES[written]).days["format"]["wide"]
    row = sorted(days)
    if len(row) > 2 and row == list(range(row[0], row[-1] + 1)):
        before, between = FROM_TO[written]
        return f"{before}{names[row[0]]}{between}{names[row[-1]]}"
    return both([names[day] for day in row], language)


def month_day(mark: tuple[int, int], language: str) -> str:
    """`1er août`, `25 August`, from (month, day)."""
    written = written_language(language)
    pattern = "d. MMMM" if written == "de" else "d MMMM"
    text = format_date(date(ANY_LEAP_YEAR, *mark), pattern, locale=LOCALES[written])
    return f"1er{text[1:]}" if written == "fr" and mark[1] == 1 else text


def span(first: tuple[int, int], last: tuple[int, int], language: str) -> str:
    """`1 to 25 August`, `du 20 décembre au 3 janvier`, from two (month, day)."""
    before, between = FROM_TO[written_language(language)]
    begins = month_day(first, language)
    if first[0] == last[0] and first <= last:
        begins = begins.split(" ")[0]
    return f"{before}{begins}{between}{month_day(last, language)}"


def minutes(count: int, language: str) -> str:
    """`5 minutes`, `1 hour`, `4 heures`."""
    unit, value = ("hour", count // 60) if count % 60 == 0 else ("minute", count)
    locale = LOCALES[written_language(language)]
    return str(format_unit(value, f"duration-{unit}", locale=locale)).replace("\u00a0", " ")


def territory(country: str, language: str) -> str:
    """The name of a country (ISO 3166-1), or what it was called where it is none."""
    return str(Locale.parse(LOCALES[written_language(language)]).territories.get(country, country))
