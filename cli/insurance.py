"""`relance insurance`: credit insurance: policies, the cover of customers, what the insurer says, claims on it."""

from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, refuse
from cli.insurance_claims import app as claims_app
from cli.printing import clean, fields_of, money, print_json, print_table
from policies.insurance import ConsentFor
from policies.insurance_form import PolicyWords
from policies.insured_case import InsuredCase
from policies.insured_words import insured_line
from policies.money import plain
from storage.insurance_deeds import ANSWERS, ConsentWords
from storage.insurance_views import CoverView

app = typer.Typer(no_args_is_help=True)
app.registered_commands += claims_app.registered_commands
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")]
Customer = Annotated[str, typer.Argument(help="The customer's number or name.", show_default=False)]
DAY = "YYYY-MM-DD"


@app.command("set")
def set_(
    policy: Annotated[str, typer.Argument(help="The policy's number.", show_default=False)],
    insurer: Annotated[str, typer.Option("--insurer", help="Who insures.")],
    currency: Annotated[str, typer.Option("--currency", help="The currency of its sums.")],
    extension_days: Annotated[str, typer.Option("--extension", metavar="DAYS", help="Payment may be put off so long after the due date.")],
    filing_days: Annotated[str, typer.Option("--filing", metavar="DAYS", help="A claim is to be filed within so many days.")],
    filing_from: Annotated[str, typer.Option("--filing-from", help="due, or extension: the day those days count from.")],
    percent: Annotated[str, typer.Option("--percent", help="The part of a loss that is paid.")],
    valid_from: Annotated[str, typer.Option("--from", metavar=DAY, help="Its first day.")],
    valid_until: Annotated[str, typer.Option("--until", metavar=DAY, help="Its last day.")] = "",
    minimum: Annotated[str, typer.Option("--minimum", help="The smallest claim.")] = "",
    blind: Annotated[str, typer.Option("--blind", help="The limit of customers nobody asked cover for.")] = "",
    disputed: Annotated[bool, typer.Option("--disputed", help="Claims may be filed before a dispute is settled.")] = False,
    write_off: Annotated[bool, typer.Option("--ask-write-off", help="A write-off needs the insurer's consent.")] = False,
    extension_clause: Annotated[str, typer.Option("--extension-clause", help="The clause about the extension.")] = "",
    filing_clause: Annotated[str, typer.Option("--filing-clause", help="The clause about filing a claim.")] = "",
    email: Annotated[str, typer.Option("--email", help="Where claims go.")] = "",
    folder: Annotated[str, typer.Option("--folder", help="Or the folder they are written to.")] = "",
    by: By = "",
) -> None:  # fmt: skip
    """Enter a credit insurance policy, or correct one. Every day and sum is the policy's own."""
    words = PolicyWords(
        insurer, policy, currency, extension_days, filing_days, filing_from, percent, valid_from, valid_until, minimum, blind,
        "yes" if disputed else "no", "yes" if write_off else "no", extension_clause, filing_clause, email, folder,
    )  # fmt: skip
    done = at_work(lambda: _set(words, actor(by)))
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"Policy {policy} of {insurer} is entered."))


@app.command("cover")
def cover(
    customer: Customer,
    limit: Annotated[str, typer.Argument(help="How much is covered; 0: refused.", show_default=False)],
    since: Annotated[str, typer.Option("--from", metavar=DAY, help="From this day.")],
    until: Annotated[str, typer.Option("--until", metavar=DAY, help="Up to this day.")] = "",
    cancelled: Annotated[str, typer.Option("--cancelled", metavar=DAY, help="Not from this day on any more.")] = "",
    reference: Annotated[str, typer.Option("--reference", help="The insurer's reference.")] = "",
    policy: Annotated[str, typer.Option("--policy", help="Which policy.", show_default="the newest")] = "",
    by: By = "",
) -> None:
    """Enter what the insurer decided about a customer."""
    more = {"until": until, "cancelled": cancelled, "reference": reference, "policy": policy}
    done = at_work(lambda: _cover(customer, limit, since, actor(by), more))
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"{done.customer_name}: covered for {done.words}."))


