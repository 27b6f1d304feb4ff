"""Reading the names of countries and of their laws."""

import re

from policies.toml_values import Wrong, shown

_COUNTRY = re.compile(r"[A-Z]{2}")
_LAW = re.compile(r"[A-Z]{2}(?:-[A-Z]{2,3})?")


def country(value: object) -> str:
    """A country, by its two letters (ISO 3166-1)."""
    if not isinstance(value, str) or not _COUNTRY.fullmatch(value):
        raise Wrong(f"{shown(value)} is not a country; use its two capital letters, such as FR.")
    return value


def jurisdiction(value: object) -> str:
    """The name of a law: a country, or a part of one."""
    if not isinstance(value, str) or not _LAW.fullmatch(value):
        raise Wrong(f"{shown(value)} is not a jurisdiction; use its capital letters, such as FR, UK-EW or EU.")
    return value
