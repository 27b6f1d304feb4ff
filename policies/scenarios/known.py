"""What the reader of scenarios is given as values: ladders, laws, rates, holidays and time zones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo

from policies.facts import DebtorKind
from policies.law.jurisdiction import Jurisdiction
from policies.law.rules import KindLaw
from policies.rates.series import Rates


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a scenario may name."""

    ladder: Callable[[str], bytes | None]
    """The bytes of a policy by its id, or of a file named from the scenario file; None: there is none."""
    ladders: tuple[str, ...]
    """The ids of the policies that come with Relance."""
    zone: Callable[[str], tzinfo | None]
    holidays: Callable[[str, str], frozenset[date]]
    """Public holidays of a country and region."""
    law_id: Callable[[str, str], str]
    """The name of the law of a country and region; empty: none is known."""
    law_of: Callable[[str, str, DebtorKind], KindLaw | None]
    laws: Mapping[str, Jurisdiction] | None = None
    rates: Rates | None = None
