"""Which of the messages Twilio lists is the one in doubt: the same words to the same number, taken when ours left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.ask_twilio import TwilioMessage

EARLIER = timedelta(minutes=2)
"""How long before ours left Twilio may say that it took it: clocks differ. Later it may be by any time."""


@dataclass(frozen=True, slots=True)
class Search:
    """`sid`: the SMS in doubt; empty: it is not there. `unclear`: another one is, whose words are not to be read."""

    sid: str = ""
    unclear: bool = False


def find_sms(listed: Iterable[TwilioMessage], text: str, handed_at: datetime, taken: frozenset[str]) -> Search:
    """The earliest that fits and is not known as another message of ours.

    An account on trial puts words of its own before ours; one that keeps no words shows none, and proves nothing.
    """
    since = [one for one in listed if one.sid not in taken and one.made_at and one.made_at >= handed_at - EARLIER]
    found = next((one.sid for one in since if one.text.strip().endswith(text.strip())), "")
    return Search(found, unclear=not found and not all(_is_readable(one.text) for one in since))


def _is_readable(text: str) -> bool:
    """Whether the words are shown: where they are not kept there are none, or stars."""
    return any(letter.isalnum() for letter in text)
