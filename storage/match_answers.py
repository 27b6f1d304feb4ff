"""What a person answered about a bank line, written down as decisions; the books are settled afterwards."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import AskAboutLineLater, Consequence, RefuseReadings, TakeReading
from policies.matching.verdicts import Part, Verdict
from storage.match_decisions import decide
from storage.questions import Question

_OFFERED = text("SELECT creditor_id, offers FROM question WHERE id = :id")


async def decided(
    connection: AsyncConnection, question: Question, outcome: Sequence[Consequence], actor: str, at: datetime
) -> None:
    """Write down what follows for the line, in the transaction of the answer."""
    row = (await connection.execute(_OFFERED, {"id": question.id})).one()
    readings = [[Part(*part) for part in reading] for reading in row.offers["readings"]]
    line, creditor = question.payment, row.creditor_id
    assert line is not None, "the question is about a line"
    for one in outcome:
        match one:
            case TakeReading(place=place, reason=why):
                parts = readings[place - 1]
                await decide(connection, creditor, line, Verdict.BOOK, parts, actor, why, at, question=question.id)
            case RefuseReadings(reason=why):
                proposed = [Part(item, 0) for item in row.offers["named"]]
                for parts in [proposed, *readings]:
                    await decide(
                        connection, creditor, line, Verdict.REFUSE, parts, actor, why, at, question=question.id
                    )
            case AskAboutLineLater(days=days):
                until = at + timedelta(days=days)
                await decide(
                    connection, creditor, line, Verdict.LATER, (), actor, "", at, question=question.id, until=until
                )
