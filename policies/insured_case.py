"""What of an invoice is insured, and what the insurer agreed to, as a case knows it."""

from dataclasses import dataclass
from datetime import date

from policies.insurance import ConsentFor
from policies.insured import Insured


@dataclass(frozen=True, slots=True)
class InsuredCase:
    """The insurance of one case; that it is not covered, and why, is known as well."""

    insured: Insured
    asked: bool = False
    """A person is asked what the insurer says to something about it: nothing harder than a reminder leaves meanwhile."""
    consents: frozenset[ConsentFor] = frozenset()
    """What the insurer agreed to, or need not be asked about."""
    put_off: date | None = None
    """The last day to which the insurer agreed to put payment off; None: to none beyond the extension."""

    @property
    def extension(self) -> date | None:
        """The last day to which payment may be put off as things stand; None: it is not insured."""
        last = self.insured.extension
        return last if last is None or self.put_off is None else max(last, self.put_off)
