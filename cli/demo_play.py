"""The demo's hundred and twenty days: files arrive, time passes, people answer, and it is all counted at the end."""

import asyncio
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from cli import demo_world
from cli.demo_agent import Agent
from cli.demo_court import follow_files
from cli.demo_world import START, Money, Payer
from storage import clock, comparison, creditor, session, wakes
from storage.unchosen import unchosen
from tasks.invoice_mapping import RecordKind
from tasks.take_in import TakenIn, take_in

QUIET_DAYS = 20
"""Where a person will look at it, the team answers nothing in the last days, so that questions wait."""
PATIENCE = 120.0
"""Seconds a day may take before something is wrong."""

CREDITOR = {
    "name": "Atelier Nord SAS", "email": "compta@atelier-nord.example", "reply_to": "compta@atelier-nord.example",
    "phone": "+33240000000", "address": "1 rue du Port, 44000 Nantes", "owner": "marie",
    "mentions": "SAS au capital de 10 000 € · SIREN 552 100 554 · RCS Nantes · TVA FR 00 552100554",
    "iban": "FR7630006000011234567890189", "bic": "AGRIFRPP", "agency_email": "dossiers@agence-sud.example",
    "legal_email": "etude@maitre-durand.example",
}  # fmt: skip


class TooSlow(RuntimeError):
    """A day did not come to its end."""


class Play:
    """Plays the days one after the other."""

    def __init__(self, url: str, days: int, *, answers_to_the_end: bool, say: Callable[[str], None]) -> None:
        self._payers: dict[str, Payer] = {payer.number: payer for payer in demo_world.payers()}
        self._money: list[Money] = list(demo_world.money(tuple(self._payers.values())))
        self._agent = Agent(url, self._payers, set(), [])
        self._days, self._say = days, say
        self._last_answer = days if answers_to_the_end else days - QUIET_DAYS
        self._creditor = 0
        self._paid: set[int] = set()

    async def run(self) -> dict[str, Any]:
        """Play, then count."""
        try:
            await self._begin()
            for nth in range(1, self._days + 1):
                await self._day(nth)
            return await self._count()
        finally:
            await session.disconnect()

    async def _begin(self) -> None:
        known = await creditor.ensure_creditor(CREDITOR["name"])
        self._creditor = known.id
        await creditor.update(known.id, CREDITOR, "demo", await clock.now())
        taken = await self._read(RecordKind.INVOICES, demo_world.invoice_file(tuple(self._payers.values())))
        self._say(f"{taken.new} invoices of {len(self._payers)} customers imported")

    async def _day(self, nth: int) -> None:
        """Night and morning pass; then the bank file of the day arrives and the team looks at its inbox."""
        morning = datetime.combine(START + timedelta(days=nth), datetime.min.time(), UTC) + timedelta(hours=5)
        await clock.run_until(morning)
        await self._settled(morning)
        await self._bank(morning.date())
        if nth <= self._last_answer:
            await self._agent.answer_all(morning)
            await follow_files(morning)
        await self._settled(morning)
        if nth % 10 == 0:
            counts = {one.what[0]: one.count for one in await comparison.outcomes()}
            told = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in counts.items())
            self._say(f"{morning:%d %b %Y}: {told}")

    async def _settled(self, moment: datetime) -> None:
        deadline = time.monotonic() + PATIENCE
        while not (await clock.now() >= moment and await wakes.settled(moment)):
            if time.monotonic() > deadline:
                raise TooSlow(f"Nothing moves any more on {moment:%d %b %Y}; see the dispatcher's log.")
            await asyncio.sleep(0.15)

    async def _bank(self, day: date) -> None:
        """What arrived up to this day and was not booked yet."""
        arriving = [one for one in (*self._money, *self._agent.promised) if one.on <= day and id(one) not in self._paid]
        self._paid |= {id(one) for one in arriving}
        payments = [one for one in arriving if not one.credit]
        credit_notes = [one for one in arriving if one.credit]
        await self._read(RecordKind.PAYMENTS, demo_world.payment_file(payments, self._payers), through=day)
        if credit_notes:
            await self._read(RecordKind.INVOICES, demo_world.credit_file(credit_notes, self._payers))

    async def _read(self, kind: RecordKind, content: str, through: date | None = None) -> TakenIn:
        with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            taken = await take_in(kind, Path(file.name), self._creditor, await clock.now(), through=through)
        if taken.problems:
            raise ValueError(f"The demo's own file has problems: {taken.problems[0]}")
        return taken

    async def _count(self) -> dict[str, Any]:
        return {
            "outcomes": await comparison.outcomes(), "acts": await comparison.acts(), "news": await comparison.news(), "answers": await comparison.answers(),
            "money": await comparison.money(), "comparison": await comparison.compare(),
            "problems": [*await comparison.problems(), *await self._left_out()],
        }  # fmt: skip

    async def _left_out(self) -> list[str]:
        """Invoices that are late and that nobody collects: the demo has none."""
        waiting = await unchosen(await clock.now())
        return [f"{one.count} late invoices have no policy, such as {one.example}: {one.why}" for one in waiting]
