"""How an invoice is to be paid, by its code of UNCL 4461 (EN 16931-1, BT-81)."""

TRANSFER, CARD, DIRECT_DEBIT, BILL, CHEQUE = "transfer", "card", "direct_debit", "bill", "cheque"

METHODS: dict[str, str] = {
    **dict.fromkeys(("30", "31", "42", "45", "50", "53", "56", "57", "58", "61", "69", "93", "94", "95"), TRANSFER),
    **dict.fromkeys(("48", "54", "55"), CARD),
    **dict.fromkeys(("49", "51", "59"), DIRECT_DEBIT),
    **dict.fromkeys(("24", "60", "70", "74", "75", "76", "77", "78"), BILL),
    **dict.fromkeys(("20", "21", "22", "23", "25", "26", "91", "92"), CHEQUE),
}
"""Transfer: credit transfer (30), to a bank account (42), giro (45, 50, 56, 93–95), SEPA (58); direct debit: 49, French
télérèglement (51), SEPA (59); bill: of exchange (24, 70–78) and promissory note (60); cheque: 20–26, banker's drafts."""


def method_of(code: str) -> str:
    """transfer, card, direct_debit, bill or cheque; empty where the code says nothing of the kind (cash, clearing)."""
    return METHODS.get(code.strip(), "")


def chosen(codes: tuple[str, ...]) -> int | None:
    """Which of several means counts: the first transfer, since that is how a debtor pays by itself; else the first."""
    if not codes:
        return None
    return next((place for place, code in enumerate(codes) if method_of(code) == TRANSFER), 0)
