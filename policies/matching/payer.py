"""Who paid a line, as far as the line tells."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from policies.matching.reasons import Witness


@dataclass(frozen=True, slots=True)
class Payer:
    """The customers a line may come from, each with what says so. `is_one`: exactly one, by a strong witness.
    `disagree`: account, number and name speak of different customers."""

    witnesses: Mapping[int, frozenset[Witness]] = field(default_factory=dict)
    is_one: bool = False
    disagree: bool = False
    resembling: Callable[[], frozenset[int]] = frozenset
    """All customers whose name resembles the counterparty's; asked only where the name alone tells the payer."""

    def of(self, customer: int) -> frozenset[Witness]:
        """What says that this customer paid."""
        return self.witnesses.get(customer, frozenset())

    def is_another(self, customer: int) -> bool:
        """Whether a strong witness says that a different customer of ours paid."""
        return customer not in self.witnesses and any(STRONG & found for found in self.witnesses.values())


STRONG = frozenset({Witness.IBAN, Witness.CUSTOMER_NUMBER, Witness.NAME})
NOBODY = Payer()
