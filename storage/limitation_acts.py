"""Acts that keep a claim alive, as people record them; nothing is rewritten, what was wrong is taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import Consequence, RecordAct
from policies.form_days import day_of
from policies.law.limitation_rules import Interruption, LimitationRule
from policies.limitation_words import ACTS, what_counts
from policies.problems import Problem
from policies.said import full_day
from policies.stages import Channel
from storage import journal
from storage.dossier import Dossier, load
from storage.facts import lock, touch
from storage.hold_deeds import Deed
from storage.session import reading, transaction
from storage.whom import find

SOURCE = "command"
NO_CHANNELS: frozenset[Channel] = frozenset()
LONGEST = 2000
"""Characters."""


@dataclass(frozen=True, slots=True)
class RecordedAct:
    """An act as it stands in the books; `taken_back` says why it no longer counts."""

    number: int
    kind: Interruption
    on: date
    words: str
    actor: str
    at: datetime
    taken_back: str | None


_RECORD = text(
    "INSERT INTO limitation_act (case_id, kind, on_day, actor, words, at) "
    "VALUES (:case, :kind, :on, :actor, :words, :at) RETURNING id"
)
_OF_CASE = text(
    """
    SELECT a.id AS number, a.kind, a.on_day AS on, a.words, a.actor, a.at, u.words AS taken_back
    FROM limitation_act a LEFT JOIN limitation_act u ON u.undoes = a.id
    WHERE a.case_id = :case AND a.undoes IS NULL ORDER BY a.on_day, a.id
    """
)
_TAKE_BACK = text(
    "INSERT INTO limitation_act (case_id, kind, on_day, actor, words, undoes, at) "
    "SELECT a.case_id, a.kind, a.on_day, :actor, :words, a.id, :at FROM limitation_act a "
    "WHERE a.id = :act AND a.case_id = :case AND a.undoes IS NULL ON CONFLICT DO NOTHING RETURNING id"
)


_OF_WORDS = text(
    "SELECT a.case_id AS case, a.id FROM limitation_act a WHERE a.case_id = ANY(:cases) AND a.undoes IS NULL "
    "AND a.words LIKE :words AND NOT EXISTS (SELECT FROM limitation_act u WHERE u.undoes = a.id) ORDER BY a.case_id, a.id"
)


async def of_case(case: int) -> tuple[RecordedAct, ...]:
    """The acts people recorded about a claim, by their days."""
    async with reading() as connection:
        rows = (await connection.execute(_OF_CASE, {"case": case})).mappings()
        return tuple(RecordedAct(**(dict(row) | {"kind": Interruption(row["kind"])})) for row in rows)


async def record_for(
    customer: str, invoice: str, kind: str, on: str, words: str, actor: str, at: datetime
) -> Deed | list[Problem]:
    """Record an act about one invoice, or about everything open of a customer (a balance it confirmed)."""
    async with reading() as connection:
        whom = await find(connection, customer, invoice)
    if isinstance(whom, list):
        return whom
    day = day_of(on.strip())
    if day is None:
        return [_wrong("date", "Write the day it was done as YYYY-MM-DD.")]
    done = await record_act(whom.concerned, kind, day, words, actor, at)
    if isinstance(done, list):
        return done
    told = f"{kind.strip().replace('_', ' ')} of {full_day(day)}"
    return Deed("act", whom.number, whom.name, told, whom.concerned)


async def record_act(
    cases: Sequence[int], kind: str, on: date, words: str, actor: str, at: datetime
) -> dict[int, Dossier] | list[Problem]:
    """Record an act done on `on` about these claims, or about none; answers them as they then stand."""
    known = next((one for one in Interruption if one == kind.strip().replace("-", "_")), None)
    if known is None:
        return [_wrong("kind", f"“{kind}” is no such act. Choose one of: {', '.join(Interruption)}.")]
    async with transaction() as connection:
        await lock(connection, cases)
        before = (await load(connection, cases, at, NO_CHANNELS)).values()
        problems = [problem for one in before for problem in _problems(one, known, on, words, at)]
        if problems:
            return list(dict.fromkeys(problems))
        for case in cases:
            await record_in(connection, case, RecordAct(known, on, words.strip()), actor, at)
        await touch(connection, cases)
        return await load(connection, cases, at, NO_CHANNELS)


async def take_back(case: int, act: int, why: str, actor: str, at: datetime) -> Dossier | list[Problem]:
    """An act was recorded by mistake, or the law has undone it (a suit that was dropped): it counts no longer."""
    if not why.strip() or len(why) > LONGEST:
        return [_wrong("words", f"Say why it no longer counts, in at most {LONGEST} characters.")]
    async with transaction() as connection:
        await lock(connection, [case])
        if not await _take_back(connection, case, act, why.strip(), actor, at):
            return [_wrong("number", f"This case has no act numbered {act} that counts.")]
        await touch(connection, [case])
        return (await load(connection, [case], at, NO_CHANNELS))[case]


async def take_back_of(
    connection: AsyncConnection, cases: Iterable[int], words: str, why: str, actor: str, at: datetime
) -> frozenset[int]:
    """The acts of these cases that were recorded with such words (LIKE) count no longer; answers whose. The cases' rows are locked."""
    found = (await connection.execute(_OF_WORDS, {"cases": list(cases), "words": words})).all()
    for row in found:
        await _take_back(connection, row.case, row.id, why, actor, at)
    return frozenset(row.case for row in found)


