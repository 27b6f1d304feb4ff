"""The laws of holds as conditions of a query."""

from policies.facts import HoldKind
from policies.hold_laws import Ending, law_of

LASTING = tuple(kind.value for kind in HoldKind if law_of(kind).ending is not Ending.BY_DAY)
"""Kinds that stand until somebody or something ends them, whatever day they name."""
STANDING = "h.ended_at IS NULL AND (h.until IS NULL OR h.until >= :today OR h.kind = ANY(:lasting))"
"""Whether a hold has not ended on the day `today`; takes `lasting` besides."""
TO_ANSWER = "(h.must_answer OR h.until < :today AND h.kind = ANY(:lasting))"
"""Whether its owner is asked about it: a person stopped the run, or its day has passed without ending it."""
BROKEN_WORD = """h.word = 'broken' AND (h.agreement_id IS NULL OR EXISTS (SELECT FROM agreement g
    WHERE g.id = h.agreement_id AND g.kind = 'plan' AND h.id = (SELECT min(o.id) FROM hold o WHERE o.agreement_id = g.id)))"""
"""Whether a hold `h` is a word that was broken: a plan over several invoices is one word, an offer nobody took up is none."""
