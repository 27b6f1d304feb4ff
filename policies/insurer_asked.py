"""While the credit insurer is asked about an invoice, its reminders go on and nothing harder leaves.

An agency or a court gets no insured case without its consent, whatever a person agreed to before the cover was known.
"""

from policies.climb import Turn
from policies.decisions import Because, Reason, Wait
from policies.insurance_refusals import OF_STAGE
from policies.insured_case import InsuredCase
from policies.look import Look
from policies.stages import REMINDERS


def waits_for_insurer(look: Look, turn: Turn) -> Wait | None:
    """The wait of a formal notice, or of what is harder, for the insurer's word; None: it is not needed, or it is a reminder."""
    known = look.case.insured
    if known is None or not (_is_asked(known, turn) or _lacks_consent(known, look, turn)):
        return None
    insurer = known.insured.insurance.insurer if known.insured.insurance else ""
    return Wait(None, Because(Reason.INSURER_ASKED, (("insurer", insurer),)), turn.step, turn.occurrence)


def _is_asked(known: InsuredCase, turn: Turn) -> bool:
    return known.asked and turn.step.stage not in REMINDERS


def _lacks_consent(known: InsuredCase, look: Look, turn: Turn) -> bool:
    """A person agreed to hand it over, and the insurer has not."""
    what = OF_STAGE.get(turn.step.stage)
    agreed = any((one.step, one.occurrence) == (turn.step.id, turn.occurrence) for one in look.case.agreed)
    return what is not None and agreed and known.insured.amount > 0 and what not in known.consents
