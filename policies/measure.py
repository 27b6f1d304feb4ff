"""Commercial measures: what a creditor no longer grants to a customer who is late, and what brings it back.

No law gives a right to one: the contract does. It is proposed by a ladder or a person, decided by a manager, and lifted
by payment; once lifted it stays lifted, and only a new decision takes it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from policies.credit_exposure import CreditExposure
from policies.facts import DebtorKind


class MeasureKind(StrEnum):
    """What changes for the customer."""

    STOP_SUPPLY = "stop_supply"  # nothing more is supplied
    PREPAYMENT = "prepayment"  # supplied against payment in advance only
    LOWER_LIMIT = "lower_limit"  # less may be open at a time
    END_OF_TERMS = "end_of_terms"  # no days to pay any more: invoices are due at once


class LiftedBy(StrEnum):
    """What lifts a measure by itself."""

    OVERDUE_PAID = "overdue_paid"  # everything overdue is paid
    UNDER_LIMIT = "under_limit"  # what is owed and ordered is within the limit again


class MeasureState(StrEnum):
    """How a measure stands; each only leads to a later one."""

    PROPOSED = "proposed"
    TAKEN = "taken"
    LIFTED = "lifted"
    REFUSED = "refused"
    DROPPED = "dropped"  # paid before anybody decided, or taken back


class Origin(StrEnum):
    """Who or what proposes it."""

    LADDER = "ladder"
    PERSON = "person"
    MONEY_BACK = "money_back"  # the payment, or the dispute, that had lifted it stands no more


KIND_WORDS: Mapping[MeasureKind, str] = {
    MeasureKind.STOP_SUPPLY: "Stop supply",
    MeasureKind.PREPAYMENT: "Supply against prepayment only",
    MeasureKind.LOWER_LIMIT: "Lower the credit limit",
    MeasureKind.END_OF_TERMS: "End the payment terms",
}
"""In staff words."""
LIFT_WORDS: Mapping[LiftedBy, str] = {
    LiftedBy.OVERDUE_PAID: "everything overdue is paid",
    LiftedBy.UNDER_LIMIT: "what is owed and ordered is within the limit",
}
CONSUMER = (
    "No measure is taken against a consumer: whether supply may be refused or its terms changed is a matter of law that "
    "Relance does not know. Ask a lawyer, and decide it outside Relance."
)


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """What the customer hears of a measure, in minor units; `clause` of the contract, in a person's words."""

    kind: MeasureKind
    lifted_by: LiftedBy
    limit: int | None = None
    """The new limit, where it lowers one."""
    clause: str = ""
    within: int | None = None
    """The limit within which it is lifted, where that is what lifts it."""


def is_met(lifted_by: LiftedBy, owed: CreditExposure, lower: int | None) -> bool:
    """Whether what lifts a measure has come about; `lower`: the limit the measure itself sets, if it does."""
    if lifted_by is LiftedBy.OVERDUE_PAID:
        return owed.unpaid <= 0
    limit = owed.limit if lower is None else lower
    return limit is not None and owed.total + owed.given_up <= limit


def why_not_for(kind: DebtorKind) -> str:
    """The sentence that refuses a measure against a debtor of this kind; empty: it may be proposed."""
    return CONSUMER if kind is DebtorKind.CONSUMER else ""
