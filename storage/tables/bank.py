"""How far each bank account is known."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from storage.columns import day, identity, moment, recorded, reference, words


class BankAccount(SQLModel, table=True):
    """An account whose files are read, and the last day they speak of. `closed_at`: no further file is expected."""

    __tablename__ = "bank_account"
    __table_args__ = (UniqueConstraint("creditor_id", "account"),)
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    account: str = words()
    through: date = day()
    said_by: str = words()
    """Who looked at the account himself; empty: its files say so."""
    read_at: datetime = moment()
    closed_at: datetime | None = moment(null=True)
    closed_by: str = words()
    closed_why: str = words()
    recorded_at: datetime | None = recorded()
