"""What `doctor` asks the database: does it answer, does it know our tables, what time is it, is a case in trouble."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import asyncpg

from cli.findings import Finding, bad, note, ok
from cli.home import Home
from cli.live_words import live_words
from cli.postgres import Urls, database
from cli.refusal import Refusal
from cli.roles import wait_for

if TYPE_CHECKING:
    from storage.clock import Clock

SKEW = timedelta(seconds=2)
"""Two clocks further apart than this disagree about which wake-up is due."""


def database_findings(home: Home) -> list[Finding]:
    """Database, tables, clock and cases, as far as each can be asked."""
    try:
        with database(home) as urls:
            return wait_for(_ask(urls))
    except Refusal as problem:
        return [bad("database", str(problem), "Without the database nothing works.")]


async def _ask(urls: Urls) -> list[Finding]:
    connection = await asyncpg.connect(urls.app, timeout=10)
    try:
        words = str(await connection.fetchval("SHOW server_version"))
        there = await connection.fetchval("SELECT clock_timestamp()")
    finally:
        await connection.close()
    return [ok("database", f"PostgreSQL {words}"), *await _ours(there)]


async def _ours(there: datetime) -> list[Finding]:
    from storage import clock, migrate, session, status
    from storage.going_live import live_states
    from storage.law_gaps import law_gaps
    from storage.signatures import ALONE_ADVICE
    from storage.unchosen import unchosen

    try:
        await migrate.check_schema()
        now = await clock.read()
        found = [ok("tables", f"version {migrate.newest()}"), _clock(now, there)]
        found += [note("live", live_words(one).rstrip(".")) for one in await live_states(now.now)]
        found += _law(await law_gaps(now.now.date()))
        stands = await status.status(datetime.now(UTC))
        found += [bad("signature", one.words, ALONE_ADVICE) for one in stands.alone]
        troubled = stands.problems
        waiting = await unchosen(now.now)
        found += await _sealed()
        found += await _refused()
    except migrate.UnknownSchema as problem:
        return [bad("tables", str(problem), "Start ./relance up once: it brings the tables up to date.")]
    finally:
        await session.disconnect()
    cases = [bad("case", f"case {case}: {words}", f"See ./relance case explain {case}.") for case, words in troubled]
    advice = "Choose one: ./relance policy assign POLICY --customer NUMBER."
    policies = [
        note("policy", f"{one.count} invoices ({one.example}…) wait for one: {one.why}", advice) for one in waiting
    ]
    return found + policies + cases


async def _sealed() -> list[Finding]:
    """Whether the journals still hold what the daily seals say of them."""
    from storage.creditor import all_creditors
    from storage.seal_check import seal_faults
    from storage.seals import seals_of

    found = []
    for house in await all_creditors():
        faults, seals = await seal_faults(house.id), await seals_of(house.id)
        advice = "Somebody changed the database by hand: keep it as it is, and compare it with a backup."
        found += [bad("seals", one.words.rstrip("."), advice) for one in faults[:5]]
        if not faults and seals:
            found.append(ok("seals", f"the journals hold what {len(seals)} seals say, the last of {seals[-1].seal.on}"))
    return found


async def _refused() -> list[Finding]:
    """How often somebody was refused at the desk since yesterday."""
    from storage.desk_refusals import of_last_day

    count = await of_last_day(datetime.now(UTC))
    advice = "See ./relance user refusals."
    return [note("desk", f"{count} calls were refused in the last 24 hours", advice)] if count else []


def _law(missing: tuple[str, ...]) -> list[Finding]:
    """What is missing for the debtors there are. Nothing stops for it: what cannot be stated is reserved in words."""
    if not missing:
        return [ok("law", "rates and rules are known for every debtor who owes something")]
    return [note("law", words.rstrip(".")) for words in missing]


def _clock(ours: "Clock", there: datetime) -> Finding:
    skew = abs(datetime.now(UTC) - there)
    if skew > SKEW:
        return bad("clock", f"this machine and the database differ by {skew.total_seconds():.0f} s", "Set both by NTP.")
    if ours.stepped:
        return note("clock", f"stepped: it stands at {ours.now:%Y-%m-%d %H:%M} UTC until everything due is done")
    return ok("clock", f"real, {there:%Y-%m-%d %H:%M:%S} UTC here and in the database")
