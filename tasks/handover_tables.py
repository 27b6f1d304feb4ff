"""The claim for programs: items, calculation, history and proofs as JSON and as tables, exact to the cent."""

import json
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from policies.accessories import AccessoriesFacts
from policies.claim_file import ClaimFile, ClaimItem
from policies.claim_proof import Proven
from policies.money import plain
from tasks.compose import domain_of, message_id
from tasks.handover_history import about_words, happened_words
from tasks.spreadsheet_file import safe_cell, spreadsheet

CLAIM = (
    "invoice",
    "issued",
    "due",
    "days_late",
    "currency",
    "original",
    "paid",
    "credited",
    "disputed",
    "open",
    "interest",
    "flat",
)
CALCULATION = ("invoice", "from", "to", "days", "year", "rate", "principal", "interest")
HISTORY = ("at", "invoice", "event", "words")
PROOFS = (
    "file", "sha256", "direction", "invoices", "message", "channel", "state", "route", "sender", "recipient", "subject",
    "written_at", "left_at", "answer", "provider_id", "message_id", "reports", "post",
)  # fmt: skip


def claim_tables(file: ClaimFile) -> tuple[tuple[str, bytes], tuple[str, bytes]]:
    """The claim as a table and for a program, by name: in the ZIP, and beside it in the e-mail."""
    return ("claim.csv", table(CLAIM, claim_rows(file))), ("claim.json", as_json(claim(file)))


def claim_rows(file: ClaimFile) -> list[dict[str, str]]:
    """A row for each item; interest and flat sum are empty where no figure is stated."""
    return [_item(file, one) for one in file.items]


def claim(file: ClaimFile) -> dict[str, Any]:
    """The whole claim without history and messages."""
    exact = partial(plain, currency=file.currency)
    creditor = {"name": file.creditor.name, "address": file.creditor.address, "email": file.creditor.email}
    if file.choice.payment_details:
        creditor |= {"iban": file.creditor.iban, "bic": file.creditor.bic}
    party = file.party
    return {
        "receiver": file.choice.receiver, "reference": file.choice.reference, "law": file.law,
        "creditor": creditor,
        "customer": {
            "number": party.number, "name": party.name, "kind": party.kind.value, "country": party.country,
            "company_number": party.company_number, "vat_number": party.vat_number, "postal": party.postal,
            "seat": party.seat, "contact": party.contact, "email": party.email, "phone": party.phone,
        },
        "calculated_at": file.calculated_at.isoformat(), "calculated_on": file.on.isoformat(),
        "position_on": file.position_on.isoformat() if file.position_on else None,
        "currency": file.currency, "principal": exact(file.principal),
        "disputed": exact(sum(one.disputed for one in file.items)),
        "accessories": _accessories(file.accessories, exact), "items": claim_rows(file),
        "moved": [
            {"invoice": one.invoice, "on": each.on.isoformat(), "kind": each.kind, "amount": exact(each.amount), "reference": each.reference}
            for one in file.items for each in one.moved
        ],
        "attempts_that_failed": [
            {
                "kind": one.kind, "on": one.on.isoformat(), "article": one.article, "mediator": one.mediator, "result": one.result,
                "ended_on": one.ended_on.isoformat() if one.ended_on else None,
            }
            for one in file.attempts
        ],
    }  # fmt: skip


def _accessories(found: AccessoriesFacts | None, exact: Any) -> dict[str, Any] | None:
    """None: nothing is stated, or it is reserved."""
    if found is None or found.reserved:
        return None
    return {
        "interest": exact(found.interest or 0),
        "flat": None if found.flat is None else exact(found.flat),
        "total_with": exact(found.total_with or 0),
        "basis": list(found.basis),
    }


