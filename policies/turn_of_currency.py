"""Which currency of a customer is heard first where several are due at one moment: caps count them all (design 4.11).

A cap may leave room for one message only. Which run happens to be faster must not matter: the harder stage goes first,
then the older invoice, then the currency by its code.
"""

from collections.abc import Mapping
from datetime import date

from policies.case import Case
from policies.contact_budget import caps
from policies.decisions import Act, Decision
from policies.ladder import Ladder
from policies.stages import HARDNESS

Turn = tuple[int, date, str]
"""What orders the currencies: the smaller goes first."""


def matters(case: Case, ladder: Ladder) -> bool:
    """Whether it matters who is heard first: only a cap lets the first silence the second."""
    return any(True for _ in caps(case, ladder))


def turn(decisions: Mapping[int, Decision], dues: Mapping[int, date], currency: str) -> Turn | None:
    """The turn of a currency by what its cases, due on `dues`, would do now; None: none of them acts."""
    acts = ((-HARDNESS[one.step.stage], dues[id]) for id, one in decisions.items() if isinstance(one, Act))
    first = min(acts, default=None)
    return None if first is None else (*first, currency)
