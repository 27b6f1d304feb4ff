"""What a creditor declares in whole numbers, as `none`, or as on and off: how old bank data may be, how often a customer's
data are checked, how long an SMS may be, at which hour its people get their digest."""

from collections.abc import Mapping

from policies.problems import Problem

UNLIMITED = "none"
MOST = 60
MOST_PARTS = 10
"""Parts of the longest SMS a provider takes (1600 letters)."""
MOST_OF = {"sms_max_segments": MOST_PARTS, "digest_hour": 23}
LIMITS = {
    "bank_max_age": "bank days from 0",
    "courtesy_max_age": "bank days from 0",
    "review_months": "months from 1",
    "sms_max_segments": "parts from 1",
    "digest_hour": "hours from 0",
    "keep_contract_years": "years from 0",
    "keep_accounts_years": "years from 0",
}
"""The settings with what they count, and from which number on."""
SWITCHES: dict[str, bool] = {"on": True, "off": False}
SWITCHED = frozenset({"sms_smart_encoding", "good_news"})
"""The settings that are on or off."""


def limits_wrong(settings: Mapping[str, str]) -> list[Problem]:
    """The limits among the settings that are no whole number in their range and not `none`; switches neither on nor off."""
    return [
        Problem(
            "settings",
            None,
            name,
            f"Write a number of {counted} to {_most(name)}, or {UNLIMITED} for {_none_is(name)}.",
        )
        for name, counted in LIMITS.items()
        if name in settings and not _is_limit(settings[name], int(counted.rpartition(" ")[2]), _most(name))
    ] + [
        Problem("settings", None, name, "Write on or off.")
        for name in sorted(SWITCHED)
        if name in settings and settings[name] not in SWITCHES
    ]


def limits(settings: Mapping[str, str]) -> dict[str, int | None]:
    """The limits among the settings; None: there is none."""
    return {name: None if settings[name] == UNLIMITED else int(settings[name]) for name in LIMITS if name in settings}


def switched(settings: Mapping[str, str]) -> dict[str, bool]:
    """The settings among these that are on or off."""
    return {name: SWITCHES[settings[name]] for name in SWITCHED if name in settings}


def _most(name: str) -> int:
    return MOST_OF.get(name, MOST)


def _none_is(name: str) -> str:
    if name.startswith("keep_"):
        return "good"
    return "neither digests nor a weekly report" if name == "digest_hour" else "no limit"


def _is_limit(text: str, least: int, most: int) -> bool:
    return text == UNLIMITED or (text.isascii() and text.isdigit() and least <= int(text) <= most)
