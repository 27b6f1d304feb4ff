"""`relance write-off`: what is given up, why, on which proof; its VAT; taking it back."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli import write_off_vat
from cli.at_work import actor, at_work, refuse
from cli.kept_files import to_keep, write_out
from cli.printing import clean, money, print_json, print_table
from cli.refusal import Refusal
from policies.money import plain
from policies.write_off import PROVEN, SENTENCES, ProofKind, WriteOffReason, WriteOffWords
from storage.write_off_vat import given_back
from storage.write_off_views import WriteOffView
from tasks.staff_text import told

app = typer.Typer(no_args_is_help=True)
app.add_typer(write_off_vat.app, name="vat", help="The VAT of it: amounts, days, the duplicate; print, send, sent.")
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")]
Number = write_off_vat.Number
REASONS = ", ".join(one.value for one in WriteOffReason)


@app.command("propose")
def propose(
    customer: Annotated[str, typer.Argument(help="The customer's number, or its name.", show_default=False)],
    reason: Annotated[str, typer.Option("--reason", metavar="CODE", help=f"One of: {REASONS}.")],
    invoice: Annotated[
        list[str] | None, typer.Option("--invoice", metavar="NUMBER", help="This invoice; again for more. None: all.")
    ] = None,
    amount: Annotated[str, typer.Option("--amount", help="A part of one invoice; empty: everything open.")] = "",
    words: Annotated[str, typer.Option("--why", help="A remark for whoever decides.")] = "",
    by: By = "",
) -> None:
    """Propose to give up what a customer owes: a manager is asked."""
    done = at_work(lambda: _propose(customer, ",".join(invoice or []), WriteOffWords(reason, words, amount), actor(by)))
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"Proposed: {told(done.words)}. A manager is asked."))


@app.command("list")
def list_write_offs(
    every: Annotated[bool, typer.Option("--all", help="Those refused or reversed too.")] = False, json: Json = False
) -> None:
    """What is proposed, and what is written off."""
    found = at_work(lambda: _list(every))
    if json:
        print_json([shown(one) for one in found])
        return
    rows = [
        (one.number, one.row["customer_name"], _invoices(one), one.reason.value, money(one.amount, one.currency), one.state,
         money(one.now, one.currency), _proof(one), _vat_until(one))
        for one in found
    ]  # fmt: skip
    heads = ["No", "Customer", "Invoices", "Reason", "Amount", "State", "Now", "Proof", "VAT until"]
    print_table(heads, rows, "Nothing is written off.")


@app.command("show")
def show(number: Number, json: Json = False) -> None:
    """One write-off: invoices, reason, proofs, VAT, what came after all."""
    one = at_work(lambda: _show(number))
    if json:
        print_json(shown(one))
        return
    row = one.row
    print(clean(f"Write-off {one.number} · {row['customer_name']} ({row['customer_number']}) · {one.state}"))
    print(clean(f"{SENTENCES[one.reason]}{': ' + row['remark'] if row['remark'] else ''}"))
    print(clean(f"Proposed by {row['proposed_by'] or row['made_by'] or '–'}, decided by {row['decided_by'] or '–'}"))
    for each in one.items:
        vat = "VAT not known" if each.vat is None else f"VAT {money(each.vat, one.currency)}"
        print(
            clean(
                f"  {each.invoice}: {money(each.amount, one.currency)}, {vat}, written off now {money(each.now, one.currency)}"
            )
        )
    for proof in one.proofs:
        print(
            clean(
                f"Proof: {proof.kind}, {proof.name}, {proof.size} bytes, SHA-256 {proof.sha256}, added by {proof.actor}"
            )
        )
    for line in write_off_vat.lines(one):
        print(clean(line))
    if row["reversed_by"]:
        print(clean(f"Reversed by {row['reversed_by']}{': ' + row['reversed_why'] if row['reversed_why'] else ''}"))


@app.command("add-proof")
def add_proof(
    number: Number,
    file: Annotated[Path | None, typer.Argument(help="A document to keep with it, byte for byte.")] = None,
    kind: Annotated[str, typer.Option("--kind", help=f"One of: {', '.join(ProofKind)}.")] = ProofKind.OTHER.value,
    out: Annotated[Path | None, typer.Option("--out", metavar="FOLDER", help="Write its documents out.")] = None,
    by: By = "",
) -> None:
    """Keep a proof that nothing will be paid: the liquidator's certificate, the record of a fruitless enforcement."""
    kept = to_keep(file, out, "the write-off")
    if kept is None:
        assert out is not None, "one of the two is named"
        write_out(
            out, "write-off", number, [(name, content) for name, content, _ in at_work(lambda: _documents(number))]
        )
        return
    if problems := at_work(lambda: _add(number, kind, *kept, actor(by))):
        raise refuse(problems)
    print(clean(f"{kept[0]} is kept with write-off {number}."))


