"""The QR code of a payment: the next of a plan, the sum of a settlement, what lifts a commercial measure."""

from typing import Any

from policies.beside import BesideFacts, MessageKind, Piece
from policies.epc_code import NoCode, Transfer, epc_code
from tasks.marked_text import plain
from tasks.pay_code import PayCode, pay_code
from tasks.template_sandbox import written

PAYABLE = frozenset(
    {MessageKind.PLAN_AGREED, MessageKind.SETTLEMENT_OFFER, MessageKind.INSTALMENT_DUE, MessageKind.MEASURE_TAKEN}
)
"""What names an account to pay to."""


def payable_now(facts: BesideFacts) -> int:
    """What is to be paid next, in minor units; nothing where the message asks for nothing."""
    if facts.kind is MessageKind.PAYMENT_DETAILS:
        return sum(piece.open for piece in facts.pieces)
    if facts.kind not in PAYABLE or len(facts.pieces) != 1:
        return 0
    piece = facts.pieces[0]
    return _next_of(piece) if facts.kind is MessageKind.PLAN_AGREED else piece.amount


def _next_of(piece: Piece) -> int:
    """What is to be paid next of a plan of which something may have come before its letter left."""
    paid, needed = max(piece.amount - piece.open, 0), 0
    for one in piece.instalments:
        needed += one.amount
        if needed > paid:
            return needed - paid
    return 0


def code_of(facts: BesideFacts, amount: int, words: dict[str, Any]) -> PayCode | None:
    """The code of a transfer of the amount; None where there is no account, or no code for it."""
    creditor = facts.creditor
    transfer = Transfer(plain(creditor.name), creditor.iban, creditor.bic, amount, facts.currency, reference_of(facts))
    content = epc_code(transfer) if amount else NoCode("Nothing is to be paid.")
    if isinstance(content, NoCode):
        return None
    alt, caption, *_ = plain(written(f"{words['partials']}/code.txt", words | {"payable": amount})).splitlines()
    return pay_code(content, alt, caption)


def reference_of(facts: BesideFacts) -> str:
    """What the customer is asked to quote: the invoice where there is one, else the customer's number."""
    numbers = {plain(piece.invoice) for piece in facts.pieces if piece.invoice}
    one = next(iter(numbers)) if len(numbers) == 1 else ""
    return one if one and "," not in one else plain(facts.customer_number)