@app.command("consent")
def consent(
    customer: Customer,
    about: Annotated[str, typer.Option("--for", help=f"One of: {', '.join(ConsentFor)}.")],
    answer: Annotated[str, typer.Option("--answer", help=f"One of: {', '.join(ANSWERS)}.")],
    reference: Annotated[str, typer.Option("--reference", help="The insurer's reference, or the reason.")] = "",
    on: Annotated[str, typer.Option("--on", metavar=DAY, help="The day of the answer.", show_default="today")] = "",
    until: Annotated[str, typer.Option("--until", metavar=DAY, help="The last day it is about.")] = "",
    invoice: Annotated[str, typer.Option("--invoice", help="One invoice; empty: all that is insured.")] = "",
    by: By = "",
) -> None:
    """Record what the insurer said to something, or have a person asked for it."""
    words = ConsentWords(about, answer, reference, on, until)
    done = at_work(lambda: _consent(customer, invoice, words, actor(by)))
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"{done.customer_name}: {done.words}."))


@app.command("list")
def list_(json: Json = False) -> None:
    """The policies, and the cover of customers."""
    policies, covers = at_work(_list)
    if json:
        print_json({"policies": [fields_of(one) for one in policies], "covers": [fields_of(one) for one in covers]})
        return
    rows = [
        (one.policy, one.insurer, one.extension_days, f"{one.filing_days} from {one.filing_from.value}", f"{one.percent} %",
         one.valid_from, one.valid_until or "–")
        for one in policies
    ]  # fmt: skip
    print_table(["Policy", "Insurer", "Extension", "Filing", "Paid", "From", "Until"], rows, "No policy is entered.")
    decided = [
        (one.customer_number, one.name, money(one.limit, one.currency), one.since, one.cancelled_on or one.until or "–", one.reference)
        for one in covers
    ]  # fmt: skip
    print_table(["Customer", "Name", "Limit", "From", "Until", "Reference"], decided, "No customer is covered.")


@app.command("show")
def show(customer: Customer, json: Json = False) -> None:
    """What of a customer's open invoices is insured, up to when, and what the insurer said."""
    found = at_work(lambda: _show(customer))
    if isinstance(found, list):
        raise refuse(found)
    if json:
        print_json({
            "customer": found.customer_number, "name": found.name, "covers": [fields_of(one) for one in found.covers],
            "invoices": [shown(one) for one in found.cases], "consents": [fields_of(one) for one in found.consents],
        })  # fmt: skip
        return
    for one in found.covers:
        print(
            clean(f"Covered for {money(one.limit, one.currency)} {_days(one)} ({one.policy}, {one.reference or '–'})")
        )
    for case in found.cases:
        print(clean(f"{case.insured.invoice.number}: {insured_line(case) or 'not insured.'}"))
    for asked in found.consents:
        told = f"{asked.about}: {asked.state}, {asked.words or '–'}" + (f", up to {asked.until}" if asked.until else "")
        print(clean(f"Consent {asked.number} for {told.replace('_', ' ')}"))


def _days(one: CoverView) -> str:
    until = f" until {one.until}" if one.until else ""
    return f"from {one.since}{until}" + (f", cancelled from {one.cancelled_on} on" if one.cancelled_on else "")


def shown(case: InsuredCase) -> dict[str, Any]:
    """What of a case is insured, for other programs."""
    one = case.insured
    currency = one.invoice.currency
    return {
        "invoice": one.invoice.number, "why": one.why.value, "open": plain(one.invoice.open, currency),
        "insured": plain(one.amount, currency), "indemnity": plain(one.indemnity, currency), "currency": currency,
        "extension": case.extension, "filing": one.filing, "asked": case.asked,
        "consents": sorted(each.value for each in case.consents),
    }  # fmt: skip


async def _set(words: PolicyWords, who: str) -> Any:
    from storage import clock, insurance_deeds

    return await insurance_deeds.set_policy(words, who, await clock.now())


async def _cover(customer: str, limit: str, since: str, who: str, more: dict[str, str]) -> Any:
    from storage import clock, insurance_deeds

    return await insurance_deeds.set_cover(customer, limit, since, who, await clock.now(), **more)


async def _consent(customer: str, invoice: str, words: ConsentWords, who: str) -> Any:
    from storage import clock, insurance_deeds

    return await insurance_deeds.record_consent(customer, invoice, words, who, await clock.now())


async def _list() -> Any:
    from storage import insurance_views

    return await insurance_views.policies(), await insurance_views.covers()


async def _show(customer: str) -> Any:
    from storage import insurance_views

    return await insurance_views.of_customer(customer)
