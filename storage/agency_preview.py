"""What could be placed with an agency today, case by case, with every reason against it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agency_eligibility import AgencyTerms, against_placing
from policies.law.freshness import all_on_day
from policies.law.ways_on import Ways, ways_on
from policies.problems import Problem
from policies.stages import Channel, Stage
from storage.agencies import Agency, agency_for
from storage.dossier import Dossier, load
from storage.insurance_refusals import why_not_at
from storage.law_store import UnknownCountry, for_country
from storage.session import reading
from storage.whom import find


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that could be placed; `against` empty: nothing stands against it. Minor units of `currency`."""

    invoice: str
    currency: str
    open: int
    agency: str
    against: tuple[str, ...]


async def preview(customer: str, at: datetime) -> tuple[Candidate, ...] | list[Problem]:
    """The open cases of a customer (by number or name), the oldest first."""
    async with reading() as connection:
        whom = await find(connection, customer)
        if isinstance(whom, list):
            return whom
        found = await load(connection, whom.cases, at, frozenset[Channel]())
        agency = await agency_for(connection, whom.customer)
        members = sorted(found.values(), key=lambda one: (one.case.due, one.case.id))
        return tuple([await _candidate(connection, one, members, agency, at) for one in members])


async def _candidate(
    connection: AsyncConnection, one: Dossier, members: list[Dossier], agency: Agency | None, at: datetime
) -> Candidate:
    case, today = one.case, one.case.calendar.day(at)
    total = sum(each.case.principal for each in members if each.case.currency == case.currency)
    terms = None if agency is None else AgencyTerms(agency.name, agency.mandate_on, agency.minimum, agency.currency)
    insured = await why_not_at(connection, [case.id], Stage.AGENCY)
    against = against_placing(case, _ways(one, total, today), terms, total, today, insured)
    return Candidate(
        case.invoice, case.currency, case.principal, one.agency if agency is None else agency.name, against
    )


def _ways(one: Dossier, total: int, today: date) -> Ways | None:
    case = one.case
    try:
        law = all_on_day(for_country(case.country or "", case.region), today)
    except UnknownCountry:
        return None
    return ways_on(law, case.kind, total, case.currency, contested=case.disputed)
