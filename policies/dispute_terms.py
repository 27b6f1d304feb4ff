"""How long a dispute may take, and what rests after it is decided. Calendar days."""

from datetime import date

from policies.calendar_days import days_after

DECIDE_WITHIN = 14
"""Days in which its owner decides, where no day is named."""
CREDIT_WITHIN = 14
"""Days after which the owner is asked about a credit note that was promised and has not come."""
REST_AFTER_NO = 7
"""Days that nothing leaves about an invoice after the customer was told why it stands."""


def deadline_of(opened: date, named: date | None) -> date:
    """The day by which it is to be decided."""
    return named or days_after(opened, DECIDE_WITHIN)


def credit_due(decided: date) -> date:
    """The day on which the owner is asked where the credit note is."""
    return days_after(decided, CREDIT_WITHIN)


def rest_until(decided: date) -> date:
    """The last day of rest after a rejection."""
    return days_after(decided, REST_AFTER_NO)
