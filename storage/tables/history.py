"""The journal: append-only, one hash chain per case, customer and creditor (design 4.13)."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from storage.columns import document, identity, moment, recorded, whole, words

NEWS = "kind IN ('paid', 'payment_returned', 'agreement_broken')"
"""Entries the owner of a customer reads of in the daily digest."""


class Journal(SQLModel, table=True):
    """One entry of a chain. `hash` covers the previous hash, the place in the chain, the moment, the kind and the facts."""

    __tablename__ = "journal"
    __table_args__ = (
        Index("journal_place", "chain", "place", unique=True),
        Index("journal_news", "at", postgresql_where=text(NEWS)),
    )
    id: int | None = identity()
    chain: str = words()
    place: int = whole()
    at: datetime = moment()
    kind: str = words()
    facts: dict[str, object] = document()
    previous: str = words()
    hash: str = words()
    recorded_at: datetime | None = recorded()
