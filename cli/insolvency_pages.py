"""Proceedings, declarations and notices on the screen and as JSON."""

from collections.abc import Sequence
from typing import Any

from cli.printing import clean, money, print_table
from policies.insolvency import Office
from policies.money import plain
from policies.problems import Problem
from policies.public_notice import PublicNotice
from storage.insolvency_claim import Declared, totals
from storage.insolvency_notices import Looked
from storage.insolvency_views import InsolvencyView


def as_json(one: InsolvencyView, lines: Sequence[Declared] | None = None) -> dict[str, Any]:
    """Proceedings for other programs; amounts as strings with the currency's decimals."""
    shown: dict[str, Any] = {
        "number": one.number, "customer": one.customer_number, "name": one.customer_name, "kind": one.kind,
        "proceedings": one.proceedings, "judgment": one.judgment, "published": one.published, "declare_by": one.declare_by,
        "register": one.register, "court": one.court, "administrator": _office(one.administrator),
        "representative": _office(one.representative), "ladder": one.ladder, "state": one.state, "claim": one.claim,
        "claim_on": one.claim_on, "retention": one.retention, "retention_by": one.retention_by, "goods": one.goods,
        "closed_on": one.closed_on, "closed_how": one.closed_how,
    }  # fmt: skip
    if lines is not None:
        shown["as_at"] = one.eve
        shown["lines"] = [_line(each) for each in lines]
        shown["totals"] = {currency: plain(sum_, currency) for currency, sum_ in totals(lines).items()}
    return shown


def print_one(one: InsolvencyView, lines: Sequence[Declared]) -> None:
    """One customer's proceedings."""
    print(
        clean(
            f"Proceedings {one.number} · {one.customer_name} ({one.customer_number}) · {one.proceedings}, {one.state}"
        )
    )
    print(
        clean(
            f"Judgment of {one.judgment}{f' · {one.court}' if one.court else ''} · register number {one.register or '–'}"
        )
    )
    print(clean(f"Administrator: {_said(one.administrator)}"))
    print(clean(f"Declare to: {_said(one.representative)} · by {one.declare_by or 'a day not known yet'}"))
    print(clean(f"Claim: {one.claim.replace('_', ' ')}{f' on {one.claim_on}' if one.claim_on else ''}"))
    goods = {"": "not answered yet", "none": "none"}.get(
        one.retention, f"claim back by {one.retention_by}: {one.goods}"
    )
    print(clean(f"Retention of title: {goods}"))
    if one.closed_how:
        print(clean(f"Closed on {one.closed_on}: {one.closed_how}"))
    rows = [
        (each.invoice, each.issued or "–", each.due, money(each.open, each.currency),
         "reserved" if each.interest is None else money(each.interest, each.currency), money(each.flat, each.currency))
        for each in lines
    ]  # fmt: skip
    print_table(
        ["Invoice", "Of", "Due", "Principal", "Interest", "Flat sum"], rows, "Nothing older than the judgment is open."
    )
    for currency, sum_ in sorted(totals(lines).items()):
        print(f"Declared as at {one.eve}: {money(sum_, currency)}")


def print_looked(looked: Looked, problems: Sequence[Problem]) -> None:
    """What an extract says of the customers."""
    print(f"{looked.read} notices read, {looked.opening} open proceedings.")
    rows = [(one.customer_number, one.customer_name, *_notice(one.notice), one.what) for one in looked.matched]
    print_table(
        ["Customer", "Name", "Register number", "Proceedings", "Judgment", "What was done"],
        rows,
        "No customer's number is in it.",
    )
    for each in looked.possible:
        print(
            clean(
                f"Possible: {each.customer_name} ({each.customer_number}) is called like {each.notice.name} ({each.notice.reference}): nothing was done."
            )
        )
    for problem in problems:
        print(clean(str(problem)))


def looked_json(looked: Looked, problems: Sequence[Problem]) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "read": looked.read, "opening": looked.opening,
        "matched": [
            {"customer": one.customer_number, "name": one.customer_name, "reference": one.notice.reference, "done": one.what}
            for one in looked.matched
        ],
        "possible": [
            {"customer": one.customer_number, "name": one.customer_name, "reference": one.notice.reference, "notice": one.notice.name}
            for one in looked.possible
        ],
        "problems": [{"line": one.line, "reason": one.reason} for one in problems],
    }  # fmt: skip


def _notice(one: PublicNotice) -> tuple[str, str, str]:
    return ", ".join(one.numbers), one.kind or "–", str(one.judgment or "–")


def _line(one: Declared) -> dict[str, Any]:
    return {
        "invoice": one.invoice, "issued": one.issued, "due": one.due, "currency": one.currency,
        "principal": plain(one.open, one.currency),
        "interest": None if one.interest is None else plain(one.interest, one.currency), "flat": plain(one.flat, one.currency),
    }  # fmt: skip


def _office(one: Office) -> dict[str, str]:
    return {"name": one.name, "email": one.email, "postal": one.postal}


def _said(one: Office) -> str:
    return " · ".join(part for part in (one.name, one.email, ", ".join(one.postal.splitlines())) if part)
