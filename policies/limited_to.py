"""An answer about some of the invoices a question shows: the others are asked about again."""

from collections.abc import Collection

from policies.reply_rules import named


def limited_to(text: str, shown: Collection[str]) -> frozenset[str] | str:
    """The numbers an answer is limited to: all of `shown` where nothing is written; a sentence where one is not among them."""
    if not text.strip():
        return frozenset(shown)
    known, unknown = named(text, shown)
    if unknown:
        return f"only: {', '.join(unknown)} is not among the invoices shown; copy the numbers from the table."
    return frozenset(known) or "only: Write invoice numbers with commas between them, or leave it empty for all."
