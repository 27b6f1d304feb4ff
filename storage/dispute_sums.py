"""What of an invoice `i` is open, written off in part, set aside because it is disputed, and demanded: the laws of
`policies.dispute` and `policies.write_off` as SQL."""

from policies.dispute import STANDING_STATES

OPEN = "(i.total - i.prepaid - i.paid - i.credited)"
GIVEN_UP = f"""least(greatest({OPEN}, 0), coalesce((
    SELECT sum(t.amount)::bigint FROM write_off_item t JOIN write_off w ON w.id = t.write_off_id
    WHERE t.invoice_id = i.id AND w.state = 'standing' AND NOT w.whole), 0))"""  # noqa: S608 - no outside text
"""Written off in part: payments settle the rest first, and then this too."""
LEFT = f"({OPEN} - {GIVEN_UP})"
"""What is open and not written off in part."""
_STATES = ", ".join(f"'{state}'" for state in sorted(STANDING_STATES))
SET_ASIDE = f"""least(greatest({LEFT}, 0), coalesce((
    SELECT greatest(0, CASE x.state WHEN 'open' THEN coalesce(x.amount, 0) ELSE x.expected END
                       - greatest(0, i.credited - x.credited_before))
    FROM dispute x WHERE x.invoice_id = i.id AND x.state IN ({_STATES})), 0))"""  # noqa: S608 - no outside text
"""Payments settle the rest first: never more than what is open. Of a dispute about the whole invoice its hold speaks."""
DEMANDED = f"({LEFT} - {SET_ASIDE})"
