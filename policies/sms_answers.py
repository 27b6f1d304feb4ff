"""What the numbers mean by which Twilio says why an SMS did not leave, or did not arrive (twilio.com/docs/api/errors)."""

from enum import StrEnum


class SmsTrouble(StrEnum):
    """What follows for the number, the channel and another attempt."""

    DEAD = "dead"  # the number takes no SMS and never will
    STOPPED = "stopped"  # whoever has it answered STOP
    NOT_THIS_WAY = "not_this_way"  # refused for good, though the number may be right
    LATER = "later"  # another attempt may succeed


DEAD: dict[int, str] = {
    21211: "it is no telephone number",
    21614: "it takes no SMS",
    30005: "nobody has this number",
    30006: "it is a fixed line, or its operator takes no SMS",
}
"""Errors by which a number is dead, and why."""
STOPPED: frozenset[int] = frozenset({21610})
LATER: frozenset[int] = frozenset({14107, 20429, 20500, 20503, 21611, 30001, 30022})
"""Too many at once, a full queue, a fault at Twilio."""
OURS_OR_LATER: frozenset[int] = frozenset({401, 403, 408, 429})
"""Answers of HTTP that say nothing of the number: our own account is refused (as a mail server's *wrong password*, until somebody
mends it), or the moment is wrong."""
SOFT: frozenset[int] = frozenset({30001, 30003, 30008, 30009, 30017, 30410})
"""Not delivered this time: the telephone was off or out of reach, or the operator said nothing more."""

STATUSES: frozenset[str] = frozenset(
    {
        "queued", "sending", "sent", "failed", "delivered", "undelivered", "receiving", "received", "accepted",
        "scheduled", "read", "partially_delivered", "canceled",
    }
)  # fmt: skip
"""Everything Twilio says about where a message is."""
ARRIVED: frozenset[str] = frozenset({"delivered", "read"})
LOST: frozenset[str] = frozenset({"undelivered", "failed", "canceled"})
FINAL: frozenset[str] = ARRIVED | LOST
"""Nothing more is said after these."""


def trouble(status: int, code: int | None) -> SmsTrouble:
    """What a refusal means: `status` is that of HTTP, `code` Twilio's own where it gives one."""
    if code in STOPPED:
        return SmsTrouble.STOPPED
    if code in DEAD:
        return SmsTrouble.DEAD
    return SmsTrouble.LATER if code in LATER or status in OURS_OR_LATER else SmsTrouble.NOT_THIS_WAY


def undelivered(code: int | None) -> SmsTrouble:
    """What it means that an SMS Twilio had taken did not arrive. Without a number nothing is held against the address."""
    if code is None or code in SOFT:
        return SmsTrouble.LATER
    return trouble(400, code)


def why_dead(code: int | None) -> str:
    """Why a number is dead, in words."""
    return DEAD.get(code or 0, "it takes no SMS")
