"""What is registered with Prefect: the flows, their schedules, and the acts a person may start as short forms."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from prefect import Flow
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.actions import DeploymentScheduleCreate, WorkPoolCreate
from prefect.client.schemas.schedules import IntervalSchedule
from prefect.exceptions import ObjectAlreadyExists
from prefect.utilities.callables import parameter_schema

from flows import (
    agreement_deeds,
    court_deeds,
    deeds,
    dispute_deeds,
    insolvency_deeds,
    insurance_deeds,
    letter_deeds,
    measures,
    mediation_deeds,
    placement_deeds,
    question_deeds,
    registered,
    write_off_deeds,
)
from flows.ask_person import ask_person
from flows.collect import collect_invoice
from flows.digest import daily_digest
from flows.imports import import_invoices, import_payments
from flows.inbox_folder import import_arrived
from flows.monday import weekly_report
from flows.open_cases import open_cases
from flows.read_mailbox import read_mailbox
from flows.reconcile import reconcile
from flows.sms import ask_twilio
from flows.tell_customer import tell_customer
from tasks.staff_text import named, speak_as_the_house

POOL = "relance"
CASES, ACTS = "cases", "acts"
QUEUES = (ACTS, CASES)
"""Work queues: a poll returns 200 runs at most, so what people start must not stand behind waiting cases."""


@dataclass(frozen=True, slots=True)
class Registration:
    """One deployment: a flow, how often it starts by itself, and what staff read about it."""

    flow: Flow[Any, Any]
    description: str
    every: timedelta | None = None
    tags: tuple[str, ...] = field(default=())
    queue: str = ACTS

    @property
    def name(self) -> str:
        """The deployment and its flow share a name."""
        return self.flow.name


REGISTRATIONS: tuple[Registration, ...] = (
    Registration(collect_invoice, "One run per overdue invoice. Started by open-cases, never by hand.", queue=CASES),
    Registration(ask_person, "A question to a person. Started by Relance, never by hand."),
    Registration(
        open_cases,
        "Opens the cases whose day has come, the daily review, and questions about claims that die.",
        timedelta(minutes=15),
    ),
    Registration(reconcile, "Makes sure every open case has exactly one live run.", timedelta(minutes=5)),
    Registration(import_arrived, "Reads a file of the watched folder. Started on its arrival, never by hand."),
    Registration(read_mailbox, "Reads what came back by e-mail. Started when something waits, never by hand."),
    Registration(ask_twilio, "Asks Twilio what became of SMS. Started when there is something to ask, never by hand."),
    Registration(weekly_report, "What was done in a week, what waits, what comes. Started on Mondays, never by hand."),
    Registration(daily_digest, "Writes our own people what waits for them. Started on working days, never by hand."),
    Registration(tell_customer, "Tells a customer news, or what a person wrote. Started by Relance, never by hand."),
    Registration(import_invoices, "Reads a file of invoices.", tags=("act",)),
    Registration(import_payments, "Reads a file of payments; what is paid stops being chased.", tags=("act",)),
    Registration(deeds.log_call, "Somebody called, or you called: what was said.", tags=("act",)),
    Registration(deeds.hold, "Stop chasing a customer or one invoice.", tags=("act",)),
    Registration(agreement_deeds.payment_plan, "The customer pays in parts: which, and when.", tags=("act",)),
    Registration(agreement_deeds.promise, "The customer promised to pay: what, and when.", tags=("act",)),
    Registration(agreement_deeds.settlement, "Propose that less settles everything; a manager decides.", tags=("act",)),
    Registration(
        agreement_deeds.set_off, "Propose to set off what we owe the customer; a manager decides.", tags=("act",)
    ),
    Registration(
        measures.measure, "Propose a commercial measure against a customer; a manager decides.", tags=("act",)
    ),
    Registration(measures.lift_measure, "Lift a commercial measure, whatever is owed.", tags=("act",)),
    Registration(agreement_deeds.cancel_agreement, "End an agreement: the full sum is due again.", tags=("act",)),
    Registration(dispute_deeds.dispute, "The customer disputes an invoice, or a part of it.", tags=("act",)),
    Registration(
        insolvency_deeds.insolvency, "A court opened insolvency proceedings against a customer.", tags=("act",)
    ),
    Registration(insolvency_deeds.insolvency_close, "Insolvency proceedings are over.", tags=("act",)),
    Registration(insolvency_deeds.stay, "Leave a customer alone: death, over-indebtedness, complaint.", tags=("act",)),
    Registration(
        mediation_deeds.mediation, "A mediation begins: we propose one, or the customer asked for it.", tags=("act",)
    ),
    Registration(
        insurance_deeds.insurance_cover,
        "What the credit insurer decided about a customer: how much is covered.",
        tags=("act",),
    ),
    Registration(
        insurance_deeds.insurer_consent, "What the credit insurer says to a plan, an agency, a court.", tags=("act",)
    ),
    Registration(
        placement_deeds.placement_status, "What a collection agency tells about a file it has.", tags=("act",)
    ),
    Registration(placement_deeds.agency_paid, "The customer paid to the agency, which keeps its fee.", tags=("act",)),
    Registration(placement_deeds.placement_recall, "Take a file back from an agency.", tags=("act",)),
    Registration(write_off_deeds.write_off, "Propose to give up what is owed; a manager decides.", tags=("act",)),
    Registration(write_off_deeds.reverse_write_off, "What was written off is owed again.", tags=("act",)),
    Registration(deeds.limitation_act, "Something that keeps a claim alive was done.", tags=("act",)),
    Registration(court_deeds.court_event, "Something happened to a file before a court.", tags=("act",)),
    Registration(court_deeds.court_file, "A file was given to a court outside the ladder.", tags=("act",)),
    Registration(deeds.release, "Go on after a hold.", tags=("act",)),
    Registration(question_deeds.delegate, "Give an open question to somebody else.", tags=("act",)),
    Registration(question_deeds.object_to_notice, "A salesperson objects to a formal notice, once.", tags=("act",)),
    Registration(deeds.note, "Write something down about a customer.", tags=("act",)),
    Registration(letter_deeds.letter_posted, "A letter of the print queue is posted: its step is done.", tags=("act",)),
    Registration(
        letter_deeds.letter_outcome,
        "What became of a letter: received, refused, not collected, unknown.",
        tags=("act",),
    ),
    Registration(deeds.write_to_customer, "Write to a customer in your own words.", tags=("act",)),
    Registration(deeds.resend_invoice, "Send a copy of an invoice to its customer.", tags=("act",)),
    Registration(deeds.says_paid, "The customer says it is paid: wait for the money to arrive.", tags=("act",)),
)
FLOWS: Mapping[str, Flow[Any, Any]] = {one.name: one.flow for one in REGISTRATIONS}


async def register(client: PrefectClient, *, scheduled: bool) -> dict[str, UUID]:
    """Make the work pool and every deployment, or bring them up to date. On the stepped clock nothing is scheduled."""
    await speak_as_the_house()
    with suppress(ObjectAlreadyExists):
        await client.create_work_pool(WorkPoolCreate(name=POOL, type="relance", description="Relance's dispatchers"))
    found = {one.name: await _register(client, one, scheduled) for one in REGISTRATIONS}
    registered.remember(found)
    return found


async def _register(client: PrefectClient, one: Registration, scheduled: bool) -> UUID:
    flow_id = await client.create_flow(one.flow)
    schedules = (
        [DeploymentScheduleCreate(schedule=IntervalSchedule(interval=one.every), active=True)] if one.every else []
    )
    return await client.create_deployment(
        flow_id,
        one.name,
        schedules=schedules if scheduled else [],
        description=named(one.description),
        work_pool_name=POOL,
        work_queue_name=one.queue,
        tags=list(one.tags),
        entrypoint=f"{one.flow.fn.__module__}.{one.flow.fn.__name__}",
        parameter_openapi_schema=parameters(one.flow),
        enforce_parameter_schema=True,
    )


def parameters(flow: Flow[Any, Any]) -> dict[str, Any]:
    """The form of an act: a choice of sentences is offered in the language of the house alone, and taken in every one."""
    schema = parameter_schema(flow).model_dump_for_openapi()
    for one in schema.get("properties", {}).values():
        if one.get("enum") == list(deeds.SENTENCES):
            one["enum"] = [named(choice.sentence) for choice in deeds.CALLED]
    return schema
