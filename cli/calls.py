"""`relance calls` and `relance log-call`: whom to call, why, what to say; and what was said."""

from collections.abc import Sequence
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from cli.at_work import at_work, named, refuse, signer
from cli.call_sheet import made_as_json, print_sheet
from cli.printing import clean, fields_of, money, print_json, print_table
from cli.refusal import Refusal
from policies.money import plain
from policies.staff import Role
from storage.call_list import Call
from tasks.staff_text import told

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
SPEAKERS = tuple(role for role in Role if role is not Role.VIEWER)


def calls(
    customer: Annotated[
        str, typer.Argument(help="Only this customer (number or name), with what to say.", show_default=False)
    ] = "",
    mine: Annotated[bool, typer.Option("--mine", help="Only those that wait for you.")] = False,
    json: Json = False,
) -> None:
    """Whom to call: the call worth most first, with why it stands there."""
    from storage import clock, questions
    from storage.call_list import calls as listed

    async def work() -> tuple[list[Call], str]:
        found = await listed(await clock.now(), named("").name if mine else None)
        chosen = [one for one in found if not customer or _is(one, customer)]
        asked = (
            await questions.read(chosen[0].question) if customer and len(chosen) == 1 and chosen[0].question else None
        )
        return chosen, "" if asked is None else asked.description

    found, sheet = at_work(work)
    if json:
        print_json([_as_json(one) for one in found])
        return
    if customer and not found:
        raise Refusal(f"No call to “{customer}” is to be made. See ./relance calls.")
    if customer and len(found) == 1:
        print_sheet(found[0], sheet)
        return
    print_table(
        ["Call", "Telephone", "Amount", "Late", "When", "For", "Why"],
        [_row(one) for one in found],
        "Nobody is to be called.",
    )


def _is(call: Call, customer: str) -> bool:
    return customer == call.number or customer.lower() in call.name.lower()


def _row(call: Call) -> Sequence[object]:
    first = call.numbers[0].phone if call.numbers else "–"
    why = " ".join(told(one) for one in call.why if not one.endswith("late."))
    return (
        f"{call.name} ({call.number})", first, money(call.amount, call.currency), f"{call.days_late} d", _when(call),
        call.todo or "–", why,
    )  # fmt: skip


def _when(call: Call) -> str:
    """*now, 10:32 there*, or the moment from which it may be called, by the customer's clock."""
    if call.may_now:
        return f"now, {call.local:%H:%M} there"
    if call.next_at is None:
        return "never"
    return f"{call.next_at.astimezone(ZoneInfo(call.zone)):%d %b %H:%M} there"


def _as_json(call: Call) -> dict[str, Any]:
    items = [{"invoice": one.invoice, "due": one.due, "open": plain(one.open, call.currency)} for one in call.items]
    words = [fields_of(one) | {"amount": plain(one.amount, call.currency)} for one in call.words]
    more = {
        "amount": plain(call.amount, call.currency),
        "worth": plain(call.worth, call.currency),
        "items": items,
        "numbers": [fields_of(one) for one in call.numbers],
        "calls": [made_as_json(one) for one in call.calls],
        "contacts": [{"on": one.on, "channel": one.channel, "conversation": one.conversation} for one in call.contacts],
        "words": words,
    }
    return fields_of(call) | more


def log_call(
    customer: Annotated[str, typer.Argument(help="The customer's number, or its name.")],
    said: Annotated[str, typer.Option("--said", metavar="CODE|SENTENCE", help="What came of it.", show_default=False)],
    invoice: Annotated[str, typer.Option("--invoice", metavar="NUMBER", help="About one invoice.")] = "",
    date: Annotated[str, typer.Option("--date", metavar="YYYY-MM-DD [HH:MM]", help="Promised, or to call again.")] = "",
    amount: Annotated[str, typer.Option("--amount", help="What is promised; empty: everything.")] = "",
    note: Annotated[str, typer.Option("--note", help="Facts only: the customer may read them.")] = "",
    they_called: Annotated[bool, typer.Option("--they-called", help="The customer called.")] = False,
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who logs it.", show_default="you")] = "",
) -> None:
    """Write down a call, yours or the customer's, and what follows from it."""
    from storage import clock
    from storage.call_deeds import Said
    from storage.call_deeds import log_call as log
    from storage.hold_deeds import Deed

    async def work() -> object:
        signer(*SPEAKERS)
        call = Said(said, date, amount, note, "in" if they_called else "out")
        return await log(customer, invoice, call, named(by), await clock.now())

    done = at_work(work)
    if isinstance(done, list):
        raise refuse(done)
    assert isinstance(done, Deed), "what is not a problem is a deed"
    print(clean(f"{done.kind} · {done.customer_name} · {done.words}"))
    if said.strip() in ("plan_wanted", "cannot_pay_now"):
        print("Agree on the instalments meanwhile: ./relance agreement plan.")
