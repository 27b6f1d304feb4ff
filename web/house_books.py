"""Pages about one thing in the books: a customer, an invoice or its case, a message."""

from typing import Any

from starlette.responses import Response

from storage import timeline
from storage.agreement_views import agreements
from storage.case_views import Explained, explained
from storage.customer_views import CustomerView, show_customer
from storage.deliveries import reports_of
from storage.desk_views import of_customer, of_invoice
from storage.desk_views.correspondence import correspondence
from storage.desk_views.of_invoice import BookedInvoice
from storage.outbox import letter
from tasks.deadline_words import asked_in_words, named_deadline
from tasks.insurer_words import insured_told
from tasks.journal_words import event_words
from web.house_names import ACTS
from web.house_pages import Desk
from web.house_query import number, path_text
from web.house_words import say

BY_NUMBER = ("cancel-agreement", "lift-measure", "insolvency-close", "court-event", "reverse-write-off")
"""An agreement and proceedings are ended, a measure lifted, a court file followed by their own number."""
OF_ALL = ("insolvency", "stay", "insurance-cover", "court-file")
"""Acts about everything of a customer."""
OF_INVOICE = tuple(name for name in ACTS if name not in (*BY_NUMBER, *OF_ALL))
"""Acts about an invoice."""
OF_CUSTOMER = tuple(name for name in ACTS if name not in (*BY_NUMBER, "resend-invoice", "dispute"))
"""A copy is of an invoice, and a dispute is about one."""


async def customer_page(desk: Desk) -> Response:
    """A customer: what it owes, what was written, asked, agreed, and who it is."""
    named = path_text(desk.request)
    found = await show_customer(named, desk.at) if await of_customer.is_known(named) else None
    if not isinstance(found, CustomerView):
        return desk.sentence(404, say("Not found"), say("There is no customer “{number}”.", number=named))
    agreed = [one for one in await agreements(desk.at, named, over=True) if one.customer_number == named]
    return desk.page(
        "customer", one=found, around=await of_customer.around(named), agreed=agreed, written=await correspondence(named),
        acts=_acts(desk, OF_CUSTOMER), may_end=desk.reader.may_start("cancel-agreement"), may_lift=desk.reader.may_start("lift-measure"),
    )  # fmt: skip


async def invoice_page(desk: Desk) -> Response:
    """An invoice by its number; where several have it, which ones."""
    named = path_text(desk.request)
    found = await of_invoice.numbered(named)
    if not found:
        return desk.sentence(404, say("Not found"), say("There is no invoice “{number}”.", number=named))
    if len(found) > 1:
        return desk.page("invoices", number=named, found=found)
    return await _invoice(desk, found[0])


async def case_page(desk: Desk) -> Response:
    """A case by its own number, as `./relance case list` names it."""
    case = number(str(desk.request.path_params["case"]))
    found = None if case is None else await of_invoice.of_case(case)
    if found is None:
        return desk.sentence(404, say("Not found"), say("There is no such case."))
    return await _invoice(desk, found)


async def message_page(desk: Desk) -> Response:
    """A message as it was written: its words, whom it went to and what became of it. Its HTML is never shown here."""
    named = number(str(desk.request.path_params["message"]))
    found = None if named is None else await letter(named)
    if found is None or named is None:
        return desk.sentence(404, say("Not found"), say("There is no such message."))
    reports = (await reports_of([named])).get(named, ())
    return desk.page("message", one=found.posted, words=found.text, sha256=found.sha256, reports=reports)


async def _invoice(desk: Desk, booked: BookedInvoice) -> Response:
    from tasks.hand_over import channels_with_credentials

    case = None if booked.case is None else await explained(booked.case, desk.at, channels_with_credentials())
    happened: list[dict[str, Any]] = []
    if case is not None:
        events = await timeline.events(case.view.id)
        happened = [{"at": one.at, "words": event_words(one, booked.currency)} for one in events]
    return desk.page(
        "invoice", one=booked, case=case, happened=happened, settled=await of_invoice.settled(booked.id),
        coming=() if case is None else _coming(case), deadlines=() if case is None else _last_days(case),
        insured="" if case is None else insured_told(case.dossier.case.insured), acts=_acts(desk, OF_INVOICE if booked.open > 0 else ("note",)),
    )  # fmt: skip


def _coming(case: Explained) -> tuple[dict[str, Any], ...]:
    return tuple({"on": one.on, "stage": one.stage.value, "asks": one.asks, "how": one.how} for one in case.why.coming)


def _last_days(case: Explained) -> tuple[dict[str, Any], ...]:
    """The deadlines that stand, the nearest first."""
    return tuple(
        {
            "on": one.deadline.last_day, "what": named_deadline(one), "article": one.deadline.article,
            "state": asked_in_words(one), "late": one.deadline.last_day < one.today,
        }
        for one in case.deadlines if one.state == "standing"
    )  # fmt: skip


def _acts(desk: Desk, names: tuple[str, ...]) -> tuple[str, ...]:
    """The acts whose forms are of use to this person."""
    return tuple(name for name in names if desk.reader.may_start(name))
