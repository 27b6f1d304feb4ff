"""Under which circumstances a step applies. A step whose condition is false is passed over, with the reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from policies.facts import DebtorKind
from policies.payer import Payer


@dataclass(frozen=True, slots=True)
class Condition:
    """Everything that is given must hold. Amounts in minor units by currency; one that is not listed fails."""

    invoice_above: Mapping[str, int] | None = None
    """What is open of this invoice is above this."""
    overdue_up_to: Mapping[str, int] | None = None
    """The customer's overdue total is not above this."""
    overdue_invoices: int = 0
    """The customer has at least so many overdue items in this currency."""
    kinds: frozenset[DebtorKind] = frozenset()
    """Kinds of debtor; empty: any."""
    countries: frozenset[str] = frozenset()
    """Countries of the debtor (ISO 3166-1); empty: any."""
    payers: frozenset[Payer] = frozenset()
    """How the customer pays; empty: any. Never holds for a consumer, who is not scored."""
    first_lateness: bool | None = None
    """What is late now is the first lateness in twelve months of a customer we know; False: it is not; None: either."""
    opened_late: int = 0
    """The case was opened at least so many days after the due date (a backlog); 0: whenever."""

    @property
    def goes_by_payer(self) -> bool:
        """Whether it looks at how the customer pays."""
        return bool(self.payers) or self.first_lateness is not None
