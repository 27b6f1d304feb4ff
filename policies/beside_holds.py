"""Which holds stand in the way of a message beside the ladder, and which it waits for."""

from collections.abc import Iterable

from policies.beside import ANSWERS, BY_HAND, MessageKind
from policies.facts import Hold, HoldKind
from policies.opt_out import WRITTEN as BY_WRITING
from policies.stages import Channel

NEVER: frozenset[HoldKind] = frozenset(
    {HoldKind.INSOLVENCY, HoldKind.DEATH, HoldKind.OVER_INDEBTEDNESS, HoldKind.COMPLAINT}
)
"""Holds under which nothing beside the ladder leaves, not even good news."""
UNDER_INSOLVENCY: frozenset[MessageKind] = frozenset({MessageKind.VAT_DUPLICATE})
"""What leaves to an insolvent customer all the same: it asks for nothing, and the law wants it sent (art. 272 CGI)."""
NEWS_WAITS: frozenset[HoldKind] = frozenset({HoldKind.UNREAD_REPLY, HoldKind.MANUAL})
"""Holds that end soon: news waits for them as long as it is news. A person who writes knows of them."""


def forbidding(holds: Iterable[Hold], channel: Channel) -> Hold | None:
    """The hold under which nothing beside the ladder may leave by `channel`; None: there is none."""
    return next((hold for hold in holds if hold.kind in NEVER or _opted_out(hold, channel)), None)


def delaying(kind: MessageKind, holds: Iterable[Hold]) -> Hold | None:
    """The hold this kind of message waits for; None: there is none. An answer waits for what the customer wrote since."""
    if kind in BY_HAND:
        return None
    waits = {HoldKind.UNREAD_REPLY} if kind in ANSWERS else NEWS_WAITS
    return next((hold for hold in holds if hold.kind in waits), None)


INVITES = frozenset(
    {
        MessageKind.PAYMENT_BOUNCED, MessageKind.INSTALMENT_DUE, MessageKind.PLAN_ACCEPTED, MessageKind.PLAN_AGREED,
        MessageKind.PLAN_LAPSED, MessageKind.SETTLEMENT_OFFER, MessageKind.INVOICE_COPY, MessageKind.PAYMENT_DETAILS,
        MessageKind.DISPUTE_REJECTED, MessageKind.MEASURE_TAKEN, MessageKind.MEDIATION_PROPOSED,
    }
)  # fmt: skip
"""Messages beside the ladder that ask for money, or say how it is paid."""


def _opted_out(hold: Hold, channel: Channel) -> bool:
    return hold.kind is HoldKind.OPT_OUT and channel in (hold.channels or BY_WRITING)