async def _take_back(connection: AsyncConnection, case: int, act: int, why: str, actor: str, at: datetime) -> bool:
    """Whether it counted until now."""
    values = {"case": case, "act": act, "actor": actor, "words": why, "at": at}
    if await connection.scalar(_TAKE_BACK, values) is None:
        return False
    await journal.append(connection, "case", case, "act_taken_back", {"act": act, "actor": actor}, at)
    return True


async def record_in(connection: AsyncConnection, case: int, act: RecordAct, actor: str, at: datetime) -> None:
    """Write an act down in the caller's transaction; the case's row is locked."""
    values = {"case": case, "kind": act.kind, "on": act.on, "actor": actor, "words": act.words, "at": at}
    number = int(await connection.scalar(_RECORD, values))
    facts = {"act": number, "kind": act.kind.value, "on": act.on, "actor": actor}
    await journal.append(connection, "case", case, "act_recorded", facts, at)


async def why_not(
    connection: AsyncConnection, cases: Sequence[int], follows: Iterable[Consequence], at: datetime
) -> str | None:
    """The sentence that refuses an act a person answered with, where the law of a case does not count it."""
    acts = [one for one in follows if isinstance(one, RecordAct)]
    if not acts:
        return None
    dossiers = await load(connection, cases, at, NO_CHANNELS)
    refusals = (_not_counted(_rule(one), act.kind) for act in acts for one in dossiers.values())
    return next((refusal for refusal in refusals if refusal is not None), None)


def _problems(dossier: Dossier, kind: Interruption, on: date, words: str, at: datetime) -> list[Problem]:
    today, refusal = dossier.case.calendar.day(at), _not_counted(_rule(dossier), kind)
    problems = []
    if dossier.closed:
        problems.append(_wrong("case", "The case is closed."))
    if on > today:
        problems.append(_wrong("on", f"{full_day(on)} is still to come; today is {full_day(today)}."))
    if refusal is not None:
        problems.append(_wrong("kind", refusal))
    if not words.strip() or len(words) > LONGEST:
        reason = f"Say what it was and where the proof is, in at most {LONGEST} characters."
        problems.append(_wrong("words", reason))
    return problems


def _rule(dossier: Dossier) -> LimitationRule | None:
    return None if dossier.case.law is None else dossier.case.law.limitation


def _not_counted(rule: LimitationRule | None, kind: Interruption) -> str | None:
    """Why the act gives the claim no new life; None when it may. Where no law is known, it is kept for the day it is."""
    if rule is None or kind in rule.renews | rule.stops:
        return None
    return f"A {ACTS[kind]} gives this claim no new life ({rule.where.source}). {what_counts(rule)}"


def _wrong(field: str, reason: str) -> Problem:
    return Problem(SOURCE, None, field, reason)
