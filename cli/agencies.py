"""`relance agency list|set|choose|preview|compare`: collection agencies, their mandate and their fee."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, refuse
from cli.name_value import settings_of
from cli.printing import clean, fields_of, money, print_json, print_table
from cli.refusal import Refusal
from policies.folder_name import folder_wrong
from policies.money import plain
from policies.sum_written import read_sum
from storage.agencies import Agency

app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")]
KNOWN = ("email", "folder", "mandate", "reference", "fee", "fee_flat", "minimum", "currency", "days")
EXAMPLE = "email=dossiers@agence.example mandate=2026-01-15 reference=M-12 fee=15 days=90"


@app.command("list")
def list_agencies(json: Json = False) -> None:
    """The agencies that are named; without one, files go to the creditor's agency_email."""
    found = at_work(_all)
    if json:
        print_json([shown(one) for one in found])
        return
    rows = [
        (one.name, f"folder {one.folder}" if one.folder else one.email, f"{one.mandate_on or '–'} {one.mandate_reference}".strip(), _fee(one),
         one.term_days or "–", "yes" if one.is_default else "")
        for one in found
    ]  # fmt: skip
    print_table(
        ["Agency", "Files to", "Mandate", "Fee", "Days", "Default"],
        rows,
        "No agency is named: files go to agency_email.",
    )


@app.command("set")
def set_(
    name: Annotated[str, typer.Argument(help="What the agency is called.", show_default=False)],
    settings: Annotated[list[str], typer.Argument(metavar="NAME=VALUE…", help=f"For example {EXAMPLE}.")],
    default: Annotated[bool, typer.Option("--default", help="Files go to it where no other was chosen.")] = False,
    by: By = "",
) -> None:
    """Name an agency, or change what is known of it. The fee is your cost: it is never asked of the debtor where the law forbids it."""
    wanted = settings_of(settings, EXAMPLE)
    if unknown := [one for one in wanted if one not in KNOWN]:
        raise Refusal(f"{unknown[0]}: there is no such setting; known are {', '.join(KNOWN)}.")
    before = next((one for one in at_work(_all) if one.name.casefold() == name.strip().casefold()), None)
    values = _values(name.strip() if before is None else before.name, wanted, before)
    if not values["name"]:
        raise Refusal("Say what the agency is called.")
    if not values["email"] and not values["folder"]:
        raise Refusal("Say where its files go: email=… or folder=…")
    if values["email"] and values["folder"]:
        raise Refusal("Its files go to one place: empty the other, with email= or folder=")
    at_work(lambda: _save(values, actor(by), default=default))
    print(clean(f"{values['name']}: {', '.join(wanted)}{', the default' if default else ''}."))


@app.command("choose")
def choose(
    customer: Annotated[str, typer.Argument(help="The customer's number or name.", show_default=False)],
    agency: Annotated[str, typer.Argument(help="The agency its next file goes to.", show_default=False)],
    by: By = "",
) -> None:
    """A customer's next file goes to this agency; one that waits for approval is asked about anew."""
    wrong = at_work(lambda: _choose(customer, agency, actor(by)))
    if wrong:
        raise refuse(wrong)
    print(clean(f"The next file of {customer} goes to {agency}."))


@app.command("preview")
def preview(
    customer: Annotated[str, typer.Argument(help="The customer's number or name.", show_default=False)],
    json: Json = False,
) -> None:
    """What could be placed today, and every reason against it."""
    found = at_work(lambda: _preview(customer))
    if isinstance(found, list):
        raise refuse(found)
    if json:
        print_json([fields_of(one, {"open": "currency"}) for one in found])
        return
    if not found:
        print("Nothing of this customer is being collected.")
    for one in found:
        verdict = "may be placed" if not one.against else "may not be placed"
        print(clean(f"{one.invoice} · {money(one.open, one.currency)} · {one.agency or 'no agency'}: {verdict}"))
        for why in one.against:
            print(clean(f"  {why}"))


