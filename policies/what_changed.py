"""What a question shows, and what is different from the one it takes the place of (design 4.8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person was shown of a customer: open amounts by invoice number (minor units), to whom it goes, the policy."""

    invoices: Mapping[str, int]
    recipient: str
    policy: str
    """The hash."""
    text: str = ""
    """The hash of the draft; empty: there is none."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference: `what` is a code, `invoice` the number it is about, `before` and `after` amounts or words."""

    what: str
    invoice: str = ""
    before: str | int = ""
    after: str | int = ""


def changes(before: Shown | None, after: Shown, signed: Sequence[str] = ()) -> tuple[Changed, ...]:
    """The differences in the order in which a person looks for them; none where nothing was asked before.

    `signed` are those whose signatures were under what was shown before: they no longer count.
    """
    if before is None:
        return ()
    found = [
        *(Changed("gone", one, amount) for one, amount in before.invoices.items() if one not in after.invoices),
        *(Changed("new", one, "", amount) for one, amount in after.invoices.items() if one not in before.invoices),
        *(
            Changed("amount", one, before.invoices[one], amount)
            for one, amount in after.invoices.items()
            if one in before.invoices and before.invoices[one] != amount
        ),
    ]
    if before.recipient != after.recipient:
        found.append(Changed("recipient", "", before.recipient, after.recipient))
    if before.policy != after.policy:
        found.append(Changed("policy", "", before.policy, after.policy))
    if not found and before.text != after.text:
        found.append(Changed("text"))
    return (*found, *(Changed("unsigned", "", who) for who in signed))


def as_document(shown: Shown) -> dict[str, object]:
    """As the question keeps it."""
    return {
        "invoices": dict(shown.invoices), "recipient": shown.recipient, "policy": shown.policy, "text": shown.text,
    }  # fmt: skip


def from_document(kept: Mapping[str, Any]) -> Shown | None:
    """What a question keeps of what it shows; None: it is of a kind that keeps nothing."""
    if "invoices" not in kept:
        return None
    return Shown(dict(kept["invoices"]), kept["recipient"], kept["policy"], kept.get("text", ""))
