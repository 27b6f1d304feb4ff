"""How long a settled customer's data are kept before they may be erased.

Contract data about five years after the end, which is the usual limitation period; accounting papers ten years (law.md 6.4, medium
confidence): both are settings of the creditor, told whenever something is erased or refused, never applied in silence.
"""

from dataclasses import dataclass
from datetime import date

from policies.calendar_days import days_after


@dataclass(frozen=True, slots=True)
class Retention:
    """Years that contract data and accounting papers are kept after the last thing that happened; None: for good."""

    contract_years: int | None
    accounts_years: int | None

    def words(self) -> str:
        """The settings, as they are told."""
        contract = "for good" if self.contract_years is None else f"{self.contract_years} years"
        accounts = "for good" if self.accounts_years is None else f"{self.accounts_years} years"
        return (
            f"contract data are kept {contract} (keep_contract_years), accounting papers {accounts} (keep_accounts_years): set both "
            "as your counsel says, ./relance creditor set"
        )


def kept_until(last: date, retention: Retention) -> date | None:
    """The last day on which everything of a customer must still be kept; None: it is kept for good.

    >>> kept_until(date(2024, 2, 29), Retention(5, 10))
    datetime.date(2034, 3, 1)
    """
    if retention.contract_years is None or retention.accounts_years is None:
        return None
    years = max(retention.contract_years, retention.accounts_years)
    try:
        return last.replace(year=last.year + years)
    except ValueError:  # the 29th of February
        return days_after(date(last.year + years, 2, 28), 1)