@app.command("compare")
def compare(json: Json = False) -> None:
    """The agencies side by side: placed, recovered, fee, days until the money came."""
    found = at_work(_compare)
    if json:
        amounts = dict.fromkeys(("placed", "recovered", "direct", "fees"), "currency")
        print_json([fields_of(one, amounts) for one in found])
        return
    rows = [
        (one.agency, one.files, one.open_files, money(one.placed, one.currency), money(one.recovered, one.currency),
         money(one.direct, one.currency), money(one.fees, one.currency), "–" if one.days is None else one.days)
        for one in found
    ]  # fmt: skip
    heads = ["Agency", "Files", "Open", "Placed", "Recovered", "Paid to us", "Fees", "Days"]
    print_table(heads, rows, "Nothing was placed yet.")


def shown(one: Agency) -> dict[str, Any]:
    """An agency as other programs read it."""
    amounts = {
        name: None if (value := getattr(one, name)) is None else plain(value, one.currency)
        for name in ("fee_flat", "minimum")
    }
    return fields_of(one) | amounts


def _fee(one: Agency) -> str:
    flat = "" if one.fee_flat is None else f"{money(one.fee_flat, one.currency)} a payment"
    share = "" if one.fee_percent is None else f"{one.fee_percent.normalize():f} %"
    return " + ".join(part for part in (share, flat) if part) or "–"


def _values(name: str, wanted: dict[str, str], before: Agency | None) -> dict[str, Any]:
    """What is to be known of it: what was known before, changed where something is named."""
    known = {} if before is None else asdict(before)
    currency = wanted.get("currency", known.get("currency", "EUR")).upper()
    read: dict[str, tuple[str, Callable[[str], Any]]] = {
        "email": ("email", _address), "folder": ("folder", _folder), "mandate": ("mandate_on", _day), "reference": ("mandate_reference", str),
        "fee": ("fee_percent", _percent), "fee_flat": ("fee_flat", lambda text: _sum(text, currency)),
        "minimum": ("minimum", lambda text: _sum(text, currency)), "days": ("term_days", _days),
    }  # fmt: skip
    values: dict[str, Any] = {"name": name, "currency": currency}
    for word, (column, reads) in read.items():
        empty = "" if column in ("email", "folder", "mandate_reference") else None
        values[column] = (
            (reads(wanted[word]) if wanted[word] else empty) if word in wanted else known.get(column, empty)
        )
    return values


def _address(text: str) -> str:
    from tasks.addresses import mailbox

    if mailbox(text) is None:
        raise Refusal(f"email: “{text}” is not an e-mail address.")
    return text


def _folder(text: str) -> str:
    if wrong := folder_wrong(text):
        raise Refusal(f"folder: {wrong}")
    return text.lower()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(f"mandate: “{text}” is not a day; write it as YYYY-MM-DD.") from None


def _percent(text: str) -> Decimal:
    try:
        found = Decimal(text.removesuffix("%").strip())
    except InvalidOperation:
        found = Decimal(-1)
    if not 0 <= found <= 100:
        raise Refusal(f"fee: “{text}” is not a share of 100; write 15 or 12.5.")
    return found


def _sum(text: str, currency: str) -> int:
    found = read_sum(text, currency)
    if isinstance(found, str):
        raise Refusal(found)
    return found


def _days(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= 3650:
        raise Refusal(f"days: “{text}” is not a number of days up to 3650.")
    return int(text)


async def _all() -> tuple[Agency, ...]:
    from storage.agencies import agencies

    return await agencies()


async def _save(values: dict[str, Any], by: str, *, default: bool) -> None:
    from storage.agencies import save
    from storage.creditor import ensure_creditor

    await save((await ensure_creditor()).id, values, by, default=default)


async def _choose(customer: str, agency: str, by: str) -> Any:
    from storage.agencies import choose
    from storage.session import reading
    from storage.whom import find

    async with reading() as connection:
        whom = await find(connection, customer)
    return whom if isinstance(whom, list) else await choose(whom.customer, agency, by)


async def _preview(customer: str) -> Any:
    from storage import clock
    from storage.agency_preview import preview

    return await preview(customer, await clock.now())


async def _compare() -> Any:
    from storage.placement_views import compare

    return await compare()
