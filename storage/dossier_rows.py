"""Rows of a dossier's queries as the values the laws know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from policies.assignment import held_for_assignee
from policies.bank_position import BankPosition
from policies.case import (
    Agreed,
    Calendar,
    Case,
    Contact,
    DebtorKind,
    DoneHow,
    EffectFact,
    EffectState,
    Hold,
    PossiblePayment,
    StepDone,
)
from policies.creditor_letters import QUEUE
from policies.insured_case import InsuredCase
from policies.live_room import LiveRoom
from policies.questions import QuestionKind
from policies.roles import Person, chosen, roles_for
from policies.roles import Role as ContactRole
from policies.stages import HARDNESS, Channel, Stage
from storage.holiday_sets import holidays_around
from storage.law_store import law_of
from storage.promises import Kept
from storage.standing_disputes import StandingDispute

NEED_NO_CREDENTIALS = frozenset({Channel.CALL, Channel.HANDOVER, Channel.LETTER})


@dataclass(frozen=True, slots=True)
class Standing:
    """An approval that has not been voided, with what it was given for."""

    id: int
    step: str
    occurrence: int
    kind: QuestionKind
    on: date
    calculated_at: datetime | None
    principal: int
    recipient: str
    channel: str
    message: int | None
    question: int
    withdrawn: bool
    """The letter it was given for will never leave: something changed for an invoice it also tells of."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A stage another case of the customer has open, and until when (None: while a question or effect lasts)."""

    case: int
    stage: Stage
    until: date | None


@dataclass(frozen=True, slots=True)
class Parts:
    """What surrounds one case: rows of the other queries."""

    steps: Sequence[RowMapping]
    effects: Sequence[RowMapping]
    agreed: Sequence[RowMapping]
    holds: Sequence[Kept]
    openings: Sequence[Opening]
    contacts: tuple[Contact, ...] = ()
    may_be_paid: Sequence[RowMapping] = ()
    bank: BankPosition | None = None
    credits: tuple[PossiblePayment, ...] = ()
    live_room: LiveRoom | None = None
    people: tuple[Person, ...] = ()
    disputes: tuple[StandingDispute, ...] = ()
    """Of the customer, whichever of its invoices they are about."""
    to_administrator: bool = False
    """The ladder speaks to an administrator alone: whom it reaches is whom that one is reached by."""
    insured: InsuredCase | None = None


def case_from(base: RowMapping, parts: Parts, channels: frozenset[Channel], as_of: datetime) -> Case:
    """The snapshot the laws decide on."""
    stage, until = _hardest(parts.openings, base["id"])
    disputed = next((one for one in parts.disputes if one.invoice_id == base["invoice_id"]), None)
    aside = 0 if disputed is None else min(disputed.set_aside, max(0, base["principal"] - base["given_up"]))
    return Case(
        id=base["id"], invoice=base["invoice"], customer=base["customer_id"], customer_name=base["customer_name"],
        kind=DebtorKind(base["kind"]), country=base["country"], region=base["region"],
        currency=base["currency"], due=base["due"], issued=base["issued"],
        original=base["total"], principal=base["principal"] - base["given_up"] - aside, paid=base["paid"] + base["prepaid"], credited=base["credited"],
        customer_overdue=base["overdue"], overdue_invoices=base["overdue_invoices"],
        calendar=calendar_of(base, as_of),
        reach=_to_administrator(base, parts.people, channels) if parts.to_administrator else _reach(base, parts.people, channels),
        done=tuple(
            StepDone(row["step"], row["done_on"], DoneHow(row["how"]), row["occurrence"]) for row in parts.steps
        ),
        holds=_holds(base, parts.holds, as_of),
        effects=tuple(_effect(row) for row in parts.effects),
        agreed=tuple(
            Agreed(row["step"], QuestionKind(row["kind"]), row["agreed_on"], row["occurrence"]) for row in parts.agreed
        ),
        asked=frozenset(base["asked"]), written_off=base["written_off"], withdrawn=base["withdrawn"],
        switched_off=not base["collecting"], harder=stage, harder_until=until,
        law=law_of(base["country"], base["region"], DebtorKind(base["kind"]), as_of.date()),
        anchor=base["anchor"], opened_on=base["opened_on"], contacts=parts.contacts, letter_until=base["letter_until"],
        may_be_paid=(*(_possible(row) for row in parts.may_be_paid), *parts.credits), bank=parts.bank,
        live_room=parts.live_room, set_aside=aside, given_up=base["given_up"], dispute=None if disputed is None else disputed.dispute,
        insured=parts.insured,
    )  # fmt: skip


