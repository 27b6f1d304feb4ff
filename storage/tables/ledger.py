"""The ledger: one row per attempt of every irreversible effect, and the messages that carry them (design 4.3)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from policies.beside import NEWS, MessageKind
from policies.case import EffectState
from policies.stages import Channel, Stage
from storage.columns import (
    amount_or_none,
    day,
    document,
    exact_bytes,
    identity,
    limited,
    minor,
    moment,
    one_of,
    recorded,
    reference,
    run_key,
    salt,
    switch,
    whole,
    words,
)

LIVE = "state IN ('planned', 'reserved', 'handing_over', 'confirmed', 'ambiguous')"
"""An attempt that may have, or may yet have, its effect: at most one of them exists per key."""
NEWS_KINDS = ", ".join(f"'{kind}'" for kind in NEWS)


class Message(SQLModel, table=True):
    """The unit of handing over: exact bytes to one recipient; its effects share its outcome.

    `cost_minor` NULL: nobody said what it cost. `resend_of`: the message it sends once more.
    One beside the ladder (`kind` is not `step`) has neither stage nor effects; `token` is the lease it is sent under.
    """

    __tablename__ = "message"
    __table_args__ = (
        limited("kind", MessageKind),
        limited("stage", ("", *Stage)),
        CheckConstraint("(kind = 'step') = (stage <> '')", name="stage_of_a_step"),
        limited("channel", Channel),
        limited("route", ("live", "sink")),
        limited("state", ("draft", *EffectState)),
        Index(
            "one_message_per_window",
            "customer_id",
            "currency",
            "stage",
            "window_on",
            "channel",
            "occurrence",
            unique=True,
            postgresql_where=text(f"{LIVE} AND kind = 'step'"),
        ),
        Index("one_beside", "key", unique=True, postgresql_where=text(f"{LIVE} AND kind <> 'step'")),
        Index(
            "one_news_a_day",
            "customer_id",
            "window_on",
            unique=True,
            postgresql_where=text(f"{LIVE} AND kind IN ({NEWS_KINDS})"),
        ),
        Index("message_state", "state"),
        Index("message_customer", "customer_id"),
        Index("message_handed", "handed_at"),
        Index("message_mail_id", text("left(encode(sha256(CAST(key AS bytea)), 'hex'), 32)")),
        Index("message_live", "creditor_id", "handed_at", postgresql_where=text("route = 'live'")),
        Index("message_sms_left", "handed_at", postgresql_where=text("channel = 'sms' AND route = 'live'")),
        Index(
            "message_sms_number", "recipient", "handed_at", postgresql_where=text("channel = 'sms' AND route = 'live'")
        ),
        Index("message_contact", "customer_id", "handed_at", postgresql_where=text("handed_at IS NOT NULL")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    currency: str = words()
    kind: str = words(default="step")
    stage: str = one_of()
    step: str = words()
    window_on: date = day()
    occurrence: int = whole(1)
    channel: str = one_of()
    state: str = one_of()
    route: str = one_of()
    key: str = words()
    sender: str = words()
    recipient: str = words()
    subject: str = words()
    text: str = words()
    raw: bytes = exact_bytes()
    sha256: str = words()
    salt: UUID | None = salt()
    demanded: int = minor()
    facts: dict[str, object] = document()
    calculated_at: datetime = moment()
    handed_at: datetime | None = moment(null=True)
    provider_id: str = words()
    cost_minor: int | None = amount_or_none()
    cost_currency: str = words()
    contact_role: str = words()
    resend_of: int | None = reference("message.id", null=True)
    token: UUID | None = run_key()
    words: str = words()
    recorded_at: datetime | None = recorded()


class Effect(SQLModel, table=True):
    """One attempt of one effect of one step of one case."""

    __tablename__ = "effect"
    __table_args__ = (
        limited("channel", Channel),
        limited("state", EffectState),
        limited("route", ("live", "sink")),
        Index("one_live_effect", "case_id", "step", "occurrence", "channel", unique=True, postgresql_where=text(LIVE)),
        Index("effect_attempt", "case_id", "step", "occurrence", "channel", "attempt", unique=True),
        Index("effect_message", "message_id"),
        Index("effect_token", "token"),
    )
    id: int | None = identity()
    case_id: int = reference("cases.id")
    step: str = words()
    occurrence: int = whole(1)
    channel: str = one_of()
    attempt: int = whole(1)
    state: str = one_of()
    route: str = one_of()
    token: UUID | None = run_key()
    case_version: int = whole()
    amount: int = minor()
    currency: str = words()
    content_hash: str = words()
    message_id: int | None = reference("message.id", null=True)
    temporary: bool = switch(False)
    words: str = words()
    changed_at: datetime = moment()
    recorded_at: datetime | None = recorded()


class EffectHistory(SQLModel, table=True):
    """Every state an attempt went through, written by a trigger; append-only."""

    __tablename__ = "effect_history"
    id: int | None = identity()
    effect_id: int = whole()
    state: str = words()
    words: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()
    __table_args__ = (Index("history_effect", "effect_id"),)


class SinkMessage(SQLModel, table=True):
    """A message the local sink received; `path` is the .eml file."""

    __tablename__ = "sink_message"
    __table_args__ = (Index("sink_message_key", "message_id"),)
    id: int | None = identity()
    message_id: str = words()
    recipient: str = words()
    channel: str = words()
    subject: str = words()
    path: str = words()
    sha256: str = words()
    recorded_at: datetime | None = recorded()


class SmsStatus(SQLModel, table=True):
    """Where an SMS that left is by now, by its provider; `next_at` empty: nothing more is asked."""

    __tablename__ = "sms_status"
    __table_args__ = (Index("sms_status_next", "next_at", postgresql_where=text("next_at IS NOT NULL")),)
    message_id: int = reference("message.id", primary=True)
    status: str = words()
    asked: int = whole()
    asked_at: datetime | None = moment(null=True)
    next_at: datetime | None = moment(null=True)
