"""While the credit insurer is asked about an invoice, its reminders go on and nothing harder leaves."""

from policies.climb import Turn
from policies.decisions import Because, Reason, Wait
from policies.look import Look
from policies.stages import REMINDERS


def waits_for_insurer(look: Look, turn: Turn) -> Wait | None:
    """The wait of a formal notice, or of what is harder, for the insurer's word; None: nobody is asked, or it is a reminder."""
    known = look.case.insured
    if known is None or not known.asked or turn.step.stage in REMINDERS:
        return None
    insurer = known.insured.insurance.insurer if known.insured.insurance else ""
    return Wait(None, Because(Reason.INSURER_ASKED, (("insurer", insurer),)), turn.step, turn.occurrence)
