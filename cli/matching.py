"""`relance unmatched` and `relance match`: bank lines without an invoice, and what a person decides about them."""

from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, refuse
from cli.printing import clean, fields_of, money, print_json, print_table
from cli.refusal import Refusal
from policies.matching.verdicts import Verdict
from policies.money import plain
from storage.match_questions import Reading
from storage.matching_deeds import Placed
from storage.unmatched import Unmatched
from tasks.match_words import why_words

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
NOW = {
    Verdict.BOOK: "is booked",
    Verdict.REFUSE: "is not for that",
    Verdict.ASIDE: "is set aside",
    Verdict.UNDO: "is taken back",
}


def unmatched(
    aside: Annotated[bool, typer.Option("--aside", help="Also those a person set aside.")] = False, json: Json = False
) -> None:
    """Bank lines whose invoice is not known, in part or whole: why, and what they may be for."""
    from storage.unmatched import unmatched as left_over

    async def work() -> tuple[Unmatched, ...]:
        return await left_over(set_aside=aside)

    lines = at_work(work)
    if json:
        print_json([_shown(one) for one in lines])
        return
    rows = [
        (one.payment, one.booked, money(one.amount, one.currency), money(one.left, one.currency), one.counterparty,
         _says(one), _why(one), _candidates(one))
        for one in lines
    ]  # fmt: skip
    headers = ["Payment", "Booked", "Amount", "Left", "From", "Says", "Why", "May be for"]
    print_table(headers, rows, "Every bank line has found its invoice.")


def match(
    line: Annotated[
        int, typer.Argument(help="The bank line's number, as `unmatched` lists it.", show_default=False)
    ] = 0,
    invoices: Annotated[
        list[str] | None, typer.Argument(metavar="[INVOICE[=AMOUNT]]…", help="Book it on these.", show_default=False)
    ] = None,
    undo: Annotated[int, typer.Option("--undo", metavar="LINE", help="Take back what was booked or decided.")] = 0,
    aside: Annotated[int, typer.Option("--aside", metavar="LINE", help="It pays no invoice.")] = 0,
    not_for: Annotated[bool, typer.Option("--not-for", help="It is not for the invoices named.")] = False,
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help="The reason, for the journal.")] = "",
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who decides.", show_default="you")] = "",
    json: Json = False,
) -> None:
    """Without a line: the matches that are proposed. With one: book it by hand on invoices, with a reason."""
    if sum(map(bool, (line, undo, aside))) > 1:
        raise typer.BadParameter("Name one bank line, with one of: invoices, --undo, --aside.")
    if not (line or undo or aside):
        _proposals(json)
        return
    if line and not invoices:
        raise Refusal(f"Name the invoices bank line {line} pays: ./relance match {line} INVOICE[=AMOUNT] --why WORDS.")
    done = at_work(lambda: _decide(line, invoices or [], undo, aside, not_for, why, actor(by)))
    if isinstance(done, list):
        raise refuse(done)
    _tell(done, json)


async def _decide(
    line: int, invoices: list[str], undo: int, aside: int, not_for: bool, why: str, who: str
) -> Placed | list[Any]:
    from storage import clock, matching_deeds
    from storage.match_questions import ask_about_lines
    from tasks.match_words import about_a_line

    at = await clock.now()
    if undo:
        done = await matching_deeds.undo(undo, why, who, at)
    elif aside:
        done = await matching_deeds.set_aside(aside, why, who, at)
    elif not_for:
        done = await matching_deeds.refuse_by_hand(line, invoices, why, who, at)
    else:
        done = await matching_deeds.book_by_hand(line, invoices, why, who, at)
    await ask_about_lines(at, about_a_line)
    return done


def _tell(done: Placed, json: bool) -> None:
    line = done.line
    booked = [(number, plain(amount, line.currency)) for number, amount in done.booked]
    if json:
        shares = [{"invoice": number, "amount": amount} for number, amount in booked]
        print_json(
            fields_of(line, {"amount": "currency", "left": "currency"}) | {"verdict": done.verdict, "booked": shares}
        )
        return
    on = ", ".join(f"{amount} {line.currency} on {number}" for number, amount in booked) or "nothing is booked"
    left = f"; {money(line.left, line.currency)} left" if line.left and done.verdict is not Verdict.ASIDE else ""
    print(clean(f"Bank line {line.payment} of {money(line.amount, line.currency)} {NOW[done.verdict]}: {on}{left}."))


def _proposals(json: bool) -> None:
    from storage.unmatched import unmatched as left_over

    async def work() -> tuple[Unmatched, ...]:
        return await left_over(proposed=True)

    lines = at_work(work)
    if json:
        print_json([_shown(one) for one in lines])
        return
    rows = [
        (one.payment, one.question or "", one.booked, money(one.left, one.currency), one.counterparty,
         "proposed" if place == 0 else f"alternative {place}", _shares(reading, one.currency),
         why_words(reading.reason, reading.witnesses, reading.doubts))
        for one in lines for place, reading in enumerate(one.readings)
    ]  # fmt: skip
    headers = ["Payment", "Question", "Booked", "Left", "From", "Reading", "Pays", "Why"]
    print_table(headers, rows, "No match waits for a person.")


def _shares(reading: Reading, currency: str) -> str:
    return ", ".join(f"{share.number}={plain(share.amount, currency)}" for share in reading.shares)


def _says(one: Unmatched) -> str:
    """What the line says; of money returned why, in words."""
    from tasks.return_words import return_reason
    from tasks.staff_words import STAFF

    if one.return_reason:
        return f"{one.return_reason}: {return_reason(one.return_reason, STAFF).words}"
    return one.reference or one.text[:60]


def _why(one: Unmatched) -> str:
    if one.aside:
        return f"set aside: {one.aside}"
    asked = f"; question {one.question}" if one.question else ""
    return f"{why_words(one.reason, one.witnesses, one.doubts)}{asked}"


def _candidates(one: Unmatched) -> str:
    shown = ", ".join(each.invoice for each in one.candidates[:3])
    return f"{shown} …" if len(one.candidates) > 3 else shown


def _shown(one: Unmatched) -> dict[str, Any]:
    shown = fields_of(one, {"amount": "currency", "left": "currency"})
    candidates = [fields_of(each, {"open": "currency"}) for each in one.candidates]
    readings = [
        {
            "shares": [{"invoice": share.number, "customer": share.customer, "amount": plain(share.amount, one.currency),
                        "let_go": plain(share.lets_go, one.currency)} for share in reading.shares],
            "reason": reading.reason, "witnesses": list(reading.witnesses), "doubts": list(reading.doubts),
            "why": why_words(reading.reason, reading.witnesses, reading.doubts),
        }
        for reading in one.readings
    ]  # fmt: skip
    return shown | {"why": _why(one), "candidates": candidates, "readings": readings}
