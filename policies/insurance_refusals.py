"""What may not be done about an insured invoice without the insurer's consent, and the sentence that refuses it.

Who hands a case to an agency or a court without it may lose the cover (law.md section 15: extension needs consent; what else
does stands in the policy).
"""

from collections.abc import Collection, Mapping, Sequence

from policies.insurance import ConsentFor
from policies.insured import Insured
from policies.stages import Stage

OF_STAGE: Mapping[Stage, ConsentFor] = {Stage.AGENCY: ConsentFor.AGENCY, Stage.LEGAL: ConsentFor.COURT}
"""Stages of a ladder that hand a case over."""
NAMES: Mapping[ConsentFor, str] = {
    ConsentFor.PLAN: "a payment plan",
    ConsentFor.PROMISE: "a promise to pay",
    ConsentFor.SETTLEMENT: "a settlement for less",
    ConsentFor.SUPPLY: "further supply",
    ConsentFor.AGENCY: "placing it with an agency",
    ConsentFor.COURT: "going to court",
    ConsentFor.WRITE_OFF: "writing it off",
    ConsentFor.CREDIT_NOTE: "a credit note",
}
"""What the consent is for, in staff words."""
SHOWN = 5
"""Invoices named in a sentence."""


def why_not(what: ConsentFor, cases: Sequence[Insured], consented: Collection[int]) -> str:
    """The sentence that refuses `what` for these insured invoices; empty: it may be done.

    `consented`: the cases for which the insurer agreed to it, or which it left to us.
    """
    missing = [one for one in cases if one.amount and one.invoice.case not in consented and _is_asked(what, one)]
    if not missing:
        return ""
    insurance = missing[0].insurance
    named = ", ".join(one.invoice.number for one in missing[:SHOWN])
    more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
    insurer = insurance.insurer if insurance else ""
    are = "is" if len(missing) == 1 else "are"
    return (
        f"{named}{more} {are} insured with {insurer}: {NAMES[what]} needs the insurer's consent. Ask for it and record the "
        f"answer (Consent of the insurer, or ./relance insurance consent), then come back."
    )


def _is_asked(what: ConsentFor, one: Insured) -> bool:
    """Write-offs and credit notes need consent only where the policy says so."""
    if what in (ConsentFor.WRITE_OFF, ConsentFor.CREDIT_NOTE):
        return one.insurance is not None and one.insurance.asks_write_off
    return True
