"""Daily seals: one number that stands for every chain of a creditor as it was that day (design 4.13)."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from storage.columns import day, identity, moment, recorded, reference, whole, words


class Seal(SQLModel, table=True):
    """The seal of a creditor's day; append-only. `hash` covers the number, the day, the root and the hash of the seal before it.

    `leaves`: how many chains the Merkle root covers.
    """

    __tablename__ = "seal"
    __table_args__ = (
        UniqueConstraint("creditor_id", "number"),
        UniqueConstraint("creditor_id", "sealed_on"),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    number: int = whole()
    sealed_on: date = day()
    leaves: int = whole()
    root: str = words()
    previous: str = words()
    hash: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class SealLeaf(SQLModel, table=True):
    """The head of a chain that had moved since the seal before; append-only. A chain without a row stands as it last did."""

    __tablename__ = "seal_leaf"
    __table_args__ = (
        UniqueConstraint("seal_id", "chain"),
        Index("seal_leaf_chain", "creditor_id", "chain", "seal_id"),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    seal_id: int = reference("seal.id")
    chain: str = words()
    place: int = whole()
    head: str = words()
