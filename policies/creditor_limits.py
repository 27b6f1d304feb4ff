"""What a creditor declares in whole numbers, or as `none`: how old bank data may be, how often a customer's data are checked."""

from collections.abc import Mapping

from policies.problems import Problem

UNLIMITED = "none"
MOST = 60
LIMITS = {
    "bank_max_age": "bank days from 0",
    "courtesy_max_age": "bank days from 0",
    "review_months": "months from 1",
}
"""The settings with what they count, and from which number on."""


def limits_wrong(settings: Mapping[str, str]) -> list[Problem]:
    """The limits among the settings that are no whole number in their range and not `none`."""
    return [
        Problem("settings", None, name, f"Write a number of {counted} to {MOST}, or {UNLIMITED} for no limit.")
        for name, counted in LIMITS.items()
        if name in settings and not _is_limit(settings[name], int(counted.rpartition(" ")[2]))
    ]


def limits(settings: Mapping[str, str]) -> dict[str, int | None]:
    """The limits among the settings; None: there is none."""
    return {name: None if settings[name] == UNLIMITED else int(settings[name]) for name in LIMITS if name in settings}


def _is_limit(text: str, least: int) -> bool:
    return text == UNLIMITED or (text.isascii() and text.isdigit() and least <= int(text) <= MOST)
