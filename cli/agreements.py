"""`relance agreement plan|promise|settle|set-off|goods-back|show|cancel`: what customers and we agree on about money."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any

import typer

from cli.agreement_pages import as_json, promise_json, show_agreements, show_promises
from cli.at_work import actor, at_work, refuse
from cli.printing import clean, print_json
from policies.plan_form import PlanWords
from storage.hold_deeds import Deed

app = typer.Typer(help="Promises, payment plans, settlements, set-offs: agree, show, cancel.")
Customer = Annotated[str, typer.Argument(help="The customer's number, or its name.")]
Invoices = Annotated[
    list[str] | None,
    typer.Option("--invoice", metavar="NUMBER", help="About this invoice; again for more. None: all that are open."),
]
As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who agrees on it.", show_default="you")]
Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


@app.command()
def plan(
    customer: Customer,
    pay: Annotated[
        list[str] | None, typer.Option("--pay", metavar="DATE=AMOUNT", help="A payment agreed; again for more.")
    ] = None,
    parts: Annotated[str, typer.Option("--in", metavar="N", help="So many equal parts, a month apart…")] = "",
    first: Annotated[str, typer.Option("--first", metavar="DATE", help="…from this day.")] = "",
    invoice: Invoices = None,
    note: Annotated[str, typer.Option("--note", help="Why; the debtor may read it.")] = "",
    interest_until: Annotated[
        str, typer.Option("--interest-until", metavar="DATE", help="The last day that earns interest while it is kept.")
    ] = "",
    late_days: Annotated[
        str, typer.Option("--late-days", metavar="N", help="Days a payment may come late before the plan lapses.")
    ] = "",
    first_payment: Annotated[
        bool, typer.Option("--first-payment", help="It takes effect with its first payment.")
    ] = False,
    by: As = "",
    json: Json = False,
) -> None:
    """The customer pays in parts; nothing leaves while the payments come in time."""
    from storage.agreement_deeds import make_plan

    payments = f"{parts} from {first}" if parts or first else "; ".join(pay or [])
    words = PlanWords(payments, note, interest_until, late_days, "yes" if first_payment else "")
    _done(lambda at: make_plan(customer, _numbers(invoice), words, actor(by), at), json)


@app.command()
def promise(
    customer: Customer,
    pay: Annotated[
        list[str],
        typer.Option("--pay", metavar="DATE[=AMOUNT]", help="A day for everything, or amounts with their days."),
    ],
    invoice: Annotated[str, typer.Option("--invoice", metavar="NUMBER", help="About this invoice alone.")] = "",
    note: Annotated[str, typer.Option("--note", help="What was said; the debtor may read it.")] = "",
    by: As = "",
    json: Json = False,
) -> None:
    """The customer promised to pay; nothing leaves until the day and the bank days after it."""
    from storage.agreement_deeds import note_promise

    _done(lambda at: note_promise(customer, invoice, "; ".join(pay), note, actor(by), at), json)


@app.command()
def settle(
    customer: Customer,
    amount: Annotated[str, typer.Option("--amount", help="What settles everything: 1250.00.")] = "",
    until: Annotated[str, typer.Option("--by", metavar="DATE", help="The day by which it must have come.")] = "",
    why: Annotated[str, typer.Option("--why", help="Why less is enough: whoever decides reads it.")] = "",
    invoice: Invoices = None,
    by: As = "",
    json: Json = False,
) -> None:
    """Propose a settlement for less: a manager is asked; late or in part it is void."""
    from storage.agreement_deeds import propose_settlement
    from tasks.agreement_words import about_proposal

    numbers = _numbers(invoice)
    _done(lambda at: propose_settlement(customer, numbers, amount, until, why, actor(by), at, about_proposal), json)


@app.command(name="set-off")
def set_off(
    customer: Customer,
    their_invoice: Annotated[str, typer.Option("--their-invoice", metavar="NUMBER", help="The customer's own.")] = "",
    amount: Annotated[str, typer.Option("--amount", help="How much of it is set off: 1250.00.")] = "",
    why: Annotated[str, typer.Option("--why", help="A remark for whoever decides.")] = "",
    invoice: Invoices = None,
    by: As = "",
    json: Json = False,
) -> None:
    """Propose to set off what we owe the customer against what it owes us: a manager is asked."""
    from storage.agreement_deeds import propose_set_off
    from tasks.agreement_words import about_proposal

    numbers = _numbers(invoice)
    _done(
        lambda at: propose_set_off(customer, numbers, their_invoice, amount, why, actor(by), at, about_proposal), json
    )


@app.command(name="goods-back")
def goods_back(
    customer: Customer,
    invoice: Annotated[str, typer.Option("--invoice", metavar="NUMBER", help="The invoice of the goods.")] = "",
    amount: Annotated[str, typer.Option("--amount", help="The credit note expected; none: of the whole invoice.")] = "",
    until: Annotated[
        str, typer.Option("--by", metavar="DATE", help="The day on which somebody is asked about it.")
    ] = "",
    note: Annotated[str, typer.Option("--note", help="What comes back; the debtor may read it.")] = "",
    by: As = "",
    json: Json = False,
) -> None:
    """Goods come back: the credit note to come is not demanded meanwhile; what is left of the invoice is."""
    from policies.dispute_form import DisputeWords
    from policies.dispute_reasons import DisputeReason
    from storage.dispute_deeds import open_dispute

    words = DisputeWords(DisputeReason.CREDIT_PROMISED, amount, text=note or "goods back", deadline=until)
    _done(lambda at: open_dispute(customer, invoice, words, actor(by), at), json)


@app.command()
def show(
    customer: Annotated[str, typer.Argument(help="Of this customer; none: of all.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Those that are over as well.")] = False,
    json: Json = False,
) -> None:
    """Agreements and promises: what was agreed, what came, where each stands."""
    from storage import clock
    from storage.agreement_views import agreements, promises

    async def work() -> Any:
        at = await clock.now()
        return await agreements(at, customer, over=everything), await promises(customer, over=everything)

    found, promised = at_work(work)
    if json:
        print_json({"agreements": [as_json(one) for one in found], "promises": [promise_json(one) for one in promised]})
        return
    show_agreements(found)
    show_promises(promised)


@app.command()
def cancel(
    number: Annotated[int, typer.Argument(help="The agreement's number, as `agreement show` lists it.")],
    by: As = "",
    json: Json = False,
) -> None:
    """End an agreement: the full sum is due again; a set-off is taken back."""
    from storage.agreement_deeds import cancel as end

    _done(lambda at: end(number, actor(by), at), json)


def _numbers(invoices: list[str] | None) -> str:
    return ", ".join(invoices or [])


def _done(do: Callable[[datetime], Awaitable[Any]], json: bool) -> None:
    """Do it and say what was done, or why nothing was."""
    from storage import clock

    async def work() -> Any:
        return await do(await clock.now())

    found = at_work(work)
    if isinstance(found, list):
        raise refuse(found)
    assert isinstance(found, Deed), "what is not a problem was done"
    if json:
        print_json({"done": found.kind, "customer": found.customer_number, "words": found.words})
    else:
        print(clean(f"{found.customer_name}: {found.kind}, {found.words}."))
