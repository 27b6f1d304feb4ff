"""Interest while a part of an invoice is disputed: it runs on the rest, and on the part it is reserved until decided."""

from dataclasses import replace

from policies.interest.debt import Debt
from policies.interest.statement import Statement


def undisputed(debt: Debt, set_aside: int) -> Debt:
    """The debt without the part that is disputed (minor units), which was never owed if the customer is right."""
    return replace(debt, principal=debt.principal - set_aside) if set_aside else debt


def reserved(whole: Statement, rest: Statement) -> int | None:
    """Interest on the disputed part, reserved until the dispute is decided; None where no rate says how much it is."""
    if whole.interest is None:
        return None
    return max(0, whole.interest - (rest.interest or 0))
