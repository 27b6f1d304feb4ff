"""`relance customer show`, `relance customer segment`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.at_work import actor, at_work, refuse
from cli.customer_lines import account_lines, customer_lines, exposure_lines, said_lines
from cli.customer_people import object_, set_
from cli.erasing import erase
from cli.exposures import exposure_json
from cli.measures import shown as measure_json
from cli.new_file import write_new
from cli.printing import clean, fields_of, money, print_json, print_table
from cli.refusal import Refusal
from cli.terms import as_json as terms_as_json
from cli.terms import stated as terms_stated
from policies.money import plain
from policies.problems import Problem
from storage.customer_views import CustomerView

app = typer.Typer(help="Customers: who one is, what it owes and how it pays; segments.")
app.command(name="set")(set_)
app.command(name="object")(object_)
app.command(name="erase")(erase)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@app.command()
def show(
    number: Annotated[str, typer.Argument(help="The customer's number, or its name.")],
    notes: Annotated[bool, typer.Option("--notes", help="Only what was written down about it.")] = False,
    json: Json = False,
) -> None:
    """The customer with its open items, holds and notes."""
    from storage import clock
    from storage.customer_views import show_customer

    async def work() -> object:
        return await show_customer(number, await clock.now())

    found = at_work(work)
    if isinstance(found, list):
        raise refuse(found)
    assert isinstance(found, CustomerView), "what is not a problem is a customer"
    if json:
        print_json([fields_of(one) for one in found.notes] if notes else _as_json(found))
    elif notes:
        print("\n".join(_noted(found)) or "Nothing was written down about this customer.")
    else:
        _tell(found)


def _as_json(found: CustomerView) -> dict[str, object]:
    items = [fields_of(one, {"total": "currency", "open": "currency"}) for one in found.items]
    credits = [fields_of(one, {"total": "currency", "left": "currency"}) for one in found.credits]
    sums = {"open": "currency", "credit": "currency", "overpaid": "currency"}
    holds, notes = [fields_of(one) for one in found.holds], [fields_of(one) for one in found.notes]
    others = [fields_of(one) for one in found.contacts]
    limit = None if found.credit_limit is None else plain(found.credit_limit, found.credit_currency)
    terms = [terms_as_json(one) for one in found.terms]
    more = {
        "contacts": others,
        "items": items,
        "credits": credits,
        "balances": [fields_of(one, sums) for one in found.balances],
        "holds": holds,
        "notes": notes,
        "terms": terms,
        "said": [fields_of(one) for one in found.said],
        "credit_limit": limit,
        "exposures": [exposure_json(one) for one in found.exposures],
        "measures": [measure_json(one) for one in found.measures],
        "costs": [{"currency": name, "cost": plain(cost, name)} for name, cost in found.costs.items()],
    }
    return fields_of(found) | more


def _tell(found: CustomerView) -> None:
    dead = f" (dead: {found.email_dead})" if found.email_dead else ""
    print(clean(f"{found.name} · {found.number} · {found.kind} · {found.country or 'country unknown'}"))
    no_sms = f" (no SMS: {found.phone_dead})" if found.phone_dead else ""
    reached = f"{found.email or 'no e-mail'}{dead} · {found.phone or 'no telephone'}{no_sms}"
    print(clean(f"Contact: {found.contact or '–'} · {reached}"))
    for sentence in customer_lines(found):
        print(clean(sentence))
    segment = f" · segment: {found.segment}" if found.segment else ""
    backup = f" (while away: {found.backup})" if found.backup else ""
    print(clean(f"Owner: {found.owner or '–'}{backup} · salesperson: {found.salesperson or '–'}{segment}"))
    print(clean(f"Pays: {found.payer_because}\n" if found.payer else ""))
    rows = [(one.invoice, one.due, money(one.open, one.currency), one.case) for one in found.items]
    print_table(["Invoice", "Due", "Open", "Case"], rows, "Nothing is open.")
    if found.costs:
        print(f"Messages to it cost {' and '.join(money(cost, name) for name, cost in found.costs.items())}.")
    for line in [*exposure_lines(found), *account_lines(found)]:
        print(clean(line))
    for one in found.terms:
        gone = f" (withdrawn: {one.withdrawn})" if one.withdrawn is not None else ""
        proof = one.document_name or one.words[:60]
        whose = one.invoice or "everything"
        print(clean(f"Agreed {whose}: {terms_stated(one)}, accepted {one.accepted_on}, {proof}{gone}"))
    for hold in found.holds:
        end = f"until {hold.until}" if hold.until else f"until {hold.owner} ends it"
        print(clean(f"On hold ({hold.kind}) {hold.invoice or 'everything'} {end}: {hold.reason}"))
    for line in said_lines(found):
        print(clean(line))
    for line in _noted(found):
        print(line)


def _noted(found: CustomerView) -> list[str]:
    """What was written down, the earliest first: facts only, the customer may ask to read it."""
    return [clean(f"{note.at:%Y-%m-%d} {note.actor}: {note.text}") for note in found.notes]


@app.command()
def write(
    number: Annotated[str, typer.Argument(help="The customer's number, or its name.")],
    subject: Annotated[str, typer.Option("--subject", help="One line.", show_default=False)],
    text: Annotated[
        str, typer.Option("--text", help="What you write; your signature is put under it.", show_default=False)
    ],
    invoice: Annotated[str, typer.Option("--invoice", metavar="NUMBER", help="About one invoice.")] = "",
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who writes.", show_default="you")] = "",
) -> None:
    """Write to the customer by e-mail, in your own words; it leaves as soon as the hour allows it."""
    from storage import clock
    from storage.hold_deeds import Deed
    from storage.writing_by_hand import write_to_customer

    async def work() -> object:
        return await write_to_customer(number, subject, text, invoice, actor(by), await clock.now())

    done = at_work(work)
    if isinstance(done, list):
        raise refuse(done)
    assert isinstance(done, Deed), "what is not a problem is a deed"
    print(clean(f"{done.kind} · {done.customer_name} · {done.words}"))


@app.command()
def segment(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False, json: Json = False
) -> None:
    """Put customers into the segments of your own rules, which stand in segments.toml of RELANCE_HOME."""
    from storage import clock
    from storage.creditor import ensure_creditor
    from storage.segment_store import NAME, BadSegments, own_file
    from storage.segmenting import Segmented, put_into_segments

    async def work() -> tuple[Segmented, ...]:
        if not own_file().is_file():
            raise Refusal(f"There are no rules: write them into {NAME} in RELANCE_HOME (docs/segments.md).")
        return await put_into_segments((await ensure_creditor()).id, await clock.now(), dry_run=dry_run)

    try:
        changed = at_work(work)
    except BadSegments as wrong:
        raise Refusal(str(wrong)) from wrong
    if json:
        print_json([fields_of(one) for one in changed])
        return
    rows = [(one.number, one.name, one.before or "–", one.after or "–", one.because) for one in changed]
    print_table(["Number", "Customer", "Was in", "Is in", "Pays"], rows, "Everybody is in the right segment already.")


@app.command()
def statement(
    number: Annotated[str, typer.Argument(help="The customer's number, or its name.")],
    pdf: Annotated[Path, typer.Option("--pdf", metavar="FILE", help="Where to write it.")],
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day; today without it.")
    ] = None,
) -> None:
    """The customer's account on paper: open invoices, credits, payments not allocated, totals and ages by currency."""
    from storage import clock
    from storage.account import CustomerAccount, account_of
    from tasks.account_sheet import account_sheet, sheet_of

    async def work() -> CustomerAccount | list[Problem]:
        return await account_of(number, as_of.date() if as_of else (await clock.now()).date())

    found = at_work(work)
    if isinstance(found, list):
        raise refuse(found)
    if not found.lines:
        raise Refusal(f"Nothing was open of {found.name} on {found.on}.")
    made = account_sheet(sheet_of(found))
    write_new(pdf, made)
    print(f"Account of {clean(found.name)} on {found.on}, {len(found.lines)} lines, written to {pdf}.")
