"""`relance write-off vat`: net and VAT of what is lost, its last date, and the duplicate or list the debtor is sent."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, refuse
from cli.new_file import write_new
from cli.printing import clean, money
from cli.refusal import Refusal
from policies.call_form import amount_of
from policies.vat_recovery import ARTICLE, CREDITORS, TO_CONFIRM
from storage.write_off_vat import given_back, why_not
from storage.write_off_views import WriteOffView, today_of

app = typer.Typer(no_args_is_help=True)
Number = Annotated[
    int,
    typer.Argument(min=1, max=2**63 - 1, help="Its number, as `write-off list` shows it.", show_default=False),
]
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")]
Words = Annotated[str, typer.Option("--words", help="What your accountant wants added to the mention, word for word.")]


@app.command("amounts")
def amounts(
    number: Number,
    invoice: Annotated[str, typer.Argument(help="The invoice.", show_default=False)],
    net: Annotated[str, typer.Option("--net", help="Without VAT, of what is written off.")],
    vat: Annotated[str, typer.Option("--vat", help="The VAT on it, as the invoice states it; never from a rate.")],
    by: By = "",
) -> None:
    """Enter net and VAT of what is lost of an invoice, where its document does not say."""
    if problems := at_work(lambda: _amounts(number, invoice, net, vat, actor(by))):
        raise refuse(problems)
    print(f"Net and VAT of {clean(invoice)} are entered.")


@app.command("days")
def days(
    number: Number,
    judged: Annotated[
        datetime | None, typer.Option("--judged", formats=["%Y-%m-%d"], help="The day of the liquidation judgment.")
    ] = None,
    closed: Annotated[
        datetime | None, typer.Option("--closed", formats=["%Y-%m-%d"], help="The day of closure: sets the last date.")
    ] = None,
    by: By = "",
) -> None:
    """Enter the day of the liquidation judgment, and the day of closure, with which the last date is set."""
    if judged is None and closed is None:
        raise Refusal("Say --judged YYYY-MM-DD, --closed YYYY-MM-DD, or both.")
    found = at_work(lambda: _days(number, _day(judged), _day(closed), actor(by)))
    if isinstance(found, list):
        raise refuse(found)
    for line in lines(found):
        print(clean(line))


@app.command("print")
def print_page(
    number: Number,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help="Where the PDF goes.")],
    words: Words = "",
) -> None:
    """The duplicate, or the list of several invoices, as a PDF to read, print and send."""
    page = at_work(lambda: _page(number, words))
    write_new(out, page)
    print(clean(f"{out} is written. {TO_CONFIRM}"))


@app.command("send")
def send(number: Number, words: Words = "", by: By = "") -> None:
    """Send the page by e-mail: whoever types this has read it (`vat print`)."""
    if problems := at_work(lambda: _send(number, words, actor(by))):
        raise refuse(problems)
    print(f"The page of write-off {number} leaves by e-mail; its deadline is met when it has left.")


@app.command("sent")
def sent(
    number: Number,
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day; today without it.")
    ] = None,
    by: By = "",
) -> None:
    """The printed page was sent: the deadline is met."""
    if problems := at_work(lambda: _sent(number, _day(on), actor(by))):
        raise refuse(problems)
    print(f"The duplicate of write-off {number} was sent; its deadline is met.")


def lines(one: WriteOffView) -> Iterator[str]:
    """What there is to say of its VAT."""
    row = one.row
    if one.state == "refused" or row["creditor_country"] not in CREDITORS:
        return
    known = "not known of every invoice" if one.vat is None else money(one.vat, one.currency)
    yield f"VAT ({ARTICLE}): {known}; judgment {row['judged_on'] or 'not entered'}, closure {row['closed_on'] or 'not entered'}"
    if row["vat_sent_on"] is not None:
        yield f"The duplicate was sent on {row['vat_sent_on']} ({row['vat_how']}), by {row['vat_by']}"
    elif one.state == "standing":
        if row["letter_words"]:
            said = "did not reach the customer" if row["letter_state"] == "dropped" else "cannot leave yet"
            yield f"The page {said}: {row['letter_words']}"
        if one.vat_until is not None:
            yield f"Last day to get it back: {one.vat_until} ({ARTICLE})"
    if back := back_line(one):
        yield back


def back_line(one: WriteOffView) -> str:
    """What must be given back of the VAT; empty: nothing."""
    back = given_back(one)
    if back is None:
        return ""
    came, vat = money(back.recovered, one.currency), money(back.vat, one.currency)
    return (
        f"{came} of it is owed or paid after all: {vat} of VAT must be declared again. Have your accountant confirm it."
    )


def _day(value: datetime | None) -> date | None:
    return None if value is None else value.date()


async def _amounts(number: int, invoice: str, net: str, vat: str, who: str) -> Any:
    from storage import clock
    from storage.write_off_vat import enter_amounts

    one = await _view(number)
    read = [0 if not said.strip("0., ") else amount_of(said, one.currency) for said in (net, vat)]
    wrong = [each for each in read if isinstance(each, str)]
    if wrong:
        raise Refusal(wrong[0])
    first, second = (each for each in read if isinstance(each, int))
    return await enter_amounts(number, invoice, first, second, who, await clock.now())


async def _days(number: int, judged: date | None, closed: date | None, who: str) -> Any:
    from storage import clock
    from storage.write_off_vat import enter_days

    return await enter_days(number, judged, closed, who, await clock.now()) or await _view(number)


async def _page(number: int, words: str) -> bytes:
    from storage import clock
    from tasks.vat_page import vat_page

    one, at = await _view(number), await clock.now()
    if why := why_not(one, today_of(one, at)):
        raise Refusal(why)
    return vat_page(one, today_of(one, at), words)


async def _send(number: int, words: str, who: str) -> Any:
    from storage import clock
    from storage.write_off_vat import send as leaves

    page = await _page(number, words)
    return await leaves(number, page, who, await clock.now())


async def _sent(number: int, on: date | None, who: str) -> Any:
    from storage import clock
    from storage.write_off_vat import sent as was_sent

    at = await clock.now()
    one = await _view(number)
    return await was_sent(number, on or today_of(one, at), who, at)


async def _view(number: int) -> WriteOffView:
    from storage.write_off_views import show

    one = await show(number)
    if one is None:
        raise Refusal(f"There is no write-off {number}. See ./relance write-off list --all.")
    return one
