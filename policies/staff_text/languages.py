"""The languages staff read, and the setting that chooses the house's."""

from collections.abc import Mapping

from policies.problems import Problem

ENGLISH = "en"
"""The language sentences are written in; every other one has a catalogue."""
LANGUAGES = (ENGLISH, "fr")
SETTING = "staff_language"


def language_wrong(settings: Mapping[str, str]) -> list[Problem]:
    """The language among the settings that nobody here reads."""
    wanted = settings.get(SETTING, ENGLISH)
    if wanted in LANGUAGES:
        return []
    return [
        Problem("settings", None, SETTING, f"“{wanted}” is not a language for staff; write {' or '.join(LANGUAGES)}.")
    ]
