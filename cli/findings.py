"""What `doctor` finds: one line per thing looked at, with what to do."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Health(StrEnum):
    """How a thing is."""

    OK = "ok"
    NOTE = "note"  # works, but worth knowing
    BAD = "bad"  # something will not work


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `advice` is empty when there is nothing to do."""

    subject: str
    health: Health
    words: str
    advice: str = ""

    def as_json(self) -> dict[str, str]:
        """For `--json`."""
        return {name: str(value) for name, value in asdict(self).items()}


def ok(subject: str, words: str) -> Finding:
    """Nothing to do."""
    return Finding(subject, Health.OK, words)


def note(subject: str, words: str, advice: str = "") -> Finding:
    """Worth knowing."""
    return Finding(subject, Health.NOTE, words, advice)


def bad(subject: str, words: str, advice: str) -> Finding:
    """Will not work until the advice is followed."""
    return Finding(subject, Health.BAD, words, advice)
