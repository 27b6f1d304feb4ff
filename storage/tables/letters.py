"""The print queue: letters a person prints and posts, and what became of them."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from policies.letter_outcome import Outcome
from storage.columns import (  # fmt: skip
    amount_or_none,
    day,
    identity,
    limited,
    moment,
    one_of,
    recorded,
    reference,
    switch,
    whole,
    words,
)


class PostingRow(SQLModel, table=True):
    """One time a letter is in the print queue: to be posted, posted, or withdrawn. `tidy`: folder and list say the same."""

    __tablename__ = "posting"
    __table_args__ = (
        limited("outcome", Outcome),
        Index("posting_message", "message_id"),
        Index("one_posting_per_message", "message_id", unique=True, postgresql_where=text("withdrawn_at IS NULL")),
        Index("posting_untidy", "creditor_id", postgresql_where=text("NOT tidy")),
        Index("posting_tracking", "tracking", postgresql_where=text("tracking <> ''")),
    )
    id: int | None = identity()
    message_id: int = reference("message.id")
    creditor_id: int = reference("creditor.id")
    printed_on: date = day()
    file: str = words()
    address: str = words()
    registered: bool = switch(False)
    law: str = words()
    pay_within: int | None = amount_or_none()
    pages: int = whole()
    cost: int | None = amount_or_none()
    cost_currency: str = words()
    queued_at: datetime = moment()
    placed_at: datetime | None = moment(null=True)
    withdrawn_at: datetime | None = moment(null=True)
    withdrawn_why: str = words()
    posted_on: date | None = day(null=True)
    posted_by: str = words()
    tracking: str = words()
    outcome: str | None = one_of(null=True)
    outcome_on: date | None = day(null=True)
    outcome_by: str = words()
    pay_by: date | None = day(null=True)
    runs_why: str = words()
    tidy: bool = switch(False)
    recorded_at: datetime | None = recorded()
