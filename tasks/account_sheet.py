"""A customer's account on paper: everything open, credits, payments not yet allocated, totals and ages by currency."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.message import CreditorFacts
from storage.account import CustomerAccount
from tasks import wording
from tasks.company_mentions import mentions_for
from tasks.letter import LETTER, fixed_words, in_window, lines_of, place, sender, window
from tasks.render import NotKnown
from tasks.typst_page import NotPrinted, paper

MOST_ITEMS = 5000
AGES = ((None, 0), (1, 30), (31, 60), (61, 90), (91, None))
"""Days past the due date, both ends included, of the columns of ages."""


@dataclass(frozen=True, slots=True)
class AccountItem:
    """Something open on the account; amounts in minor units of `currency`. A credit and a payment are below zero."""

    kind: str
    """`invoice`, `credit` or `payment`: a payment is one that is not yet allocated to an invoice."""
    number: str
    dated: date | None
    due: date | None
    currency: str
    amount: int
    open: int


@dataclass(frozen=True, slots=True)
class Account:
    """Whose account, as at which day, and where the sheet goes."""

    creditor: CreditorFacts
    creditor_country: str
    customer_number: str
    customer_name: str
    address: str
    country: str
    language: str
    on: date
    items: tuple[AccountItem, ...]


def sheet_of(found: CustomerAccount) -> Account:
    """The account of the books as a sheet."""
    items = tuple(
        AccountItem(one.kind, one.number, one.dated, one.due, one.currency, one.amount, one.open) for one in found.lines
    )
    return Account(
        creditor=found.creditor, creditor_country=found.creditor_country, customer_number=found.number,
        customer_name=found.name, address=found.address, country=found.country, language=found.language, on=found.on,
        items=items,
    )  # fmt: skip


async def account_sheet_apart(account: Account) -> bytes:
    """The same beside the event loop."""
    return await asyncio.to_thread(account_sheet, account)


def account_sheet(account: Account) -> bytes:
    """The account as PDF/A-2b. Raises NotKnown where an address or a mention is missing, NotPrinted where it is too long."""
    if len(account.items) > MOST_ITEMS:
        raise NotPrinted(
            f"A statement on paper holds {MOST_ITEMS} items at most, this account has {len(account.items)}."
        )
    return paper(LETTER, account_told(account))


def account_told(account: Account) -> dict[str, Any]:
    """Everything the sheet says, as data."""
    if not account.address.strip():
        raise NotKnown(
            f"{account.customer_name} has no postal address: import it in the column “postal” of the customers."
        )
    language = wording.written_language(account.language)
    words, day = fixed_words()[language], wording.day(account.on, language)
    creditor = account.creditor
    return {
        "words": words,
        "language": language,
        "window": window(account.country),
        "date": [account.on.year, account.on.month, account.on.day],
        "place": place(creditor.address, words["on"], day),
        "sender": sender(creditor),
        "return": [wording.one_line(creditor.name), *lines_of(creditor.address)],
        "mentions": mentions_for(creditor, account.creditor_country),
        "recipient": in_window([wording.one_line(account.customer_name), *lines_of(account.address)]),
        "registered": False,
        "subject": f"{words['account']} {day}",
        "reference": wording.one_line(account.customer_number or account.customer_name),
        "parts": [
            part for currency in currencies(account.items) for part in _sheet(account, currency, language, words)
        ],
        "signed": False,
        "annex": [],
    }


def currencies(items: Sequence[AccountItem]) -> tuple[str, ...]:
    """The currencies of the account; amounts of two of them are never added."""
    return tuple(sorted({item.currency for item in items}))


def ages(items: Sequence[AccountItem], on: date) -> tuple[int, ...]:
    """Open invoices of one currency by days past the due date on `on`, in the columns of `AGES`."""
    late = [((on - item.due).days, item.open) for item in items if item.kind == "invoice" and item.due is not None]
    return tuple(
        sum(open_ for days, open_ in late if (low is None or days >= low) and (high is None or days <= high))
        for low, high in AGES
    )


def _sheet(account: Account, currency: str, language: str, words: dict[str, Any]) -> list[dict[str, Any]]:
    items = [item for item in account.items if item.currency == currency]

    def money(minor: int) -> str:
        return wording.amount(minor, currency, language)

    def day(date_: date | None) -> str:
        return wording.day(date_, language) if date_ else ""

    rows = [
        [
            f"{words[item.kind]} {wording.one_line(item.number)}",
            day(item.dated),
            day(item.due),
            money(item.amount),
            money(item.open),
        ]
        for item in items
    ]
    told = [f"{words['total_' + kind]}{words['colon']}{money(sum_)}" for kind, sum_ in totals(items).items()]
    aged = [money(each) for each in ages(items, account.on)]
    return [
        {"kind": "heading", "text": currency},
        {"kind": "table", "heads": [*words["heads"][:4], words["heads"][6]], "rows": rows},
        {"kind": "text", "lines": told},
        {"kind": "table", "heads": [words["aged"], "", "", *words["ages"]], "rows": [["", "", "", *aged]]},
    ]


def totals(items: Sequence[AccountItem]) -> dict[str, int]:
    """Open invoices, credits and unallocated payments of one currency, and the balance of the three."""
    kinds = {kind: sum(item.open for item in items if item.kind == kind) for kind in ("invoice", "credit", "payment")}
    return {**kinds, "balance": sum(kinds.values())}
