"""Which of the messages Twilio lists is the one in doubt: the same words to the same number, taken when ours left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.ask_twilio import TwilioMessage

EARLIER, LATER = timedelta(minutes=2), timedelta(minutes=15)
"""How long before and after ours left Twilio may say that it took it: clocks differ, and a busy server takes its time."""


@dataclass(frozen=True, slots=True)
class Search:
    """`sid`: the SMS in doubt; empty: it is not there. `unclear`: another one is, whose words are not to be read."""

    sid: str = ""
    unclear: bool = False


def find_sms(listed: Iterable[TwilioMessage], text: str, handed_at: datetime, taken: frozenset[str]) -> Search:
    """The earliest that fits and is not known as another message of ours.

    An account on trial puts words of its own before ours; one that keeps no words shows none, and proves nothing.
    """
    around = [one for one in listed if one.sid not in taken and _is_around(one, handed_at)]
    found = next((one.sid for one in around if one.text.strip().endswith(text.strip())), "")
    return Search(found, unclear=bool(around) and not found)


def _is_around(one: TwilioMessage, handed_at: datetime) -> bool:
    return one.made_at is not None and handed_at - EARLIER <= one.made_at <= handed_at + LATER
