"""What a page about a policy says besides the ladder: the law of its country, the rates, the creditor, the day."""

import os
import sys
from datetime import UTC, date, datetime

from cli.at_work import at_work
from cli.home import home_path, read_json
from cli.postgres import SERVER_URL
from cli.refusal import Refusal
from policies.ladder import Ladder
from policies.message import CreditorFacts
from policies.rates.series import Rates
from tasks.policy_page import Around

EURO = "EUR"
"""The currency of the examples where a ladder is for any country."""

NOBODY = CreditorFacts(name="", email="", reply_to="")
"""The creditor of a page that is written where there is no database yet."""


def surroundings(ladder: Ladder) -> Around:
    """Everything at hand; without a database the law and the rates that come with Relance, and no creditor."""
    creditor, rates, day = _at_hand()
    if not ladder.country:
        return Around(laws={}, rates=rates, creditor=creditor, currency=EURO, day=day)
    from storage import law_store

    law = law_store.jurisdiction(ladder.country)
    return Around(laws=law.kinds, rates=rates, creditor=creditor, currency=law.currency, day=day)


def _at_hand() -> tuple[CreditorFacts, Rates, date]:
    from asyncpg import PostgresError
    from sqlalchemy.exc import SQLAlchemyError

    from storage.rate_store import shipped_rates

    nothing = NOBODY, shipped_rates(), datetime.now(UTC).date()
    if not os.environ.get(SERVER_URL, "").strip() and not read_json(home_path() / "postgres.json"):
        return nothing
    try:
        return at_work(_known)
    except (Refusal, RuntimeError, OSError, SQLAlchemyError, PostgresError) as problem:
        reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        print(f"The creditor could not be read; the page names none. {reason}", file=sys.stderr)
        return nothing


async def _known() -> tuple[CreditorFacts, Rates, date]:
    from storage import clock
    from storage.creditor import UNNAMED, all_creditors
    from storage.rate_store import known_rates

    rates, today = await known_rates(), (await clock.now()).date()
    found = next(iter(await all_creditors()), None)
    if found is None or found.name == UNNAMED:
        return NOBODY, rates, today
    told = {name: getattr(found, name) for name in CreditorFacts.__slots__}
    return CreditorFacts(**told), rates, today
