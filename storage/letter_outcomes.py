"""What became of posted letters: received, refused, not collected, or nobody of that name at the address."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.letter_outcome import OUTCOME_WORDS, Outcome, Running, running
from policies.problems import Problem
from storage import journal
from storage.facts import lock, touch, touch_customer
from storage.giving_way import look_again_beside
from storage.letter_rows import SOURCE, LetterRow, letter_called, lock_letter
from storage.session import transaction
from storage.undelivered import not_delivered

_OUTCOME = text(
    "UPDATE posting SET outcome = :outcome, outcome_on = :on, outcome_by = :actor, pay_by = :pay_by, runs_why = :why "
    "WHERE id = :id"
)
_EFFECTS = text(
    "SELECT e.case_id, e.step, e.occurrence FROM effect e "
    "WHERE e.message_id = :message AND e.state = 'confirmed' ORDER BY e.case_id"
)
_PAY_BY = text(
    "UPDATE step_done SET pay_by = :pay_by WHERE case_id = :case AND step = :step AND occurrence = :occurrence "
    "AND how = 'confirmed'"
)
_DEAD = text(
    "UPDATE contact SET postal_dead_at = :at, postal_dead_why = :why WHERE customer_id = :customer "
    "AND btrim(postal, E' \\t\\r\\n') = btrim(:address, E' \\t\\r\\n') AND postal_dead_at IS NULL RETURNING role"
)


@dataclass(frozen=True, slots=True)
class Told:
    """An outcome that was written down, in a sentence; `new`: it was not known before."""

    letter: LetterRow
    words: str
    new: bool = True


async def outcome(
    said: str, kind: Outcome, on: date, actor: str, at: datetime, source: str = SOURCE, line: int | None = None
) -> Told | list[Problem]:
    """The post tells that the letter called `said` came to this end on the day `on`. Told twice it counts once."""
    async with transaction() as connection:
        found = await letter_called(connection, said, source, line)
        if isinstance(found, Problem):
            return [found]
        found = await lock_letter(connection, found)
        if wrong := _wrong(found, kind, on, at):
            return [Problem(source, line, *wrong)]
        if (found.outcome, found.outcome_on) == (kind, on):
            return Told(found, f"{found.name}: {OUTCOME_WORDS[kind]} on {on}, as known", new=False)
        runs = running(found.law, kind, on, registered=found.registered)
        cases = await _write(connection, found, kind, on, runs, actor, at)
        dead = await _reached_nobody(connection, found, on, at) if kind is Outcome.UNKNOWN else ""
    await look_again_beside(cases)
    until = runs.until(found.pay_within)
    ends = f" The delay ends on {until}." if until else ""
    return Told(found, f"{found.name}: {OUTCOME_WORDS[kind]} on {on}. {runs.why}{ends}{dead}")


def _wrong(letter: LetterRow, kind: Outcome, on: date, at: datetime) -> tuple[str, str] | None:
    if letter.posted_on is None:
        return "letter", f"{letter.name} is not posted: say first on which day it was (./relance letters posted)."
    if on > letter.office_day(at):
        return "on", f"{on} is yet to come."
    if on < letter.posted_on:
        return "on", f"{letter.name} was posted on {letter.posted_on}: nothing became of it before."
    if letter.outcome is Outcome.UNKNOWN and kind is not Outcome.UNKNOWN:
        return (
            "outcome",
            f"{letter.name} came back as unknown at its address; its step was undone, and another letter is due.",
        )
    return None


async def _write(
    connection: AsyncConnection, letter: LetterRow, kind: Outcome, on: date, runs: Running, actor: str, at: datetime
) -> list[int]:
    """The outcome, with the last day of the delay that runs from it; the cases it concerns look again."""
    effects = (await connection.execute(_EFFECTS, {"message": letter.message})).all()
    cases = sorted({row.case_id for row in effects})
    await lock(connection, cases)
    until = runs.until(letter.pay_within)
    values = {"id": letter.id, "outcome": kind.value, "on": on, "actor": actor, "pay_by": until, "why": runs.why}
    await connection.execute(_OUTCOME, values)
    for row in effects:
        if until is not None:
            which = {"case": row.case_id, "step": row.step, "occurrence": row.occurrence}
            await connection.execute(_PAY_BY, which | {"pay_by": until})
        facts = {"posting": letter.id, "outcome": kind.value, "on": on, "pay_by": until, "actor": actor}
        await journal.append(connection, "case", row.case_id, "letter_outcome", facts, at)
    await touch(connection, cases)
    return cases


async def _reached_nobody(connection: AsyncConnection, letter: LetterRow, on: date, at: datetime) -> str:
    """The letter is no notice: its step is to be done again by another way, and the address is not written to any more."""
    why = f"{letter.name} came back: {OUTCOME_WORDS[Outcome.UNKNOWN]}, told on {on}"
    await not_delivered(connection, letter.message, why, at, for_good=True)
    values = {"customer": letter.customer, "address": letter.address, "at": at, "why": why}
    if not list(await connection.scalars(_DEAD, values)):
        return " The step is to be done again; the customer has another address by now."
    await journal.append(connection, "customer", letter.customer, "postal_dead", {"posting": letter.id}, at)
    await touch_customer(connection, letter.customer)
    return " The step is to be done again, and the address is not written to any more: find another, and import it."
