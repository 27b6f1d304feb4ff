"""The column kinds every table uses, so that each rule of the data model is written once."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    LargeBinary,
    Numeric,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field


def identity() -> Any:
    """The row's number, given by the database."""
    return Field(default=None, sa_column=Column(BigInteger, Identity(always=False), primary_key=True))


def reference(target: str, *, null: bool = False, primary: bool = False, index: bool = False) -> Any:
    """A row of another table."""
    return Field(
        default=None if null else ...,
        sa_column=Column(BigInteger, ForeignKey(target), nullable=null, primary_key=primary, index=index),
    )


def minor() -> Any:
    """An amount in minor units of the row's currency."""
    return Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default="0"))


def percent(*, null: bool = False) -> Any:
    """A percentage, exact."""
    return Field(default=None if null else ..., sa_column=Column(Numeric, nullable=null))


def amount_or_none() -> Any:
    """An amount in minor units that may not be known."""
    return Field(default=None, sa_column=Column(BigInteger, nullable=True))


def count_or_none(default: int) -> Any:
    """A small number that may be declared not to matter."""
    return Field(default=default, sa_column=Column(BigInteger, nullable=True, server_default=str(default)))


def whole(default: int = 0) -> Any:
    """A whole number."""
    return Field(default=default, sa_column=Column(BigInteger, nullable=False, server_default=str(default)))


def words(*, null: bool = False, default: str | None = "") -> Any:
    """Text; empty when nothing is known."""
    return Field(
        default=None if null else default,
        sa_column=Column(Text, nullable=null, server_default=None if null else text(f"'{default}'")),
    )


def one_of(*, null: bool = False) -> Any:
    """Text limited to listed values by the `CHECK` of `limited`."""
    return Field(default=None if null else ..., sa_column=Column(Text, nullable=null))


def limited(column: str, members: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """The `CHECK` that goes with `one_of`."""
    values = ", ".join(f"'{member}'" for member in members)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


def day(*, null: bool = False) -> Any:
    """A calendar day."""
    return Field(default=None if null else ..., sa_column=Column(Date, nullable=null))


def moment(*, null: bool = False, index: bool = False) -> Any:
    """An aware moment, stored in UTC."""
    return Field(default=None if null else ..., sa_column=Column(DateTime(timezone=True), nullable=null, index=index))


def recorded() -> Any:
    """When the database learned of the row (real time, whatever the clock says)."""
    return Field(
        default=None,
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("clock_timestamp()")),
    )


def run_key(*, null: bool = True, primary: bool = False, unique: bool = False) -> Any:
    """A Prefect run or a token."""
    return Field(
        default=None if null else ..., sa_column=Column(Uuid, nullable=null, primary_key=primary, unique=unique)
    )


def salt() -> Any:
    """What is hashed together with a text or file where the journal refers to it; gone once that is erased."""
    return Field(default=None, sa_column=Column(Uuid, nullable=False, server_default=text("gen_random_uuid()")))


def exact_bytes(*, null: bool = False) -> Any:
    """Bytes kept exactly as they were sent or read."""
    return Field(default=None if null else ..., sa_column=Column(LargeBinary, nullable=null))


def document() -> Any:
    """A JSON document."""
    return Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))


def switch(default: bool) -> Any:
    """Yes or no."""
    return Field(default=default, sa_column=Column(Boolean, nullable=False, server_default=str(default).lower()))
