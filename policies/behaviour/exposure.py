"""What a customer owes in all, against what was agreed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exposure:
    """Everything open, due or not, in minor units of `currency`, against the credit limit (None: none is agreed)."""

    currency: str
    open: int
    limit: int | None

    @property
    def above(self) -> bool:
        """Whether more is open than was agreed."""
        return self.limit is not None and self.open > self.limit
