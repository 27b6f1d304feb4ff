"""Why a payment came back, in words staff understand, and what such a return calls for."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("return_reasons.toml")


@dataclass(frozen=True, slots=True)
class ReturnReason:
    """A code of ISO 20022 with its words. `follows` is `retry`, `data`, `mandate`, `stay` or `person`."""

    code: str
    words: str
    follows: str


def return_reason(code: str, language: str) -> ReturnReason:
    """The reason in French or English; a code we do not know stands for itself, and a person decides."""
    name = code.strip().upper()
    known = _reasons().get(name)
    if known is None:
        return ReturnReason(name, code, "person")
    return ReturnReason(name, known["fr" if language == "fr" else "en"], known["follows"])


@cache
def _reasons() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
