"""What staff call each stage, and an act that sends a message once more."""

from policies.stages import Stage
from tasks.staff_text import named, say

STAGE_WORDS: dict[str, str] = {
    "upcoming": "upcoming notice",
    "courtesy_reminder": "courtesy reminder",
    "second_reminder": "second reminder",
    "formal_notice": "formal notice",
    "follow_up_call": "follow-up call",
    "mediation": "mediation",
    "agency": "agency",
    "legal": "legal",
}

AGAIN = "resend-"
"""What the ledger calls an act that sends a message once more, before its number."""


def stage_words(stage: Stage | str | None) -> str:
    """A stage as people say it."""
    stage_id = str(stage or "")
    if stage_id.startswith(AGAIN):
        return say("message {number}, once more,", number=stage_id.removeprefix(AGAIN).partition("-")[0])
    return named(STAGE_WORDS.get(stage_id, stage_id))
