"""In which language a customer is written to: its own, else the usual one of its country, else English."""

from typing import Any

SHIPPED: tuple[str, ...] = ("fr", "en", "de", "es", "it", "nl", "pt")
"""Languages messages exist in (ISO 639-1)."""

OTHERWISE = "en"
"""What a customer is written in whose language and whose country's language we do not have."""

USUAL: dict[str, str] = {
    "AT": "de", "DE": "de", "LI": "de", "ES": "es", "MX": "es", "AR": "es", "CL": "es", "CO": "es", "PE": "es",
    "FR": "fr", "MC": "fr", "SN": "fr", "CI": "fr", "IT": "it", "SM": "it", "VA": "it", "NL": "nl", "SR": "nl",
    "PT": "pt", "BR": "pt", "AO": "pt", "MZ": "pt", "GB": "en", "IE": "en", "US": "en", "AU": "en", "NZ": "en",
}  # fmt: skip
"""The language of business by country (ISO 3166-1), where one alone is usual. Belgium, Switzerland, Luxembourg and Canada
have several: which one is the customer's must be told."""

SEVERAL: frozenset[str] = frozenset({"BE", "CH", "LU", "CA", ""})
"""Countries that say nothing of a customer's language; the empty one is not known."""


def primary(language: str) -> str:
    """`fr-CA` and `FR_be` are `fr`."""
    return language.replace("_", "-").split("-")[0].strip().lower()


def written_to(language: str, country: str) -> str:
    """The language of the words of a customer's messages, one of `SHIPPED`."""
    own = primary(language)
    if own in SHIPPED:
        return own
    return USUAL.get(country.upper(), OTHERWISE)


def presumed(country: str) -> str:
    """The language of a customer of which only the country is known; empty: the country does not tell."""
    return "" if country.upper() in SEVERAL else USUAL.get(country.upper(), OTHERWISE)


def with_language(customer: dict[str, Any]) -> dict[str, Any]:
    """A new customer's columns, with the presumed language where none is told."""
    return customer | {"language": customer["language"] or presumed(customer["country"])}
