"""Which of the messages Twilio lists is the one in doubt: the same words to the same number, taken when ours left."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from tasks.ask_twilio import TwilioMessage

EARLIER = timedelta(minutes=2)
"""By how much Twilio's clock may be behind ours."""


def find_sms(
    listed: Iterable[TwilioMessage], text: str, handed_at: datetime, taken: frozenset[str]
) -> TwilioMessage | None:
    """The earliest that fits and is not known as another message of ours; None: there is none.

    An account on trial puts words of its own before ours.
    """
    for one in listed:
        is_ours = one.text.strip().endswith(text.strip()) and one.sid not in taken
        if is_ours and one.made_at is not None and one.made_at >= handed_at - EARLIER:
            return one
    return None
