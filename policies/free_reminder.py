"""The free first reminder some laws want before anything is claimed, and the day on which it has run out."""

from policies.ladder import Step

FREE_REMINDER = "free_reminder"
"""The text of the free reminder."""


def is_free_reminder(step: Step) -> bool:
    """Whether the step is the free first reminder."""
    return step.text == FREE_REMINDER
