"""The rates a calculation uses: those that come with Relance, and the user's own where there is a database."""

import os
import sys

from cli.at_work import at_work
from cli.home import home_path, read_json
from cli.postgres import SERVER_URL
from cli.refusal import Refusal
from policies.rates.series import Rates


def rates_at_hand() -> Rates:
    """Without a database the shipped rates; with one that cannot be read too, and a sentence says so."""
    from asyncpg import PostgresError
    from sqlalchemy.exc import SQLAlchemyError

    from storage.rate_store import known_rates, shipped_rates

    if not os.environ.get(SERVER_URL, "").strip() and not read_json(home_path() / "postgres.json"):
        return shipped_rates()
    try:
        return at_work(known_rates)
    except (Refusal, RuntimeError, OSError, SQLAlchemyError, PostgresError) as problem:
        reason = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        print(f"Rates you added could not be read; those that come with Relance are used. {reason}", file=sys.stderr)
        return shipped_rates()
