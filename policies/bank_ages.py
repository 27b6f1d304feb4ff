"""How old bank data may be, as a creditor declares it: a number of bank days, or `none`."""

from collections.abc import Mapping

from policies.problems import Problem

AGES = ("bank_max_age", "courtesy_max_age")
UNLIMITED = "none"
MOST = 60


def ages_wrong(settings: Mapping[str, str]) -> list[Problem]:
    """The ages among the settings that are no number of bank days from 0 to 60 and not `none`."""
    reason = f"Write a number of bank days from 0 to {MOST}, or {UNLIMITED} if its age does not matter."
    wrong = [name for name in AGES if name in settings and not _is_age(settings[name])]
    return [Problem("settings", None, name, reason) for name in wrong]


def ages(settings: Mapping[str, str]) -> dict[str, int | None]:
    """The ages among the settings, in bank days; None: not limited."""
    return {name: None if settings[name] == UNLIMITED else int(settings[name]) for name in AGES if name in settings}


def _is_age(text: str) -> bool:
    return text == UNLIMITED or (text.isascii() and text.isdigit() and int(text) <= MOST)
