"""The one filter of what is handed over: which records of some cases were exchanged to reach an agreement, and stay here.

Left out are what a mediation or an offer says itself, and everything written, noted or said between the customer and us while
it stood, whichever invoice it is filed under: who reads a reply cannot know whether it speaks of the offer, so that what may
speak of one is not shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind
from policies.confidential import OFFERS, QUESTIONS, is_confidential_entry


@dataclass(frozen=True, slots=True)
class Confidential:
    """Numbers of rows that appear in no file handed over, by their table."""

    messages: frozenset[int] = frozenset()
    """Ours (`message`): neither their bytes, nor their subject, nor their text."""
    incoming: frozenset[int] = frozenset()
    """What came in (`incoming_message`)."""
    notes: frozenset[int] = frozenset()
    calls: frozenset[int] = frozenset()
    """Calls (`phone_call`): that somebody called is told, never the words nor the amount."""
    agreements: frozenset[int] = frozenset()
    questions: frozenset[int] = frozenset()
    """Their text, and what was answered to them (`answer.given`)."""
    holds: frozenset[int] = frozenset()
    """The reason of these holds."""
    disputes: frozenset[int] = frozenset()
    """The words and documents of these disputes."""
    verdicts: frozenset[int] = frozenset()
    """Why these disputes were decided as they were."""

    def hides(self, kind: str, facts: Mapping[str, object]) -> bool:
        """Whether an entry of a journal of these cases is told by its hash alone."""
        shown = (
            ("message", self.messages), ("question", self.questions), ("incoming", self.incoming), ("call", self.calls),
        )  # fmt: skip
        if any(facts.get(name) in numbers for name, numbers in shown):
            return True
        return is_confidential_entry(kind, facts, self.agreements)


_TALKS = """
    mine AS (SELECT DISTINCT customer_id FROM cases WHERE id = ANY(:cases)),
    talks AS (
        SELECT m.customer_id, m.proposed_at AS since, m.ended_at AS until
        FROM mediation m JOIN mine USING (customer_id) WHERE m.state <> 'drafted'
        UNION ALL
        SELECT a.customer_id, a.proposed_at, a.ended_at
        FROM agreement a JOIN mine USING (customer_id) WHERE a.kind = 'settlement' OR a.agreed_at IS NULL
    )
"""
FREE_WORDS = (MessageKind.WRITTEN, MessageKind.DISPUTE_REJECTED)
"""Messages beside the ladder in which somebody of ours says something in words of their own."""


def _during(moment: str, unit: str = "timestamptz") -> str:
    """While it stood; by the day where no moment is known, both days with it."""
    return f"({moment} >= t.since::{unit} AND (t.until IS NULL OR {moment} <= t.until::{unit}))"


_MESSAGES = text(
    f"""
    WITH {_TALKS}
    SELECT m.id FROM message m WHERE m.customer_id IN (SELECT customer_id FROM mine) AND (
        m.stage = 'mediation' OR m.kind = ANY(:offers)
        OR m.kind = ANY(:free) AND EXISTS (SELECT FROM talks t WHERE t.customer_id = m.customer_id AND {_during("m.calculated_at")})
        OR m.resend_of IN (SELECT o.id FROM message o WHERE o.stage = 'mediation' OR o.kind = ANY(:offers)))
    """  # noqa: S608 - no outside text
)
_INCOMING = text(
    f"""
    WITH {_TALKS}
    SELECT i.id FROM incoming_message i WHERE i.customer_id IN (SELECT customer_id FROM mine) AND (
        i.message_id = ANY(:messages)
        OR EXISTS (SELECT FROM talks t WHERE t.customer_id = i.customer_id AND {_during("i.received_at")}))
    """  # noqa: S608 - no outside text
)
_BESIDE = {
    name: text(
        f"WITH {_TALKS} SELECT x.id FROM {table} x WHERE x.customer_id IN (SELECT customer_id FROM mine) "  # noqa: S608
        f"AND EXISTS (SELECT FROM talks t WHERE t.customer_id = x.customer_id AND {during})"
    )
    for name, table, during in (
        ("notes", "note", _during("x.at")),
        ("calls", "phone_call", _during("x.at")),
        ("holds", "hold", _during("x.since", "date")),
        ("disputes", "dispute", _during("x.opened_at")),
        ("verdicts", "dispute", f"({_during('x.opened_at')} OR {_during('x.decided_at')})"),
    )
}
_AGREEMENTS = text(
    "SELECT DISTINCT a.id FROM agreement a JOIN agreement_case k ON k.agreement_id = a.id "
    "WHERE k.case_id = ANY(:cases) AND (a.kind = 'settlement' OR a.agreed_at IS NULL)"
)
_QUESTIONS = text(
    f"""
    WITH {_TALKS}
    SELECT q.id FROM question q WHERE q.customer_id IN (SELECT customer_id FROM mine) AND (
        q.kind = ANY(:kinds)
        OR EXISTS (SELECT FROM question_case k WHERE k.question_id = q.id AND k.message_id = ANY(:messages))
        OR q.kind IN ('reply', 'dispute', 'call_outcome') AND EXISTS (
            SELECT FROM talks t LEFT JOIN answer a ON a.question_id = q.id
            WHERE t.customer_id = q.customer_id AND ({_during("q.asked_at")} OR {_during("a.at")})))
    """  # noqa: S608 - no outside text
)


async def confidential(connection: AsyncConnection, cases: Iterable[int]) -> Confidential:
    """What of these cases is handed over to nobody: no agency, court, insurer, administrator, and not in evidence."""
    values = {
        "cases": sorted(set(cases)),
        "offers": sorted(OFFERS),
        "kinds": sorted(QUESTIONS),
        "free": sorted(FREE_WORDS),
    }
    messages = frozenset(await connection.scalars(_MESSAGES, values))
    ours = values | {"messages": sorted(messages)}
    beside = {name: frozenset(await connection.scalars(query, values)) for name, query in _BESIDE.items()}
    return Confidential(
        messages=messages,
        incoming=frozenset(await connection.scalars(_INCOMING, ours)),
        agreements=frozenset(await connection.scalars(_AGREEMENTS, values)),
        questions=frozenset(await connection.scalars(_QUESTIONS, ours)),
        **beside,
    )
