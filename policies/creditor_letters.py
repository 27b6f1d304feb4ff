"""What a creditor declares about letters: whether they are printed, which go registered, what one costs."""

from collections.abc import Mapping

from policies.posting import REGISTERED
from policies.problems import Problem

OFF, QUEUE = "off", "queue"
CHOICES = {"letters": (OFF, QUEUE), "registered_letters": REGISTERED}
"""Settings with the words they may have."""
COSTS = ("letter_cost", "registered_cost")
"""What a letter costs, in minor units of `cost_currency`; `none`: not known, and none is written down."""
UNKNOWN_COST = "none"
MOST = 1_000_000


def letters_wrong(settings: Mapping[str, str]) -> list[Problem]:
    """Those of the settings about letters that are none of their words, no amount, or no currency."""
    wrong = [
        Problem("settings", None, name, f"“{settings[name]}” is unknown; write {', '.join(words[:-1])} or {words[-1]}.")
        for name, words in CHOICES.items()
        if name in settings and settings[name] not in words
    ]
    wrong += [
        Problem("settings", None, name, f"Write the cost in cents, for example 149, or {UNKNOWN_COST}.")
        for name in COSTS
        if name in settings and not _is_cost(settings[name])
    ]
    currency = settings.get("cost_currency", "EUR")
    if not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        wrong.append(Problem("settings", None, "cost_currency", f"“{currency}” is no currency; write it like EUR."))
    return wrong


def costs(settings: Mapping[str, str]) -> dict[str, int | None]:
    """The costs among the settings; None: not known."""
    return {name: None if settings[name] == UNKNOWN_COST else int(settings[name]) for name in COSTS if name in settings}


def _is_cost(text: str) -> bool:
    return text == UNKNOWN_COST or (text.isascii() and text.isdigit() and int(text[:8]) <= MOST and len(text) < 8)
