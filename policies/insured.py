"""Which invoices of a customer are insured, and for how much: cover in force on the invoice's day, within the limit, oldest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.cover_in_force import insurance_on, limit_on
from policies.insurance import BuyerCover, CreditInsurance


class Why(StrEnum):
    """Why an invoice is insured, in whole or in part, or not at all."""

    INSURED = "insured"
    IN_PART = "in_part"  # the limit ends within it
    LIMIT_USED = "limit_used"  # older invoices use all of it
    NO_COVER = "no_cover"  # no policy, or no cover of this customer, on its day
    NO_DAY = "no_day"  # nobody knows the day of the invoice
    SUPPLIED = "supplied"  # supplied after the extension of an unpaid invoice, without the insurer's consent


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice with what is open of it, in minor units of its currency."""

    case: int
    """Its case; 0: none is open."""
    number: str
    issued: date | None
    due: date
    currency: str
    open: int
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Insured:
    """What of an invoice is insured. `amount` is within the limit; `indemnity` what the insurer pays of that."""

    invoice: OpenInvoice
    why: Why
    insurance: CreditInsurance | None = None
    cover: int = 0
    """The number of the decision about the buyer; 0: blind cover, or none."""
    amount: int = 0
    indemnity: int = 0

    @property
    def insurance_number(self) -> int:
        """The number of its policy; 0: none."""
        return self.insurance.number if self.insurance else 0

    @property
    def extension(self) -> date | None:
        """The last day to which its payment may be put off; None: it is not insured."""
        return self.insurance.extension_day(self.invoice.due) if self.insurance and self.amount else None

    @property
    def filing(self) -> date | None:
        """The last day on which its claim may be filed; None: it is not insured."""
        return self.insurance.filing_day(self.invoice.due) if self.insurance and self.amount else None


def insured(
    invoices: Iterable[OpenInvoice],
    insurances: Sequence[CreditInsurance],
    covers: Sequence[BuyerCover],
    supplied_until: date | None = None,
) -> tuple[Insured, ...]:
    """Every open invoice of one customer with what of it is insured, the oldest first.

    What older invoices take of a limit is not there for newer ones. An invoice issued after the extension of an older insured
    one that is still unpaid is not covered, unless the insurer agreed to supply up to `supplied_until`.
    """
    found: list[Insured] = []
    taken: dict[int, int] = {}
    stopped: date | None = None
    for one in sorted(invoices, key=_age):
        result = _of(one, insurances, covers, taken, stopped, supplied_until)
        found.append(result)
        if result.insurance is not None and result.extension is not None:
            taken[result.insurance.number] = taken.get(result.insurance.number, 0) + result.amount
            stopped = min(stopped or date.max, result.extension)
    return tuple(found)


def _age(one: OpenInvoice) -> tuple[date, str, int, date, int]:
    return (one.issued or date.max, one.number, one.case, one.due, one.open)


def _of(
    one: OpenInvoice,
    insurances: Sequence[CreditInsurance],
    covers: Sequence[BuyerCover],
    taken: dict[int, int],
    stopped: date | None,
    supplied_until: date | None,
) -> Insured:
    if one.issued is None:
        return Insured(one, Why.NO_DAY)
    insurance = insurance_on(insurances, one.issued, one.currency)
    limit, cover = (0, 0) if insurance is None else limit_on(insurance, covers, one.issued)
    if insurance is None or limit <= 0:
        return Insured(one, Why.NO_COVER)
    agreed = supplied_until is not None and one.issued <= supplied_until
    if stopped is not None and one.issued > stopped and not agreed:
        return Insured(one, Why.SUPPLIED, insurance, cover)
    amount = max(min(one.open, limit - taken.get(insurance.number, 0)), 0)
    why = Why.INSURED if amount == one.open else Why.IN_PART if amount else Why.LIMIT_USED
    return Insured(one, why, insurance, cover, amount, insurance.indemnity(amount))
