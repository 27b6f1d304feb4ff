"""Agreements and promises as the terminal shows them: tables for people, JSON for programs."""

from collections.abc import Sequence

from cli.printing import clean, print_table
from policies.facts import DatedAmount
from policies.money import plain
from storage.agreement_views import AgreementView, PromiseView


def show_agreements(found: Sequence[AgreementView]) -> None:
    """One line an agreement, its payments below where it has several."""
    rows = [
        (
            str(one.number), one.kind.value.replace("_", "-"), one.state.replace("_", " "), one.customer_name,
            ", ".join(one.invoices), _money(one.amount, one.currency), _money(one.received, one.currency), _next(one),
        )
        for one in found
    ]  # fmt: skip
    print_table(("No.", "What", "State", "Customer", "Invoices", "Amount", "Received", "Next"), rows, "No agreement.")


def show_promises(found: Sequence[PromiseView]) -> None:
    """One line a promise."""
    rows = [
        (one.customer_name, one.invoice or "everything", _promised(one), (one.word or "waited for").replace("_", " "))
        for one in found
    ]
    print_table(("Customer", "Invoice", "Promised", "Word"), rows, "No promise.")


def as_json(one: AgreementView) -> dict[str, object]:
    """An agreement for other programs; amounts as strings."""
    return {
        "number": one.number, "kind": one.kind.value, "state": one.state, "customer": one.customer_number,
        "invoices": list(one.invoices), "currency": one.currency, "amount": plain(one.amount, one.currency),
        "open": plain(one.open, one.currency), "received": plain(one.received, one.currency),
        "due": None if one.due is None else one.due.isoformat(),
        "next": None if one.next_on is None else _payment(DatedAmount(one.next_on, one.next_amount), one.currency),
        "payments": [_payment(each, one.currency) for each in one.payments], "their_invoice": one.their_invoice,
        "why": one.why, "by": one.by,
    }  # fmt: skip


def promise_json(one: PromiseView) -> dict[str, object]:
    """A promise for other programs."""
    return {
        "customer": one.customer_number, "invoice": one.invoice,
        "until": None if one.until is None else one.until.isoformat(),
        "payments": [_payment(each, one.currency) for each in one.payments], "word": one.word,
    }  # fmt: skip


def _payment(one: DatedAmount, currency: str) -> dict[str, str]:
    return {"on": one.on.isoformat(), "amount": plain(one.amount, currency)}


def _next(one: AgreementView) -> str:
    return "" if one.next_on is None else f"{one.next_on.isoformat()}: {_money(one.next_amount, one.currency)}"


def _promised(one: PromiseView) -> str:
    if not one.payments:
        return "everything" if one.until is None else f"everything by {one.until.isoformat()}"
    return clean(", ".join(f"{each.on.isoformat()}: {_money(each.amount, one.currency)}" for each in one.payments))


def _money(minor: int, currency: str) -> str:
    return f"{plain(minor, currency)} {currency}"
