"""A person says that letters are posted: only then is the step done, on the day of posting (design 4.2)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import EffectState
from policies.problems import Problem
from storage import journal, ledger
from storage.facts import carried_by
from storage.giving_way import look_again_beside
from storage.letter_rows import SOURCE, LetterRow, letter_called, lock_letter
from storage.message_costs import record_cost
from storage.print_queue import withdraw_if_untrue
from storage.session import transaction

LONGEST_TRACKING = 60
_POSTED = text(
    "UPDATE posting SET posted_on = :on, posted_by = :actor, tracking = :tracking, tidy = false WHERE id = :id"
)
_TRACKING = text("UPDATE posting SET tracking = :tracking, tidy = false WHERE id = :id")
_LEFT = text("UPDATE message SET handed_at = :moment WHERE id = :message")
_AGAIN = text(
    """
    SELECT EXISTS (SELECT FROM effect e JOIN effect o ON o.case_id = e.case_id AND o.step = e.step
        AND o.occurrence = e.occurrence AND o.channel = e.channel AND o.state IN ('planned', 'reserved', 'handing_over', 'confirmed', 'ambiguous')
        WHERE e.message_id = :message) OR EXISTS (SELECT FROM effect e WHERE e.message_id = :message
        GROUP BY e.case_id, e.step, e.occurrence, e.channel HAVING count(*) > 1)
    """
)
"""Whether another attempt of the same is under way, done, or was withdrawn as well."""


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of a word that a letter is posted."""

    letter: LetterRow
    words: str


async def posted(
    said: str, on: date | None, tracking: str, actor: str, at: datetime, *, anyway: bool = False
) -> Posted | list[Problem]:
    """The letter called `said` was posted `on` (None: today). Said twice it counts once.

    A letter that is withdrawn, or is no longer true at this moment, is refused, and the person must not post it; `anyway`
    says that it had left already.
    """
    async with transaction() as connection:
        found = await letter_called(connection, said)
        if isinstance(found, Problem):
            return [found]
        found = await lock_letter(connection, found)
        ended = await posted_in(connection, found, on, tracking, actor, at, anyway=anyway)
        cases = await carried_by(connection, [found.message])
    await look_again_beside(cases)
    return ended


async def posted_in(
    connection: AsyncConnection, letter: LetterRow, on: date | None, tracking: str, actor: str, at: datetime, *,
    anyway: bool = False,
) -> Posted | list[Problem]:  # fmt: skip
    """The same in the transaction of a caller who has locked the letter's cases and read it since."""
    day, number = on or letter.office_day(at), tracking.strip()
    if wrong := _wrong(letter, day, number, at):
        return [Problem(SOURCE, None, *wrong)]
    if letter.posted_on is not None:
        return await _said_before(connection, letter, day, on, number)
    why = letter.withdrawn_why
    if letter.withdrawn_at is None:
        why = await withdraw_if_untrue(connection, letter.message, at)
    if not why or anyway:
        await _settle(connection, letter, day, number, actor, at, left=bool(why))
        told = f"posted on {day}{f', {number}' if number else ''}"
        return Posted(
            letter,
            f"{letter.name} had left on {day} although withdrawn ({why}): tell the customer"
            if why
            else f"{letter.name} {told}",
        )
    reason = f"{letter.name} is withdrawn: do not post it. {why}. Had it left already? Then say --anyway."
    return [Problem(SOURCE, None, "letter", reason)]


def _wrong(letter: LetterRow, day: date, tracking: str, at: datetime) -> tuple[str, str] | None:
    if day > letter.office_day(at):
        return "on", f"{day} is yet to come; say the day on which {letter.name} was posted."
    if day < letter.printed_on:
        return "on", f"{letter.name} was put into the queue on {letter.printed_on}: it was not posted before."
    if len(tracking) > LONGEST_TRACKING or any(not one.isprintable() for one in tracking):
        return "tracking", f"A tracking number has at most {LONGEST_TRACKING} letters and digits."
    return None


async def _said_before(
    connection: AsyncConnection, letter: LetterRow, day: date, on: date | None, tracking: str
) -> Posted | list[Problem]:
    """Saying it again changes nothing; a tracking number that was missing is added."""
    if on is not None and day != letter.posted_on:
        reason = f"{letter.name} is posted since {letter.posted_on} (said by {letter.posted_by}); nothing was changed."
        return [Problem(SOURCE, None, "on", reason)]
    if tracking and letter.tracking not in ("", tracking):
        reason = f"{letter.name} has the tracking number {letter.tracking}; nothing was changed."
        return [Problem(SOURCE, None, "tracking", reason)]
    if tracking and not letter.tracking:
        await connection.execute(_TRACKING, {"id": letter.id, "tracking": tracking})
    return Posted(letter, f"{letter.name} is posted since {letter.posted_on}")


async def _settle(
    connection: AsyncConnection, letter: LetterRow, day: date, tracking: str, actor: str, at: datetime, *, left: bool
) -> None:
    """Posted means confirmed. One that left although withdrawn is confirmed too, unless it was written anew meanwhile."""
    values = {"id": letter.id, "on": day, "actor": actor, "tracking": tracking}
    await connection.execute(_POSTED, values)
    moment = _moment(letter, day, at)
    again = left and await connection.scalar(_AGAIN, {"message": letter.message})
    if not again:
        before = (EffectState.HANDING_OVER, EffectState.REFUSED) if left else (EffectState.HANDING_OVER,)
        await ledger.settle_in(
            connection, letter.message, EffectState.CONFIRMED, f"posted, said by {actor}", moment, temporary=False,
            provider=tracking, sender=None, before=before, on=_debtor_day(letter, moment),
        )  # fmt: skip
    # It counts as heard of on the day it left, and costs what it costs only then.
    await connection.execute(_LEFT, {"message": letter.message, "moment": moment})
    if letter.cost is not None:
        await record_cost(connection, letter.message, letter.cost, letter.cost_currency)
    facts = {"posting": letter.id, "on": day, "actor": actor, "withdrawn": left}
    for case in await carried_by(connection, [letter.message]):
        await journal.append(connection, "case", case, "posted", facts, at)


def _moment(letter: LetterRow, day: date, at: datetime) -> datetime:
    """When it left, as near as is known: the noon of its day, not before it was printed and not after now."""
    noon = datetime.combine(day, time(12), ZoneInfo(letter.office_zone))
    return min(at, max(noon, letter.queued_at))


def _debtor_day(letter: LetterRow, moment: datetime) -> date:
    return moment.astimezone(ZoneInfo(letter.zone)).date()
