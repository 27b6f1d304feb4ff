"""What is missing for the debtors there are: rates, rules nobody confirmed, countries without a law."""

from datetime import date

from sqlalchemy import text

from policies.facts import DebtorKind
from policies.law.gaps import gaps
from policies.rates.series import Rates
from storage.law_store import NoLaw, for_country, stray_files
from storage.rate_store import current_rates
from storage.session import reading

_DEBTORS = text(
    """
    SELECT DISTINCT coalesce(c.country, '') AS country, c.region, c.kind FROM customer c
     WHERE EXISTS (SELECT FROM invoice i WHERE i.customer_id = c.id AND i.kind = 'invoice'
                      AND i.total - i.prepaid - i.paid - i.credited > 0)
     ORDER BY 1, 2, 3
    """
)


async def law_gaps(today: date) -> tuple[str, ...]:
    """Sentences about every debtor that owes something now; empty: what the law gives can be stated for all of them."""
    async with reading() as connection:
        rates = await current_rates(connection)
        debtors = [(row.country, row.region, DebtorKind(row.kind)) for row in await connection.execute(_DEBTORS)]
    found = (words for debtor in debtors for words in _of(*debtor, rates, today))
    return tuple(dict.fromkeys((*stray_files(), *found)))


def _of(country: str, region: str, kind: DebtorKind, rates: Rates, today: date) -> tuple[str, ...]:
    try:
        law = for_country(country.upper(), region.upper())
    except NoLaw as problem:
        return tuple(str(problem).splitlines())
    return gaps(law.for_kind(kind), law.name, rates, today)