def calendar_of(base: RowMapping, as_of: datetime) -> Calendar:
    """The debtor's days, with the holidays of its place."""
    return Calendar(ZoneInfo(base["zone"]), holidays_around(base["country"], as_of.date(), base["region"]))


def _possible(row: RowMapping) -> PossiblePayment:
    return PossiblePayment(
        row["payment_id"], row["left"], row["currency"], row["value_date"], row["counterparty"], row["proposed"]
    )


def _holds(base: RowMapping, kept: Sequence[Kept], as_of: datetime) -> tuple[Hold, ...]:
    owner = base["owner"] or base["creditor_owner"]
    assigned = held_for_assignee(base["assignee"], base["assignee_iban"], as_of.date(), owner)
    return (*(one.hold for one in kept if one.standing), *(() if assigned is None else (assigned,)))


def _reach(base: RowMapping, people: Sequence[Person], channels: frozenset[Channel]) -> frozenset[Channel]:
    """The channels that reach somebody at the customer; who that is depends on the step, whether anybody does not."""
    reach = {Channel.CALL, Channel.HANDOVER}
    if Channel.EMAIL in channels and chosen(people, roles_for(Stage.UPCOMING, None, DebtorKind(base["kind"]))):
        reach.add(Channel.EMAIL)
    if base["phone"] and base["phone_dead_at"] is None:
        reach.add(Channel.SMS)
    if base["letters"] == QUEUE and (base["postal"].strip() or base["seat"].strip()):
        reach.add(Channel.LETTER)
    return frozenset(reach & (channels | NEED_NO_CREDENTIALS))


def _to_administrator(base: RowMapping, people: Sequence[Person], channels: frozenset[Channel]) -> frozenset[Channel]:
    """The channels that reach whom the court appointed; never the customer itself."""
    one = next((one for one in people if one.role is ContactRole.ADMINISTRATOR), None)
    reach = {Channel.HANDOVER}
    if one is not None and one.email:
        reach.add(Channel.EMAIL)
    if one is not None and one.postal and base["letters"] == QUEUE:
        reach.add(Channel.LETTER)
    return frozenset(reach & (channels | NEED_NO_CREDENTIALS))


def _hardest(openings: Iterable[Opening], case: int) -> tuple[Stage | None, date | None]:
    others = [opening for opening in openings if opening.case != case]
    if not others:
        return None, None
    stage = max((opening.stage for opening in others), key=lambda stage: HARDNESS[stage])
    ends = [opening.until for opening in others if opening.stage is stage]
    lasting = [end for end in ends if end is not None]
    return stage, (max(lasting) if len(lasting) == len(ends) else None)


def _effect(row: RowMapping) -> EffectFact:
    return EffectFact(
        row["step"],
        Channel(row["channel"]),
        EffectState(row["state"]),
        row["changed_at"],
        row["attempt"],
        row["temporary"],
        row["words"],
        row["occurrence"],
        row["bounced"],
        row["queued"],
    )


def standing_from(row: RowMapping) -> Standing:
    """A standing approval."""
    return Standing(
        row["id"],
        row["step"],
        row["occurrence"],
        QuestionKind(row["kind"]),
        row["agreed_on"],
        row["calculated_at"],
        row["principal"],
        row["recipient"] or "",
        row["channel"] or "",
        row["message_id"],
        row["question_id"],
        row["draft"] == "voided",
    )
