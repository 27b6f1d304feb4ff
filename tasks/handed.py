"""How one attempt to hand a message over ended."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from policies.case import EffectState
from policies.sms_answers import SmsTrouble

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Handed:
    """The outcome of one attempt: CONFIRMED, REFUSED or AMBIGUOUS, never anything else."""

    state: EffectState
    temporary: bool
    """Refused for now: the other side, or the way to it, may be well again later."""
    words: str
    """What the other side said, or a sentence about why it could not be asked."""
    provider_id: str
    """What the other side calls the message, once it has taken it."""
    trouble: SmsTrouble | None = None
    """What a refusal says of the telephone number itself (it is dead, its owner said STOP); None: nothing."""


def confirmed(words: str, provider_id: str) -> Handed:
    """The other side has taken the message."""
    return Handed(EffectState.CONFIRMED, False, words, provider_id)


def refused(words: str, *, temporary: bool, trouble: SmsTrouble | None = None) -> Handed:
    """The other side has surely not taken the message: another attempt repeats nothing."""
    return Handed(EffectState.REFUSED, temporary, words, "", trouble)


def ambiguous(words: str) -> Handed:
    """Nobody can tell whether the other side has taken the message: it must not be sent again blindly."""
    return Handed(EffectState.AMBIGUOUS, False, words, "")


def spoken(words: str, secrets: Iterable[str] = ()) -> str:
    """What a server said, on one line, at most 300 characters, without any of our secrets."""
    text = words.encode("utf-8", "replace").decode("utf-8")
    for secret in secrets:
        text = text.replace(secret, "•••") if secret else text
    text = "".join(" " if unicodedata.category(each).startswith("C") else each for each in text)
    text = re.sub(r" +", " ", text).strip()
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
