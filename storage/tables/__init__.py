"""The tables (design 5). Money is BIGINT minor units, enums are TEXT with CHECK, moments are timestamptz."""

from storage.tables import (
    asking,
    bank,
    cases,
    correspondence,
    engine,
    history,
    incoming,
    items,
    law,
    ledger,
    letters,
    matching,
    parties,
    replies,
    staff,
    staff_mail,
)

__all__ = [
    "asking",
    "bank",
    "cases",
    "correspondence",
    "engine",
    "history",
    "incoming",
    "items",
    "law",
    "ledger",
    "letters",
    "matching",
    "parties",
    "replies",
    "staff",
    "staff_mail",
]
