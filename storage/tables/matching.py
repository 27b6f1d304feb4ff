"""What matching says of bank lines that have not found their place, and what persons decided about them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from policies.matching.reasons import Sureness
from policies.matching.verdicts import Verdict
from storage.columns import document, identity, limited, minor, moment, one_of, recorded, reference, switch, words


class MatchDecision(SQLModel, table=True):
    """What a person said of a bank line; append-only. The latest counts, refusals add up."""

    __tablename__ = "match_decision"
    __table_args__ = (limited("verdict", Verdict), Index("match_decision_line", "payment_id"))
    id: int | None = identity()
    creditor_id: int = reference("creditor.id", index=True)
    payment_id: int = reference("payment.id")
    verdict: str = one_of()
    question_id: int | None = reference("question.id", null=True)
    until: datetime | None = moment(null=True)
    actor: str = words()
    why: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class MatchDecisionShare(SQLModel, table=True):
    """An invoice a decision is about, in the order given; append-only. `lets_go`: the difference that closes it."""

    __tablename__ = "match_decision_share"
    __table_args__ = (
        CheckConstraint("amount >= 0 AND lets_go >= 0", name="amounts_positive"),
        Index("match_decision_share_of", "decision_id"),
    )
    id: int | None = identity()
    decision_id: int = reference("match_decision.id")
    invoice_id: int = reference("invoice.id")
    amount: int = minor()
    lets_go: int = minor()


class DecisionToSettle(SQLModel, table=True):
    """A decision the books do not rest on yet. Each waits by itself: numbers are not committed in their order."""

    __tablename__ = "decision_to_settle"
    decision_id: int = reference("match_decision.id", primary=True)
    creditor_id: int = reference("creditor.id", index=True)


class LineMatch(SQLModel, table=True):
    """What the law of matching says of a line that is not wholly placed: a projection, written anew when it changes."""

    __tablename__ = "line_match"
    __table_args__ = (limited("sureness", Sureness), Index("line_match_line", "payment_id", unique=True))
    id: int | None = identity()
    creditor_id: int = reference("creditor.id", index=True)
    payment_id: int = reference("payment.id")
    sureness: str = one_of()
    reason: str = words()
    left: int = minor()
    said: dict[str, object] = document()
    fingerprint: str = words()
    aside: bool = switch(False)
    ask_from: datetime | None = moment(null=True)


class LineClaim(SQLModel, table=True):
    """An invoice that a line may pay while nobody has said so; `proposed`: it is what a person is asked about."""

    __tablename__ = "line_claim"
    __table_args__ = (
        Index("line_claim_once", "payment_id", "invoice_id", unique=True),
        Index("line_claim_invoice", "invoice_id"),
    )
    id: int | None = identity()
    payment_id: int = reference("payment.id")
    invoice_id: int = reference("invoice.id")
    proposed: bool = switch(False)
    amount: int = minor()