@app.command("reverse")
def reverse(
    number: Number,
    why: Annotated[str, typer.Option("--why", help="Why it is owed again.")] = "",
    by: By = "",
) -> None:
    """It is owed again: its cases go on at their age. Above the creditor's amount a second person says so too."""
    done = at_work(lambda: _reverse(number, why, actor(by)))
    if isinstance(done, list):
        raise refuse(done)
    said = told(done.words)
    print(clean(f"{said[:1].upper()}{said[1:]}."))
    if back := write_off_vat.back_line(at_work(lambda: _show(number))):
        print(clean(back))


def shown(one: WriteOffView) -> dict[str, Any]:
    """A write-off for other programs: amounts as strings with the currency's decimals."""
    currency, row, back = one.currency, one.row, given_back(one)

    def told_(minor: int | None) -> str | None:
        return None if minor is None else plain(minor, currency)

    return {
        "write_off": one.number, "customer": row["customer_number"], "name": row["customer_name"], "currency": currency,
        "state": one.state, "reason": one.reason.value, "remark": row["remark"], "whole": row["whole"],
        "amount": told_(one.amount), "written_off_now": told_(one.now), "net": told_(one.net), "vat": told_(one.vat),
        "proposed_by": row["proposed_by"], "decided_by": row["decided_by"], "since": row["stands_since"],
        "made_by": row["made_by"], "reversed_by": row["reversed_by"], "reversed_why": row["reversed_why"],
        "judged_on": row["judged_on"], "closed_on": row["closed_on"], "vat_until": one.vat_until,
        "vat_sent_on": row["vat_sent_on"], "vat_how": row["vat_how"],
        "vat_to_give_back": None if back is None else told_(back.vat),
        "invoices": [
            {"invoice": each.invoice, "case": each.case, "amount": told_(each.amount), "written_off_now": told_(each.now),
             "open": told_(each.open), "net": told_(each.net), "vat": told_(each.vat)}
            for each in one.items
        ],
        "proofs": [
            {"kind": each.kind, "name": each.name, "size": each.size, "sha256": each.sha256, "actor": each.actor}
            for each in one.proofs
        ],
    }  # fmt: skip


def _invoices(one: WriteOffView) -> str:
    first = ", ".join(each.invoice for each in one.items[:3])
    return first if len(one.items) <= 3 else f"{first} + {len(one.items) - 3}"


def _vat_until(one: WriteOffView) -> str:
    waits = one.state == "standing" and one.row["vat_sent_on"] is None
    return str(one.vat_until or "") if waits else ""


def _proof(one: WriteOffView) -> str:
    if one.proofs:
        return str(len(one.proofs))
    return "none yet" if one.reason in PROVEN else ""


async def _propose(customer: str, invoices: str, words: WriteOffWords, who: str) -> Any:
    from storage import clock
    from storage.write_off_deeds import propose as proposed
    from storage.write_off_questions import ask_about_write_offs
    from tasks.write_off_text import about_write_off

    at = await clock.now()
    done = await proposed(customer, invoices, words, who, at)
    await ask_about_write_offs(at, about_write_off)
    return done


async def _list(every: bool) -> tuple[WriteOffView, ...]:
    from storage.write_off_views import listing

    return await listing(every=every)


async def _show(number: int) -> WriteOffView:
    from storage.write_off_views import show as found

    one = await found(number)
    if one is None:
        raise Refusal(f"There is no write-off {number}. See ./relance write-off list --all.")
    return one


async def _add(number: int, kind: str, name: str, content: bytes, who: str) -> Any:
    from storage import clock
    from storage.write_off_deeds import add_proof as keep
    from storage.write_off_questions import ask_about_write_offs
    from tasks.write_off_text import about_write_off

    at = await clock.now()
    problems = await keep(number, kind, name, content, who, at)
    await ask_about_write_offs(at, about_write_off)
    return problems


async def _documents(number: int) -> tuple[tuple[str, bytes, str], ...]:
    from storage.write_off_deeds import proofs

    return await proofs(number)


async def _reverse(number: int, why: str, who: str) -> Any:
    from storage import clock
    from storage.write_off_deeds import reverse as reversed_

    return await reversed_(number, why, who, await clock.now())
