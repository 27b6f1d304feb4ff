"""When a customer's data are to be checked again: know your customers, and look at what you know of them every six months."""

from datetime import date

from policies.calendar_days import month_end


def review_due(checked: date, months: int) -> date:
    """The day so many `months` after they were last `checked`, or after collecting from the customer began; at a shorter month's
    end its last day."""
    count = checked.year * 12 + checked.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    return first.replace(day=min(checked.day, month_end(first).day))