def _item(file: ClaimFile, one: ClaimItem) -> dict[str, str]:
    beside = next((line for line in file.claimed_beside if line.invoice == one.invoice), None)
    amounts = {
        name: plain(getattr(one, name), file.currency) for name in ("original", "paid", "credited", "disputed", "open")
    }
    return {
        "invoice": one.invoice, "issued": one.issued.isoformat() if one.issued else "", "due": one.due.isoformat(),
        "days_late": str(one.days_late), "currency": file.currency, **amounts,
        "interest": "" if beside is None else plain(beside.interest, file.currency),
        "flat": "" if beside is None or beside.flat is None else plain(beside.flat, file.currency),
    }  # fmt: skip


def calculation_rows(file: ClaimFile) -> list[dict[str, str]]:
    """Every segment of interest; none where no figure is stated."""
    exact = partial(plain, currency=file.currency)
    return [
        {
            "invoice": line.invoice, "from": part.start.isoformat(), "to": part.end.isoformat(), "days": str(part.days),
            "year": str(part.year), "rate": f"{part.rate:f}", "principal": exact(part.principal), "interest": exact(part.interest),
        }
        for line in file.claimed_beside for part in line.segments
    ]  # fmt: skip


def history(file: ClaimFile) -> dict[str, Any]:
    """Events, calls, promises and plans, disputes."""
    exact = partial(plain, currency=file.currency)
    return {
        "events": [
            {"at": one.at.isoformat(), "invoice": one.invoice, "event": one.kind, "words": happened_words(file, one)}
            for one in file.history
        ],
        "calls": [
            {"at": one.at.isoformat(), "direction": one.direction, "outcome": one.outcome, "words": one.words,
             "amount": exact(one.amount) if one.amount else None, "on": one.on.isoformat() if one.on else None,
             "invoices": list(one.invoices)}
            for one in file.calls
        ],
        "agreements": [
            {"kind": one.kind, "since": one.since.isoformat(), "until": one.until.isoformat() if one.until else None,
             "payments": [{"on": each.on.isoformat(), "amount": exact(each.amount)} for each in one.payments],
             "became": one.became, "invoices": list(one.invoices)}
            for one in file.agreements
        ],
        "disputes": [
            {"invoice": one.invoice, "reason": one.reason, "amount": None if one.amount is None else exact(one.amount),
             "words": one.words, "opened_on": one.opened_on.isoformat(), "state": one.state,
             "decided_on": one.decided_on.isoformat() if one.decided_on else None, "why": one.why}
            for one in file.disputes
        ],
    }  # fmt: skip


def proof_row(file: ClaimFile, one: Proven, name: str) -> dict[str, Any]:
    """What is told of a message that stands in the file as `name`."""
    domain = domain_of(one.sender)
    return {
        "file": name, "sha256": one.sha256, "direction": one.direction, "invoices": list(one.invoices),
        "message": about_words(file, one), "channel": one.channel, "state": one.state, "route": one.route,
        "sender": one.sender, "recipient": one.recipient, "subject": one.subject,
        "written_at": one.written_at.isoformat(), "left_at": one.left_at.isoformat() if one.left_at else "",
        "answer": one.answer, "provider_id": one.provider_id,
        "message_id": message_id(one.message_id, domain) if one.direction == "out" and one.channel == "email" else "",
        "reports": list(one.reports), "post": _post(one),
    }  # fmt: skip


def _post(one: Proven) -> dict[str, str] | None:
    found = one.letter
    if found is None:
        return None
    told = {
        "posted_on": found.posted_on,
        "tracking": found.tracking,
        "outcome": found.outcome,
        "outcome_on": found.outcome_on,
    }
    return {name: str(value) for name, value in told.items() if value}


def table(columns: tuple[str, ...], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The rows for a spreadsheet; no text from outside is a formula."""
    return spreadsheet(columns, ([_cell(row[name]) for name in columns] for row in rows))


def as_json(told: object) -> bytes:
    """The same for a program."""
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        value = " ".join(value.values())
    if isinstance(value, list):
        value = "; ".join(value)
    return safe_cell(" ".join(("" if value is None else str(value)).split()))
