"""What of an invoice `i` is open, set aside because it is disputed, and demanded: the law of `policies.dispute` as SQL."""

from policies.dispute import STANDING_STATES

OPEN = "(i.total - i.prepaid - i.paid - i.credited)"
_STATES = ", ".join(f"'{state}'" for state in sorted(STANDING_STATES))
SET_ASIDE = f"""least(greatest({OPEN}, 0), coalesce((
    SELECT greatest(0, CASE x.state WHEN 'open' THEN coalesce(x.amount, 0) ELSE x.expected END
                       - greatest(0, i.credited - x.credited_before))
    FROM dispute x WHERE x.invoice_id = i.id AND x.state IN ({_STATES})), 0))"""  # noqa: S608 - no outside text
"""Payments settle the rest first: never more than what is open. Of a dispute about the whole invoice its hold speaks."""
DEMANDED = f"({OPEN} - {SET_ASIDE})"
