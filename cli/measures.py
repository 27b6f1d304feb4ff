"""`relance measure propose|list|show|lift`: what a customer who is late is no longer granted, and what brings it back."""

from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, refuse
from cli.exposures import exposure_json, exposure_line
from cli.printing import clean, money, print_json, print_table
from cli.refusal import Refusal
from policies.measure import KIND_WORDS, LIFT_WORDS, LiftedBy, MeasureKind, MeasureState
from policies.measure_form import MeasureWords
from policies.money import plain
from storage.hold_deeds import Deed
from storage.measure_books import MeasureRow
from storage.measure_views import MeasureView

app = typer.Typer(help="Commercial measures: propose, list, show, lift.")
Number = Annotated[int, typer.Argument(min=1, max=2**63 - 1, help="The measure's number, as `measure list` shows it.")]
As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@app.command()
def propose(
    customer: Annotated[str, typer.Argument(help="The customer's number, or its name.")],
    measure: Annotated[MeasureKind, typer.Argument(help="What changes.")],
    why: Annotated[str, typer.Option("--why", help="Why: whoever decides reads it.")] = "",
    clause: Annotated[str, typer.Option("--clause", help="The clause of the contract; the customer reads it.")] = "",
    limit: Annotated[str, typer.Option("--limit", help="lower_limit: the new limit, 5000.00.")] = "",
    lifted_by: Annotated[LiftedBy, typer.Option("--lifted-by", help="What lifts it.")] = LiftedBy.OVERDUE_PAID,
    review: Annotated[str, typer.Option("--review", metavar="DATE", help="Looked at again on this day.")] = "",
    currency: Annotated[str, typer.Option("--currency", help="Where the customer owes in several.")] = "",
    by: As = "",
    json: Json = False,
) -> None:
    """Propose a measure: a manager decides; then the customer, sales and the ERP are told."""
    words = MeasureWords(measure.value, why, clause, limit, lifted_by.value, review)
    _done(at_work(lambda: _propose(customer, currency, words, actor(by))), json)


@app.command("list")
def list_measures(
    customer: Annotated[str, typer.Argument(help="Of this customer; none: of all.")] = "",
    every: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False,
    json: Json = False,
) -> None:
    """What is proposed and what stands."""
    found = at_work(lambda: _list(customer, every))
    if json:
        print_json([shown(one) for one in found])
        return
    rows = [
        (one.number, one.customer_name, words(one), one.state.value, one.decided_by or one.proposed_by,
         one.decided_on or "", one.ended_on or "", one.review_on or "")
        for one in found
    ]  # fmt: skip
    heads = ["Measure", "Customer", "What", "State", "By", "Since", "Lifted", "Look again"]
    print_table(heads, rows, "No measure is proposed or stands.")


@app.command("show")
def show(number: Number, json: Json = False) -> None:
    """One measure: what is owed, what lifts it, what the customer and the ERP were told."""
    found = at_work(lambda: _show(number))
    if json:
        print_json(_detailed(found))
        return
    one = found.measure
    print(
        clean(f"Measure {one.number} · {one.customer_name} ({one.customer_number}) · {words(one)}: {one.state.value}")
    )
    print(clean(f"Proposed by {one.proposed_by} on {one.today(one.proposed_at)}{f': {one.why}' if one.why else ''}"))
    if one.decided_by:
        print(clean(f"Decided by {one.decided_by} on {one.decided_on}{_how(one)}"))
    print(clean(f"Lifted once {LIFT_WORDS[one.lifted_by]}"))
    if one.clause:
        print(clean(f"Clause: {one.clause}"))
    print(clean(exposure_line(found.owed)))
    for file in found.files:
        print(
            clean(
                f"ERP: {file['file']} ({file['state'].replace('_', ' ')}), {file['on_day']}, SHA-256 {file['sha256']}"
            )
        )
    for message in found.messages:
        why = f": {message['words']}" if message["words"] else ""
        print(clean(f"Customer: {message['kind'].replace('_', ' ')}, {message['state'].replace('_', ' ')}{why}"))


@app.command()
def lift(
    number: Number,
    why: Annotated[str, typer.Option("--why", help="Why, though what lifts it has not come about.")] = "",
    by: As = "",
    json: Json = False,
) -> None:
    """Lift a measure by your word, whatever is owed."""
    _done(at_work(lambda: _lift(number, why, actor(by))), json)


def words(one: MeasureRow) -> str:
    """*Lower the credit limit to 5000.00 EUR*."""
    if one.kind is MeasureKind.LOWER_LIMIT and one.lower_limit is not None:
        return f"{KIND_WORDS[one.kind]} to {money(one.lower_limit, one.currency)}"
    return KIND_WORDS[one.kind]


def shown(one: MeasureRow) -> dict[str, Any]:
    """A measure for other programs: amounts as strings with the currency's decimals."""
    return {
        "measure": one.number, "customer": one.customer_number, "name": one.customer_name, "currency": one.currency,
        "kind": one.kind, "limit": None if one.lower_limit is None else plain(one.lower_limit, one.currency),
        "lifted_by": one.lifted_by, "state": one.state, "clause": one.clause, "why": one.why, "origin": one.origin,
        "renews": one.renews, "proposed_by": one.proposed_by, "proposed_at": one.proposed_at, "decided_by": one.decided_by,
        "decided_on": one.decided_on, "overdue": plain(one.overdue, one.currency), "review_on": one.review_on,
        "ended_by": one.ended_by, "ended_on": one.ended_on, "ended_how": one.ended_how,
    }  # fmt: skip


def _detailed(found: MeasureView) -> dict[str, Any]:
    exposure = exposure_json(found.owed)
    return shown(found.measure) | {"exposure": exposure, "files": list(found.files), "messages": list(found.messages)}


def _how(one: MeasureRow) -> str:
    if one.state is MeasureState.LIFTED:
        return f", lifted on {one.ended_on} by {one.ended_by} ({one.ended_how.replace('_', ' ')})"
    return f": {one.ended_how}" if one.ended_how else ""


def _done(found: Any, json: bool) -> None:
    if isinstance(found, list):
        raise refuse(found)
    assert isinstance(found, Deed), "what is not a problem was done"
    if json:
        print_json({"done": found.kind, "customer": found.customer_number, "words": found.words})
    else:
        print(clean(f"{found.customer_name}: {found.words}."))


async def _propose(customer: str, currency: str, said: MeasureWords, who: str) -> Any:
    from storage import clock, measure_deeds, measure_questions
    from tasks.measure_words import about_measure

    at = await clock.now()
    found = await measure_deeds.propose(customer, currency, said, who, at)
    await measure_questions.ask_about_measures(at, about_measure)
    return found


async def _list(customer: str, every: bool) -> tuple[MeasureRow, ...]:
    from storage import measure_views

    return await measure_views.listing(customer, every=every)


async def _show(number: int) -> MeasureView:
    from storage import clock, measure_views

    found = await measure_views.show(number, await clock.now())
    if found is None:
        raise Refusal(f"There is no measure {number}. See ./relance measure list.")
    return found


async def _lift(number: int, why: str, who: str) -> Any:
    from storage import clock, measure_deeds

    return await measure_deeds.lift(number, why, who, await clock.now())
