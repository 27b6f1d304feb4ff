"""Whether a claim may be placed with an agency: every reason against it, each a sentence."""

from dataclasses import dataclass
from datetime import date

from policies.case import Case
from policies.law.rules import KindLaw
from policies.law.ways_on import Ways
from policies.money import plain
from policies.stages import Stage

MANDATE_WANTED = frozenset({"FR"})
"""Laws under which an agency acts on a written mandate with power to receive money (FR: CPCE R124-3)."""


@dataclass(frozen=True, slots=True)
class AgencyTerms:
    """What the agency asks for; None: nothing, or no agency was named."""

    name: str
    mandate_on: date | None
    minimum: int | None
    currency: str


def against_placing(
    case: Case, ways: Ways | None, agency: AgencyTerms | None, total: int, today: date, insured: str = ""
) -> tuple[str, ...]:
    """Why this case may not be placed on the day `today`; empty: it may. `total`: open principal of all cases of the file."""
    found = [*_of_case(case, today), *_of_law(case.law, ways), *_of_agency(case, agency, total), insured]
    return tuple(dict.fromkeys(one for one in found if one))


def _of_case(case: Case, today: date) -> list[str]:
    why = []
    if case.principal <= 0:
        why.append("Nothing of it is open.")
    if case.written_off is not None or case.withdrawn is not None:
        why.append("The claim is given up.")
    if case.due >= today:
        why.append(f"It is due on {case.due.isoformat()}: nothing is late yet.")
    if case.disputed:
        why.append("The customer disputes it: decide the dispute first.")
    if case.dies_on is not None and case.dies_on < today:
        why.append(f"The claim died on {case.dies_on.isoformat()}: no court would hear it.")
    standing = (hold for hold in case.holds if hold.until is None or hold.until >= today)
    why += [
        f"It is on hold ({hold.kind.value.replace('_', ' ')}): {hold.reason or 'no reason is written down'}."
        for hold in standing
    ]
    return why


def _of_law(law: KindLaw | None, ways: Ways | None) -> list[str]:
    if law is None or ways is None:
        return ["No law is known for this customer: enter its country and kind first."]
    if any(route.stage is Stage.AGENCY for route in ways.open):
        return []
    closed = [why for route, why in ways.closed if route.stage is Stage.AGENCY]
    return closed or [ways.none or "Its law knows no way to an agency against this customer."]


def _of_agency(case: Case, agency: AgencyTerms | None, total: int) -> list[str]:
    country = "" if case.law is None else case.country or ""
    return [] if agency is None else against_agency(agency, country, case.currency, total)


def against_agency(agency: AgencyTerms, country: str, currency: str, total: int) -> list[str]:
    """Why this agency may not be given a file of `total` minor units of `currency` against a debtor of this country."""
    why = []
    if agency.minimum is not None and (agency.currency != currency or total < agency.minimum):
        least = f"{plain(agency.minimum, agency.currency)} {agency.currency}"
        why.append(f"{agency.name} takes files from {least} on; this one holds {plain(total, currency)} {currency}.")
    if agency.mandate_on is None and country in MANDATE_WANTED:
        why.append(
            f"No written mandate of {agency.name} is recorded (CPCE R124-3): relance agency set “{agency.name}” mandate=…"
        )
    return why
